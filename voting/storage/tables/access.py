"""access: whose code has which MAC. The codes themselves are never stored."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Column, Engine, String, Table, insert, select

from voting.storage.tables.base import metadata

access_table = Table(
    "access",
    metadata,
    Column("code_mac", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("subject", String, nullable=False),
)


class AccessRow(NamedTuple):
    """A code's MAC (hex), and whom it lets in: a role's wire name, and a number or ''."""

    code_mac: str
    role: str
    subject: str


class AccessDamaged(Exception):
    """A row of the table holds something else than text."""


def store_access(engine: Engine, rows: Iterable[AccessRow]) -> None:
    """Keep these, all or nothing. Raises IntegrityError when a MAC is known already."""
    with engine.begin() as connection:
        connection.execute(insert(access_table), [row._asdict() for row in rows])


def read_access(engine: Engine) -> list[AccessRow]:
    """Every row; none before the first start. Raises AccessDamaged."""
    with engine.connect() as connection:
        rows = [AccessRow(*row) for row in connection.execute(select(access_table))]
    if not all(isinstance(field, str) for row in rows for field in row):
        raise AccessDamaged
    return rows
