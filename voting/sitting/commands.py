"""What may be asked of a sitting. The shell checks cryptography first and passes its findings in."""

import msgspec

from voting.sitting.alarms import Alarm
from voting.sitting.counting import Marks
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.sitting.poll import ClosedBy, PollPlan


class SignIn(msgspec.Struct, frozen=True):
    delegate: str
    by_desk: bool = False


class SignInObserver(msgspec.Struct, frozen=True):
    observer: str
    by_desk: bool = False


class RecordLeave(msgspec.Struct, frozen=True):
    delegate: str


class RecordDeparture(msgspec.Struct, frozen=True):
    delegate: str


class CallItem(msgspec.Struct, frozen=True):
    item: str


class AcceptRollback(msgspec.Struct, frozen=True):
    """row: the journal's last one; mark, mark_hash: of the row that was durable, 0 and "" where nobody knows."""

    row: int
    mark: int
    mark_hash: str


class MoveDeadline(msgspec.Struct, frozen=True):
    """closes_at: Unix ms."""

    poll: str
    closes_at: int


class ReplaceCode(msgspec.Struct, frozen=True):
    """role, subject: as a connection is known, checked by the shell; code_mac: what is stored of the new code."""

    role: str
    subject: str
    code_mac: str


class LogOutEverywhere(msgspec.Struct, frozen=True):
    role: str
    subject: str


class PostCeremonyMessage(msgspec.Struct, frozen=True):
    round: int
    scrutineer: int
    message: str


class CompleteCeremony(msgspec.Struct, frozen=True):
    trustees: str
    public_key: str


class PreparePoll(msgspec.Struct, frozen=True):
    poll: str
    election_uuid: str


class RegisterCredential(msgspec.Struct, frozen=True):
    poll: str
    delegate: str
    credential: str


class OpenPoll(msgspec.Struct, frozen=True):
    """election, credentials: the archived JSON texts; seconds: None = as planned, 0 = no preset end.

    no_kin: in an election, that no scrutineer is close kin of a candidate.
    """

    poll: str
    election: str
    credentials: str
    fingerprint: str
    seconds: int | None = None
    no_kin: bool = False


class StoreBallot(msgspec.Struct, frozen=True):
    poll: str
    delegate: str
    credential: str
    tracker: str


class AcceptBallot(msgspec.Struct, frozen=True):
    poll: str
    delegate: str
    tracker: str
    height: int
    head: str


class RejectBallot(msgspec.Struct, frozen=True):
    poll: str
    delegate: str
    tracker: str
    reason: str


class ClosePoll(msgspec.Struct, frozen=True):
    poll: str
    by: ClosedBy = ClosedBy.CHAIR


class SealTally(msgspec.Struct, frozen=True):
    poll: str
    encrypted_tally: str
    head: str


class SignClosedBoard(msgspec.Struct, frozen=True):
    """signed: the scrutineer's signature on the closed board, raw."""

    poll: str
    scrutineer: int
    signed: str


class CompareClosedHead(msgspec.Struct, frozen=True):
    """head: the one that the scrutineer's terminal rebuilt, compared aloud."""

    poll: str
    scrutineer: int
    head: str


class RaiseAlarm(msgspec.Struct, frozen=True):
    """A scrutineer's terminal found the poll opened with something that it cannot be."""

    poll: str
    scrutineer: int
    alarm: Alarm


class PostShuffle(msgspec.Struct, frozen=True):
    """position: how many shuffles lie before this one; owned: the document with which the scrutineer signed it."""

    poll: str
    scrutineer: int
    position: int
    shuffle: str
    owned: str
    head: str


class ReleaseDecryption(msgspec.Struct, frozen=True):
    poll: str
    scrutineer: int
    decryption: str
    head: str


class CountPoll(msgspec.Struct, frozen=True):
    """votes: per option in order, from the decrypted tally; marks: what else the ballots hold.

    recorded: delegate -> ids of the options marked, in a recorded poll and only there.
    """

    poll: str
    votes: tuple[int, ...]
    result: str
    head: str
    marks: Marks = Marks()
    recorded: dict[str, tuple[str, ...]] = {}


class ConfirmCount(msgspec.Struct, frozen=True):
    poll: str
    scrutineer: int


class AnnounceResult(msgspec.Struct, frozen=True):
    poll: str


class AnnulPoll(msgspec.Struct, frozen=True):
    poll: str
    reason: str


class AskAnnulment(msgspec.Struct, frozen=True):
    """Of a poll whose count is known. scrutineer: index of the chief who asks; None: the chair does."""

    poll: str
    reason: str
    scrutineer: int | None = None


class ConfirmAnnulment(msgspec.Struct, frozen=True):
    """asked_at: when the request that the other one has seen was made (Unix ms)."""

    poll: str
    asked_at: int
    scrutineer: int | None = None


class PlanPoll(msgspec.Struct, frozen=True):
    """The chair adds a poll to an agenda item during the sitting: a run-off, a second round, or an ad-hoc question."""

    item: str
    plan: PollPlan


class OpenByHand(msgspec.Struct, frozen=True):
    """Opens a poll that is counted by hand; nothing is issued electronically. no_kin: see OpenPoll."""

    poll: str
    no_kin: bool = False


class IssuePaper(msgspec.Struct, frozen=True):
    """In a mixed poll, a delegate whose terminal failed gets a paper instead."""

    poll: str
    delegate: str
    reason: str


class EnterHandCount(msgspec.Struct, frozen=True):
    """scrutineer: index of who enters it."""

    poll: str
    scrutineer: int
    method: HandMethod
    figures: HandFigures
    reason: str


class ConfirmHandCount(msgspec.Struct, frozen=True):
    """entered_at: when the entry that the second scrutineer has seen was made (Unix ms)."""

    poll: str
    scrutineer: int
    entered_at: int


Command = (
    SignIn
    | SignInObserver
    | RecordLeave
    | RecordDeparture
    | CallItem
    | AcceptRollback
    | MoveDeadline
    | ReplaceCode
    | LogOutEverywhere
    | PostCeremonyMessage
    | CompleteCeremony
    | PreparePoll
    | RegisterCredential
    | OpenPoll
    | StoreBallot
    | AcceptBallot
    | RejectBallot
    | ClosePoll
    | SealTally
    | SignClosedBoard
    | CompareClosedHead
    | RaiseAlarm
    | PostShuffle
    | ReleaseDecryption
    | CountPoll
    | ConfirmCount
    | AnnounceResult
    | AnnulPoll
    | AskAnnulment
    | ConfirmAnnulment
    | PlanPoll
    | OpenByHand
    | IssuePaper
    | EnterHandCount
    | ConfirmHandCount
)
