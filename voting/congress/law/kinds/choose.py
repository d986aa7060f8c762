"""Mode A: tick at most k of n; the k with the most votes win."""

from collections.abc import Sequence

from voting.congress.law.figures import Figures
from voting.congress.law.kind import Answer, Asked, Kind
from voting.congress.law.kinds import common, seats
from voting.congress.law.outcome import Found
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.reasons import Reason
from voting.congress.law.ruleset import BallotRule, Ruleset


def _fewest(asked: Asked) -> int:
    return asked.seats if asked.rules.ballots.under is BallotRule.VOID else 0


def _most(asked: Asked) -> int:
    return common.seats_or_all(asked.rules.ballots.over, asked)


def _lets_count(asked: Asked, chosen: int) -> bool:
    return common.within_limits(asked.rules.ballots.over, asked, chosen)


def _sums_possible(asked: Asked, returned: int, votes: Sequence[int]) -> bool:
    return common.within(asked, _fewest(asked), _most(asked), returned, votes)


def _doubts(figures: Figures, rules: Ruleset) -> tuple[Reason, ...]:
    asked = Asked(figures.seats, len(figures.options), rules)
    return seats.marks_doubted(figures, _fewest(asked), _most(asked))


def _decide(rules: Ruleset, figures: Figures, majority: int) -> Found:
    return seats.best_above(seats.floor_of_projects(rules, figures, majority), rules, figures)


CHOOSE = Kind(
    kind=PollKind.CHOOSE,
    answer=Answer.TICK,
    marks=common.no_marks,
    fewest=_fewest,
    most=_most,
    read_singly=common.summed,
    lets_count=_lets_count,
    sums_possible=_sums_possible,
    own_settings=True,
    secrecy=common.choice_secrecy,
    secrecy_key=common.CHOICE,
    majority=common.majority_rule,
    cast=common.valid_ballots,
    tallies=common.tally_each,
    problems=common.one_mark_a_ballot,
    doubts=_doubts,
    decide=_decide,
)
