"""Mode C: every option gets a place, 1 is best; the k lowest sums win, once enough delegates have ranked at all."""

from collections.abc import Iterator, Sequence

from voting.congress.law.figures import FigureProblem, FigureProblemCode, Figures, Tally
from voting.congress.law.kind import Answer, Asked, Kind, Order
from voting.congress.law.kinds import common, seats
from voting.congress.law.outcome import Found
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.reasons import Reason, ReasonCode, because
from voting.congress.law.ruleset import Ruleset
from voting.congress.law.seating import Standing


def _every_option(asked: Asked) -> int:
    return asked.options


def _always(_: Asked) -> bool:
    return True


def _complete(asked: Asked, chosen: int) -> bool:
    return chosen == asked.options


def _sums_possible(asked: Asked, returned: int, votes: Sequence[int]) -> bool:
    """No sum is above what last places give; void rankings leave any sum below."""
    return len(votes) == asked.options and all(0 <= n <= returned * asked.options for n in votes)


def _problems(figures: Figures, _: Ruleset, tally: Tally) -> Iterator[FigureProblem]:
    n = len(figures.options)
    if not figures.valid <= tally.votes <= n * figures.valid:
        detail = f"{tally.id}: {figures.valid} ballots with ranks 1..{n} cannot add up to {tally.votes}"
        yield FigureProblem(FigureProblemCode.MARKS_DO_NOT_ADD_UP, detail)


def _doubts(figures: Figures, _: Ruleset) -> tuple[Reason, ...]:
    total, n = sum(tally.votes for tally in figures.options), len(figures.options)
    expected = figures.valid * n * (n + 1) // 2
    code = ReasonCode.RANKS_DO_NOT_ADD_UP
    return () if total == expected else (because(code, valid=figures.valid, expected=expected, total=total),)


def _decide(rules: Ruleset, figures: Figures, majority: int) -> Found:
    reasons = tuple(because(ReasonCode.RANK_SUM, option=t.id, sum=t.votes) for t in figures.options)
    if rules.seats.rank_needs_majority:
        enough = figures.valid >= majority
        code = ReasonCode.RANKINGS_SUFFICE if enough else ReasonCode.RANKINGS_TOO_FEW
        base = figures.bases.of(rules.majority.base)
        reasons = (because(code, needed=majority, base=base, valid=figures.valid), *reasons)
    else:
        enough = figures.valid > 0
    standings = tuple(Standing(t.id, -t.votes, t.votes) for t in figures.options) if enough else ()
    return seats.seated(rules, figures, standings, reasons)


RANK = Kind(
    kind=PollKind.RANK,
    answer=Answer.PLACE,
    marks=common.no_marks,
    fewest=common.none_needed,
    most=_every_option,
    read_singly=_always,
    lets_count=_complete,
    sums_possible=_sums_possible,
    secrecy=common.choice_secrecy,
    secrecy_key=common.CHOICE,
    majority=common.majority_rule,
    cast=common.valid_ballots,
    tallies=common.tally_each,
    problems=_problems,
    doubts=_doubts,
    decide=_decide,
    order=Order.LEAST_FIRST,
    percent=False,
)
