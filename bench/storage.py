"""Storing units on SQLite with fsync: together in shared commits, or one commit each."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.measure import Row, measure
from voting.sitting.events import BallotStored
from voting.storage.engine import open_engine, upgrade
from voting.storage.journal.group_commit import BallotRow, GroupCommitJournal, Unit

UNITS = 251
BODY = b"x" * 11_000


def _fail(error: BaseException) -> None:
    raise error


def _units(run: int) -> Iterator[Unit]:
    for n in range(UNITS):
        tracker = f"{run}-{n}"
        event = BallotStored(at=n, poll="bench", delegate=str(n), tracker=tracker)
        yield Unit(events=(event,), ballots=(BallotRow(poll="bench", tracker=tracker, body=BODY),))


def _journal_on(folder: Path, name: str) -> GroupCommitJournal:
    engine = open_engine(folder / name)
    upgrade(engine)
    return GroupCommitJournal(engine, open_engine(engine.url), lambda _rows: None, _fail)


def _runs(journal: GroupCommitJournal, one_by_one: bool) -> Callable[[], None]:
    runs = iter(range(1000))

    def store() -> None:
        pending = []
        for unit in _units(next(runs)):
            pending.append(journal.append(unit))
            if one_by_one:
                pending.pop().wait()
        for receipt in pending:
            receipt.wait()

    return store


def storage_rows() -> Iterator[tuple[str, list[Row]]]:
    """One table: a burst of 251 ballots stored durably."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = []
        for what, one_by_one in (("shared commits", False), ("one commit each", True)):
            journal = _journal_on(folder, f"{one_by_one}.db")
            rows.append(measure(what, UNITS, _runs(journal, one_by_one)))
            journal.close()
        yield f"store a ballot durably ({UNITS} at once)", rows
