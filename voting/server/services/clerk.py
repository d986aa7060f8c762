"""What follows by itself from what was committed: verification, the deadline, the sum, the count, the joint key.

Law: the clerk acts only on committed facts, and every act is a command like any other. So after a crash it takes up at
the same place: `resume` looks at the replayed state exactly as `on_commit` looks at new rows.
"""

from collections.abc import Callable, Sequence

import gevent
from gevent.pool import Group

from voting.congress.law.question import Medium
from voting.congress.refusal import Refused
from voting.record.boards import trustees_of
from voting.server.log import FollowUpFailed, FollowUpOvertaken, Log
from voting.server.proofs.port import Prover
from voting.server.services.ballots import BallotsService
from voting.server.services.ceremony import CeremonyService
from voting.server.services.ledger import Ledger
from voting.server.services.polls import PollsService
from voting.sitting import events as e
from voting.sitting.poll import VERIFYING, ClosedBy, PollState
from voting.sitting.progress import setup_of
from voting.storage.journal.group_commit import JournalRow

SHORTEST_PAUSE_MS = 1_000
"""A server that was away for less has cost nobody anything."""


class Clerk:
    """Starts each follow-up once, in a greenlet of its own."""

    def __init__(
        self,
        ledger: Ledger,
        workers: Prover,
        services: tuple[PollsService, BallotsService, CeremonyService],
        log: Log,
    ) -> None:
        self._ledger = ledger
        self._workers = workers
        self._polls, self._ballots, self._ceremony = services
        self._log = log
        self._busy: set[tuple[str, ...]] = set()
        self._greenlets = Group()
        self._deadlines: dict[str, gevent.Greenlet[..., None]] = {}

    def on_commit(self, rows: Sequence[JournalRow]) -> None:
        """Follow up what has just become durable."""
        for row in rows:
            if isinstance(row.event, e.PollOpened):
                self._load(row.event.poll)
        for poll in dict.fromkeys(row.event.poll for row in rows if isinstance(row.event, e.PollEvent)):
            self._follow_poll(poll)
        self._follow_ceremony()

    def resume(self, reached: int) -> None:
        """Take up whatever the last process left unfinished; by its clock that was at `reached` (Unix ms)."""
        for poll in self._ledger.committed.polls:
            if self._ledger.boards.get(poll) is not None:
                self._load(poll)
            self._give_back(poll, reached)
            self._follow_poll(poll)
        self._follow_ceremony()

    def stop(self) -> None:
        """Leave everything as it is; the journal knows where to go on."""
        self._greenlets.kill()

    def _load(self, poll: str) -> None:
        board, trustees = self._ledger.boards[poll], trustees_of(self._ledger.committed, poll)
        credentials = setup_of(self._ledger.committed.polls[poll]).credentials
        self._workers.load_poll(poll, board.election.raw, trustees.encode(), credentials.encode())

    def _follow_poll(self, poll: str) -> None:
        progress = self._ledger.committed.polls[poll]
        if progress.state in VERIFYING:
            for delegate, tracker in progress.pending.items():
                self._start(("verify", poll, tracker), self._ballots.verify, poll, delegate, tracker)
        has_board = progress.question.medium is not Medium.BY_HAND
        if progress.state is PollState.CLOSED and not progress.pending and has_board:
            self._start(("seal", poll), self._polls.seal, poll)
        if progress.state is PollState.SEALED and self._polls.is_countable(poll):
            self._start(("count", poll), self._polls.count, poll)
        open_now = progress.opened if progress.state is PollState.OPEN else None
        self._follow_deadline(poll, open_now.closes_at if open_now else None)

    def _give_back(self, poll: str, reached: int) -> None:
        """While nobody could vote no voting time went by, whatever the clock was set to meanwhile."""
        progress = self._ledger.committed.polls[poll]
        if progress.state is not PollState.OPEN or progress.opened is None or progress.opened.closes_at is None:
            return
        closes_at = self._ledger.clock() + max(0, progress.opened.closes_at - reached)
        if abs(closes_at - progress.opened.closes_at) >= SHORTEST_PAUSE_MS:
            self._polls.move_deadline(poll, closes_at)

    def _follow_deadline(self, poll: str, closes_at: int | None) -> None:
        """The timer runs on the loop's own time, which no step of the system's clock moves."""
        if closes_at is None:
            timer = self._deadlines.pop(poll, None)
            if timer is not None and timer is not gevent.getcurrent():
                gevent.kill(timer)  # without waiting for it: a commit gives way to nobody
        elif poll not in self._deadlines:
            seconds = max(0, closes_at - self._ledger.clock()) / 1000
            self._deadlines[poll] = gevent.spawn_later(seconds, self._close, poll)

    def _close(self, poll: str) -> None:
        self._guarded(("deadline", poll), self._polls.close, poll, ClosedBy.DEADLINE)

    def _follow_ceremony(self) -> None:
        if self._ceremony.is_full():
            self._start(("ceremony",), self._ceremony.complete)

    def _start(self, key: tuple[str, ...], act: Callable[..., None], *args: str) -> None:
        if key not in self._busy:
            self._busy.add(key)
            self._greenlets.spawn(self._guarded, key, act, *args)

    def _guarded(self, key: tuple[str, ...], act: Callable[..., None], *args: str) -> None:
        try:
            act(*args)
        except Refused as overtaken:
            code = overtaken.refusal.code
            self._log.write(FollowUpOvertaken(what=key[0], poll=_poll_in(key), code=code))
        except Exception as error:
            # The next commit or start of the server tries again; nothing that was acknowledged is lost.
            self._log.write(FollowUpFailed(what=key[0], poll=_poll_in(key)), error)
        finally:
            self._busy.discard(key)


def _poll_in(key: tuple[str, ...]) -> str | None:
    return key[1] if len(key) > 1 else None
