"""What travels between server and pages: requests, replies, views. The TypeScript types are generated from here.

`python -m voting.server.wire` prints the JSON schema.
"""

import json
import sys
from enum import StrEnum
from typing import Any

import msgspec

from voting.congress.attendance import Attendance
from voting.congress.events import Titles
from voting.congress.poll import PollKind, PollState
from voting.congress.refusals import Refusal, RefusalCode
from voting.congress.rules import Count, Outcome


class Role(StrEnum):
    """Who a connection acts for. PUBLIC needs no login."""

    DELEGATE = "delegate"
    OBSERVER = "observer"
    CHAIR = "chair"
    SCREEN = "screen"
    SCRUTINEER = "scrutineer"
    PUBLIC = "public"


class Audience(StrEnum):
    """Which view of the sitting a connection receives (delegates and observers both sit at a SEAT)."""

    SEAT = "seat"
    CONSOLE = "console"
    SCREEN = "screen"
    SCRUTINEER = "scrutineer"
    PUBLIC = "public"


class Wire(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of every message; unknown fields are a malformed frame."""


# --- login (HTTP POST /api/login) ---


class Login(Wire, frozen=True):
    code: str


class LoggedIn(Wire, frozen=True):
    """token goes into the socket's auth; subject: roster number, scrutineer index as text, or empty."""

    token: str
    role: Role
    subject: str
    name: str
    delegation: str
    seat: str | None


# --- requests (socket event name = class name in snake_case; payload = the struct; acknowledged with Reply) ---


class SignInRequest(Wire, frozen=True):
    """Seat: the delegate or observer of this connection signs in (签到)."""


class RegisterCredentialRequest(Wire, frozen=True):
    poll: str
    credential: str


class CastRequest(Wire, frozen=True):
    """ballot: the raw Belenios ballot JSON text, byte-exact."""

    poll: str
    ballot: str


class SignInForRequest(Wire, frozen=True):
    """Console: sign-in by the desk (补签) for a delegate or an observer, by number."""

    person: str


class RecordLeaveRequest(Wire, frozen=True):
    delegate: str


class RecordDepartureRequest(Wire, frozen=True):
    delegate: str


class CallItemRequest(Wire, frozen=True):
    item: str


class PreparePollRequest(Wire, frozen=True):
    poll: str


class OpenPollRequest(Wire, frozen=True):
    """seconds: voting time; None = as planned (then possibly until the chair closes). 10..3600."""

    poll: str
    seconds: int | None = None


class ClosePollRequest(Wire, frozen=True):
    poll: str


class AnnounceResultRequest(Wire, frozen=True):
    poll: str


class AnnulPollRequest(Wire, frozen=True):
    poll: str
    reason: str


class PostCeremonyRequest(Wire, frozen=True):
    """message: raw JSON text of the round's message of this scrutineer."""

    round: int
    message: str


class ReleaseDecryptionRequest(Wire, frozen=True):
    poll: str
    decryption: str


class ConfirmCountRequest(Wire, frozen=True):
    poll: str


class ResyncRequest(Wire, frozen=True):
    """Any audience: send me a fresh snapshot."""


class Reply(Wire, frozen=True):
    """ok with an optional tracker (cast: stored durably under this tracker), or a refusal."""

    ok: bool
    refusal: Refusal | None = None
    tracker: str | None = None


# --- pushed to clients: "snapshot" (Snapshot), "patch" (Patch), "me" (Me) ---


class DocumentView(Wire, frozen=True):
    title: str


class ItemView(Wire, frozen=True):
    id: str
    title: str
    documents: tuple[DocumentView, ...]
    polls: tuple[str, ...]


class OptionView(Wire, frozen=True):
    id: str
    title: str
    illustrative: bool


class ResultOption(Wire, frozen=True):
    id: str
    title: str
    votes: int
    elected: bool
    illustrative: bool


class ResultView(Wire, frozen=True):
    """options sorted by votes (stable), count and outcome as decided."""

    count: Count
    outcome: Outcome
    options: tuple[ResultOption, ...]


class PollView(Wire, frozen=True):
    """A poll as every audience sees it; `result` only where that audience may see it (seat, screen, public: announced;
    console, scrutineer: counted). `returned` is known to all once closed."""

    id: str
    kind: PollKind
    title: str
    state: PollState
    options: tuple[OptionView, ...]
    seats: int
    min_choices: int
    max_choices: int
    closes_at: int | None  # Unix ms
    election_uuid: str | None
    fingerprint: str | None  # hex head of the Setup event: question + rules + credentials + scrutineers' key
    issued: int | None  # once open
    returned: int | None  # once closed
    annulled_because: str | None
    result: ResultView | None


class Hall(Wire, frozen=True):
    """The part of the sitting every audience sees."""

    titles: Titles
    group: str
    agenda: tuple[ItemView, ...]
    current_item: str | None
    focus: str | None  # the poll the sitting is occupied with now
    attendance: Attendance
    polls: dict[str, PollView]


class Progress(Wire, frozen=True):
    """How far a poll is. ready: credentials registered; stored: durable, not yet verified; verified: on the board.
    decryptions: indices of scrutineers who released; needed: how many are required."""

    ready: int
    stored: int
    verified: int
    decryptions: tuple[int, ...]
    needed: int


class PersonView(Wire, frozen=True):
    """attendance: absent | present | on_leave | departed (observers: absent | present)."""

    number: str
    name: str
    delegation: str  # observers: their post
    seat: str | None
    observer: bool
    attendance: str


class SeatView(Wire, frozen=True):
    hall: Hall


class PublicView(Wire, frozen=True):
    """archives: poll id -> sha256 of the archive, once announced (GET /api/polls/<id>/archive.bel)."""

    hall: Hall
    archives: dict[str, str]


class ScreenView(Wire, frozen=True):
    hall: Hall
    progress: dict[str, Progress]


class ConsoleView(Wire, frozen=True):
    """waiting: for polls prepared/open, the roster numbers not ready / not voted yet (present delegates only).
    actions: poll id -> step ("prepare", "open", "close", "announce", "annul") -> None when possible now, else why not.
    archives as in PublicView, once counted. online: numbers whose terminal is connected."""

    hall: Hall
    people: dict[str, PersonView]
    progress: dict[str, Progress]
    waiting: dict[str, dict[str, bool]]
    actions: dict[str, dict[str, Refusal | None]]
    archives: dict[str, str]
    online: dict[str, bool]
    ceremony_complete: bool


class ScrutineerPerson(Wire, frozen=True):
    index: int
    name: str
    chief: bool


class ScrutineerView(Wire, frozen=True):
    """messages: round -> scrutineer index (both as text) -> raw JSON. With names and threshold: the CeremonyPlan."""

    hall: Hall
    scrutineers: tuple[ScrutineerPerson, ...]
    threshold: int
    messages: dict[str, dict[str, str]]
    trustees: str | None
    progress: dict[str, Progress]
    archives: dict[str, str]


class Receipt(Wire, frozen=True):
    """Signed by the server; see docs/protocol.md."""

    version: int
    election_uuid: str
    fingerprint: str
    tracker: str
    height: int
    board_head: str
    server_key: str
    signature: str


class MyPoll(Wire, frozen=True):
    """This delegate in one poll. credential: the public one; stored: tracker of a durable, unverified ballot;
    rejected: why the last ballot was refused after storing (code proof); receipt: verified and on the board."""

    credential: str | None
    stored: str | None
    rejected: str | None
    receipt: Receipt | None


class Me(Wire, frozen=True):
    """The person behind this connection; pushed whole at connect and whenever it changes. scrutineer: index or None."""

    role: Role
    subject: str
    name: str
    delegation: str
    seat: str | None
    signed_in: bool
    polls: dict[str, MyPoll]


class Snapshot(Wire, frozen=True):
    """view: the audience's whole view; seq: journal sequence it reflects; server_time: Unix ms."""

    audience: Audience
    seq: int
    server_time: int
    view: dict[str, Any]


class Patch(Wire, frozen=True):
    """RFC 6902 operations that turn the view at `base` into the view at `seq`. A gap means: send resync."""

    base: int
    seq: int
    ops: list[dict[str, Any]]


# --- HTTP GET, public record ---


class PollSetup(Wire, frozen=True):
    """GET /api/polls/<id>/setup (once open): archived texts and the fingerprint = hash of the Setup event."""

    election: str
    trustees: str
    credentials: str
    fingerprint: str


class BoardRecord(Wire, frozen=True):
    """One record of the board in order; kind "data" or "event"; text byte-exact."""

    kind: str
    text: str


class BoardRecords(Wire, frozen=True):
    """GET /api/polls/<id>/board (scrutineer, chair: once closed; public: once announced)."""

    timestamp: int
    records: tuple[BoardRecord, ...]


MESSAGES: tuple[type, ...] = (
    Login,
    LoggedIn,
    SignInRequest,
    RegisterCredentialRequest,
    CastRequest,
    SignInForRequest,
    RecordLeaveRequest,
    RecordDepartureRequest,
    CallItemRequest,
    PreparePollRequest,
    OpenPollRequest,
    ClosePollRequest,
    AnnounceResultRequest,
    AnnulPollRequest,
    PostCeremonyRequest,
    ReleaseDecryptionRequest,
    ConfirmCountRequest,
    ResyncRequest,
    Reply,
    SeatView,
    PublicView,
    ScreenView,
    ConsoleView,
    ScrutineerView,
    Me,
    Patch,
    PollSetup,
    BoardRecords,
    RefusalCode,
)


def json_schema() -> dict[str, Any]:
    """JSON schema with one definition per message type."""
    _, components = msgspec.json.schema_components(MESSAGES, ref_template="#/definitions/{name}")
    return {"title": "Wire", "type": "object", "definitions": components, "properties": {}}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n")
