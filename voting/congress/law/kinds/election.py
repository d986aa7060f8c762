"""Persons (地方组织法 art. 28): each candidate for / against / abstain, or a name written in (另选他人)."""

from msgspec.structs import replace

from voting.congress.law.figures import Figures
from voting.congress.law.kinds import seats
from voting.congress.law.kinds.voiced import voiced
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.reasons import Reason, ReasonCode, because
from voting.congress.law.ruleset import Ruleset, WriteInAfter

_EACH_CANDIDATE = voiced(
    PollKind.ELECTION,
    over=lambda ballots: ballots.over,
    floor=seats.floor_of_persons,
    secrecy=lambda rules: rules.secrecy.election,
    secrecy_key="election",
)


def _doubts(figures: Figures, rules: Ruleset) -> tuple[Reason, ...]:
    return (*_EACH_CANDIDATE.doubts(figures, rules), *_names_doubted(figures, rules))


def _names_doubted(figures: Figures, rules: Ruleset) -> tuple[Reason, ...]:
    """More names than votes against candidates, where only who is against one may add a name."""
    names = sum(tally.votes for tally in figures.options if tally.write_in)
    against = sum(tally.against for tally in figures.options)
    if rules.ballots.write_in_after is not WriteInAfter.AGAINST or names <= against:
        return ()
    return (because(ReasonCode.NAMES_WITHOUT_AGAINST, names=names, against=against),)


ELECTION = replace(_EACH_CANDIDATE, doubts=_doubts, adds_names=True, has_post=True)
