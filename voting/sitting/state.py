"""The state of a sitting: the fold of its journal. See evolve.py for what changes it."""

import msgspec
from msgspec.structs import replace

from voting.congress.law.bases import Bases
from voting.congress.law.question import Medium
from voting.congress.law.ruleset import Secrecy
from voting.congress.law.ruling import Ruling
from voting.congress.refusal import refuse
from voting.sitting.agenda import AgendaItem
from voting.sitting.counting import Count, ruling_of
from voting.sitting.events import SittingPlan
from voting.sitting.progress import PollProgress
from voting.sitting.refusals import ChamberRefusal


class Keys(msgspec.Struct, frozen=True):
    """What the key ceremony made: the scrutineers' keys as they are archived, and the public key of all together."""

    trustees: str
    public_key: str


class Ceremony(msgspec.Struct, frozen=True):
    """The scrutineers' key ceremony: messages[round][scrutineer index] = raw JSON text; keys: once it is complete."""

    messages: dict[int, dict[int, str]] = {}
    keys: Keys | None = None


class Rollback(msgspec.Struct, frozen=True):
    """The sitting went on at `at` (Unix ms) from `row`, though `mark` had been durable; 0 where nobody knows."""

    at: int
    row: int
    mark: int


class Admission(msgspec.Struct, frozen=True):
    """generation: of the tokens that are still good; code_mac: of the code that replaced the badge's, if any did."""

    generation: int = 0
    code_mac: str | None = None


ADMITTED = Admission()
"""By the badge that was printed before the sitting."""


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
    rollbacks: tuple[Rollback, ...] = ()
    admissions: dict[str, dict[str, Admission]] = {}  # role -> subject -> what was taken back of them

    def admission(self, role: str, subject: str) -> Admission:
        """What lets somebody in, as a connection is known."""
        return self.admissions.get(role, {}).get(subject, ADMITTED)

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


def scrutineers_needed(state: Sitting, progress: PollProgress) -> int:
    """How many scrutineers must open a poll together; none where votes are recorded or nothing is cast at terminals."""
    question = progress.question
    encrypted = question.secrecy is Secrecy.SECRET and question.medium is not Medium.BY_HAND
    return state.plan.threshold if encrypted else 0


def decryptions_missing(state: Sitting, progress: PollProgress) -> int:
    """How many more scrutineers must release their part before the votes can be read."""
    return max(0, scrutineers_needed(state, progress) - len(progress.decryptions))


def keys_of(state: Sitting) -> Keys:
    """What the key ceremony made. Raises ValueError before it is complete."""
    if state.ceremony.keys is None:
        raise ValueError("the key ceremony is not complete")
    return state.ceremony.keys


def shuffles_missing(state: Sitting, progress: PollProgress) -> int:
    """How many more scrutineers must shuffle before anything is decrypted: as many in all as decryption needs."""
    needed = scrutineers_needed(state, progress) if progress.question.shuffled else 0
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
