"""The five views of a sitting."""

from enum import StrEnum

from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Ruleset
from voting.congress.refusal import Refusal
from voting.sitting.attendance import Attendance
from voting.sitting.events import Titles
from voting.sitting.hand_counts import HandCount
from voting.sitting.progress import AskedAnnulment
from voting.sitting.repeats import VotersApart
from voting.sitting.state import Rollback
from voting.wire.base import Wire
from voting.wire.polls import Allowed, PollDraft, PollView
from voting.wire.roles import Audience


class HandCountState(StrEnum):
    """How far a count by hand is; NONE where nothing is counted by hand."""

    NONE = "none"
    MISSING = "missing"
    ENTERED = "entered"
    CONFIRMED = "confirmed"


class AttendanceState(StrEnum):
    """Where a person is; observers are ABSENT or PRESENT."""

    ABSENT = "absent"
    PRESENT = "present"
    ON_LEAVE = "on_leave"
    DEPARTED = "departed"
    SUSPENDED = "suspended"


class ChairStep(StrEnum):
    """What the chair may do with a poll."""

    PREPARE = "prepare"
    OPEN = "open"
    OPEN_BY_HAND = "open_by_hand"
    CLOSE = "close"
    ANNOUNCE = "announce"
    ANNUL = "annul"
    ASK_ANNULMENT = "ask_annulment"
    CONFIRM_ANNULMENT = "confirm_annulment"


class DocumentView(Wire, frozen=True):
    title: str


class ItemView(Wire, frozen=True):
    id: str
    title: str
    documents: tuple[DocumentView, ...]
    polls: tuple[str, ...]


class RecordHead(Wire, frozen=True):
    """Where the record stands: number and hash of the journal's last durable row. Who notes it can ask for it later."""

    row: int
    hash: str


class Hall(Wire, frozen=True):
    """The part of the sitting every audience sees. rollbacks: where it went on from an earlier or another record.

    key: what secret ballots are encrypted to, as the scrutineers made it; server_key: what receipts and counts are
    signed with (Ed25519, hex). Terminals keep the first of each that they are shown and refuse another.
    """

    titles: Titles
    group: str
    key: str | None
    server_key: str
    agenda: tuple[ItemView, ...]
    current_item: str | None
    focus: str | None  # the poll the sitting is occupied with now
    attendance: Attendance
    polls: dict[str, PollView]
    rollbacks: tuple[Rollback, ...]


class Progress(Wire, frozen=True):
    """How far a poll is. ready: credentials registered; stored: durable, not yet verified; verified: on the board.

    signed: indices of scrutineers whose terminals signed the closed board, of which signatures_needed are asked for;
    compared: who compared its head aloud instead. shuffles, decryptions: indices of scrutineers who shuffled (in order)
    and who released; needed: how many are required of each kind that the poll has. papers: handed out in a mixed poll;
    apart: how many take part in only one of this poll and a counted one on the same question.
    """

    ready: int
    stored: int
    verified: int
    signed: tuple[int, ...]
    compared: tuple[int, ...]
    signatures_needed: int
    shuffles: tuple[int, ...]
    decryptions: tuple[int, ...]
    needed: int
    papers: int
    hand_count: HandCountState
    apart: int


class PersonView(Wire, frozen=True):
    number: str
    name: str
    delegation: str  # observers: their post
    seat: str | None
    observer: bool
    attendance: AttendanceState


class SeatView(Wire, frozen=True):
    hall: Hall


class PublicView(Wire, frozen=True):
    """archives: poll id -> sha256 of the archive, once published (GET /api/polls/<id>/archive.bel)."""

    hall: Hall
    archives: dict[str, str]


class ScreenView(Wire, frozen=True):
    hall: Hall
    record: RecordHead
    progress: dict[str, Progress]


class ScrutineerPerson(Wire, frozen=True):
    index: int
    name: str
    chief: bool


class ConsoleView(Wire, frozen=True):
    """waiting: for polls prepared/open, the roster numbers not ready / not voted yet (present delegates only).

    actions: poll id -> each step that the chair takes next -> None when possible now, else why not. archives as in
    PublicView, once counted. online: numbers whose terminal is connected; doubled: those with more than one. rulebooks:
    the rules a new poll may adopt, by name; allowed: what each of them ("": those of the sitting) leaves open to each
    kind; follow_ups: poll id -> relation -> the poll that may follow it now; allowed_after: what is open to such a
    poll; hand_counts: the last entry, by poll; annulments: the last one asked for of a counted poll; apart: polls whose
    voters differ from those of a counted one on the same question; papers: poll id -> delegate -> why a paper was
    handed out; scrutineers: whom the indices of progress, hand_counts and annulments name. wrong_codes: the device that
    seems to guess codes; clock_off: seconds by which the clock of the server's machine was moved ahead, below 0 back.
    """

    hall: Hall
    record: RecordHead
    people: dict[str, PersonView]
    progress: dict[str, Progress]
    waiting: dict[str, dict[str, bool]]
    actions: dict[str, dict[ChairStep, Refusal | None]]
    archives: dict[str, str]
    online: dict[str, bool]
    doubled: dict[str, bool]
    ceremony_complete: bool
    rulebooks: dict[str, Ruleset]
    allowed: dict[str, dict[PollKind, Allowed]]
    follow_ups: dict[str, dict[str, PollDraft]]
    allowed_after: dict[str, Allowed]
    hand_counts: dict[str, HandCount]
    annulments: dict[str, AskedAnnulment]
    apart: dict[str, VotersApart]
    papers: dict[str, dict[str, str]]
    scrutineers: tuple[ScrutineerPerson, ...]
    wrong_codes: str | None
    clock_off: int


class ScrutineerView(Wire, frozen=True):
    """messages: round -> scrutineer index (both as text) -> raw JSON. With names and threshold: the CeremonyPlan.

    closed_boards: poll -> scrutineer index (as text) -> raw signature on its closed board. hand_counts, annulments: as
    in ConsoleView.
    """

    hall: Hall
    scrutineers: tuple[ScrutineerPerson, ...]
    threshold: int
    messages: dict[str, dict[str, str]]
    trustees: str | None
    progress: dict[str, Progress]
    closed_boards: dict[str, dict[str, str]]
    archives: dict[str, str]
    hand_counts: dict[str, HandCount]
    annulments: dict[str, AskedAnnulment]


VIEWS: dict[Audience, type[Wire]] = {
    Audience.SEAT: SeatView,
    Audience.CONSOLE: ConsoleView,
    Audience.SCREEN: ScreenView,
    Audience.SCRUTINEER: ScrutineerView,
    Audience.PUBLIC: PublicView,
}
"""What each audience is shown."""
