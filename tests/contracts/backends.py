"""The journals under test, and what the suite must be able to do to their storage."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import delete, update

from voting.storage.engine import open_engine, upgrade
from voting.storage.journal.group_commit import GroupCommitJournal, Journal, JournalRow, MemoryJournal
from voting.storage.tables import journal_table


class Observer:
    """Records what a journal tells the application."""

    def __init__(self) -> None:
        self.batches: list[tuple[JournalRow, ...]] = []
        self.failures: list[BaseException] = []

    @property
    def rows(self) -> list[JournalRow]:
        return [row for batch in self.batches for row in batch]

    def on_commit(self, rows: Sequence[JournalRow]) -> None:
        self.batches.append(tuple(rows))

    def on_failure(self, error: BaseException) -> None:
        self.failures.append(error)


class MemoryBackend:
    def __init__(self, _directory: Path) -> None:
        self.observer = Observer()
        self.journal = MemoryJournal(self.observer.on_commit, self.observer.on_failure)

    def open(self) -> Journal:
        return self.journal

    def rewrite(self, seq: int, raw: bytes) -> None:
        rows = self.journal._rows
        rows[seq - 1] = (seq, rows[seq - 1][1], raw)

    def remove(self, seq: int) -> None:
        del self.journal._rows[seq - 1]

    def close(self) -> None:
        self.journal.close()


class SqliteBackend:
    def __init__(self, directory: Path) -> None:
        self.observer = Observer()
        self.engine = open_engine(directory / "plenary.db")
        self.opened: list[GroupCommitJournal] = []
        upgrade(self.engine)

    def open(self) -> Journal:
        writing = open_engine(self.engine.url)
        self.opened.append(GroupCommitJournal(self.engine, writing, self.observer.on_commit, self.observer.on_failure))
        return self.opened[-1]

    def rewrite(self, seq: int, raw: bytes) -> None:
        with self.engine.begin() as connection:
            connection.execute(update(journal_table).where(journal_table.c.seq == seq).values(event=raw))

    def remove(self, seq: int) -> None:
        with self.engine.begin() as connection:
            connection.execute(delete(journal_table).where(journal_table.c.seq == seq))

    def close(self) -> None:
        for journal in self.opened:
            journal.close()
        self.engine.dispose()


Backend = MemoryBackend | SqliteBackend
BACKENDS: dict[str, type[Backend]] = {"memory": MemoryBackend, "sqlite": SqliteBackend}
