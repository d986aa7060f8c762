"""board: which credential's ballot stands where, so that the database itself refuses a second one."""

from typing import Any

from sqlalchemy import Column, Connection, Integer, String, Table, UniqueConstraint, insert

from voting.storage.tables.base import metadata

board_table = Table(
    "board",
    metadata,
    Column("poll", String, primary_key=True),
    Column("height", Integer, primary_key=True, autoincrement=False),
    Column("credential", String, nullable=False),
    Column("tracker", String, nullable=False),
    Column("press", Integer, nullable=False, server_default="1"),
    UniqueConstraint("poll", "credential", "press", name="board_one_ballot_per_press"),
)


def insert_places(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Take places: poll, height, credential, tracker and press. Raises IntegrityError when one is taken."""
    connection.execute(insert(board_table), rows)
