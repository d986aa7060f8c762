"""Polls: kinds, the frozen question, the closed set of states and the one transition table."""

from enum import StrEnum

import msgspec


class PollKind(StrEnum):
    """How a question is put: choose at most k of n (mode A), or a motion (for / against / abstain)."""

    CHOOSE = "choose"
    MOTION = "motion"


class PollState(StrEnum):
    """The life of a poll; see TRANSITIONS."""

    PLANNED = "planned"  # in the agenda, not yet called
    PREPARED = "prepared"  # terminals register their signing credentials
    OPEN = "open"  # credentials, question and key are frozen; ballots are taken
    CLOSED = "closed"  # no further ballots; stored ones are still being verified
    SEALED = "sealed"  # encrypted sum is on the board; scrutineers may release decryptions
    COUNTED = "counted"  # enough decryptions; the outcome is known to console and scrutineers
    CONFIRMED = "confirmed"  # chief scrutineer has confirmed the count
    ANNOUNCED = "announced"  # the chair has announced it; everybody sees it
    ANNULLED = "annulled"  # ended with a reason; its ballots and record are kept


class PollStep(StrEnum):
    """What moves a poll from one state to the next."""

    PREPARE = "prepare"
    OPEN = "open"
    CLOSE = "close"
    SEAL = "seal"
    COUNT = "count"
    CONFIRM = "confirm"
    ANNOUNCE = "announce"
    ANNUL = "annul"


TRANSITIONS: dict[tuple[PollState, PollStep], PollState] = {
    (PollState.PLANNED, PollStep.PREPARE): PollState.PREPARED,
    (PollState.PREPARED, PollStep.OPEN): PollState.OPEN,
    (PollState.OPEN, PollStep.CLOSE): PollState.CLOSED,
    (PollState.CLOSED, PollStep.SEAL): PollState.SEALED,
    (PollState.SEALED, PollStep.COUNT): PollState.COUNTED,
    (PollState.COUNTED, PollStep.CONFIRM): PollState.CONFIRMED,
    (PollState.CONFIRMED, PollStep.ANNOUNCE): PollState.ANNOUNCED,
    (PollState.PREPARED, PollStep.ANNUL): PollState.ANNULLED,
    (PollState.OPEN, PollStep.ANNUL): PollState.ANNULLED,
    (PollState.CLOSED, PollStep.ANNUL): PollState.ANNULLED,
    (PollState.SEALED, PollStep.ANNUL): PollState.ANNULLED,
    (PollState.COUNTED, PollStep.ANNUL): PollState.ANNULLED,
    (PollState.CONFIRMED, PollStep.ANNUL): PollState.ANNULLED,
}

RUNNING = frozenset(
    {
        PollState.PREPARED,
        PollState.OPEN,
        PollState.CLOSED,
        PollState.SEALED,
        PollState.COUNTED,
        PollState.CONFIRMED,
    }
)


class Option(msgspec.Struct, frozen=True):
    """One option; `illustrative` marks an invented one (示例), which every page shows."""

    id: str
    title: str
    illustrative: bool = False


MOTION_OPTIONS = (
    Option(id="for", title="赞成"),
    Option(id="against", title="反对"),
    Option(id="abstain", title="弃权"),
)


class PollRules(msgspec.Struct, frozen=True):
    """The rules adopted for a poll, frozen into its record.

    majority_floor: an option needs "for" from more than half of all delegates in office (default on).
    fewer_than_seats_voids: a ballot with fewer than k ticks is void (then the ballot's minimum is k).
    """

    majority_floor: bool = True
    fewer_than_seats_voids: bool = False


class PollPlan(msgspec.Struct, frozen=True):
    """A question as prepared by the secretariat. `seats` is k (应选数); 1 for a motion."""

    id: str
    kind: PollKind
    title: str
    options: tuple[Option, ...]
    seats: int = 1
    rules: PollRules = PollRules()
    seconds: int | None = None  # preset voting time; None = the chair closes

    @property
    def min_choices(self) -> int:
        """Fewest ticks of a valid ballot (a blank motion ballot equals not pressing)."""
        return self.seats if self.kind is PollKind.CHOOSE and self.rules.fewer_than_seats_voids else 0

    @property
    def max_choices(self) -> int:
        """Most ticks of a valid ballot."""
        return self.seats if self.kind is PollKind.CHOOSE else 1
