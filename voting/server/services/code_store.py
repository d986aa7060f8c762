"""Codes in the database: their MACs, and whose they are."""

from voting.server.http.access import Principal, ServerSecret
from voting.server.services.codes import Badge
from voting.storage.database import Database
from voting.storage.tables.access import AccessDamaged, AccessRow
from voting.wire.roles import Role


def store_codes(database: Database, secret: ServerSecret, badges: tuple[Badge, ...]) -> None:
    """Keep the MACs of all codes, and nothing else of them."""
    people = ((secret.code_mac(badge.code), badge.who) for badge in badges)
    database.store_access(AccessRow(mac, who.role.value, who.subject) for mac, who in people)


def stored_codes(database: Database) -> list[tuple[str, Principal]]:
    """(MAC, principal) of every code; empty before the first start. Raises AccessDamaged."""
    try:
        return [(row.code_mac, Principal(Role(row.role), row.subject)) for row in database.access()]
    except ValueError:
        raise AccessDamaged from None
