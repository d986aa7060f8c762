"""The database of one sitting, opened by the server: the only thing of it that the server is given."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from voting.storage.engine import open_engine, settle, upgrade
from voting.storage.journal.chain import JournalRow
from voting.storage.journal.group_commit import GroupCommitJournal
from voting.storage.tables.access import AccessRow, read_access, store_access


class Database:
    """Opens the file and brings it up to date. Raises SchemaTooNew."""

    def __init__(self, path: Path) -> None:
        self._engine = open_engine(path)
        upgrade(self._engine)

    def open_journal(
        self, on_commit: Callable[[Sequence[JournalRow]], None], on_failure: Callable[[BaseException], None]
    ) -> GroupCommitJournal:
        """The journal, with an engine of its own for its writer's thread."""
        return GroupCommitJournal(self._engine, open_engine(self._engine.url), on_commit, on_failure)

    def access(self) -> list[AccessRow]:
        """Whose code has which MAC; nobody's before the first start."""
        return read_access(self._engine)

    def store_access(self, rows: Iterable[AccessRow]) -> None:
        """Keep these, all or nothing."""
        store_access(self._engine, rows)

    def settle(self) -> None:
        """After the last write: leave everything in the one file, and let go of it."""
        settle(self._engine)
