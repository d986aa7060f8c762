"""What lies in a data directory, opened for a server; or one sentence that says why the server does not start.

Nothing here repairs anything: what does not hold is left as it is, and people decide.
"""

import contextlib
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import NamedTuple, TextIO

from voting.files.rulebooks import load_rulebooks
from voting.files.rules import RulesRefused
from voting.record.boards import BoardDiffers
from voting.server.http.access import SecretDamaged, ServerSecret
from voting.server.last_words import fail_stop
from voting.server.log import Log
from voting.server.proofs.port import Prover
from voting.server.services.ledger import PlanDiffers
from voting.server.services.sitting import SittingService, Surroundings
from voting.server.settings import ServerSettings, SettingsInvalid
from voting.sitting.events import SittingPlan
from voting.sitting.machine import PlanInvalid
from voting.storage.data_dir import DataDir, DataDirInUse
from voting.storage.database import Database, DatabaseUnusable, Stored, usable
from voting.storage.engine import SchemaTooNew
from voting.storage.high_water import BEFORE_ALL, Mark, MarkDamaged, read_mark
from voting.storage.journal.chain import JournalBroken, JournalTooNew
from voting.storage.journal.stopping import StopReason
from voting.storage.last_alive import read_alive
from voting.storage.server_key import KeyDamaged, ReceiptSigner

ACCEPT = "--accept-rollback"
NO_MARK = Mark(0, "")


class Keys(NamedTuple):
    """The two keys of a sitting."""

    secret: ServerSecret
    signer: ReceiptSigner


class Opened(NamedTuple):
    """A data directory that holds together. passed: the mark that its journal fails to reach, where it is accepted."""

    database: Database
    keys: Keys
    passed: Mark | None


@contextlib.contextmanager
def sentences(data: DataDir) -> Iterator[None]:
    """Turn what disk and database raise into one sentence. Raises SettingsInvalid."""
    try:
        with usable():
            yield
    except DatabaseUnusable as error:
        raise SettingsInvalid(_of_database(data, error)) from error
    except OSError as error:
        where = error.filename or data.path
        raise SettingsInvalid(f"{where} cannot be used: {error.strerror or type(error).__name__}") from error


def _of_database(data: DataDir, error: DatabaseUnusable) -> str:
    match error.reason:
        case StopReason.READ_ONLY:
            return f"the database {data.database} cannot be written"
        case StopReason.DISK_FULL:
            return f"there is no room on the disk of {data.database}"
        case _:
            return f"the database {data.database} is damaged or no database; it is left as is ({error})"


def take(data: DataDir, cleanup: ExitStack) -> TextIO:
    """Hold the directory until `cleanup`; its log. Raises SettingsInvalid."""
    try:
        return cleanup.enter_context(data.taken())
    except DataDirInUse:
        raise SettingsInvalid(f"another server is running on {data.path}; stop it or use another --data") from None


def open_data(data: DataDir, accept_rollback: bool) -> Opened:
    """Database and keys, once the database is known to be the one this directory acknowledged from.

    Raises SettingsInvalid.
    """
    mark = _mark_of(data)
    try:
        head, passed = _looked_at(data, mark, accept_rollback)
        keys = _keys(data, is_convened=head.seq > 0 or (mark is not None and mark.seq > 0))
        return Opened(Database(data.database, data.high_water), keys, passed)
    except SchemaTooNew as error:
        raise SettingsInvalid(f"a later release held the sitting in {data.path}; it is left as is: {error}") from None


def _looked_at(data: DataDir, mark: Mark | None, accept_rollback: bool) -> tuple[Mark, Mark | None]:
    """The journal's head, and the mark that is not reached; what is refused is left in the schema that it had."""
    with contextlib.closing(Stored(data.database)) as stored:
        return stored.head(), _passed(data, stored, mark, accept_rollback)


def _mark_of(data: DataDir) -> Mark | None:
    try:
        return read_mark(data.high_water)
    except MarkDamaged:
        return NO_MARK


def _passed(data: DataDir, stored: Stored, mark: Mark | None, accepted: bool) -> Mark | None:
    """The mark that is not reached, NO_MARK where there is none to read; None when all is well."""
    head = stored.head()
    if mark is None or mark == NO_MARK:
        missing = mark == NO_MARK or head != BEFORE_ALL
        return _accepted(missing, NO_MARK, accepted, _without_mark(data, mark))
    return _accepted(not stored.continues(mark), mark, accepted, _behind(data, mark, head))


def _accepted(is_wrong: bool, mark: Mark, accepted: bool, sentence: str) -> Mark | None:
    if not is_wrong:
        return None
    if not accepted:
        raise SettingsInvalid(sentence)
    return mark


def _without_mark(data: DataDir, mark: Mark | None) -> str:
    how = "is missing" if mark is None else "is damaged"
    return (
        f"the high-water mark {data.high_water} {how}, so nobody can say whether the record is the latest; "
        f"restore it, or start with {ACCEPT}, which is recorded and shown to everybody"
    )


def _behind(data: DataDir, mark: Mark, head: Mark) -> str:
    how = f"ends at row {head.seq}" if head.seq < mark.seq else "is another one"
    return (
        f"the record in {data.path} is not the one that was acknowledged: row {mark.seq} ({mark.hash[:16]}) was "
        f"durable, and the journal {how}; restore the latest copy, or start with {ACCEPT}, which is recorded and shown "
        "to everybody"
    )


def _keys(data: DataDir, is_convened: bool) -> Keys:
    for path in (data.login_secret, data.signing_key):
        if is_convened and not path.exists():
            raise SettingsInvalid(
                f"{path} is missing, and a sitting is convened in {data.path}; restore it from where it was kept, "
                "as its codes and receipts cannot be checked without it"
            )
    try:
        return Keys(ServerSecret.load(data.login_secret), ReceiptSigner.load(data.signing_key))
    except (SecretDamaged, KeyDamaged) as error:
        raise SettingsInvalid(f"{error}; restore it from where it was kept") from None


def convened(
    plan: SittingPlan,
    opened: Opened,
    settings: ServerSettings,
    workers: Prover,
    log: Log,
    clock: Callable[[], int],
) -> SittingService:
    """The sitting of an opened directory, resumed or begun. clock: Unix ms. Raises SettingsInvalid."""
    path = settings.data_dir
    try:
        rulebooks = load_rulebooks(settings.session_dir)
    except RulesRefused as error:
        raise SettingsInvalid(f"rules that no poll can adopt: {error}") from error
    surroundings = Surroundings(
        open_journal=lambda on_commit: opened.database.open_journal(on_commit, fail_stop(log)),
        workers=workers,
        clock=clock,
        rng=secrets.token_bytes,
        free_bytes=lambda: shutil.disk_usage(path).free,
        log=log,
        server_key=opened.keys.signer.public_hex,
        code_mac=opened.keys.secret.code_mac,
        rulebooks=rulebooks,
        last_alive=read_alive(DataDir(path).alive),
    )
    try:
        service = SittingService(plan, surroundings)
    except PlanInvalid as error:
        raise SettingsInvalid(f"the session cannot be convened: {error}") from error
    except PlanDiffers:
        raise SettingsInvalid(
            f"the session directory was changed after the sitting in {path} was convened; "
            "restore it, or start a new sitting with another --data directory"
        ) from None
    except JournalTooNew as error:
        raise SettingsInvalid(f"a later release held the sitting in {path}; it is left as is: {error}") from error
    except (JournalBroken, BoardDiffers) as error:
        raise SettingsInvalid(f"the record in {path} does not hold; it is left as is: {error}") from error
    if opened.passed is not None:
        service.accept_rollback(*opened.passed)
    return service
