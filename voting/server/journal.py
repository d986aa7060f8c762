"""The journal: what happened in the sitting, append-only.

Law: `append(unit)` is durable, all or nothing, in call order, before its receipt is answered; rows chain by hash
(journal_chain.py). State is the fold of the journal; board and ballot store are written in the same transaction.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from gevent.event import AsyncResult
from sqlalchemy import Engine

from voting.server.journal_chain import (
    GENESIS,
    BallotRow,
    BoardRow,
    JournalBroken,
    JournalRow,
    Unit,
    check_chain,
    link,
)

__all__ = [
    "GENESIS",
    "BallotRow",
    "BoardRow",
    "GroupCommitJournal",
    "Journal",
    "JournalBroken",
    "JournalFailed",
    "JournalRow",
    "MemoryJournal",
    "Pending",
    "Unit",
]


class JournalFailed(Exception):  # noqa: N818 - a state of the journal, named as one
    """A unit could not be made durable, so it was not acknowledged. The journal takes nothing more."""


class Pending:
    """A unit on its way to the disk."""

    def __init__(self) -> None:
        self._result: AsyncResult[tuple[JournalRow, ...]] = AsyncResult()

    def wait(self) -> tuple[JournalRow, ...]:
        """Block this greenlet until the unit is durable; its rows. Raises JournalFailed if it never will be."""
        return self._result.get()

    def resolve(self, rows: tuple[JournalRow, ...]) -> None:
        """For journals: the unit is durable."""
        self._result.set(rows)

    def fail(self, error: JournalFailed) -> None:
        """For journals: the unit is lost."""
        self._result.set_exception(error)


class Journal(Protocol):
    """The storage port. Every backend passes tests/contracts."""

    def replay(self) -> Iterator[JournalRow]:
        """All rows from the first. Raises JournalBroken at the first row whose hash, number or event does not hold."""

    def append(self, unit: Unit) -> Pending:
        """Take the unit in, in call order, without blocking."""

    def ballot(self, poll: str, tracker: str) -> bytes | None:
        """The durable ballot of this tracker, byte-exact."""

    def head(self) -> tuple[int, str]:
        """(seq, hash) of the last durable row; (0, GENESIS) for an empty journal."""

    def close(self) -> None:
        """Finish what was taken in, then let go of the storage."""


class MemoryJournal:
    """For unit tests: forgets with the process. A unit counts as durable once on_commit has returned."""

    def __init__(self, on_commit: Callable[[Sequence[JournalRow]], None] = lambda _rows: None) -> None:
        self._on_commit = on_commit
        self._head = (0, GENESIS)
        self._rows: list[tuple[int, str, bytes]] = []
        self._ballots: dict[tuple[str, str], bytes] = {}
        self._board: set[tuple[str, str | int]] = set()

    def replay(self) -> Iterator[JournalRow]:
        return check_chain(iter(list(self._rows)))

    def append(self, unit: Unit) -> Pending:
        pending = Pending()
        places = [place for row in unit.board for place in ((row.poll, row.height), (row.poll, row.credential))]
        if len(set(places)) < len(places) or not self._board.isdisjoint(places):
            pending.fail(JournalFailed("a board place or credential is taken"))
            return pending
        linked = link(*self._head, unit.events)
        self._board.update(places)
        for ballot in unit.ballots:
            self._ballots.setdefault((ballot.poll, ballot.tracker), ballot.body)
        self._rows.extend((row.seq, row.hash, raw) for row, raw in zip(linked.rows, linked.raws, strict=True))
        if linked.rows:
            self._head = (linked.rows[-1].seq, linked.rows[-1].hash)
        self._on_commit(linked.rows)
        pending.resolve(linked.rows)
        return pending

    def ballot(self, poll: str, tracker: str) -> bytes | None:
        return self._ballots.get((poll, tracker))

    def head(self) -> tuple[int, str]:
        return self._head

    def close(self) -> None:
        """Nothing to let go of."""


class GroupCommitJournal:
    """On a database: units that arrive together share one commit, made in one native thread off the event loop.

    Rows go to `on_commit` on the loop, in order, after the commit and before any of their waiters wakes. A failed
    commit stops the journal for good: `on_failure` is called once, and nothing that was waiting is acknowledged.
    """

    def __init__(
        self,
        engine: Engine,
        on_commit: Callable[[Sequence[JournalRow]], None],
        on_failure: Callable[[BaseException], None],
    ) -> None:
        raise NotImplementedError

    def replay(self) -> Iterator[JournalRow]:
        raise NotImplementedError

    def append(self, unit: Unit) -> Pending:
        raise NotImplementedError

    def ballot(self, poll: str, tracker: str) -> bytes | None:
        raise NotImplementedError

    def head(self) -> tuple[int, str]:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError
