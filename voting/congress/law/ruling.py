"""What the figures of a count mean under the adopted rules, with the reason for every step.

`rule_on` is the one place where a poll is decided; console, reports, the journal's Outcome and `voting decide` all take
its answer. Integers and exact fractions only; a tie is never broken by id, order or time.
"""

import msgspec
from msgspec.structs import replace

from voting.congress.law import thresholds
from voting.congress.law.figure_checks import doubts_about, problems_of_figures
from voting.congress.law.figures import Figures, FiguresInvalid
from voting.congress.law.kinds import KINDS
from voting.congress.law.outcome import OutcomeKind, RunOff
from voting.congress.law.reasons import Reason, ReasonCode, because
from voting.congress.law.ruleset import Ruleset

__all__ = ["OutcomeKind", "Ruling", "RunOff", "rule_on"]


class Ruling(msgspec.Struct, frozen=True):
    """The answer. For kinds that fill seats, len(elected) + run-off seats + shortfall == seats, void polls included.

    elected: of a preselection those who become candidates. quorum, majority: the numbers needed; verdicts: subject ->
    level ("satisfied", ...) of an evaluation, option -> "passed" or "not_passed" where each is decided by itself.
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
    kind = KINDS[figures.kind]
    quorum = thresholds.quorum(rules, figures.bases)
    majority = thresholds.majority(rules, figures.kind, figures.bases)
    opening = _opening_reasons(rules, figures, quorum)
    undecided = None
    if figures.present < quorum:
        undecided = OutcomeKind.NO_QUORUM
    elif figures.returned > figures.returned_limit(rules):
        undecided = OutcomeKind.VOID
    if undecided:
        unfilled = figures.seats if kind.fills_seats else 0
        return Ruling(quorum, majority, False, undecided, shortfall=unfilled, reasons=opening)
    found = kind.decide(rules, figures, majority)
    valid = found.outcome is not OutcomeKind.VOID
    if not valid:
        opening = tuple(_unjudged(reason) for reason in opening)
    return Ruling(
        quorum=quorum,
        majority=majority,
        valid_poll=valid,
        outcome=found.outcome,
        elected=found.elected,
        run_off=found.run_off,
        shortfall=found.shortfall,
        verdicts=found.verdicts,
        reasons=(*opening, *doubts_about(figures, rules), *kind.unlikely(figures), *found.reasons),
    )


def _unjudged(reason: Reason) -> Reason:
    """The ballots that add up, of a poll that is void all the same."""
    add_up = reason.code is ReasonCode.BALLOTS_ADD_UP
    return replace(reason, code=ReasonCode.BALLOTS_RETURNED) if add_up else reason


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
