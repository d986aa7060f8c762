"""The journal: what happened in the sitting, append-only.

Law: `append(unit)` is durable, all or nothing, in call order, before its receipt is answered; rows chain by hash
(chain.py). State is the fold of the journal; board and ballot store are written in the same transaction.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import gevent
from gevent.queue import Queue
from gevent.threadpool import ThreadPool
from msgspec.structs import asdict
from sqlalchemy import Engine

from voting.storage.journal.chain import (
    GENESIS,
    BallotRow,
    BoardRow,
    JournalBroken,
    JournalRow,
    JournalTooNew,
    LinkedEvents,
    Unit,
    check_chain,
    link,
)
from voting.storage.journal.memory import MemoryJournal
from voting.storage.journal.port import Journal, JournalFailed, Pending
from voting.storage.journal.stopping import StopReason, reason_of
from voting.storage.journal.store import JournalWriter, StoredUnits
from voting.storage.tables.ballots import read_ballot
from voting.storage.tables.journal import read_head, read_rows

__all__ = [
    "GENESIS",
    "BallotRow",
    "BoardRow",
    "GroupCommitJournal",
    "Journal",
    "JournalBroken",
    "JournalFailed",
    "JournalRow",
    "JournalTooNew",
    "MemoryJournal",
    "Pending",
    "Unit",
]


class _Taken(NamedTuple):
    """A unit in the queue: already numbered and hashed, since call order is the chain's order."""

    unit: Unit
    linked: LinkedEvents
    pending: Pending


class GroupCommitJournal:
    """On a database: units that arrive together share one commit, made in one native thread off the event loop.

    Rows go to `on_commit` on the loop, in order, after the commit and before any of their waiters wakes. A failed
    commit stops the journal for good: `on_failure` is called once, and nothing that was waiting is acknowledged. What
    fails in the writer's thread comes back as a value: raised there, it would first be printed, and where standard
    error lies on the same full disk the waiting greenlet would never wake. A unit of nothing probes the disk.
    The schema must be up to date (engine.upgrade). `replay` verifies what lies on disk; the constructor does not.
    engine: for reading on the loop. writing: another one on the same database, for the writer's thread alone; `close`
    disposes of it. after_commit: called in that thread with (seq, hash) of the last durable row, after each commit and
    before anybody is told of it; what it raises fails the commit.
    """

    MAX_BATCH = 500

    def __init__(
        self,
        engine: Engine,
        writing: Engine,
        on_commit: Callable[[Sequence[JournalRow]], None],
        on_failure: Callable[[BaseException], None],
        after_commit: Callable[[int, str], None] = lambda _seq, _hash: None,
    ) -> None:
        self._engine, self._on_commit, self._on_failure = engine, on_commit, on_failure
        self._after_commit = after_commit
        self._head = self._tail = read_head(engine)
        self._queue: Queue[_Taken | None] = Queue()
        self._stopped: str | None = None
        self._reason: StopReason | None = None
        self._writer = JournalWriter(writing)
        self._thread = ThreadPool(1)
        self._drain = gevent.spawn(self._run)

    def replay(self) -> Iterator[JournalRow]:
        return check_chain(read_rows(self._engine))

    def append(self, unit: Unit) -> Pending:
        pending = Pending()
        if self._stopped is not None:
            pending.fail(JournalFailed(self._stopped))
            return pending
        linked = link(*self._tail, unit.events)
        if linked.rows:
            self._tail = (linked.rows[-1].seq, linked.rows[-1].hash)
        self._queue.put(_Taken(unit, linked, pending))
        return pending

    def ballot(self, poll: str, tracker: str) -> bytes | None:
        return read_ballot(self._engine, poll, tracker)

    def head(self) -> tuple[int, str]:
        return self._head

    def stopped(self) -> StopReason | None:
        return self._reason

    def close(self) -> None:
        self._stopped = self._stopped or "the journal is closed"
        self._queue.put(None)
        if gevent.getcurrent() is not self._drain:
            self._drain.join()
        self._thread.apply(_error_of, (self._writer.close,))  # nothing is left that could fail to be stored
        self._thread.kill()

    def _run(self) -> None:
        batch: list[_Taken] = []
        try:
            while batch := self._next_batch():
                self._commit(batch)
        except BaseException as error:
            self._stopped = f"a commit failed: {type(error).__name__}"
            self._reason = reason_of(error)
            try:
                self._on_failure(error)
            finally:
                self._abandon(batch)

    def _next_batch(self) -> list[_Taken]:
        """All that is waiting, at most MAX_BATCH; waits for the first. Empty once the journal is closed."""
        batch: list[_Taken] = []
        while len(batch) < self.MAX_BATCH and (not batch or not self._queue.empty()):
            taken = self._queue.get()
            if taken is None:
                self._queue.put(None)
                break
            batch.append(taken)
        return batch

    def _commit(self, batch: list[_Taken]) -> None:
        rows = [row for taken in batch for row in taken.linked.rows]
        head = (rows[-1].seq, rows[-1].hash) if rows else self._head
        error = self._thread.apply(_error_of, (self._write, _stored(batch), head))
        if error is not None:
            raise error
        self._head = head
        if rows:
            self._on_commit(rows)
        for taken in batch:
            taken.pending.resolve(taken.linked.rows)

    def _write(self, units: StoredUnits, head: tuple[int, str]) -> None:
        """In the writer's thread."""
        self._writer.write(units)
        self._after_commit(*head)

    def _abandon(self, batch: list[_Taken]) -> None:
        reason = self._stopped or "a commit failed"
        while not self._queue.empty():
            taken = self._queue.get()
            if taken is not None:
                batch.append(taken)
        for taken in batch:
            taken.pending.fail(JournalFailed(reason))


def _error_of(act: Callable[..., None], *arguments: object) -> BaseException | None:
    """What `act` raised, or None."""
    try:
        act(*arguments)
    except BaseException as error:
        return error
    return None


def _stored(batch: Sequence[_Taken]) -> StoredUnits:
    stored = StoredUnits()
    for unit, linked, _ in batch:
        stored.journal.extend(
            {"seq": row.seq, "hash": row.hash, "event": raw} for row, raw in zip(linked.rows, linked.raws, strict=True)
        )
        stored.ballots.extend({"poll": b.poll, "tracker": b.tracker, "body": b.body} for b in unit.ballots)
        stored.board.extend(asdict(place) for place in unit.board)
    return stored
