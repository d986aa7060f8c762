"""The schema and the settings durability rests on."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from voting.storage.engine import open_engine, settle, upgrade
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
