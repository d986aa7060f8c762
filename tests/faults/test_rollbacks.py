"""Write-ahead logs torn, cut and removed, and older copies: noticed at the start, never taken for the record."""

import asyncio
import contextlib
import shutil
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.drill import POLL, Crew, line
from tests.support.hall import Hall, sitting
from tests.support.plans.plain import sample_plan
from voting.storage.data_dir import DataDir

NUMBERS = tuple(f"{i:03}" for i in range(1, 7))


def cut(share: float) -> Callable[[Path], None]:
    """The end is missing."""

    def spoil(wal: Path) -> None:
        raw = wal.read_bytes()
        wal.write_bytes(raw[: int(len(raw) * share)])

    return spoil


def torn(share: float) -> Callable[[Path], None]:
    """A sector in the middle holds something else."""

    def spoil(wal: Path) -> None:
        raw = bytearray(wal.read_bytes())
        at = int(len(raw) * share)
        raw[at : at + 512] = bytes(byte ^ 0xFF for byte in raw[at : at + 512])
        wal.write_bytes(bytes(raw))

    return spoil


def removed(wal: Path) -> None:
    wal.unlink()


WAYS: dict[str, Callable[[Path], None]] = {
    "removed": removed,
    "emptied": cut(0),
    **{f"cut at {share:.0%}": cut(share) for share in (0.05, 0.3, 0.6, 0.9, 0.99)},
    **{f"torn at {share:.0%}": torn(share) for share in (0.0, 0.2, 0.5, 0.8, 0.95)},
}
REFUSED = ("is not the one that was acknowledged", "is damaged or no database")
SHORT = ("removed", "cut at 90%", "torn at 50%")


@pytest.mark.parametrize(
    "ways", [pytest.param(SHORT, id="short"), pytest.param(tuple(WAYS), marks=pytest.mark.long_drill)]
)
def test_a_write_ahead_log_that_lost_something(
    tmp_path: Path, ways: tuple[str, ...], show: Callable[[str], None]
) -> None:
    async def back(hall: Hall, crew: Crew) -> None:
        await hall.reconnected()
        await crew.everybody_sends_again()
        await crew.count()

    with sitting(tmp_path, sample_plan(delegates=len(NUMBERS))) as hall:
        crew = Crew(hall, NUMBERS)
        hall.run(crew.get_ready())
        hall.run(crew.cast())
        hall.server.end(signal.SIGKILL)
        kept = tmp_path / "kept"
        shutil.copytree(hall.server.data, kept)
        refusals = [_refused(hall, kept, WAYS[way]) for way in ways]
        _restore(kept, hall.server.data)
        hall.server.start()
        hall.run(back(hall, crew))
        lost, doubled = crew.lost(crew.acknowledged.values()), crew.doubled()
    tried = f"the write-ahead log of a killed server {', '.join(ways)}"
    saw = f"no start, {len(refusals)} of {len(ways)} times: {refusals[0]}; the kept copy started"
    show(line("a start below what was acknowledged is refused", tried, len(crew.acknowledged), lost, doubled, saw))
    assert (lost, doubled) == (0, 0)
    assert [refused for refused in refusals if not any(words in refused for words in REFUSED)] == []


def _refused(hall: Hall, kept: Path, spoil: Callable[[Path], None]) -> str:
    _restore(kept, hall.server.data)
    spoil(hall.server.data / "plenary.db-wal")
    return hall.server.refused_start()


def _restore(kept: Path, data: Path) -> None:
    shutil.rmtree(data)
    shutil.copytree(kept, data)


def test_an_older_copy(tmp_path: Path, show: Callable[[str], None]) -> None:
    async def go_on(hall: Hall, crew: Crew) -> int:
        await hall.reconnected()
        view = await hall.until(lambda view: len(view.hall.rollbacks) == 1)
        rollback = view.hall.rollbacks[0]
        assert (rollback.mark > rollback.row, view.record.row > rollback.row) == (True, True)
        without = [await hall.until_mine(number, POLL, lambda mine: mine.receipt is None) for number in NUMBERS[2:]]
        await crew.everybody_sends_again()
        await crew.count()
        return len(without)

    with sitting(tmp_path, sample_plan(delegates=len(NUMBERS))) as hall:
        crew = Crew(hall, NUMBERS)
        hall.run(crew.get_ready())
        hall.run(crew.cast(*NUMBERS[:2]))
        hall.run(asyncio.wait_for(_receipts(hall, NUMBERS[:2]), 60))
        older = _backup(hall.server.data / "plenary.db", tmp_path / "older.db")
        hall.run(crew.cast(*NUMBERS[2:]))
        hall.run(asyncio.wait_for(_receipts(hall, NUMBERS[2:]), 60))
        acknowledged = set(crew.acknowledged.values())
        hall.server.end(signal.SIGKILL)
        for name in ("plenary.db-wal", "plenary.db-shm"):
            (hall.server.data / name).unlink()
        shutil.copy(older, hall.server.data / "plenary.db")
        refused = hall.server.refused_start()
        lost_then = crew.lost(acknowledged)
        hall.server.start("--accept-rollback")
        missing = hall.run(go_on(hall, crew))
        lost, doubled = crew.lost(acknowledged), crew.doubled()
        (accepted,) = hall.server.journal("rollback_accepted")
    saw = (
        f"no start: {refused}; with --accept-rollback a notice on every page, and {missing} seats whose receipt is not "
        f"returned turn red ({lost_then} ballots were missing, and were sent again)"
    )
    promised = "an older copy is never taken up unnoticed"
    show(line(promised, "a copy made in mid-poll restored after a kill", len(acknowledged), lost, doubled, saw))
    assert "is not the one that was acknowledged" in refused
    assert (lost_then, missing, lost, doubled) == (4, 4, 0, 0)
    assert accepted["mark"] > accepted["row"]


async def _receipts(hall: Hall, numbers: tuple[str, ...]) -> None:
    for number in numbers:
        await hall.receipt_of(number, POLL)


def _backup(database: Path, copy: Path) -> Path:
    with contextlib.closing(sqlite3.connect(database)) as source, contextlib.closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def test_what_was_taken_away_and_rewritten_whole(tmp_path: Path, show: Callable[[str], None]) -> None:
    with sitting(tmp_path, sample_plan(delegates=len(NUMBERS))) as hall:
        hall.run(hall.sign_in(NUMBERS))
        hall.server.stop()
        data = DataDir(hall.server.data)
        with contextlib.closing(sqlite3.connect(data.database)) as connection, connection:
            connection.execute("DELETE FROM journal WHERE seq > 3")
        tail = hall.server.refused_start()
        data.database.unlink()
        fresh = hall.server.refused_start()
        for key in (data.login_secret, data.signing_key):
            key.unlink()
        keys = hall.server.refused_start()
    saw = f"no start: {tail}; no start: {fresh}"
    show(
        line(
            "a record without its end, or without anything, is no record",
            "rows deleted, the file removed",
            0,
            0,
            0,
            saw,
        )
    )
    assert "is not the one that was acknowledged" in tail
    assert "is not the one that was acknowledged" in fresh
    assert "is not the one that was acknowledged" in keys
