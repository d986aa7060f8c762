"""How a poll can end, and what one kind of poll finds in its figures."""

from enum import StrEnum

import msgspec

from voting.congress.law.reasons import Reason


class OutcomeKind(StrEnum):
    """How a poll ended: the closed list of docs/rules.md."""

    ELECTED = "elected"  # all k seats are filled
    PRESELECTED = "preselected"  # the candidates are found; nobody is elected
    RUN_OFF = "run_off"  # a tie across the cut line: vote again among the tied
    SHORTFALL = "shortfall"  # fewer than k reached the floor: the congress decides what follows
    PASSED = "passed"
    NOT_PASSED = "not_passed"
    DECIDED = "decided"  # every option has passed or not, each by itself
    EVALUATED = "evaluated"  # every subject has its verdict
    VOID = "void"  # more ballots returned than issued, or too few took part: the poll may be run again
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
