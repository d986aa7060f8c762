"""Login, requests and their reply. Import from wire.py."""

from voting.congress.refusal import Refusal
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.wire.base import Role, Wire
from voting.wire.polls import PollDraft, PollView

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


class OpenByHandRequest(Wire, frozen=True):
    """Console: open a poll that is counted by hand."""

    poll: str


class IssuePaperRequest(Wire, frozen=True):
    """Console: in a mixed poll, this delegate's terminal failed and a paper is handed out."""

    poll: str
    delegate: str
    reason: str


class PlanPollRequest(Wire, frozen=True):
    """Console: put one more poll on the agenda, at the end of this item."""

    item: str
    draft: PollDraft


class PreviewPollRequest(Wire, frozen=True):
    """Console: what the poll would look like, or why it would be refused. Nothing changes."""

    item: str
    draft: PollDraft


class AnnounceResultRequest(Wire, frozen=True):
    poll: str


class AnnulPollRequest(Wire, frozen=True):
    poll: str
    reason: str


class PostCeremonyRequest(Wire, frozen=True):
    """message: raw JSON text of the round's message of this scrutineer."""

    round: int
    message: str


class PostShuffleRequest(Wire, frozen=True):
    """Scrutineer. position: how many shuffles on the board this one builds on; shuffle: raw JSON text."""

    poll: str
    position: int
    shuffle: str


class EnterHandCountRequest(Wire, frozen=True):
    """Scrutineer: the figures counted by hand, and why they were. May be entered anew until they are confirmed."""

    poll: str
    method: HandMethod
    figures: HandFigures
    reason: str


class ConfirmHandCountRequest(Wire, frozen=True):
    """Another scrutineer than the one who entered. entered_at: of the entry that was seen (Unix ms)."""

    poll: str
    entered_at: int


class ReleaseDecryptionRequest(Wire, frozen=True):
    poll: str
    decryption: str


class ConfirmCountRequest(Wire, frozen=True):
    poll: str


class ResyncRequest(Wire, frozen=True):
    """Any audience: send me a fresh snapshot."""


class Reply(Wire, frozen=True):
    """ok with an optional tracker (cast: stored durably under this tracker) or preview (of a draft), or a refusal."""

    ok: bool
    refusal: Refusal | None = None
    tracker: str | None = None
    preview: PollView | None = None
