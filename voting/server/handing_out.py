"""The codes of a data directory: made at its first start, and the badges printed of them."""

from voting.server.http.access import Principal, ServerSecret
from voting.server.services import code_store, codes
from voting.server.services.admissions import replaced
from voting.server.settings import SettingsInvalid
from voting.sitting.events import SittingPlan
from voting.sitting.machine import Sitting
from voting.storage.data_dir import DataDir
from voting.storage.database import Database
from voting.storage.tables.access import AccessDamaged


def codes_of(plan: SittingPlan, data: DataDir, database: Database, secret: ServerSecret) -> list[tuple[str, Principal]]:
    """The stored codes; made, with codes.csv, at the first start of a data directory. Raises SettingsInvalid."""
    try:
        known = code_store.stored_codes(database)
    except AccessDamaged:
        raise SettingsInvalid(f"the codes in {data.database} are damaged; it is left as is") from None
    if not known:
        badges = codes.make_badges(plan)
        codes.write_codes(data.codes, badges)
        code_store.store_codes(database, secret, badges)
        return code_store.stored_codes(database)
    return known


def print_badges(sitting: Sitting, data: DataDir, url: str, server_key: str) -> None:
    """badges.html, without those whose code was replaced: theirs are worth nothing. Raises SettingsInvalid."""
    try:
        badges = codes.read_codes(data.codes) if data.codes.exists() else ()
    except codes.CodesDamaged:
        raise SettingsInvalid(f"{data.codes} is damaged; restore it, or delete it if badges are printed") from None
    titles, gone = sitting.plan.titles, replaced(sitting)
    title = f"{titles.congress} {titles.session} {titles.sitting}"
    kept = tuple(badge for badge in badges if badge.who not in gone)
    codes.write_badges(data.badges, title, url, kept, server_key)
