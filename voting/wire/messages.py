"""What travels between server and pages: requests, replies, views. The TypeScript types are generated from here.

`python -m voting.wire` prints the JSON schema.
"""

from typing import Any

import msgspec

from voting.congress.refusal import RefusalCode
from voting.wire.base import Audience, Role, Wire
from voting.wire.polls import (
    NamedVote,
    OptionView,
    PollDraft,
    PollView,
    ResultOption,
    ResultView,
)
from voting.wire.requests import (
    AnnounceResultRequest,
    AnnulPollRequest,
    CallItemRequest,
    CastRequest,
    ClosePollRequest,
    ConfirmCountRequest,
    ConfirmHandCountRequest,
    EnterHandCountRequest,
    IssuePaperRequest,
    LoggedIn,
    Login,
    OpenByHandRequest,
    OpenPollRequest,
    PlanPollRequest,
    PostCeremonyRequest,
    PostShuffleRequest,
    PreparePollRequest,
    PreviewPollRequest,
    RecordDepartureRequest,
    RecordLeaveRequest,
    RegisterCredentialRequest,
    ReleaseDecryptionRequest,
    Reply,
    ResyncRequest,
    SignInForRequest,
    SignInRequest,
)
from voting.wire.views import (
    ConsoleView,
    DocumentView,
    Hall,
    ItemView,
    PersonView,
    Progress,
    PublicView,
    ScreenView,
    ScrutineerPerson,
    ScrutineerView,
    SeatView,
)

__all__ = [
    "MESSAGES",
    "AnnounceResultRequest",
    "AnnulPollRequest",
    "Audience",
    "BoardRecord",
    "BoardRecords",
    "CallItemRequest",
    "CastRequest",
    "ClosePollRequest",
    "ConfirmCountRequest",
    "ConfirmHandCountRequest",
    "ConsoleView",
    "DocumentView",
    "EnterHandCountRequest",
    "Hall",
    "IssuePaperRequest",
    "ItemView",
    "LoggedIn",
    "Login",
    "Me",
    "MyPoll",
    "NamedVote",
    "OpenByHandRequest",
    "OpenPollRequest",
    "OptionView",
    "Patch",
    "PersonView",
    "PlanPollRequest",
    "PollDraft",
    "PollSetup",
    "PollView",
    "PostCeremonyRequest",
    "PostShuffleRequest",
    "PreparePollRequest",
    "PreviewPollRequest",
    "Progress",
    "PublicView",
    "Receipt",
    "RecordDepartureRequest",
    "RecordLeaveRequest",
    "RegisterCredentialRequest",
    "ReleaseDecryptionRequest",
    "Reply",
    "ResultOption",
    "ResultView",
    "ResyncRequest",
    "Role",
    "ScreenView",
    "ScrutineerPerson",
    "ScrutineerView",
    "SeatView",
    "SignInForRequest",
    "SignInRequest",
    "Snapshot",
    "Wire",
    "json_schema",
]

# --- pushed to clients: "snapshot" (Snapshot), "patch" (Patch), "me" (Me) ---


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
    rejected: why the last ballot was refused after storing (code proof); receipt: of the last one verified and on the
    board; on_paper: this delegate votes on paper in a mixed poll."""

    credential: str | None
    stored: str | None
    rejected: str | None
    receipt: Receipt | None
    on_paper: bool


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
    """view: the audience's whole view; seq: its number, counted per audience from the server's start.

    server_time: Unix ms.
    """

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
    OpenByHandRequest,
    IssuePaperRequest,
    PlanPollRequest,
    PreviewPollRequest,
    PostCeremonyRequest,
    PostShuffleRequest,
    ReleaseDecryptionRequest,
    EnterHandCountRequest,
    ConfirmHandCountRequest,
    ConfirmCountRequest,
    ResyncRequest,
    Reply,
    SeatView,
    PublicView,
    ScreenView,
    ConsoleView,
    ScrutineerView,
    Audience,
    Snapshot,
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
