"""What the journal writes: one transaction for many units. Nothing here knows about greenlets."""

from typing import Any

from sqlalchemy import Connection, Engine

from voting.storage.tables.ballots import insert_ballots
from voting.storage.tables.board import insert_places
from voting.storage.tables.journal import insert_rows


class StoredUnits:
    """Parameters of one transaction, gathered from many units."""

    def __init__(self) -> None:
        self.journal: list[dict[str, Any]] = []
        self.ballots: list[dict[str, Any]] = []
        self.board: list[dict[str, Any]] = []


class JournalWriter:
    """The only writer; used from one thread, on an engine of its own. Raises sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def write(self, units: StoredUnits) -> None:
        """Insert and commit, all or nothing; returns when it is durable."""
        if self._connection is None:
            self._connection = self._engine.connect()
        connection = self._connection
        with connection.begin():
            if units.journal:
                insert_rows(connection, units.journal)
            if units.ballots:
                insert_ballots(connection, units.ballots)
            if units.board:
                insert_places(connection, units.board)

    def close(self) -> None:
        """Let go of the connection, in the thread that used it."""
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()
