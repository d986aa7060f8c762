"""A sitting's record from its database, read-only and without a server; a running one is not disturbed."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from voting.record.boards import BoardDiffers, Boards
from voting.record.count_statement import make_statement
from voting.reports.record import PollRecord, SittingRecord, record_of, with_digests, with_statements
from voting.sitting.events import AnyEvent
from voting.sitting.machine import Sitting, evolve
from voting.sitting.poll import Medium
from voting.storage.data_dir import DataDir
from voting.storage.engine import open_engine
from voting.storage.journal.chain import JournalBroken, check_chain
from voting.storage.server_key import ReceiptSigner
from voting.storage.tables.ballots import read_ballot
from voting.storage.tables.journal import read_rows


class RecordRefused(Exception):  # noqa: N818 - a refusal, as everywhere else
    """Why there is no record to report from; ``code`` is a stable word."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def read_record(database: Path) -> SittingRecord:
    """Check the journal's chain, rebuild every board and fold the journal. Raises RecordRefused."""
    engine = open_engine(database)
    try:
        return _with_signed_counts(_record(engine), DataDir(database.parent).signing_key)
    except JournalBroken as broken:
        raise RecordRefused("journal_broken", f"the journal does not hold: {broken}") from None
    except BoardDiffers as differs:
        raise RecordRefused("board_differs", str(differs)) from None
    except SQLAlchemyError as error:
        raise RecordRefused("database_unusable", f"{database} cannot be read: {type(error).__name__}") from None
    finally:
        engine.dispose()


def _record(engine: Engine) -> SittingRecord:
    boards = Boards(lambda poll, tracker: read_ballot(engine, poll, tracker))
    try:
        record = record_of(_replayed(engine, boards))
    except ValueError:
        raise RecordRefused("no_sitting", "the journal is empty") from None
    return with_digests(record, boards.digests())


def _with_signed_counts(record: SittingRecord, key: Path) -> SittingRecord:
    """Signed counts are the same bytes whenever they are made, so they need no server: its key lies with its data."""
    by_hand = {id: poll for id, poll in record.polls.items() if _has_hand_count(poll)}
    if not by_hand or not key.is_file():
        return record
    signer = ReceiptSigner.load(key)
    statements = {
        id: make_statement(
            record.sitting,
            id,
            archive_sha256=poll.archive_sha256 or "",
            server_key=signer.public_hex,
            sign=signer.sign,
        )
        for id, poll in by_hand.items()
    }
    return with_statements(record, {id: sha256(raw).hexdigest() for id, raw in statements.items()})


def _has_hand_count(poll: PollRecord) -> bool:
    count = poll.progress.count
    return count is not None and count.medium is not Medium.ELECTRONIC


def _replayed(engine: Engine, boards: Boards) -> Iterator[AnyEvent]:
    state: Sitting | None = None
    for row in check_chain(read_rows(engine)):
        state = evolve(state, row.event)
        boards.replay(row.event, state)
        yield row.event
