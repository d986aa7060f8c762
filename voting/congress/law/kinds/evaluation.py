"""Satisfaction evaluation (满意度测评): every subject gets one of three or four levels, and a verdict."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from voting.congress.law.evaluating import Level, evaluate
from voting.congress.law.figures import FigureProblem, FigureProblemCode, Figures, Tally
from voting.congress.law.kind import Answer, Asked, Kind, Order
from voting.congress.law.kinds import common
from voting.congress.law.outcome import Found, OutcomeKind
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.reasons import Reason, ReasonCode, because
from voting.congress.law.ruleset import MajorityRule, Ruleset, SecrecyRule


def _levels(rules: Ruleset) -> tuple[str, ...]:
    return tuple(level.value for level in Level)[: rules.evaluation.levels]


def _lets_count(_: Asked, __: int) -> bool:
    """A subject without a level is an answer, too."""
    return True


def _sums_possible(asked: Asked, returned: int, votes: Sequence[int]) -> bool:
    """Levels are counted beside the votes, of which there are none."""
    return len(votes) == asked.options and all(0 <= n <= returned for n in votes)


def _secrecy(rules: Ruleset) -> SecrecyRule:
    return rules.secrecy.evaluation


def _half(rules: Ruleset) -> MajorityRule:
    return MajorityRule(strictly_more=not rules.evaluation.half_counts, base=rules.evaluation.base)


def _problems(figures: Figures, rules: Ruleset, tally: Tally) -> Iterator[FigureProblem]:
    if len(tally.levels) != rules.evaluation.levels:
        detail = f"{tally.id}: {len(tally.levels)} levels, not {rules.evaluation.levels}"
        yield FigureProblem(FigureProblemCode.LEVELS_WRONG, detail)
    yield from common.more_than_valid(figures, tally, sum(tally.levels))


def _doubts(_: Figures, __: Ruleset) -> tuple[Reason, ...]:
    return ()


_EVEN = Fraction(9, 10)
"""A subject with fewer marks in all than this part of the most that one has is doubted."""


def _uneven(figures: Figures) -> tuple[Reason, ...]:
    """Subjects with far fewer marks than another on the same ballots: figures mistaken or left out look like this.

    宁海 2021: 122 of one subject where all others have 222. Delegates may leave a subject blank, so it is no breach.
    """
    totals = {tally.id: sum(tally.levels) for tally in figures.options}
    most = max(totals.values())
    low = {id: total for id, total in totals.items() if total < _EVEN * most}
    return tuple(because(ReasonCode.SUBJECT_UNEVEN, option=id, total=total, most=most) for id, total in low.items())


def _decide(rules: Ruleset, figures: Figures, majority: int) -> Found:
    base = figures.bases.of(rules.evaluation.base)
    found = {t.id: evaluate(t, majority, base) for t in figures.options}
    return Found(
        OutcomeKind.EVALUATED,
        verdicts={subject: verdict.value for subject, (verdict, _) in found.items()},
        reasons=tuple(reason for _, reason in found.values()),
    )


EVALUATION = Kind(
    kind=PollKind.EVALUATION,
    answer=Answer.LEVEL,
    marks=_levels,
    fewest=common.none_needed,
    most=common.one,
    read_singly=common.summed,
    lets_count=_lets_count,
    sums_possible=_sums_possible,
    fills_seats=False,
    secrecy=_secrecy,
    secrecy_key="evaluation",
    majority=_half,
    cast=common.valid_ballots,
    tallies=common.tally_each,
    problems=_problems,
    doubts=_doubts,
    unlikely=_uneven,
    decide=_decide,
    order=Order.BALLOT,
    percent=False,
)
