"""Mode B: every option for / against / abstain, then ranked by "for"."""

from voting.congress.law.figures import Figures
from voting.congress.law.kind import Answer, Kind
from voting.congress.law.kinds import common, seats
from voting.congress.law.kinds.voiced import Voiced
from voting.congress.law.outcome import Found
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Ruleset


def _decide(rules: Ruleset, figures: Figures, majority: int) -> Found:
    return seats.best_above(seats.floor_of_projects(rules, figures, majority), rules, figures)


_LIMITS = Voiced(lambda ballots: ballots.over_approval)

APPROVE_EACH = Kind(
    kind=PollKind.APPROVE_EACH,
    answer=Answer.VOICE,
    marks=common.voices,
    fewest=common.none_needed,
    most=_LIMITS.most,
    read_singly=_LIMITS.read_singly,
    lets_count=_LIMITS.lets_count,
    sums_possible=_LIMITS.sums_possible,
    secrecy=common.choice_secrecy,
    secrecy_key=common.CHOICE,
    majority=common.majority_rule,
    cast=common.valid_ballots,
    tallies=common.tally_each,
    problems=common.one_mark_a_ballot,
    doubts=_LIMITS.doubts,
    decide=_decide,
)
