"""`python -m tests.kept.make_kept RELEASE`: hold the sitting of tests/kept/RELEASE/session and keep what it leaves."""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import msgspec

from tests.support.chamber import Chamber
from tests.support.forms import FORMS, hold
from voting.congress.law.poll_kinds import PollKind
from voting.files.rulebooks import load_rulebooks
from voting.files.session import load_session
from voting.reports.making import make_reports
from voting.server.http.access import Principal, ServerSecret
from voting.server.services.code_store import store_codes
from voting.server.services.codes import make_badges
from voting.server.services.count_statements import CountStatements
from voting.server.services.ledger import OnCommit
from voting.server.services.persons import Persons
from voting.storage.data_dir import DataDir
from voting.storage.database import Database
from voting.storage.engine import open_engine, settle
from voting.storage.journal.group_commit import Journal
from voting.storage.server_key import ReceiptSigner
from voting.wire.polls import PollDraft
from voting.wire.roles import Role

KEPT = Path(__file__).parent
ON_LEAVE, LEAVES_EARLY, OBSERVER = "007", "006", "L01"


def make(folder: Path) -> None:
    """Write data/ and records/ of one release anew."""
    for generated in (folder / "data", folder / "records"):
        shutil.rmtree(generated, ignore_errors=True)
        generated.mkdir()
    data = DataDir(folder / "data")
    chamber = _held(folder / "session", data)
    _write_records(chamber, ReceiptSigner.load(data.signing_key), folder / "records")
    chamber.service.stop()
    engine = open_engine(data.database)
    with engine.connect() as connection:
        connection.exec_driver_sql("VACUUM")
    settle(engine)
    with tempfile.TemporaryDirectory() as out:
        make_reports(data.path, Path(out))
        shutil.copy(Path(out) / "results.json", folder / "records" / "results.json")


def _held(session: Path, data: DataDir) -> Chamber:
    plan = load_session(session)
    database = Database(data.database, data.high_water)
    store_codes(database, ServerSecret(bytes(64)), make_badges(plan))

    def open_journal(on_commit: OnCommit) -> Journal:
        return database.open_journal(on_commit, _fail)

    key = ReceiptSigner.load(data.signing_key).public_hex
    chamber = Chamber(plan, rulebooks=load_rulebooks(session), journal_type=open_journal, server_key=key)
    _hold(chamber)
    return chamber


def _hold(chamber: Chamber) -> None:
    """The whole sitting, with at least one event of every kind."""
    service = chamber.service
    service.record_leave(ON_LEAVE)
    service.sign_in(Principal(Role.OBSERVER, OBSERVER))
    chamber.sign_in(*(d.number for d in chamber.plan.roster.delegates if d.number != ON_LEAVE))
    chamber.hold_ceremony()
    service.call_item("votes")
    for poll in FORMS:
        hold(chamber, poll)
    service.planning.plan("votes", PollDraft(id="added", kind=PollKind.MOTION, title="示例临时动议"))
    service.polls.prepare("added")
    service.polls.annul("added", "示例：提案人撤回")
    service.record_departure(LEAVES_EARLY)


def _write_records(chamber: Chamber, signer: ReceiptSigner, folder: Path) -> None:
    boards, sitting = chamber.service.boards, chamber.service.sitting
    statements, persons = CountStatements(boards, signer), Persons(chamber.plan, boards, signer)
    for poll in FORMS:
        board = boards.get(poll)
        if board is not None:
            (folder / f"{poll}.bel").write_bytes(board.archive())
        (folder / f"{poll}.count.json").write_bytes(statements.of(poll, sitting))
    mine = [persons.me(Principal(Role.DELEGATE, d.number), sitting).polls for d in chamber.plan.roster.delegates]
    for poll in boards.digests():
        found = [polls[poll].receipt for polls in mine if poll in polls]
        receipts = [msgspec.to_builtins(receipt) for receipt in found if receipt is not None]
        (folder / f"{poll}.receipts.json").write_text(json.dumps(receipts, indent=1), encoding="utf-8")


def _fail(error: BaseException) -> None:
    raise error


if __name__ == "__main__":
    make(KEPT / sys.argv[1])
