"""A sitting driven without sockets: the real service over a journal in memory, with the tally called directly."""

import io
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

import gevent
import msgspec

from tests.support.signer import SIGNER
from voting.congress.law.ruleset import Ruleset
from voting.record.boards import closed_board_of
from voting.record.questions import answers_of
from voting.server.http.access import Principal, ServerSecret
from voting.server.log import Log
from voting.server.proofs.functions import Documents, LoadedPoll, Proof, perform, read_poll
from voting.server.proofs.port import Prover
from voting.server.services.ledger import OnCommit
from voting.server.services.sitting import SittingService, Surroundings
from voting.sitting.events import AnyEvent, BallotStored, SittingPlan
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.sitting.poll import PollState
from voting.sitting.progress import sealed_of
from voting.storage.journal.group_commit import BallotRow, Journal, JournalRow, MemoryJournal, Unit
from voting.tally.ballots.ballot import fill_ballot, make_ballot
from voting.tally.ballots.credential import SigningCredential, make_credential
from voting.tally.board.agreement import ClosedBoard, sign_closed_board
from voting.tally.board.result import partial_decrypt
from voting.tally.board.shuffle import make_shuffle, mixed_tally
from voting.tally.board.shuffle_owner import sign_shuffle
from voting.tally.groups.choice import Rng, group_by_name
from voting.tally.trustees import ceremony as c
from voting.tally.trustees.private_share import PrivateShare
from voting.wire.roles import Role

RNG = secrets.token_bytes
SECONDS = 30


class LocalProver(Prover):
    """The prover without processes."""

    def __init__(self) -> None:
        self._polls: dict[str, LoadedPoll] = {}

    def load_poll(self, poll: str, election: bytes, trustees: bytes, credentials: bytes) -> None:
        self._polls[poll] = read_poll(election, trustees, credentials)

    def call(self, proof: Proof, *arguments: bytes, poll: str | None = None) -> Documents:
        return perform(proof, None if poll is None else self._polls[poll], arguments)


class Tick:
    """A clock that goes on by `step` milliseconds at each look."""

    def __init__(self, step: int) -> None:
        self.now = 1_645_150_000_000
        self._step = step

    def __call__(self) -> int:
        self.now += self._step
        return self.now


class Kept(Protocol):
    """What a sitting is taken up from."""

    def replay(self) -> Iterable[JournalRow]:
        """All rows from the first."""

    def ballot(self, poll: str, tracker: str) -> bytes | None:
        """The ballot of this tracker."""


class CutJournal:
    """A journal as a crash left it: its first rows."""

    def __init__(self, whole: "Kept", rows: Iterable[JournalRow]) -> None:
        self._rows = tuple(rows)
        self.ballot = whole.ballot

    @classmethod
    def after(cls, whole: "Kept", ends: Callable[[AnyEvent], bool]) -> "CutJournal":
        """Everything up to and including the first event that `ends` names."""
        rows = list(whole.replay())
        return cls(whole, rows[: next(i for i, row in enumerate(rows) if ends(row.event)) + 1])

    def replay(self) -> tuple[JournalRow, ...]:
        return self._rows


class Chamber:
    """One sitting with everybody's terminals."""

    def __init__(
        self,
        plan: SittingPlan,
        journal: Kept | None = None,
        step: int = 1,
        on_commit: OnCommit | None = None,
        rulebooks: Mapping[str, Ruleset] | None = None,
        journal_type: Callable[[OnCommit], Journal] = MemoryJournal,
        server_key: str = SIGNER.public_hex,
        rng: Rng = RNG,
        clock: Callable[[], int] | None = None,
        last_alive: int = 0,
    ) -> None:
        self.rng = rng
        self.plan = plan
        self.events: list[AnyEvent] = []
        self.log = io.StringIO()
        self.credentials: dict[tuple[str, str], SigningCredential] = {}
        self.shares: dict[int, PrivateShare] = {}
        self.workers = LocalProver()
        self.free_bytes = 1 << 40
        self._kept = journal
        self._journal_type = journal_type
        around = Surroundings(
            open_journal=self._open_journal,
            workers=self.workers,
            clock=clock or Tick(step),
            rng=rng,
            free_bytes=lambda: self.free_bytes,
            log=Log(self.log),
            server_key=server_key,
            code_mac=ServerSecret(bytes(64)).code_mac,
            rulebooks=rulebooks or {},
            last_alive=last_alive,
        )
        self.service = SittingService(plan, around)
        self.service.listen(lambda rows: self.events.extend(row.event for row in rows))
        if on_commit is not None:
            self.service.listen(on_commit)

    def _open_journal(self, on_commit: OnCommit) -> Journal:
        self.journal = self._journal_type(on_commit)
        for row in self._kept.replay() if self._kept else ():
            event = row.event
            ballots: tuple[BallotRow, ...] = ()
            if isinstance(event, BallotStored) and self._kept:
                body = self._kept.ballot(event.poll, event.tracker)
                ballots = (BallotRow(poll=event.poll, tracker=event.tracker, body=body or b""),)
            self.journal.append(Unit(events=(event,), ballots=ballots))
        return self.journal

    def until(self, reached: Any) -> None:
        """Let the clerk's greenlets work until `reached()`."""
        with gevent.Timeout(SECONDS):
            while not reached():
                gevent.sleep(0)

    def state(self, poll: str) -> PollState:
        return self.service.sitting.polls[poll].state

    def sign_in(self, *numbers: str) -> None:
        for number in numbers or tuple(d.number for d in self.plan.roster.delegates):
            self.service.sign_in(Principal(Role.DELEGATE, number))

    def hold_ceremony(self) -> None:
        plan = c.CeremonyPlan(
            group=self.plan.group, names=tuple(s.name for s in self.plan.scrutineers), threshold=self.plan.threshold
        )
        indices = range(1, plan.size + 1)
        if plan.single:
            for i in indices:
                self.shares[i], message = c.start_single(plan, i, self.rng)
                self._post(i, 3, message)
        else:
            certificates, dealings = [], []
            for i in indices:
                self.shares[i], message = c.start_share(plan, i, self.rng)
                certificates.append(message)
                self._post(i, 1, message)
            for i in indices:
                self.shares[i], message = c.deal_shares(plan, self.shares[i], certificates, self.rng)
                dealings.append(message)
                self._post(i, 2, message)
            for i in indices:
                self.shares[i], message = c.finish_share(plan, self.shares[i], certificates, dealings, self.rng)
                self._post(i, 3, message)
        self.until(lambda: self.service.sitting.ceremony.keys is not None)

    def _post(self, index: int, round_: int, message: Any) -> None:
        self.service.ceremony.post(index, round_, msgspec.json.encode(message).decode())

    def register(self, poll: str, *numbers: str) -> None:
        group = group_by_name(self.plan.group)
        for number in numbers or tuple(d.number for d in self.plan.roster.delegates):
            credential = self.credentials[poll, number] = make_credential(group, self.rng)
            self.service.ballots.register(number, poll, credential.public)

    def open(self, poll: str) -> None:
        self.service.polls.prepare(poll)
        self.register(poll)
        self.service.polls.open(poll, None, no_kin=True)

    def ballot(self, poll: str, number: str, *choices: int) -> str:
        election = self.service.boards[poll].election
        return make_ballot(election, self.credentials[poll, number], choices, self.rng).decode()

    def cast(self, poll: str, number: str, *choices: int) -> str:
        return self.service.ballots.cast(number, poll, self.ballot(poll, number, *choices))

    def choose(self, poll: str, number: str, *choice: str) -> str:
        """Cast a ballot by what it says: see voting.record.questions."""
        answers = answers_of(self.service.sitting.polls[poll].plan.question, choice)
        election = self.service.boards[poll].election
        raw = fill_ballot(election, self.credentials[poll, number], answers, self.rng)
        return self.service.ballots.cast(number, poll, raw.decode())

    def decryption(self, poll: str, index: int) -> str:
        election = self.service.boards[poll].election
        return partial_decrypt(election, self.shares[index], self.tally(poll), self.rng).decode()

    def make_shuffle(self, poll: str, index: int) -> tuple[str, str]:
        """A scrutineer's shuffle of what the last one left on the board, and the document that signs it."""
        election = self.service.boards[poll].election
        raw = make_shuffle(election, self.tally(poll), self.rng)
        return raw.decode(), sign_shuffle(election, self.shares[index], raw, self.rng).decode()

    def tally(self, poll: str) -> bytes:
        """What is to be shuffled or decrypted next."""
        progress, election = self.service.sitting.polls[poll], self.service.boards[poll].election
        left = sealed_of(progress).encrypted_tally.encode()
        for raw in progress.shuffles.values():
            left = mixed_tally(election, left, raw.encode())
        return left

    def shuffle(self, poll: str, indices: Sequence[int] = (2, 1)) -> None:
        """These scrutineers shuffle, one after the other."""
        for index in indices:
            position = len(self.service.sitting.polls[poll].shuffles)
            self.service.polls.post_shuffle(poll, index, position, *self.make_shuffle(poll, index))

    def signature(self, poll: str, index: int, closed: ClosedBoard | None = None) -> str:
        """A scrutineer's signature on the closed board, or on another one."""
        election = self.service.boards[poll].election
        board = closed or closed_board_of(self.service.sitting.polls[poll])
        assert board is not None
        return sign_closed_board(election, self.shares[index], board, self.rng).decode()

    def agree(self, poll: str) -> None:
        """One scrutineer signs the closed board, another compares its head aloud."""
        board = closed_board_of(self.service.sitting.polls[poll])
        assert board is not None
        self.service.polls.sign_closed_board(poll, 1, self.signature(poll, 1))
        self.service.polls.compare_closed_head(poll, 3, board.head)

    def close(self, poll: str) -> None:
        self.service.polls.close(poll)
        self.until(lambda: self.state(poll) in (PollState.SEALED, PollState.COUNTED))

    def count(self, poll: str, indices: Sequence[int] = (1, 3)) -> None:
        recorded = self.service.boards[poll].election.recorded
        if self.service.sitting.polls[poll].question.shuffled:
            self.shuffle(poll)
        if not recorded:
            self.agree(poll)
        for index in () if recorded else indices:
            self.service.polls.release(poll, index, self.decryption(poll, index))
        self.until(lambda: self.state(poll) is PollState.COUNTED)

    def finish(self, poll: str) -> None:
        self.close(poll)
        self.count(poll)
        self.service.polls.confirm(poll, 1)
        self.service.polls.announce(poll)

    def annul_counted(self, poll: str) -> None:
        """The chief scrutineer asks to annul a poll whose count is known, and the chair confirms."""
        self.service.polls.ask_annulment(poll, "示例原因", 1)
        asked = self.service.sitting.polls[poll].annulment
        assert asked is not None
        self.service.polls.confirm_annulment(poll, asked.asked_at, None)

    def enter_and_confirm(self, poll: str, method: HandMethod, figures: HandFigures) -> None:
        """One scrutineer enters the figures counted by hand, another confirms them."""
        self.service.hands.enter(poll, 1, method, figures, "示例：表决器故障")
        entry = self.service.sitting.polls[poll].hand_count
        assert entry is not None
        self.service.hands.confirm(poll, 2, entry.entered_at)

    def by_hand(self, poll: str, method: HandMethod, figures: HandFigures) -> None:
        """A poll counted by hand, from preparation to announcement."""
        self.service.polls.prepare(poll)
        self.service.hands.open(poll, no_kin=True)
        self.service.polls.close(poll)
        self.enter_and_confirm(poll, method, figures)
        self.service.polls.confirm(poll, 1)
        self.service.polls.announce(poll)
