"""The requests: each declares its socket event and who may send it, and is typed by what answers it.

A refusal answers any of them.
"""

from voting.sitting.alarms import Alarm
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.wire.declared import DECLARED, Request, request
from voting.wire.polls import PollDraft
from voting.wire.replies import CastReply, DoneReply, NewCodeReply, PreviewReply
from voting.wire.roles import AT_A_SEAT, EVERYBODY, Role


@request("sign_in", *AT_A_SEAT)
class SignInRequest(Request[DoneReply], frozen=True):
    """Seat: the delegate or observer of this connection signs in (签到)."""


@request("register_credential", *AT_A_SEAT)
class RegisterCredentialRequest(Request[DoneReply], frozen=True):
    poll: str
    credential: str


@request("cast", *AT_A_SEAT)
class CastRequest(Request[CastReply], frozen=True):
    """ballot: the raw Belenios ballot JSON text, byte-exact."""

    poll: str
    ballot: str


@request("sign_in_for", Role.CHAIR)
class SignInForRequest(Request[DoneReply], frozen=True):
    """Console: sign-in by the desk (补签) for a delegate or an observer, by number."""

    person: str


@request("record_leave", Role.CHAIR)
class RecordLeaveRequest(Request[DoneReply], frozen=True):
    delegate: str


@request("record_departure", Role.CHAIR)
class RecordDepartureRequest(Request[DoneReply], frozen=True):
    delegate: str


@request("new_code", Role.CHAIR)
class NewCodeRequest(Request[NewCodeReply], frozen=True):
    """Console: a badge was lost. The old code and every log-in of this person end."""

    role: Role
    subject: str


@request("log_out_everywhere", Role.CHAIR)
class LogOutEverywhereRequest(Request[DoneReply], frozen=True):
    """Console: every terminal of this person has to log in again."""

    role: Role
    subject: str


@request("call_item", Role.CHAIR)
class CallItemRequest(Request[DoneReply], frozen=True):
    item: str


@request("prepare_poll", Role.CHAIR)
class PreparePollRequest(Request[DoneReply], frozen=True):
    poll: str


@request("open_poll", Role.CHAIR)
class OpenPollRequest(Request[DoneReply], frozen=True):
    """seconds: voting time; None = as planned (then possibly until the chair closes). 10..3600.

    no_kin: in an election, that the chair has asked and no scrutineer is close kin of a candidate.
    """

    poll: str
    seconds: int | None = None
    no_kin: bool = False


@request("close_poll", Role.CHAIR)
class ClosePollRequest(Request[DoneReply], frozen=True):
    poll: str


@request("open_by_hand", Role.CHAIR)
class OpenByHandRequest(Request[DoneReply], frozen=True):
    """Console: open a poll that is counted by hand. no_kin: see OpenPollRequest."""

    poll: str
    no_kin: bool = False


@request("issue_paper", Role.CHAIR)
class IssuePaperRequest(Request[DoneReply], frozen=True):
    """Console: in a mixed poll, this delegate's terminal failed and a paper is handed out."""

    poll: str
    delegate: str
    reason: str


@request("plan_poll", Role.CHAIR)
class PlanPollRequest(Request[DoneReply], frozen=True):
    """Console: put one more poll on the agenda, at the end of this item."""

    item: str
    draft: PollDraft


@request("preview_poll", Role.CHAIR)
class PreviewPollRequest(Request[PreviewReply], frozen=True):
    """Console: what the poll would look like, or why it would be refused. Nothing changes."""

    item: str
    draft: PollDraft


@request("announce_result", Role.CHAIR)
class AnnounceResultRequest(Request[DoneReply], frozen=True):
    poll: str


@request("annul_poll", Role.CHAIR)
class AnnulPollRequest(Request[DoneReply], frozen=True):
    """Console: before the count is known."""

    poll: str
    reason: str


@request("ask_annulment", Role.CHAIR, Role.SCRUTINEER)
class AskAnnulmentRequest(Request[DoneReply], frozen=True):
    """The chair or the chief scrutineer wants a poll annulled whose count is known."""

    poll: str
    reason: str


@request("confirm_annulment", Role.CHAIR, Role.SCRUTINEER)
class ConfirmAnnulmentRequest(Request[DoneReply], frozen=True):
    """The other one of the two agrees. asked_at: of the request that was seen (Unix ms)."""

    poll: str
    asked_at: int


@request("post_ceremony", Role.SCRUTINEER)
class PostCeremonyRequest(Request[DoneReply], frozen=True):
    """message: raw JSON text of the round's message of this scrutineer."""

    round: int
    message: str


@request("sign_closed_board", Role.SCRUTINEER)
class SignClosedBoardRequest(Request[DoneReply], frozen=True):
    """Scrutineer. signed: raw JSON text of the signature on the closed board that this terminal rebuilt."""

    poll: str
    signed: str


@request("compare_closed_head", Role.SCRUTINEER)
class CompareClosedHeadRequest(Request[DoneReply], frozen=True):
    """Scrutineer: compared the head that this terminal rebuilt with the hall screen, aloud. head: hex."""

    poll: str
    head: str


@request("raise_alarm", Role.SCRUTINEER)
class RaiseAlarmRequest(Request[DoneReply], frozen=True):
    """Scrutineer: this terminal found the poll opened with something that it cannot be."""

    poll: str
    alarm: Alarm


@request("post_shuffle", Role.SCRUTINEER)
class PostShuffleRequest(Request[DoneReply], frozen=True):
    """Scrutineer. position: how many shuffles on the board this one builds on; shuffle: raw JSON text.

    owned: raw JSON text of the document with which the scrutineer signs the shuffle.
    """

    poll: str
    position: int
    shuffle: str
    owned: str


@request("enter_hand_count", Role.SCRUTINEER)
class EnterHandCountRequest(Request[DoneReply], frozen=True):
    """Scrutineer: the figures counted by hand, and why they were. May be entered anew until they are confirmed."""

    poll: str
    method: HandMethod
    figures: HandFigures
    reason: str


@request("confirm_hand_count", Role.SCRUTINEER)
class ConfirmHandCountRequest(Request[DoneReply], frozen=True):
    """Another scrutineer than the one who entered. entered_at: of the entry that was seen (Unix ms)."""

    poll: str
    entered_at: int


@request("release_decryption", Role.SCRUTINEER)
class ReleaseDecryptionRequest(Request[DoneReply], frozen=True):
    poll: str
    decryption: str


@request("confirm_count", Role.SCRUTINEER)
class ConfirmCountRequest(Request[DoneReply], frozen=True):
    poll: str


@request("resync", *EVERYBODY)
class ResyncRequest(Request[DoneReply], frozen=True):
    """Any audience: send me a fresh snapshot."""


REQUESTS = {declared.name: declared for declared in DECLARED.values()}
"""Every request by its socket event."""
