"""Polls: kinds, the frozen question, the closed set of states and the one transition table."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from voting.congress.law.poll_kinds import PER_OPTION_KINDS, PollKind, Post
from voting.congress.law.ruleset import (
    BallotRule,
    BallotRules,
    Press,
    Relation,
    Ruleset,
    SeatRules,
    Secrecy,
    most_marks,
)
from voting.congress.names import plain

__all__ = [
    "MOTION_OPTIONS",
    "RUNNING",
    "TRANSITIONS",
    "Follows",
    "Medium",
    "Option",
    "PollKind",
    "PollPlan",
    "PollRules",
    "PollState",
    "PollStep",
    "Post",
    "names_candidate",
]


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
    """The two settings of a poll without an adopted ruleset, frozen into its record.

    majority_floor: an option needs "for" from more than half of all delegates in office (default on).
    fewer_than_seats_voids: a ballot with fewer than k ticks is void (then the ballot's minimum is k).
    """

    majority_floor: bool = True
    fewer_than_seats_voids: bool = False


class Medium(StrEnum):
    """How votes are collected: at the terminals, by hand (show of hands or paper), or both in one count."""

    ELECTRONIC = "electronic"
    BY_HAND = "by_hand"
    MIXED = "mixed"


class Follows(msgspec.Struct, frozen=True):
    """The link to the poll this one follows; that poll's result stays as it was."""

    poll: str
    relation: Relation


class PollPlan(msgspec.Struct, frozen=True):
    """A question as prepared by the secretariat. `seats` is k (应选数); 1 for a motion.

    ruleset: the adopted rules, frozen with the poll; without one the defaults hold, with the two settings of `rules`.
    amends, clause_of: the poll on the text that this one amends or is a clause of; it is put before that text.
    write_ins: an election whose ballots may add names (另选他人), as many as there are seats. eligible: the roster they
    are taken from; empty: any name, as text. post: what an election fills; None leaves the number of candidates free.
    """

    id: str
    kind: PollKind
    title: str
    options: tuple[Option, ...]
    seats: int = 1
    rules: PollRules = PollRules()
    seconds: int | None = None  # preset voting time; None = the chair closes
    ruleset: Ruleset | None = None
    secrecy: Secrecy = Secrecy.SECRET
    medium: Medium = Medium.ELECTRONIC
    follows: Follows | None = None
    amends: str | None = None
    clause_of: str | None = None
    write_ins: bool = False
    eligible: tuple[str, ...] = ()
    post: Post | None = None

    @property
    def adopted(self) -> Ruleset:
        """The rules this poll is decided by."""
        if self.ruleset is not None:
            return self.ruleset
        under = BallotRule.VOID if self.rules.fewer_than_seats_voids else BallotRule.VALID
        seats = SeatRules(majority_floor=self.rules.majority_floor)
        return Ruleset(ballots=BallotRules(under=under), seats=seats)

    @property
    def min_choices(self) -> int:
        """Fewest ticks of a valid ballot (a blank motion ballot equals not pressing)."""
        strict = self.adopted.ballots.under is BallotRule.VOID
        return self.seats if self.kind is PollKind.CHOOSE and strict else 0

    @property
    def max_choices(self) -> int:
        """Most options a valid ballot may be for; one rank per option; one level per subject."""
        if self.kind is PollKind.RANK:
            return len(self.options)
        return most_marks(self.kind, self.seats, len(self.options), self.adopted)

    @property
    def max_write_ins(self) -> int:
        """Most names that a ballot may add."""
        return self.seats if self.write_ins else 0

    @property
    def read_singly(self) -> bool:
        """Whether sums could not tell a valid ballot from a void one, so that each ballot must be read by itself.

        Rankings, names that ballots add, and options answered by themselves where being for too many or for too few
        voids a ballot.
        """
        may_be_over = self.kind in PER_OPTION_KINDS and self.max_choices < len(self.options)
        may_be_under = self.kind in PER_OPTION_KINDS and self.adopted.ballots.under is BallotRule.VOID
        return self.kind is PollKind.RANK or self.write_ins or may_be_over or may_be_under

    @property
    def shuffled(self) -> bool:
        """Whether the scrutineers shuffle the ballots before they are read: secret ones that are read singly.

        Papers and hands are not; where both are counted, the ballots of the terminals are shuffled.
        """
        return self.read_singly and self.secrecy is Secrecy.SECRET and self.medium is not Medium.BY_HAND

    @property
    def last_press_counts(self) -> bool:
        """Whether a delegate may vote again until the poll is closed, and only the last ballot counts."""
        return self.adopted.ballots.press is Press.LAST


def names_candidate(plan: PollPlan, names: Iterable[str]) -> bool:
    """Whether one of these names is a candidate's, or the id under which a candidate is counted."""
    taken = {plain(text) for option in plan.options for text in (option.id, option.title)}
    return not taken.isdisjoint(map(plain, names))
