"""The state of a sitting: the fold of its journal. See sitting.py for what changes it."""

from functools import cached_property

import msgspec
from msgspec.structs import replace

from voting.congress.law.bases import Bases
from voting.congress.law.question import Medium, Question
from voting.congress.law.ruleset import Secrecy
from voting.congress.law.ruling import Ruling
from voting.congress.refusal import refuse
from voting.sitting.agenda import AgendaItem
from voting.sitting.counting import Count, Outcome, ruling_of
from voting.sitting.events import SittingPlan
from voting.sitting.hand_counts import HandCount
from voting.sitting.poll import PollPlan, PollState
from voting.sitting.refusals import ChamberRefusal


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
    ballot, until a new one is stored; rejections: how many were stored and then rejected; paper: why one was issued, in
    a mixed poll.
    """

    credential: str | None = None
    stored: str | None = None
    on_board: tuple[str, ...] = ()
    rejected: str | None = None
    rejections: int = 0
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
    encrypted_tally: str | None = None
    shuffles: dict[int, str] = {}  # scrutineer index -> raw shuffle, in the order in which they were made
    decryptions: dict[int, str] = {}  # scrutineer index -> raw partial decryption
    counted: Counted | None = None
    confirmed_by: int | None = None
    annulled_because: str | None = None
    hand_count: HandCount | None = None  # the last entry

    @property
    def question(self) -> Question:
        """What is asked, and by which rules it is decided."""
        return self.plan.question

    @property
    def setup(self) -> Setup | None:
        """What was frozen at the opening; None before it, and for a poll that is counted by hand alone."""
        return self.opened.setup if self.opened else None

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
    def has_hand_count(self) -> bool:
        """Whether anything is to be counted by hand: the whole poll, or the papers handed out in a mixed one."""
        return self.question.medium is Medium.BY_HAND or bool(self.papers)

    @property
    def papers_instead(self) -> int:
        """Delegates who got a paper although their credential stands in the frozen list."""
        return len(self.credentials.keys() & self.papers.keys())

    def present_for(self, count: Count) -> int:
        """Delegates present as the rules see it: at opening, and those who came later and got a paper."""
        return max(self.opened.present if self.opened else 0, count.issued)


class Ceremony(msgspec.Struct, frozen=True):
    """The scrutineers' key ceremony: messages[round][scrutineer index] = raw JSON text."""

    messages: dict[int, dict[int, str]] = {}
    trustees: str | None = None
    public_key: str | None = None


class Sitting(msgspec.Struct, frozen=True):
    """The state of a sitting: the fold of its journal."""

    plan: SittingPlan
    convened_at: int
    present: dict[str, int] = {}  # delegate -> signed in at; who departs is taken out
    observers_present: dict[str, int] = {}
    on_leave: dict[str, int] = {}
    departed: dict[str, int] = {}  # delegate -> left at; signing in again takes them out
    current_item: str | None = None
    ceremony: Ceremony = Ceremony()
    polls: dict[str, PollProgress] = {}  # in the order of the plan, then those added during the sitting
    added: dict[str, str] = {}  # poll added during the sitting -> its agenda item

    def poll(self, poll: str) -> PollProgress:
        """The poll of this id. Raises Refused."""
        if poll not in self.polls:
            raise refuse(ChamberRefusal.UNKNOWN_POLL, poll=poll)
        return self.polls[poll]

    @property
    def agenda(self) -> tuple[AgendaItem, ...]:
        """The agenda with the polls that were added during the sitting, at the end of their items."""
        return tuple(
            replace(item, polls=(*item.polls, *(poll for poll, where in self.added.items() if where == item.id)))
            for item in self.plan.agenda
        )


def papers_uncounted(progress: PollProgress) -> bool:
    """Whether papers were handed out whose count a second scrutineer has not confirmed."""
    entry = progress.hand_count
    return bool(progress.papers) and (entry is None or entry.confirmed_by is None)


def decryptions_missing(state: Sitting, progress: PollProgress) -> int:
    """How many more scrutineers must release their part before the votes can be read; recorded votes need none."""
    needed = state.plan.threshold if progress.question.secrecy is Secrecy.SECRET else 0
    return max(0, needed - len(progress.decryptions))


def setup_of(progress: PollProgress) -> Setup:
    """What was frozen at the opening. Raises ValueError for a poll that has no board."""
    if progress.setup is None:
        raise ValueError(f"poll {progress.plan.id} has no board")
    return progress.setup


def shuffles_missing(state: Sitting, progress: PollProgress) -> int:
    """How many more scrutineers must shuffle before anything is decrypted: as many in all as decryption needs."""
    needed = state.plan.threshold if progress.question.shuffled else 0
    return max(0, needed - len(progress.shuffles))


def ready_credentials(state: Sitting, progress: PollProgress) -> dict[str, str]:
    """Credentials that count if the poll is opened now: those of delegates still present, by roster number.

    Once the poll is open its list is frozen and is returned as it stands.
    """
    if progress.opened is not None:
        return progress.credentials
    return {d: c for d, c in progress.credentials.items() if d in state.present and d not in progress.papers}


def bases_for(state: Sitting, progress: PollProgress, count: Count) -> Bases:
    """What fractions are taken of when this count of the poll is decided."""
    return replace(state.plan.roster.bases, present=progress.present_for(count))


def ruling_in(state: Sitting, poll: str) -> Ruling | None:
    """The outcome of a counted poll with every reason, under its frozen rules; None before the count."""
    progress = state.polls[poll]
    if progress.count is None:
        return None
    return ruling_of(progress.question, progress.count, bases_for(state, progress, progress.count))
