"""The journal's vocabulary: facts that commands produce. `at` is Unix time in milliseconds, given by the shell."""

import msgspec

from voting.congress.law.ruleset import Ruleset
from voting.congress.roster import Roster, Scrutineer
from voting.sitting.agenda import AgendaItem
from voting.sitting.counting import Count, Outcome
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.sitting.poll import PollPlan


class Event(msgspec.Struct, frozen=True, tag_field="type", forbid_unknown_fields=True):
    """Base of all events.

    An event's tag is its name in every journal ever written, so it is spelled out and never changed. An event that gets
    another shape gets a tag with a higher version, "poll_closed/2", and what was written before is lifted on reading.
    """

    at: int


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
        return self.ruleset or Ruleset()


class SittingConvened(Event, frozen=True, tag="sitting_convened"):
    plan: SittingPlan


class DelegateSignedIn(Event, frozen=True, tag="delegate_signed_in"):
    delegate: str
    by_desk: bool = False


class ObserverSignedIn(Event, frozen=True, tag="observer_signed_in"):
    observer: str
    by_desk: bool = False


class LeaveRecorded(Event, frozen=True, tag="leave_recorded"):
    delegate: str


class DelegateDeparted(Event, frozen=True, tag="delegate_departed"):
    delegate: str


class ItemCalled(Event, frozen=True, tag="item_called"):
    item: str


class CeremonyMessagePosted(Event, frozen=True, tag="ceremony_message_posted"):
    """round 1 certificate, 2 dealing, 3 verification key (n-of-n form: only round 3). message: the raw JSON text."""

    round: int
    scrutineer: int
    message: str


class CeremonyCompleted(Event, frozen=True, tag="ceremony_completed"):
    """trustees: the archived JSON text; public_key: the group element ballots are encrypted to."""

    trustees: str
    public_key: str


class PollPrepared(Event, frozen=True, tag="poll_prepared"):
    poll: str
    election_uuid: str


class CredentialRegistered(Event, frozen=True, tag="credential_registered"):
    poll: str
    delegate: str
    credential: str


class PollOpened(Event, frozen=True, tag="poll_opened"):
    """election, credentials: the archived JSON texts; fingerprint: hex head of the board's Setup event.

    issued: how many credentials are on the list; closes_at: Unix ms of a preset end.
    """

    poll: str
    election: str
    credentials: str
    fingerprint: str
    issued: int
    closes_at: int | None = None


class BallotStored(Event, frozen=True, tag="ballot_stored"):
    """Durable, not yet verified. The ballot's bytes lie in the ballot store under its tracker."""

    poll: str
    delegate: str
    tracker: str


class BallotAccepted(Event, frozen=True, tag="ballot_accepted"):
    """Verified and appended to the poll's board at `height`; `head` is the board's head after it."""

    poll: str
    delegate: str
    tracker: str
    height: int
    head: str


class BallotRejected(Event, frozen=True, tag="ballot_rejected"):
    """Its proofs or signature do not hold; the delegate may cast again while the poll is open."""

    poll: str
    delegate: str
    tracker: str
    reason: str


class PollClosed(Event, frozen=True, tag="poll_closed"):
    """by: "chair" or "deadline"."""

    poll: str
    by: str


class TallySealed(Event, frozen=True, tag="tally_sealed"):
    poll: str
    encrypted_tally: str
    returned: int
    head: str


class ShufflePosted(Event, frozen=True, tag="shuffle_posted"):
    """A scrutineer has mixed the ballots of a sealed poll; the last one needed also ends the shuffles on the board.

    head: of the board after that.
    """

    poll: str
    scrutineer: int
    shuffle: str
    head: str


class DecryptionReleased(Event, frozen=True, tag="decryption_released"):
    poll: str
    scrutineer: int
    decryption: str
    head: str


class PollCounted(Event, frozen=True, tag="poll_counted"):
    """electronic: the part of the terminals, where papers were counted beside it."""

    poll: str
    result: str
    head: str
    count: Count
    outcome: Outcome
    recorded: dict[str, tuple[str, ...]] = {}
    electronic: Count | None = None


class CountConfirmed(Event, frozen=True, tag="count_confirmed"):
    poll: str
    scrutineer: int


class ResultAnnounced(Event, frozen=True, tag="result_announced"):
    poll: str


class PollAnnulled(Event, frozen=True, tag="poll_annulled"):
    poll: str
    reason: str


class PollPlanned(Event, frozen=True, tag="poll_planned"):
    """A poll was added to an agenda item during the sitting; plan.follows links it to the one it follows."""

    item: str
    plan: PollPlan


class PollOpenedByHand(Event, frozen=True, tag="poll_opened_by_hand"):
    """No ballots are issued electronically: hands are counted, or papers handed out."""

    poll: str


class PaperIssued(Event, frozen=True, tag="paper_issued"):
    """In a mixed poll this delegate votes on paper, and no more at the terminal."""

    poll: str
    delegate: str
    reason: str


class HandCountEntered(Event, frozen=True, tag="hand_count_entered"):
    """A scrutineer entered a count by hand; an earlier unconfirmed entry stays in the journal."""

    poll: str
    scrutineer: int
    method: HandMethod
    figures: HandFigures
    reason: str


class HandCountConfirmed(Event, frozen=True, tag="hand_count_confirmed"):
    """A second scrutineer confirmed exactly the figures entered at `entered_at` (Unix ms)."""

    poll: str
    scrutineer: int
    entered_at: int


class PollCountedByHand(Event, frozen=True, tag="poll_counted_by_hand"):
    """The count report of a poll counted by hand alone; it has no board."""

    poll: str
    count: Count
    outcome: Outcome


AnyEvent = (
    SittingConvened
    | DelegateSignedIn
    | ObserverSignedIn
    | LeaveRecorded
    | DelegateDeparted
    | ItemCalled
    | CeremonyMessagePosted
    | CeremonyCompleted
    | PollPrepared
    | CredentialRegistered
    | PollOpened
    | BallotStored
    | BallotAccepted
    | BallotRejected
    | PollClosed
    | TallySealed
    | ShufflePosted
    | DecryptionReleased
    | PollCounted
    | CountConfirmed
    | ResultAnnounced
    | PollAnnulled
    | PollPlanned
    | PollOpenedByHand
    | PaperIssued
    | HandCountEntered
    | HandCountConfirmed
    | PollCountedByHand
)
