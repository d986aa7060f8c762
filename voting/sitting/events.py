"""The journal's vocabulary: facts that commands produce. `at` is Unix time in milliseconds, given by the shell."""

from typing import ClassVar

import msgspec

from voting.congress.law.ruleset import DEFAULTS, Ruleset
from voting.congress.refusal import refuse
from voting.congress.roster import Roster, Scrutineer
from voting.sitting.agenda import AgendaItem
from voting.sitting.alarms import Alarm
from voting.sitting.counting import Count, Outcome
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.sitting.poll import ClosedBy, PollPlan, PollStep
from voting.sitting.refusals import ChamberRefusal


class Event(msgspec.Struct, frozen=True, tag_field="type", forbid_unknown_fields=True):
    """Base of all events.

    An event's tag is its name in every journal ever written, so it is spelled out and never changed. An event that gets
    another shape gets a tag with a higher version, "poll_closed/2", and what was written before is lifted on reading.
    """

    at: int


class DelegateEvent(Event, frozen=True):
    """Base of what happens to one delegate, by roster number."""

    delegate: str


class PollEvent(Event, frozen=True):
    """Base of what happens in one poll. step: what it does to the poll's state, if anything; see TRANSITIONS."""

    poll: str
    step: ClassVar[PollStep | None] = None


class VoterEvent(PollEvent, frozen=True):
    """Base of what happens in one poll to one delegate, by roster number."""

    delegate: str


class Titles(msgspec.Struct, frozen=True):
    """What is printed above everything: 平湖市第十六届人民代表大会 / 第一次会议 / 第四次全体会议."""

    congress: str
    session: str
    sitting: str


class SittingPlan(msgspec.Struct, frozen=True):
    """A sitting as prepared: everything the journal needs to stand alone. group: "Ed25519" or "BELENIOS-2048".

    ruleset: the rules that the sitting has adopted, which its quorum comes from; None: those of the national law.
    """

    titles: Titles
    roster: Roster
    agenda: tuple[AgendaItem, ...]
    polls: tuple[PollPlan, ...]
    scrutineers: tuple[Scrutineer, ...]
    threshold: int
    group: str = "Ed25519"
    ruleset: Ruleset | None = None

    @property
    def adopted(self) -> Ruleset:
        """The rules of the sitting itself; each poll is decided by its own."""
        return self.ruleset or DEFAULTS

    def scrutineer(self, index: int) -> Scrutineer:
        """The scrutineer of this number. Raises Refused."""
        found = next((scrutineer for scrutineer in self.scrutineers if scrutineer.index == index), None)
        if found is None:
            raise refuse(ChamberRefusal.UNKNOWN_SCRUTINEER, scrutineer=index)
        return found


class SittingConvened(Event, frozen=True, tag="sitting_convened/2"):
    plan: SittingPlan


class DelegateSignedIn(DelegateEvent, frozen=True, tag="delegate_signed_in"):
    by_desk: bool = False


class ObserverSignedIn(Event, frozen=True, tag="observer_signed_in"):
    observer: str
    by_desk: bool = False


class LeaveRecorded(DelegateEvent, frozen=True, tag="leave_recorded"):
    """The delegate was recorded as on leave."""


class DelegateDeparted(DelegateEvent, frozen=True, tag="delegate_departed"):
    """The delegate left during the sitting."""


class ItemCalled(Event, frozen=True, tag="item_called"):
    item: str


class RollbackAccepted(Event, frozen=True, tag="rollback_accepted"):
    """The operator let the sitting go on from a record that is not the one that was acknowledged.

    row: the journal's last one then; mark, mark_hash: of the row that had been durable, 0 and "" where nobody knows.
    """

    row: int
    mark: int
    mark_hash: str


class CodeReplaced(Event, frozen=True, tag="code_replaced"):
    """Somebody was given a new code; the old one and every token given for it are worth nothing any more.

    role, subject: as a connection is known; code_mac: what is stored of the new code.
    """

    role: str
    subject: str
    code_mac: str


class LoggedOutEverywhere(Event, frozen=True, tag="logged_out_everywhere"):
    """Every token of somebody is worth nothing any more; the code still lets its holder in. Fields: CodeReplaced."""

    role: str
    subject: str


class CeremonyMessagePosted(Event, frozen=True, tag="ceremony_message_posted"):
    """round 1 certificate, 2 dealing, 3 verification key (n-of-n form: only round 3). message: the raw JSON text."""

    round: int
    scrutineer: int
    message: str


class CeremonyCompleted(Event, frozen=True, tag="ceremony_completed"):
    """trustees: the archived JSON text; public_key: the group element ballots are encrypted to."""

    trustees: str
    public_key: str


class PollPrepared(PollEvent, frozen=True, tag="poll_prepared"):
    """Terminals register their credentials from now on."""

    step: ClassVar[PollStep | None] = PollStep.PREPARE
    election_uuid: str


class CredentialRegistered(VoterEvent, frozen=True, tag="credential_registered"):
    """A delegate's public credential for this poll; a later one replaces it."""

    credential: str


class PollOpened(PollEvent, frozen=True, tag="poll_opened"):
    """election, credentials: the archived JSON texts; fingerprint: hex head of the board's Setup event.

    issued: how many credentials are on the list; closes_at: Unix ms of a preset end.
    """

    step: ClassVar[PollStep | None] = PollStep.OPEN
    election: str
    credentials: str
    fingerprint: str
    issued: int
    closes_at: int | None = None


class BallotStored(VoterEvent, frozen=True, tag="ballot_stored"):
    """Durable, not yet verified. The ballot's bytes lie in the ballot store under its tracker."""

    tracker: str


class BallotAccepted(VoterEvent, frozen=True, tag="ballot_accepted"):
    """Verified and appended to the poll's board at `height`; `head` is the board's head after it."""

    tracker: str
    height: int
    head: str


class BallotRejected(VoterEvent, frozen=True, tag="ballot_rejected"):
    """Its proofs or signature do not hold; the delegate may cast again while the poll is open."""

    tracker: str
    reason: str


class DeadlineMoved(PollEvent, frozen=True, tag="deadline_moved"):
    """The server was away while the poll stood open: what was left of the voting time is left from now on.

    closes_at: Unix ms of the preset end, by the clock of now.
    """

    closes_at: int


class PollClosed(PollEvent, frozen=True, tag="poll_closed"):
    step: ClassVar[PollStep | None] = PollStep.CLOSE
    by: ClosedBy


class TallySealed(PollEvent, frozen=True, tag="tally_sealed"):
    """Every stored ballot is verified; the encrypted sum is fixed."""

    step: ClassVar[PollStep | None] = PollStep.SEAL
    encrypted_tally: str
    returned: int
    head: str


class ClosedBoardSigned(PollEvent, frozen=True, tag="closed_board_signed"):
    """A scrutineer's terminal rebuilt the closed board and signed its head and number of ballots. signed: raw."""

    scrutineer: int
    signed: str


class ClosedHeadCompared(PollEvent, frozen=True, tag="closed_head_compared"):
    """A scrutineer compared the closed head with the hall screen aloud, because too few terminals had signed it."""

    scrutineer: int
    head: str


class AlarmRaised(PollEvent, frozen=True, tag="alarm_raised"):
    """A scrutineer's terminal found the poll opened with something that it cannot be."""

    scrutineer: int
    alarm: Alarm


class ShufflePosted(PollEvent, frozen=True, tag="shuffle_posted/2"):
    """A scrutineer has mixed the ballots of a sealed poll; the last one needed also ends the shuffles on the board.

    owned: the document, raw, with which the scrutineer signed it; head: of the board after that.
    """

    scrutineer: int
    shuffle: str
    owned: str
    head: str


class DecryptionReleased(PollEvent, frozen=True, tag="decryption_released"):
    """A scrutineer's partial decryption."""

    scrutineer: int
    decryption: str
    head: str


class PollCounted(PollEvent, frozen=True, tag="poll_counted"):
    """electronic: the part of the terminals, where papers were counted beside it."""

    step: ClassVar[PollStep | None] = PollStep.COUNT
    result: str
    head: str
    count: Count
    outcome: Outcome
    recorded: dict[str, tuple[str, ...]] = {}
    electronic: Count | None = None


class CountConfirmed(PollEvent, frozen=True, tag="count_confirmed"):
    """The chief scrutineer confirmed the count."""

    step: ClassVar[PollStep | None] = PollStep.CONFIRM
    scrutineer: int


class ResultAnnounced(PollEvent, frozen=True, tag="result_announced"):
    """The chair announced it."""

    step: ClassVar[PollStep | None] = PollStep.ANNOUNCE


class PollAnnulled(PollEvent, frozen=True, tag="poll_annulled"):
    """The poll ended without a result, with a reason."""

    step: ClassVar[PollStep | None] = PollStep.ANNUL
    reason: str


class AnnulmentAsked(PollEvent, frozen=True, tag="annulment_asked"):
    """Somebody wants a poll annulled whose count is known. scrutineer: the chief's index; None: the chair asked."""

    scrutineer: int | None
    reason: str


class AnnulmentConfirmed(PollEvent, frozen=True, tag="annulment_confirmed"):
    """The other one of chair and chief scrutineer confirmed what was asked at `asked_at` (Unix ms)."""

    scrutineer: int | None
    asked_at: int


class PollPlanned(Event, frozen=True, tag="poll_planned/2"):
    """A poll was added to an agenda item during the sitting; plan.follows links it to the one it follows."""

    item: str
    plan: PollPlan


class KinRuledOut(PollEvent, frozen=True, tag="kin_ruled_out"):
    """Who opened an election had asked, and no scrutineer is close kin of a candidate (选举法 art. 43 para. 2)."""


class PollOpenedByHand(PollEvent, frozen=True, tag="poll_opened_by_hand"):
    """No ballots are issued electronically: hands are counted, or papers handed out."""

    step: ClassVar[PollStep | None] = PollStep.OPEN


class PaperIssued(VoterEvent, frozen=True, tag="paper_issued"):
    """In a mixed poll this delegate votes on paper, and no more at the terminal."""

    reason: str


class HandCountEntered(PollEvent, frozen=True, tag="hand_count_entered"):
    """A scrutineer entered a count by hand; an earlier unconfirmed entry stays in the journal."""

    scrutineer: int
    method: HandMethod
    figures: HandFigures
    reason: str


class HandCountConfirmed(PollEvent, frozen=True, tag="hand_count_confirmed"):
    """A second scrutineer confirmed exactly the figures entered at `entered_at` (Unix ms)."""

    scrutineer: int
    entered_at: int


class PollCountedByHand(PollEvent, frozen=True, tag="poll_counted_by_hand"):
    """The count report of a poll counted by hand alone; it has no board."""

    step: ClassVar[PollStep | None] = PollStep.COUNT_BY_HAND
    count: Count
    outcome: Outcome


SittingEvent = (
    DelegateSignedIn
    | ObserverSignedIn
    | LeaveRecorded
    | DelegateDeparted
    | ItemCalled
    | RollbackAccepted
    | CodeReplaced
    | LoggedOutEverywhere
    | CeremonyMessagePosted
    | CeremonyCompleted
    | PollPlanned
)
AnyPollEvent = (
    PollPrepared
    | CredentialRegistered
    | PollOpened
    | BallotStored
    | BallotAccepted
    | BallotRejected
    | DeadlineMoved
    | PollClosed
    | TallySealed
    | ClosedBoardSigned
    | ClosedHeadCompared
    | AlarmRaised
    | ShufflePosted
    | DecryptionReleased
    | PollCounted
    | CountConfirmed
    | ResultAnnounced
    | PollAnnulled
    | AnnulmentAsked
    | AnnulmentConfirmed
    | KinRuledOut
    | PollOpenedByHand
    | PaperIssued
    | HandCountEntered
    | HandCountConfirmed
    | PollCountedByHand
)
AnyEvent = SittingConvened | SittingEvent | AnyPollEvent
Events = tuple[AnyEvent, ...]
"""What a decision answers: none when what was asked had been carried out before."""
