"""How units share commits."""

import os
from collections.abc import Sequence

import gevent
import pytest
from sqlalchemy import Engine, event

from voting.sitting.events import DelegateSignedIn
from voting.storage.engine import open_engine
from voting.storage.journal.group_commit import BallotRow, BoardRow, GroupCommitJournal, JournalFailed, JournalRow, Unit
from voting.storage.journal.store import JournalWriter, StoredUnits


def failing(error: BaseException) -> None:
    pytest.fail(str(error))


def signed_in(number: int) -> Unit:
    return Unit(events=(DelegateSignedIn(at=number, delegate="001"),))


def test_units_that_wait_together_share_a_commit_of_at_most_five_hundred(engine: Engine) -> None:
    batches: list[int] = []
    journal = GroupCommitJournal(engine, open_engine(engine.url), lambda rows: batches.append(len(rows)), failing)
    for pending in [journal.append(signed_in(n)) for n in range(501)]:
        pending.wait()
    journal.close()
    assert batches == [500, 1]


def test_the_loop_runs_on_while_a_commit_waits_for_the_disk(engine: Engine) -> None:
    journal = GroupCommitJournal(engine, open_engine(engine.url), lambda _rows: None, failing)
    with engine.connect() as holder:
        holder.exec_driver_sql("begin immediate")
        waiter = gevent.spawn(journal.append(signed_in(1)).wait)
        for _ in range(100):
            gevent.sleep(0)
        assert not waiter.ready()
        assert journal.head()[0] == 0
        holder.rollback()
    waiter.get()
    journal.close()
    assert journal.head()[0] == 1


def test_a_failure_does_not_carry_ballots_or_credentials_into_the_log(engine: Engine) -> None:
    failures: list[BaseException] = []
    journal = GroupCommitJournal(engine, open_engine(engine.url), lambda _rows: None, failures.append)
    rows = tuple(BoardRow("p", height, "SECRET-KEY", "SECRET-TRACKER", press=1) for height in (1, 2))
    with pytest.raises(JournalFailed) as failed:
        journal.append(Unit((), (BallotRow("p", "SECRET-TRACKER", b"SECRET-BODY"),), rows)).wait()
    journal.close()
    assert "UNIQUE" in str(failures[0])
    assert "SECRET" not in str(failures[0]) + repr(failures[0]) + str(failed.value)


def test_rows_are_on_disk_before_on_commit_hears_of_them(engine: Engine) -> None:
    seen: list[tuple[int, int]] = []

    def on_commit(rows: Sequence[JournalRow]) -> None:
        other = open_engine(engine.url)
        with other.connect() as connection:
            stored = connection.exec_driver_sql("select max(seq) from journal").scalar_one()
        other.dispose()
        seen.append((rows[-1].seq, stored))

    journal = GroupCommitJournal(engine, open_engine(engine.url), on_commit, failing)
    for n in range(3):
        journal.append(signed_in(n)).wait()
    journal.close()
    assert seen == [(1, 1), (2, 2), (3, 3)]


def test_an_application_that_fails_on_a_commit_stops_the_journal(engine: Engine) -> None:
    failures: list[BaseException] = []

    def on_commit(_rows: Sequence[JournalRow]) -> None:
        raise ZeroDivisionError

    journal = GroupCommitJournal(engine, open_engine(engine.url), on_commit, failures.append)
    with pytest.raises(JournalFailed, match="ZeroDivisionError"):
        journal.append(signed_in(1)).wait()
    journal.close()
    assert [type(error) for error in failures] == [ZeroDivisionError]


def test_a_journal_may_be_closed_by_its_own_failure(engine: Engine) -> None:
    journal: GroupCommitJournal

    def on_commit(_rows: Sequence[JournalRow]) -> None:
        raise ZeroDivisionError

    journal = GroupCommitJournal(engine, open_engine(engine.url), on_commit, lambda _error: journal.close())
    with pytest.raises(JournalFailed):
        journal.append(signed_in(1)).wait()


def test_a_closed_journal_leaves_no_thread(engine: Engine) -> None:
    before = len(os.listdir("/proc/self/task"))
    journal = GroupCommitJournal(engine, open_engine(engine.url), lambda _rows: None, failing)
    journal.append(signed_in(1)).wait()
    assert len(os.listdir("/proc/self/task")) == before + 1
    journal.close()
    with gevent.Timeout(30):
        while len(os.listdir("/proc/self/task")) > before:
            gevent.sleep(0)


def test_closing_again_changes_nothing(engine: Engine) -> None:
    journal = GroupCommitJournal(engine, open_engine(engine.url), lambda _rows: None, failing)
    journal.append(signed_in(1)).wait()
    journal.close()
    with gevent.Timeout(30):
        journal.close()
    assert journal.head()[0] == 1
    with pytest.raises(JournalFailed, match="closed"):
        journal.append(signed_in(2)).wait()


def test_whoever_closes_comes_back_when_everything_is_committed(engine: Engine) -> None:
    journal = GroupCommitJournal(engine, open_engine(engine.url), lambda _rows: None, failing)
    pending = [journal.append(signed_in(number)) for number in range(1001)]

    def close() -> int:
        journal.close()
        return journal.head()[0]

    with gevent.Timeout(30):
        closing = [gevent.spawn(close) for _ in range(3)]
        assert [one.get() for one in closing] == [1001, 1001, 1001]
        assert {len(one.wait()) for one in pending} == {1}


def test_what_was_taken_in_before_closing_is_committed_first(engine: Engine) -> None:
    committed: list[int] = []

    def note(rows: Sequence[JournalRow]) -> None:
        committed.extend(row.seq for row in rows)

    journal = GroupCommitJournal(engine, open_engine(engine.url), note, failing)
    pending = [journal.append(signed_in(number)) for number in range(1001)]
    journal.close()
    assert committed == list(range(1, 1002))
    with gevent.Timeout(30):
        assert {len(one.wait()) for one in pending} == {1}


@pytest.mark.parametrize("written", [False, True])
def test_a_writer_that_is_closed_holds_no_connection_to_the_database(engine: Engine, written: bool) -> None:
    opened: list[object] = []
    engine.dispose()
    event.listen(engine, "connect", lambda connection, _: opened.append(connection))
    event.listen(engine, "close", lambda connection, _: opened.remove(connection))
    writer = JournalWriter(engine)
    if written:
        writer.write(StoredUnits())
    assert len(opened) == written
    writer.close()
    assert opened == []
