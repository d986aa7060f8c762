"""The schema and the settings durability rests on."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from voting.sitting.events import DelegateSignedIn
from voting.storage.database import Database, DatabaseUnusable, usable
from voting.storage.engine import open_engine, settle, upgrade
from voting.storage.high_water import BEFORE_ALL, Mark, read_mark
from voting.storage.journal.group_commit import GroupCommitJournal, JournalFailed, Unit
from voting.storage.journal.stopping import StopReason
from voting.storage.tables import metadata


def test_the_migrations_build_exactly_the_declared_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert set(inspect(engine).get_table_names()) == {"alembic_version", "journal", "ballots", "board", "access"}


def test_boards_of_an_older_schema_are_kept_as_first_presses(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "plenary.db")
    upgrade(engine, "0001")
    with engine.begin() as connection:
        connection.execute(text("insert into board values ('p', 1, 'key', 'tracker')"))
    upgrade(engine)
    with engine.connect() as connection:
        rows = connection.execute(text("select poll, height, credential, tracker, press from board")).all()
    engine.dispose()
    assert rows == [("p", 1, "key", "tracker", 1)]


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("insert into access values ('mac', 'chair', '')"))
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("select * from access")).all() == [("mac", "chair", "")]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("wal_autocheckpoint", 4000), ("foreign_keys", 1)],
)
def test_every_connection_has_the_durable_settings(engine: Engine, pragma: str, value: object) -> None:
    with engine.connect() as first, engine.connect() as second:
        assert first.execute(text(f"pragma {pragma}")).scalar() == value
        assert second.execute(text(f"pragma {pragma}")).scalar() == value


def test_a_settled_database_is_whole_in_its_one_file(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("insert into access values ('mac', 'chair', '')"))
    assert (tmp_path / "plenary.db-wal").stat().st_size > 0
    settle(engine)
    copy = tmp_path / "copy.db"
    copy.write_bytes((tmp_path / "plenary.db").read_bytes())
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("select * from access").fetchall() == [("mac", "chair", "")]
    assert not (tmp_path / "plenary.db-wal").exists()


def test_a_path_with_odd_characters_is_a_path(tmp_path: Path) -> None:
    odd = tmp_path / "会议 100%?#"
    odd.mkdir()
    engine = open_engine(odd / "plenary.db")
    upgrade(engine)
    engine.dispose()
    assert (odd / "plenary.db").is_file()


def opened(tmp_path: Path) -> Database:
    return Database(tmp_path / "plenary.db", tmp_path / "high-water")


def journal_of(database: Database, failures: list[BaseException]) -> GroupCommitJournal:
    return database.open_journal(lambda _rows: None, failures.append)


def test_a_journal_has_a_mark_before_its_first_row_and_none_where_it_was_lost(tmp_path: Path) -> None:
    database = opened(tmp_path)
    journal = journal_of(database, [])
    assert read_mark(tmp_path / "high-water") == BEFORE_ALL
    journal.append(Unit(events=(DelegateSignedIn(at=1, delegate="001"),))).wait()
    journal.close()
    database.settle()
    (tmp_path / "high-water").unlink()
    again = opened(tmp_path)
    journal_of(again, []).close()
    assert read_mark(tmp_path / "high-water") is None
    again.settle()


def test_every_commit_moves_the_mark(tmp_path: Path) -> None:
    database = opened(tmp_path)
    journal = journal_of(database, [])
    for number in (1, 2):
        journal.append(Unit(events=(DelegateSignedIn(at=number, delegate="001"),))).wait()
        assert read_mark(tmp_path / "high-water") == Mark(*journal.head())
    journal.close()
    database.settle()
    again = opened(tmp_path)
    assert again.head() == read_mark(tmp_path / "high-water")
    assert again.continues(Mark(1, again.head().hash)) is False
    assert again.continues(again.head())
    assert again.continues(Mark(0, "0" * 64))
    assert not again.continues(Mark(3, again.head().hash))
    again.settle()


@pytest.mark.parametrize("name", ["plenary.db", "plenary.db-wal", "high-water"])
def test_a_file_removed_under_the_server_stops_the_journal(tmp_path: Path, name: str) -> None:
    failures: list[BaseException] = []
    database = opened(tmp_path)
    journal = journal_of(database, failures)
    unit = Unit(events=(DelegateSignedIn(at=1, delegate="001"),))
    journal.append(unit).wait()
    (tmp_path / name).unlink()
    with pytest.raises(JournalFailed):
        journal.append(Unit(events=())).wait()
    assert journal.stopped() is StopReason.VANISHED
    journal.close()
    database.settle()


def test_what_is_no_database_is_named_with_its_kind(tmp_path: Path) -> None:
    (tmp_path / "plenary.db").write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(DatabaseUnusable, match="not a database") as refused, usable():
        opened(tmp_path)
    assert refused.value.reason is StopReason.FAILED
