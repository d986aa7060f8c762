"""A journal that cannot write: it says why, and nothing keeps it from saying so."""

import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path

import gevent
import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from voting.sitting.events import DelegateSignedIn
from voting.storage.engine import open_engine, upgrade
from voting.storage.journal.group_commit import GroupCommitJournal, JournalFailed, Unit
from voting.storage.journal.stopping import StopReason, StorageVanished, reason_of

UNIT = Unit(events=(DelegateSignedIn(at=1, delegate="001"),))
LARGE = Unit(events=tuple(DelegateSignedIn(at=n, delegate="x" * 1000) for n in range(2000)))


def of_sqlite(code: int) -> OperationalError:
    error = sqlite3.OperationalError("told by SQLite")
    error.sqlite_errorcode = code
    return OperationalError("statement", {}, error)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (of_sqlite(sqlite3.SQLITE_FULL), StopReason.DISK_FULL),
        (of_sqlite(sqlite3.SQLITE_READONLY_DBMOVED), StopReason.READ_ONLY),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), StopReason.VANISHED),
        (of_sqlite(sqlite3.SQLITE_IOERR), StopReason.FAILED),
        (OSError(errno.ENOSPC, "full"), StopReason.DISK_FULL),
        (OSError(errno.EDQUOT, "quota"), StopReason.DISK_FULL),
        (OSError(errno.EFBIG, "limit"), StopReason.DISK_FULL),
        (OSError(errno.EROFS, "read-only"), StopReason.READ_ONLY),
        (OSError(errno.EIO, "broken"), StopReason.FAILED),
        (FileNotFoundError(errno.ENOENT, "gone"), StopReason.VANISHED),
        (StorageVanished(), StopReason.VANISHED),
        (ZeroDivisionError(), StopReason.FAILED),
    ],
)
def test_an_error_of_the_storage_has_a_reason(error: BaseException, reason: StopReason) -> None:
    assert reason_of(error) is reason


class Failing:
    """A journal on a database of its own, and what it told when it failed."""

    def __init__(self, engine: Engine, after_commit: Callable[[int, str], None] = lambda _seq, _hash: None) -> None:
        self.failures: list[BaseException] = []
        self.commits: list[int] = []
        self.writing = open_engine(engine.url)
        self.journal = GroupCommitJournal(
            engine, self.writing, lambda rows: self.commits.append(len(rows)), self.failures.append, after_commit
        )

    def stops(self, unit: Unit) -> StopReason | None:
        """Why a unit is not taken."""
        with gevent.Timeout(30), pytest.raises(JournalFailed):
            self.journal.append(unit).wait()
        assert len(self.failures) == 1
        return self.journal.stopped()


@pytest.fixture
def full_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the event loop prints of an error fails, as on a full disk."""

    class Full:
        def write(self, _text: str) -> None:
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(gevent.get_hub(), "exception_stream", Full())


@pytest.mark.usefixtures("full_standard_error")
def test_a_full_disk_is_told_though_nothing_can_be_printed(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "plenary.db")
    upgrade(engine)
    failing = Failing(engine)
    failing.journal.append(UNIT).wait()
    limit(failing, "max_page_count = 1")
    assert failing.stops(LARGE) is StopReason.DISK_FULL
    assert failing.commits == [1]
    failing.journal.close()
    engine.dispose()


def limit(failing: Failing, pragma: str) -> None:
    """Set a pragma on the writer's own connection."""
    connection = failing.journal._writer._connection
    assert connection is not None
    connection.exec_driver_sql(f"PRAGMA {pragma}")
    connection.rollback()


def test_a_database_that_became_read_only_is_told(engine: Engine) -> None:
    failing = Failing(engine)
    failing.journal.append(UNIT).wait()
    limit(failing, "query_only = 1")
    assert failing.stops(UNIT) is StopReason.READ_ONLY
    failing.journal.close()


@pytest.mark.usefixtures("full_standard_error")
def test_what_cannot_be_marked_is_not_acknowledged(engine: Engine) -> None:
    def full(_seq: int, _hash: str) -> None:
        raise OSError(errno.ENOSPC, "full")

    failing = Failing(engine, full)
    assert failing.stops(UNIT) is StopReason.DISK_FULL
    assert failing.commits == []
    failing.journal.close()


def test_the_mark_is_told_in_the_order_of_the_rows_and_before_anybody_hears(engine: Engine) -> None:
    marked: list[tuple[int, str]] = []
    failing = Failing(engine, lambda seq, head: marked.append((seq, head)))
    for number in (1, 2, 3):
        failing.journal.append(UNIT).wait()
        assert len(failing.commits) == number == len(marked)
        assert marked[-1] == failing.journal.head()
    failing.journal.close()


def test_a_unit_of_nothing_goes_to_the_disk_and_tells_nobody(engine: Engine) -> None:
    marked: list[tuple[int, str]] = []
    failing = Failing(engine, lambda seq, head: marked.append((seq, head)))
    failing.journal.append(UNIT).wait()
    assert failing.journal.append(Unit(events=())).wait() == ()
    assert failing.commits == [1]
    assert marked == [failing.journal.head()] * 2
    failing.journal.close()


def test_a_closed_journal_has_not_failed(engine: Engine) -> None:
    failing = Failing(engine)
    assert failing.journal.stopped() is None
    failing.journal.close()
    assert failing.journal.stopped() is None
    assert failing.failures == []
