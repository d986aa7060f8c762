"""What a server makes of its data directory: one sentence for everything that does not hold, and nothing repaired."""

import contextlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.chamber import LocalProver
from tests.support.plans.plain import sample_plan
from voting.server.clock import SteadyClock
from voting.server.log import Log
from voting.server.opening import Opened, convened, open_data, sentences, take
from voting.server.services.sitting import SittingService
from voting.server.settings import ServerSettings, SettingsInvalid
from voting.sitting.commands import SignIn
from voting.storage.data_dir import DataDir
from voting.storage.engine import open_engine, settle, upgrade

PLAN = sample_plan(delegates=3)


def start(data: DataDir, cleanup: ExitStack, accept: bool = False) -> tuple[SittingService, Opened]:
    """As the server does, up to where it would listen."""
    settings = ServerSettings(session_dir=data.path.parent, data_dir=data.path, accept_rollback=accept)
    with sentences(data):
        log = Log(take(data, cleanup))
        opened = open_data(data, accept)
        service = convened(PLAN, opened, settings, LocalProver(), log, SteadyClock())
        cleanup.callback(opened.database.settle)
        cleanup.callback(service.stop)
    return service, opened


def held(data: DataDir, *delegates: str, accept: bool = False) -> SittingService:
    """Run a server in which these sign in, and stop it."""
    with ExitStack() as cleanup:
        service, _ = start(data, cleanup, accept)
        for delegate in delegates:
            service._ledger.carry_out(SignIn(delegate=delegate))
        return service


def sentence(data: DataDir, accept: bool = False) -> str:
    """Why the server does not start; one line."""
    with ExitStack() as cleanup, pytest.raises(SettingsInvalid) as refused:
        start(data, cleanup, accept)
    text = str(refused.value)
    assert "\n" not in text
    return text


def copied(data: DataDir) -> Path:
    copy = data.path.with_name("copy.db")
    shutil.copy(data.database, copy)
    return copy


def execute(data: DataDir, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(data.database)) as connection, connection:
        connection.execute(statement)


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    made = DataDir(tmp_path / "data")
    held(made, "001", "002")
    return made


def test_a_directory_that_holds_together_is_taken_up(data: DataDir) -> None:
    service = held(data, "003")
    assert set(service.sitting.present) == {"001", "002", "003"}
    assert service.sitting.rollbacks == ()


def older_copy(data: DataDir) -> None:
    kept = copied(data)
    held(data, "003")
    shutil.copy(kept, data.database)


def tail_deleted(data: DataDir) -> None:
    execute(data, "DELETE FROM journal WHERE seq > 2")


def database_removed(data: DataDir) -> None:
    data.database.unlink()


def database_emptied(data: DataDir) -> None:
    data.database.write_bytes(b"")


@pytest.mark.parametrize("spoil", [older_copy, tail_deleted, database_removed, database_emptied])
def test_a_record_below_its_mark_is_refused_until_people_accept_it_aloud(
    data: DataDir, spoil: Callable[[DataDir], None]
) -> None:
    spoil(data)
    text = sentence(data)
    assert "is not the one that was acknowledged" in text
    assert "--accept-rollback" in text
    assert sentence(data) == text
    service = held(data, accept=True)
    (rollback,) = service.sitting.rollbacks
    assert rollback.mark > rollback.row
    assert held(data).sitting.rollbacks == (rollback,)


def test_a_chain_written_anew_is_not_the_acknowledged_one(data: DataDir, tmp_path: Path) -> None:
    forged = DataDir(tmp_path / "forged")
    held(forged, "003", "001", "002")
    shutil.copy(forged.database, data.database)
    assert "the journal is another one" in sentence(data)
    (rollback,) = held(data, accept=True).sitting.rollbacks
    assert (rollback.row, rollback.mark) == (4, 3)


@pytest.mark.parametrize("raw", [None, b"", b"nothing"])
def test_a_lost_mark_is_named_and_may_be_accepted(data: DataDir, raw: bytes | None) -> None:
    if raw is None:
        data.high_water.unlink()
    else:
        data.high_water.write_bytes(raw)
    assert "the high-water mark" in sentence(data)
    (rollback,) = held(data, accept=True).sitting.rollbacks
    assert (rollback.row, rollback.mark) == (3, 0)


def of_an_older_schema(data: DataDir) -> None:
    """The same journal in a database as an earlier release left it."""
    with contextlib.closing(sqlite3.connect(data.database)) as connection:
        rows = connection.execute("SELECT seq, hash, event FROM journal ORDER BY seq").fetchall()
    for path in data.path.glob(f"{data.database.name}*"):
        path.unlink()
    engine = open_engine(data.database)
    upgrade(engine, "0001")
    with engine.begin() as connected:
        connected.exec_driver_sql("INSERT INTO journal VALUES (?, ?, ?)", rows)
    settle(engine)


def schema(data: DataDir) -> str:
    with contextlib.closing(sqlite3.connect(data.database)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def key_lost(data: DataDir) -> None:
    data.signing_key.unlink()


def mark_lost(data: DataDir) -> None:
    data.high_water.unlink()


@pytest.mark.parametrize("spoil", [tail_deleted, key_lost, mark_lost])
def test_what_is_refused_keeps_the_schema_that_it_had(data: DataDir, spoil: Callable[[DataDir], None]) -> None:
    of_an_older_schema(data)
    spoil(data)
    sentence(data)
    assert schema(data) == "0001"


def test_what_is_taken_up_is_brought_up_to_date(data: DataDir) -> None:
    of_an_older_schema(data)
    assert set(held(data).sitting.present) == {"001", "002"}
    assert schema(data) > "0001"


def test_where_nothing_is_wrong_there_is_nothing_to_accept(data: DataDir, tmp_path: Path) -> None:
    assert held(data, accept=True).sitting.rollbacks == ()
    assert held(DataDir(tmp_path / "new"), accept=True).sitting.rollbacks == ()


@pytest.mark.parametrize("name", ["secret.key", "server.key"])
@pytest.mark.parametrize("accept", [False, True])
def test_a_convened_sitting_without_its_keys_does_not_start(data: DataDir, name: str, accept: bool) -> None:
    (data.path / name).unlink()
    assert f"{name} is missing" in sentence(data, accept)
    assert not (data.path / name).exists()


@pytest.mark.parametrize("name", ["secret.key", "server.key"])
@pytest.mark.parametrize("raw", [b"", b"x" * 63, b"-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n"])
def test_a_damaged_key_is_named(data: DataDir, name: str, raw: bytes) -> None:
    (data.path / name).write_bytes(raw)
    assert f"{name}" in sentence(data)
    assert "restore it" in sentence(data)
    assert (data.path / name).read_bytes() == raw


def test_keys_are_made_before_anything_is_convened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = DataDir(tmp_path / "data")

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("voting.server.opening.SittingService", cut)
    with ExitStack() as cleanup, pytest.raises(KeyboardInterrupt):
        start(data, cleanup)
    assert data.login_secret.exists()
    assert data.signing_key.exists()


def not_a_database(data: DataDir) -> str:
    data.database.write_bytes(b"not a database " * 500)
    return "is damaged or no database"


def without_tables(data: DataDir) -> str:
    execute(data, "DROP TABLE journal")
    return "is damaged or no database"


def pages_spoilt(data: DataDir) -> str:
    raw = bytearray(data.database.read_bytes())
    raw[4096:] = b"\x99" * (len(raw) - 4096)
    data.database.write_bytes(bytes(raw))
    return "is damaged or no database"


def an_event_of_text(data: DataDir) -> str:
    execute(data, "UPDATE journal SET event = CAST(event AS TEXT) WHERE seq = 2")
    return "row 2: its event is stored as str instead of bytes"


def an_event_that_is_none(data: DataDir) -> str:
    execute(data, "UPDATE journal SET event = 7 WHERE seq = 2")
    return "row 2: its event is stored as int instead of bytes"


def a_hash_of_bytes(data: DataDir) -> str:
    execute(data, "UPDATE journal SET hash = CAST(hash AS BLOB) WHERE seq = 2")
    return "row 2: its hash does not follow"


def the_marked_hash_of_bytes(data: DataDir) -> str:
    execute(data, "UPDATE journal SET hash = CAST(hash AS BLOB) WHERE seq = 3")
    return "the journal is another one"


def a_directory_for_a_database(data: DataDir) -> str:
    data.database.unlink()
    data.database.mkdir()
    return "plenary.db cannot be used: Is a directory"


def a_directory_for_a_log(data: DataDir) -> str:
    data.log.unlink()
    data.log.mkdir()
    return "plenary.log cannot be used: Is a directory"


def a_directory_for_a_mark(data: DataDir) -> str:
    data.high_water.unlink()
    data.high_water.mkdir()
    return "high-water cannot be used: Is a directory"


def a_file_for_a_data_directory(data: DataDir) -> str:
    shutil.rmtree(data.path)
    data.path.write_bytes(b"")
    return "data cannot be used: File exists"


@pytest.mark.parametrize(
    "spoil",
    [
        not_a_database,
        without_tables,
        pages_spoilt,
        an_event_of_text,
        an_event_that_is_none,
        a_hash_of_bytes,
        the_marked_hash_of_bytes,
        a_directory_for_a_database,
        a_directory_for_a_log,
        a_directory_for_a_mark,
        a_file_for_a_data_directory,
    ],
)
def test_every_damage_has_a_sentence_and_is_left_as_it_is(data: DataDir, spoil: Callable[[DataDir], str]) -> None:
    words = spoil(data)
    before = data.high_water.read_bytes() if data.high_water.is_file() else None
    assert words in sentence(data)
    assert (data.high_water.read_bytes() if data.high_water.is_file() else None) == before
