"""The storage port of the sitting: what every journal offers, and the law it keeps (stated in group_commit.py)."""

from collections.abc import Iterator
from typing import Protocol

from gevent.event import AsyncResult

from voting.storage.journal.chain import JournalRow, Unit
from voting.storage.journal.stopping import StopReason


class JournalFailed(Exception):
    """A unit could not be made durable, so it was not acknowledged. The journal takes nothing more."""


class Pending:
    """A unit on its way to the disk."""

    def __init__(self) -> None:
        self._result: AsyncResult[tuple[JournalRow, ...]] = AsyncResult()
        self._rows: tuple[JournalRow, ...] = ()

    def wait(self) -> tuple[JournalRow, ...]:
        """Block this greenlet until the unit is durable; its rows. Raises JournalFailed if it never will be."""
        self._result.get()
        return self._rows

    def resolve(self, rows: tuple[JournalRow, ...]) -> None:
        """For journals: the unit is durable."""
        self._rows = rows
        self._result.set(rows)

    def fail(self, error: JournalFailed) -> None:
        """For journals: the unit is lost."""
        self._result.set_exception(error)


class Journal(Protocol):
    """The storage port. Every backend passes tests/contracts."""

    def replay(self) -> Iterator[JournalRow]:
        """All rows from the first. Raises JournalBroken at the first row whose hash, number or event does not hold.

        Raises JournalTooNew at the first row that a later release wrote.
        """

    def append(self, unit: Unit) -> Pending:
        """Take the unit in, in call order, without blocking."""

    def ballot(self, poll: str, tracker: str) -> bytes | None:
        """The durable ballot of this tracker, byte-exact."""

    def head(self) -> tuple[int, str]:
        """(seq, hash) of the last durable row; (0, GENESIS) for an empty journal."""

    def stopped(self) -> StopReason | None:
        """Why it takes nothing more; None while it does, and after `close`."""

    def close(self) -> None:
        """Finish what was taken in, then let go of the storage."""
