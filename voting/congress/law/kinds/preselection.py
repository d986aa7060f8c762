"""预选: who of more nominated persons than there may be candidates become candidates, by the order of votes.

No majority is asked (地方组织法 art. 27 para. 1; 选举法 art. 32 para. 2), and nobody is elected by it.
"""

from msgspec.structs import replace

from voting.congress.law.figures import Figures
from voting.congress.law.kinds import seats
from voting.congress.law.kinds.voiced import voiced
from voting.congress.law.outcome import Found, OutcomeKind
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.reasons import ReasonCode, because
from voting.congress.law.ruleset import Ruleset
from voting.congress.law.seating import Standing


def _decide(rules: Ruleset, figures: Figures, _: int) -> Found:
    """Places that nobody got a vote for stay empty: there are fewer candidates, and nothing has to follow."""
    standings = tuple(Standing(t.id, t.votes, t.votes) for t in figures.options if t.votes)
    found = seats.seated(rules, figures, standings, ())
    outcome = found.outcome if found.run_off else OutcomeKind.PRESELECTED
    told = tuple(reason for reason in found.reasons if reason.code is not ReasonCode.SHORTFALL)
    without = (t.id for t in figures.options if not t.votes)
    left_out = tuple(because(ReasonCode.LEFT_OUT, option=id, votes=0, seats=figures.seats) for id in without)
    return replace(found, outcome=outcome, reasons=(*told, *left_out))


PRESELECTION = replace(
    voiced(
        PollKind.PRESELECTION,
        over=lambda ballots: ballots.over,
        floor=lambda *_: 1,
        secrecy=lambda rules: rules.secrecy.election,
        secrecy_key="election",
    ),
    decide=_decide,
)
