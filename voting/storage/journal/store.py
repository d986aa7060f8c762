"""The journal's statements. One transaction per write; nothing here knows about greenlets."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, Insert, Row, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from voting.storage.database import ballots_table, board_table, journal_table, open_engine
from voting.storage.journal.chain import GENESIS


class StoredUnits:
    """Parameters of one transaction, gathered from many units."""

    def __init__(self) -> None:
        self.journal: list[dict[str, Any]] = []
        self.ballots: list[dict[str, Any]] = []
        self.board: list[dict[str, Any]] = []


def _insert_ballots(dialect: Dialect) -> Insert:
    """A ballot stored again under its tracker is the same ballot: keep the first."""
    if dialect.name == "postgresql":
        return postgresql.insert(ballots_table).on_conflict_do_nothing()
    return sqlite.insert(ballots_table).on_conflict_do_nothing()


class JournalWriter:
    """The only writer; used from one thread, with a connection of its own. Raises sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = open_engine(engine.url)
        self._connection: Connection | None = None

    def write(self, units: StoredUnits) -> None:
        """Insert and commit, all or nothing; returns when it is durable."""
        if self._connection is None:
            self._connection = self._engine.connect()
        connection = self._connection
        with connection.begin():
            if units.journal:
                connection.execute(insert(journal_table), units.journal)
            if units.ballots:
                connection.execute(_insert_ballots(connection.dialect), units.ballots)
            if units.board:
                connection.execute(insert(board_table), units.board)

    def close(self) -> None:
        """Let go of the connection, in the thread that used it."""
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()


def read_rows(engine: Engine) -> Iterator[Row[int, str, bytes]]:
    """(seq, hash, event JSON) in order, a thousand at a time."""
    query = select(journal_table.c.seq, journal_table.c.hash, journal_table.c.event).order_by(journal_table.c.seq)
    with engine.connect() as connection:
        yield from connection.execution_options(yield_per=1000).execute(query)


def read_head(engine: Engine) -> tuple[int, str]:
    """(seq, hash) of the last row as stored; (0, GENESIS) when there is none."""
    query = select(journal_table.c.seq, journal_table.c.hash).order_by(journal_table.c.seq.desc()).limit(1)
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    return (0, GENESIS) if row is None else (row.seq, row.hash)


def read_ballot(engine: Engine, poll: str, tracker: str) -> bytes | None:
    """The ballot's bytes, or None."""
    query = select(ballots_table.c.body).where(ballots_table.c.poll == poll, ballots_table.c.tracker == tracker)
    with engine.connect() as connection:
        body: bytes | None = connection.execute(query).scalar_one_or_none()
    return body
