"""The database of one sitting, opened by the server: the only thing of it that the server is given."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from voting.storage.engine import is_begun, open_engine, settle, upgrade
from voting.storage.high_water import BEFORE_ALL, HighWater, Mark
from voting.storage.in_place import InPlace
from voting.storage.journal.chain import JournalRow
from voting.storage.journal.group_commit import GroupCommitJournal
from voting.storage.journal.stopping import StopReason, reason_of
from voting.storage.tables.access import AccessRow, read_access, store_access
from voting.storage.tables.journal import read_hash, read_head


class DatabaseUnusable(Exception):
    """It cannot be opened, read or written; the message says what the database engine said, without parameters."""

    def __init__(self, reason: StopReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@contextlib.contextmanager
def usable() -> Iterator[None]:
    """Raise DatabaseUnusable for everything that the database engine raises inside."""
    try:
        yield
    except SQLAlchemyError as error:
        detail = error.orig if isinstance(error, DBAPIError) else type(error).__name__
        raise DatabaseUnusable(reason_of(error), str(detail)) from error


class Stored:
    """A database file as it is: nothing in it is changed. Raises SchemaTooNew and SQLAlchemyError."""

    def __init__(self, path: Path) -> None:
        self._engine = open_engine(path)
        self._is_begun = is_begun(self._engine)

    def head(self) -> Mark:
        """The journal's last row as stored, unchecked; (0, GENESIS) when there is none."""
        return Mark(*read_head(self._engine)) if self._is_begun else BEFORE_ALL

    def continues(self, mark: Mark) -> bool:
        """Whether the journal has the marked row; that its rows chain to it is checked when they are replayed."""
        return mark.seq == 0 or (self._is_begun and read_hash(self._engine, mark.seq) == mark.hash)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


class Database(Stored):
    """Opens the file and brings it up to date. Raises SchemaTooNew and SQLAlchemyError.

    high_water: where its journal's high-water mark is kept.
    """

    def __init__(self, path: Path, high_water: Path) -> None:
        super().__init__(path)
        self._path, self._mark_file = path, high_water
        self._high_water: HighWater | None = None
        upgrade(self._engine)
        self._is_begun = True

    def open_journal(
        self, on_commit: Callable[[Sequence[JournalRow]], None], on_failure: Callable[[BaseException], None]
    ) -> GroupCommitJournal:
        """The journal, with an engine of its own for its writer's thread.

        Its mark is not touched before the first commit, when what lies on disk has been replayed and found to hold.
        That of an empty journal is made now, lest a power cut leave a first row without any.
        """
        if self.head() == BEFORE_ALL and not self._mark_file.exists():
            self._put(BEFORE_ALL)
        in_place = InPlace(self._path)

        def after_commit(seq: int, head: str) -> None:
            in_place.require()
            self._put(Mark(seq, head))

        writing = open_engine(self._engine.url)
        return GroupCommitJournal(self._engine, writing, on_commit, on_failure, after_commit)

    def _put(self, mark: Mark) -> None:
        if self._high_water is None:
            self._high_water = HighWater(self._mark_file, mark)
        else:
            self._high_water.put(mark)

    def access(self) -> list[AccessRow]:
        """Whose code has which MAC; nobody's before the first start."""
        return read_access(self._engine)

    def store_access(self, rows: Iterable[AccessRow]) -> None:
        """Keep these, all or nothing."""
        store_access(self._engine, rows)

    def settle(self) -> None:
        """After the last write: leave everything in the one file, and let go of it.

        Where the disk does not let it, the write-ahead log keeps what it holds, and the next start reads both.
        """
        with contextlib.suppress(SQLAlchemyError):
            settle(self._engine)
        if self._high_water is not None:
            self._high_water.close()
