"""Persons (地方组织法 art. 25-29): each candidate for / against / abstain, or a name written in (另选他人)."""

from voting.congress.law.figures import Figures
from voting.congress.law.kind import Answer, Kind
from voting.congress.law.kinds import common, seats
from voting.congress.law.kinds.voiced import Voiced
from voting.congress.law.outcome import Found
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Ruleset, SecrecyRule


def _secrecy(rules: Ruleset) -> SecrecyRule:
    return rules.secrecy.election


def _decide(rules: Ruleset, figures: Figures, majority: int) -> Found:
    return seats.best_above(seats.floor_of_persons(rules, figures, majority), rules, figures)


_LIMITS = Voiced(lambda ballots: ballots.over)

ELECTION = Kind(
    kind=PollKind.ELECTION,
    answer=Answer.VOICE,
    marks=common.voices,
    fewest=common.none_needed,
    most=_LIMITS.most,
    read_singly=_LIMITS.read_singly,
    lets_count=_LIMITS.lets_count,
    sums_possible=_LIMITS.sums_possible,
    adds_names=True,
    has_post=True,
    secrecy=_secrecy,
    secrecy_key="election",
    majority=common.majority_rule,
    cast=common.valid_ballots,
    tallies=common.tally_each,
    problems=common.one_mark_a_ballot,
    doubts=_LIMITS.doubts,
    decide=_decide,
)
