"""Polls: the closed set of states, the one transition table, and a poll as it is planned."""

from enum import StrEnum

import msgspec

from voting.congress.law.question import Question


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
    COUNT_BY_HAND = "count_by_hand"


class ClosedBy(StrEnum):
    """What ended the voting of a poll: the chair, or the time that was set when it was opened."""

    CHAIR = "chair"
    DEADLINE = "deadline"


TRANSITIONS: dict[tuple[PollState, PollStep], PollState] = {
    (PollState.PLANNED, PollStep.PREPARE): PollState.PREPARED,
    (PollState.PREPARED, PollStep.OPEN): PollState.OPEN,
    (PollState.OPEN, PollStep.CLOSE): PollState.CLOSED,
    (PollState.CLOSED, PollStep.SEAL): PollState.SEALED,
    (PollState.SEALED, PollStep.COUNT): PollState.COUNTED,
    (PollState.CLOSED, PollStep.COUNT_BY_HAND): PollState.COUNTED,
    (PollState.COUNTED, PollStep.CONFIRM): PollState.CONFIRMED,
    (PollState.CONFIRMED, PollStep.ANNOUNCE): PollState.ANNOUNCED,
    (PollState.PREPARED, PollStep.ANNUL): PollState.ANNULLED,
    (PollState.OPEN, PollStep.ANNUL): PollState.ANNULLED,
    (PollState.CLOSED, PollStep.ANNUL): PollState.ANNULLED,
    (PollState.SEALED, PollStep.ANNUL): PollState.ANNULLED,
    (PollState.COUNTED, PollStep.ANNUL): PollState.ANNULLED,
    (PollState.CONFIRMED, PollStep.ANNUL): PollState.ANNULLED,
}

BY_CHAIR = frozenset({PollStep.PREPARE, PollStep.OPEN, PollStep.CLOSE, PollStep.ANNOUNCE, PollStep.ANNUL})
"""The steps that the chair takes; the others are the scrutineers' and the server's."""


def chair_steps_ahead(state: PollState) -> frozenset[PollStep]:
    """The steps the chair takes next: those of this state, and those that the others' steps lead to."""
    onward = {step: after for (before, step), after in TRANSITIONS.items() if before is state}
    beyond = (chair_steps_ahead(after) for step, after in onward.items() if step not in BY_CHAIR)
    return BY_CHAIR.intersection(onward).union(*beyond)


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

"""From the preparation to the end."""

COUNT_KNOWN = frozenset({PollState.COUNTED, PollState.CONFIRMED})
"""The count is known to chair and scrutineers: from now on neither of them annuls alone."""

VERIFYING = frozenset({PollState.OPEN, PollState.CLOSED})
"""A stored ballot is verified while its poll is in one of these; the ballots of another one stay as they are."""


class PollPlan(msgspec.Struct, frozen=True):
    """A poll as prepared by the secretariat. seconds: preset voting time; None: the chair closes."""

    question: Question
    seconds: int | None = None

    @property
    def id(self) -> str:
        """The question's, by which the sitting knows the poll."""
        return self.question.id
