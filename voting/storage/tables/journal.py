"""journal: the sitting's events in their chain; see journal/chain.py."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Engine, Integer, LargeBinary, Row, String, Table, insert, select

from voting.storage.journal.chain import GENESIS
from voting.storage.tables.base import metadata

journal_table = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("hash", String(64), nullable=False),
    Column("event", LargeBinary, nullable=False),
)


def insert_rows(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Append rows of seq, hash and event (JSON)."""
    connection.execute(insert(journal_table), rows)


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


def read_hash(engine: Engine, seq: int) -> str | None:
    """The hash of the row with this number as stored, or None."""
    query = select(journal_table.c.hash).where(journal_table.c.seq == seq)
    with engine.connect() as connection:
        found: str | None = connection.execute(query).scalar_one_or_none()
    return found
