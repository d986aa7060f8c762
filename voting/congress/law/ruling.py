"""What the figures of a count mean under the adopted rules, with the reason for every step.

`rule_on` is the one place where a poll is decided; console, reports, the journal's Outcome and `voting decide` all take
its answer. Integers and exact fractions only; a tie is never broken by id, order or time.
"""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from voting.congress.law import thresholds
from voting.congress.law.evaluating import evaluate
from voting.congress.law.figures import Figures, FiguresInvalid, doubts_about, problems_of_figures, votes_cast
from voting.congress.law.poll_kinds import SEAT_KINDS, PollKind
from voting.congress.law.reasons import Reason, ReasonCode, because
from voting.congress.law.ruleset import Relation, Ruleset, least
from voting.congress.law.seating import Standing, fill_seats


class OutcomeKind(StrEnum):
    """How a poll ended: the closed list of docs/rules.md."""

    ELECTED = "elected"  # all k seats are filled
    RUN_OFF = "run_off"  # a tie across the cut line: vote again among the tied
    SHORTFALL = "shortfall"  # fewer than k reached the floor: ask the presidium
    PASSED = "passed"
    NOT_PASSED = "not_passed"
    EVALUATED = "evaluated"  # every subject has its verdict
    VOID = "void"  # more ballots returned than issued: the poll is run again
    NO_QUORUM = "no_quorum"  # too few were present: nothing was decided


class RunOff(msgspec.Struct, frozen=True):
    """The tied options, in the order of the ballot, and the seats they still compete for."""

    options: tuple[str, ...]
    seats: int


class Found(msgspec.Struct, frozen=True):
    """What one kind of poll makes of its figures."""

    outcome: OutcomeKind
    elected: tuple[str, ...] = ()
    run_off: RunOff | None = None
    shortfall: int = 0
    verdicts: dict[str, str] = {}
    reasons: tuple[Reason, ...] = ()


class Ruling(msgspec.Struct, frozen=True):
    """The answer. For kinds that fill seats, len(elected) + run-off seats + shortfall == seats, void polls included.

    quorum, majority: the numbers needed; verdicts: subject -> level ("satisfied", ...) of an evaluation.
    """

    quorum: int
    majority: int
    valid_poll: bool
    outcome: OutcomeKind
    elected: tuple[str, ...] = ()
    run_off: RunOff | None = None
    shortfall: int = 0
    verdicts: dict[str, str] = {}
    reasons: tuple[Reason, ...] = ()


def rule_on(rules: Ruleset, figures: Figures) -> Ruling:
    """Decide a poll. Raises FiguresInvalid when the numbers cannot be a count at all."""
    problems = problems_of_figures(figures, rules)
    if problems:
        raise FiguresInvalid(problems)
    quorum = thresholds.quorum(rules, figures.bases)
    majority = thresholds.majority(rules, figures.kind, figures.bases)
    opening = _opening_reasons(rules, figures, quorum)
    undecided = None
    if figures.present < quorum:
        undecided = OutcomeKind.NO_QUORUM
    elif figures.returned > figures.returned_limit(rules):
        undecided = OutcomeKind.VOID
    if undecided:
        unfilled = figures.seats if figures.kind in SEAT_KINDS else 0
        return Ruling(quorum, majority, False, undecided, shortfall=unfilled, reasons=opening)
    found = _BY_KIND[figures.kind](rules, figures, majority)
    return Ruling(
        quorum=quorum,
        majority=majority,
        valid_poll=True,
        outcome=found.outcome,
        elected=found.elected,
        run_off=found.run_off,
        shortfall=found.shortfall,
        verdicts=found.verdicts,
        reasons=(*opening, *doubts_about(figures, rules), *found.reasons),
    )


def _opening_reasons(rules: Ruleset, f: Figures, quorum: int) -> tuple[Reason, ...]:
    reached = f.present >= quorum
    code = ReasonCode.QUORUM_REACHED if reached else ReasonCode.QUORUM_MISSED
    attendance = because(code, needed=quorum, base=f.bases.of(rules.quorum.base), present=f.present)
    if not reached:
        return (attendance,)
    limit = f.returned_limit(rules)
    code = ReasonCode.BALLOTS_TOO_MANY if f.returned > limit else ReasonCode.BALLOTS_ADD_UP
    ballots = because(code, issued=f.issued, returned=f.returned, valid=f.valid, void=f.void, limit=limit)
    return (attendance, ballots)


def _motion(rules: Ruleset, f: Figures, majority: int) -> Found:
    tally = f.options[0]
    display = rules.display
    reasons = [
        because(
            ReasonCode.MOTION_VOTES_ALL if display.show_not_pressed else ReasonCode.MOTION_VOTES,
            votes=tally.votes,
            against=tally.against,
            abstain=tally.abstain,
            percent=f.percentage(display.percentage_of, tally.votes),
            of=display.percentage_of.value,
            **({"not_pressed": f.not_pressed} if display.show_not_pressed else {}),
        )
    ]
    took_part, asked = True, rules.participation
    if asked.required:
        base, cast = f.bases.of(asked.base), votes_cast(tally)
        needed = least(asked.fraction, base, strictly_more=asked.strictly_more)
        took_part = cast >= needed
        code = ReasonCode.PARTICIPATION_REACHED if took_part else ReasonCode.PARTICIPATION_MISSED
        reasons.append(because(code, needed=needed, base=base, cast=cast))
    passed = took_part and tally.votes >= majority
    code = ReasonCode.VOTES_PASS if tally.votes >= majority else ReasonCode.VOTES_FAIL
    reasons.append(because(code, needed=majority, base=f.bases.of(rules.majority.base), votes=tally.votes))
    return Found(OutcomeKind.PASSED if passed else OutcomeKind.NOT_PASSED, reasons=tuple(reasons))


def _floor(rules: Ruleset, f: Figures, majority: int) -> int:
    """Votes an option needs before it is compared with the others; one vote where no majority is asked for."""
    if f.follows is Relation.RUN_OFF and not rules.seats.run_off_needs_majority:
        return 1
    if f.kind is PollKind.ELECTION:
        return majority
    return majority if rules.seats.majority_floor else 1


def _votes(rules: Ruleset, f: Figures, majority: int) -> Found:
    """choose, approve_each and election: the k best of those that reach the floor."""
    floor = _floor(rules, f, majority)
    base = f.bases.of(rules.majority.base)
    reasons = tuple(
        because(
            ReasonCode.OPTION_REACHES if t.votes >= floor else ReasonCode.OPTION_BELOW,
            option=t.id,
            needed=floor,
            base=base,
            votes=t.votes,
            percent=f.percentage(rules.display.percentage_of, t.votes),
            of=rules.display.percentage_of.value,
        )
        for t in f.options
    )
    standings = tuple(Standing(t.id, t.votes, t.votes) for t in f.options if t.votes >= floor)
    return _seated(rules, f, standings, reasons)


def _ranks(rules: Ruleset, f: Figures, majority: int) -> Found:
    """rank: the k lowest sums of ranks, once enough delegates have ranked at all."""
    reasons = tuple(because(ReasonCode.RANK_SUM, option=t.id, sum=t.votes) for t in f.options)
    if rules.seats.rank_needs_majority:
        enough = f.valid >= majority
        code = ReasonCode.RANKINGS_SUFFICE if enough else ReasonCode.RANKINGS_TOO_FEW
        reasons = (because(code, needed=majority, base=f.bases.of(rules.majority.base), valid=f.valid), *reasons)
    else:
        enough = f.valid > 0
    standings = tuple(Standing(t.id, -t.votes, t.votes) for t in f.options) if enough else ()
    return _seated(rules, f, standings, reasons)


def _seated(rules: Ruleset, f: Figures, standings: tuple[Standing, ...], reasons: tuple[Reason, ...]) -> Found:
    seating = fill_seats(f.seats, standings, rules.seats.shortfall)
    if seating.tied:
        outcome, run_off = OutcomeKind.RUN_OFF, RunOff(options=seating.tied, seats=seating.tied_seats)
    else:
        outcome, run_off = OutcomeKind.SHORTFALL if seating.missing else OutcomeKind.ELECTED, None
    return Found(
        outcome,
        elected=seating.elected,
        run_off=run_off,
        shortfall=seating.missing,
        reasons=(*reasons, *seating.reasons),
    )


def _evaluation(rules: Ruleset, f: Figures, majority: int) -> Found:
    base = f.bases.of(rules.evaluation.base)
    found = {t.id: evaluate(t, majority, base) for t in f.options}
    return Found(
        OutcomeKind.EVALUATED,
        verdicts={subject: verdict.value for subject, (verdict, _) in found.items()},
        reasons=tuple(reason for _, reason in found.values()),
    )


_BY_KIND: dict[PollKind, Callable[[Ruleset, Figures, int], Found]] = {
    PollKind.MOTION: _motion,
    PollKind.CHOOSE: _votes,
    PollKind.APPROVE_EACH: _votes,
    PollKind.ELECTION: _votes,
    PollKind.RANK: _ranks,
    PollKind.EVALUATION: _evaluation,
}
