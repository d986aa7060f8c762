"""What happened to one poll; what a step fixed stands in that step's type. See evolve.py for what changes it."""

from functools import cached_property

import msgspec

from voting.congress.law.question import Medium, Question
from voting.sitting.alarms import Alarm
from voting.sitting.counting import Count, Outcome
from voting.sitting.hand_counts import HandCount
from voting.sitting.poll import PollPlan, PollState


class Setup(msgspec.Struct, frozen=True):
    """What the opening froze for the terminals: the archived JSON texts, and their fingerprint (hex)."""

    election: str
    credentials: str
    fingerprint: str


class Opened(msgspec.Struct, frozen=True):
    """at, closes_at: Unix ms; present: delegates then; setup: None where hands or papers alone are counted."""

    at: int
    present: int
    closes_at: int | None = None
    setup: Setup | None = None


class Sealed(msgspec.Struct, frozen=True):
    """What the scrutineers work on, and what they made of it; keys are their indices, in the order of their turns.

    encrypted_tally: the sum as it is archived, "" for a recorded poll; last_ballot: the board's head before the ballots
    were ended; shuffles, decryptions: raw; signed: raw signatures on the closed board; compared: who compared its head
    with the hall screen aloud.
    """

    encrypted_tally: str
    last_ballot: str = ""
    signed: dict[int, str] = {}
    compared: tuple[int, ...] = ()
    shuffles: dict[int, str] = {}
    decryptions: dict[int, str] = {}


class Counted(msgspec.Struct, frozen=True):
    """electronic: the terminals' part where papers were joined; recorded: delegate -> what they marked, if named."""

    count: Count
    outcome: Outcome
    electronic: Count | None = None
    recorded: dict[str, tuple[str, ...]] = {}


class Voter(msgspec.Struct, frozen=True):
    """What one delegate did in a poll.

    credential: the public one, frozen once the poll is open; stored: tracker of a ballot that is durable but not yet
    verified; on_board: trackers, oldest first, of which only the last counts; rejected: reason of the last rejected
    ballot, until a new one is stored; rejections: how many were stored and then rejected; registrations: how many
    credentials; paper: why one was issued, in a mixed poll.
    """

    credential: str | None = None
    stored: str | None = None
    on_board: tuple[str, ...] = ()
    rejected: str | None = None
    rejections: int = 0
    registrations: int = 0
    paper: str | None = None

    @property
    def accepted(self) -> str | None:
        """Tracker of the ballot that counts."""
        return self.on_board[-1] if self.on_board else None

    @property
    def has_cast(self) -> bool:
        """Whether a ballot of theirs is on the board or on its way there."""
        return self.stored is not None or bool(self.on_board)

    @property
    def is_issued(self) -> bool:
        """Whether a ballot was issued to them: a credential, or a paper without or instead of one."""
        return self.credential is not None or self.paper is not None


NOBODY = Voter()


class AskedAnnulment(msgspec.Struct, frozen=True):
    """Somebody wants a counted poll annulled: when (Unix ms) and why.

    asked_by: the chief scrutineer's index; None: the chair. confirmed: whether the other one agreed.
    """

    asked_by: int | None
    asked_at: int
    reason: str
    confirmed: bool = False


class PollProgress(msgspec.Struct, frozen=True, dict=True):
    """Everything that happened to one poll. voters: by roster number, whoever did anything; see `voter`.

    What is selected from the voters is selected once for each state, when it is first asked for.
    """

    plan: PollPlan
    state: PollState = PollState.PLANNED
    election_uuid: str | None = None
    voters: dict[str, Voter] = {}
    opened: Opened | None = None
    closed_at: int | None = None
    head: str | None = None  # hex hash of the board's last event
    sealed: Sealed | None = None
    counted: Counted | None = None
    confirmed_by: int | None = None
    annulled_because: str | None = None
    hand_count: HandCount | None = None  # the last entry
    alarms: dict[int, Alarm] = {}  # by scrutineer index, in the order in which they were raised
    kin_ruled_out: bool = False  # whoever opened it had asked whether scrutineers are close kin of candidates
    annulment: AskedAnnulment | None = None  # the last one asked for, of a count that is known

    @property
    def question(self) -> Question:
        """What is asked, and by which rules it is decided."""
        return self.plan.question

    @property
    def setup(self) -> Setup | None:
        """What was frozen at the opening; None before it, and for a poll that is counted by hand alone."""
        return self.opened.setup if self.opened else None

    @property
    def shuffles(self) -> dict[int, str]:
        """Scrutineer index -> raw shuffle, in the order of their turns; none before the ballots are sealed."""
        return self.sealed.shuffles if self.sealed else {}

    @property
    def decryptions(self) -> dict[int, str]:
        """Scrutineer index -> raw partial decryption; none before the ballots are sealed."""
        return self.sealed.decryptions if self.sealed else {}

    @property
    def signed(self) -> dict[int, str]:
        """Scrutineer index -> raw signature on the closed board; none before the ballots are sealed."""
        return self.sealed.signed if self.sealed else {}

    @property
    def compared(self) -> tuple[int, ...]:
        """Scrutineers who compared the closed head aloud; nobody before the ballots are sealed."""
        return self.sealed.compared if self.sealed else ()

    @property
    def count(self) -> Count | None:
        """The count report, once there is one."""
        return self.counted.count if self.counted else None

    @property
    def outcome(self) -> Outcome | None:
        """What the count decides, once there is one."""
        return self.counted.outcome if self.counted else None

    def voter(self, delegate: str) -> Voter:
        """What this delegate did; nothing, for whom the poll does not know."""
        return self.voters.get(delegate, NOBODY)

    def has_registered(self, credential: str) -> bool:
        """Whether it is somebody's. Asked at every registration, each in a new state: so `credentials` is not built."""
        return credential in (voter.credential for voter in self.voters.values())

    @cached_property
    def credentials(self) -> dict[str, str]:
        """Public credentials by roster number; those frozen, once the poll is open."""
        return {d: v.credential for d, v in self.voters.items() if v.credential is not None}

    @cached_property
    def papers(self) -> dict[str, str]:
        """Why papers were issued, by roster number, in the order in which they were."""
        return {d: v.paper for d, v in self.voters.items() if v.paper is not None}

    @cached_property
    def pending(self) -> dict[str, str]:
        """Trackers of the ballots that wait for verification, by roster number."""
        return {d: v.stored for d, v in self.voters.items() if v.stored is not None}

    @cached_property
    def returned(self) -> dict[str, str]:
        """Trackers of the ballots on the board that count, by roster number."""
        return {d: v.on_board[-1] for d, v in self.voters.items() if v.on_board}

    @property
    def issued(self) -> int:
        """Ballots issued: credentials registered (frozen at opening), and papers to those without or instead of one."""
        return sum(voter.is_issued for voter in self.voters.values())

    @property
    def is_published(self) -> bool:
        """Whether everybody may see count and record: announced, or annulled although it was counted."""
        annulled = self.state is PollState.ANNULLED and self.counted is not None
        return self.state is PollState.ANNOUNCED or annulled

    @property
    def has_hand_count(self) -> bool:
        """Whether anything is to be counted by hand: the whole poll, or the papers handed out in a mixed one."""
        return self.question.medium is Medium.BY_HAND or bool(self.papers)

    @property
    def papers_instead(self) -> int:
        """Delegates who got a paper although their credential stands in the frozen list."""
        return len(self.credentials.keys() & self.papers.keys())

    def present_for(self, count: Count) -> int:
        """Delegates present as the rules see it: at opening, and those who came later and got a paper."""
        return max(opened_of(self).present, count.issued)


def papers_uncounted(progress: PollProgress) -> bool:
    """Whether papers were handed out whose count a second scrutineer has not confirmed."""
    entry = progress.hand_count
    return bool(progress.papers) and (entry is None or entry.confirmed_by is None)


def opened_of(progress: PollProgress) -> Opened:
    """What the opening fixed. Raises ValueError for a poll that was not opened."""
    if progress.opened is None:
        raise ValueError(f"poll {progress.plan.id} is not opened")
    return progress.opened


def setup_of(progress: PollProgress) -> Setup:
    """What was frozen at the opening. Raises ValueError for a poll that has no board."""
    if progress.setup is None:
        raise ValueError(f"poll {progress.plan.id} has no board")
    return progress.setup


def uuid_of(progress: PollProgress) -> str:
    """The election's identifier in the public record. Raises ValueError for a poll that was not prepared."""
    if progress.election_uuid is None:
        raise ValueError(f"poll {progress.plan.id} is not prepared")
    return progress.election_uuid


def sealed_of(progress: PollProgress) -> Sealed:
    """What the scrutineers work on. Raises ValueError for a poll that is not sealed."""
    if progress.sealed is None:
        raise ValueError(f"poll {progress.plan.id} is not sealed")
    return progress.sealed
