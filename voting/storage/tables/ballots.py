"""ballots: the exact bytes of every ballot that was taken, by poll and tracker."""

from typing import Any

from sqlalchemy import Column, Connection, Engine, LargeBinary, String, Table, select
from sqlalchemy.dialects.sqlite import insert

from voting.storage.tables.base import metadata

ballots_table = Table(
    "ballots",
    metadata,
    Column("poll", String, primary_key=True),
    Column("tracker", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)


def insert_ballots(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Store rows of poll, tracker and body. A ballot stored again under its tracker is the same one: keep the first."""
    connection.execute(insert(ballots_table).on_conflict_do_nothing(), rows)


def read_ballot(engine: Engine, poll: str, tracker: str) -> bytes | None:
    """The ballot's bytes; None when it is missing, or stored as something else than bytes."""
    query = select(ballots_table.c.body).where(ballots_table.c.poll == poll, ballots_table.c.tracker == tracker)
    with engine.connect() as connection:
        body: object = connection.execute(query).scalar_one_or_none()
    return body if isinstance(body, bytes) else None
