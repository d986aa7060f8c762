"""The database of a sitting: opened, brought up to date, and left whole in one file.

Settings of every SQLite connection: a write-ahead log (readers never wait for the writer) and `synchronous=FULL`, so
that a commit has reached the disk before anybody is told that it did.
"""

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

_MIGRATIONS = Path(__file__).with_name("migrations")
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=4000", "foreign_keys=ON", "busy_timeout=10000")


class SchemaTooNew(Exception):
    """A later release brought the database to a revision that this one does not know."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(f"the database is of revision {found}, and this release knows revisions up to {known}")


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _url_of(path_or_url: Path | str | URL) -> URL:
    if isinstance(path_or_url, URL):
        return path_or_url
    if isinstance(path_or_url, str) and "://" in path_or_url:
        return make_url(path_or_url)
    return URL.create("sqlite", database=str(path_or_url))


def open_engine(path_or_url: Path | str | URL) -> Engine:
    """An engine for a SQLite file (a path) or any SQLAlchemy URL. Creates the file at the first connection."""
    url = _url_of(path_or_url)
    options: dict[str, Any] = {
        "hide_parameters": True
    }  # error messages reach the log; ballots and credentials must not
    if url.get_backend_name() == "sqlite":
        options["connect_args"] = {"check_same_thread": False}
    engine = create_engine(url, **options)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
    return engine


def settle(engine: Engine) -> None:
    """After the last write: bring the whole write-ahead log into the SQLite file, which may then be copied alone."""
    engine.dispose()
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to this revision, the newest one by default. Does nothing when it is already there.

    Raises SchemaTooNew, and has then changed nothing.
    """
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        _require_known(connection, ScriptDirectory.from_config(config))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def is_begun(engine: Engine) -> bool:
    """Whether any schema was made in the file. Raises SchemaTooNew where `upgrade` would, and changes nothing."""
    with engine.connect() as connection:
        return _require_known(connection, ScriptDirectory(str(_MIGRATIONS))) is not None


def _require_known(connection: Connection, scripts: ScriptDirectory) -> str | None:
    found = MigrationContext.configure(connection).get_current_revision()
    known = [script.revision for script in scripts.walk_revisions()]
    if found is not None and found not in known:
        raise SchemaTooNew(found, known[0])
    return found
