"""What reports are made from, read from a sitting's data directory."""

from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from voting.congress.law.question import Medium
from voting.record.count_statement import make_statement
from voting.reports.record import PollRecord, SittingRecord, record_of, with_statements
from voting.storage.data_dir import DataDir
from voting.storage.reading import ReadingProblem, RecordRefused, read_sitting
from voting.storage.server_key import KeyDamaged, ReceiptSigner

__all__ = ["RecordRefused", "read_record"]


def read_record(database: Path) -> SittingRecord:
    """The sitting's record, checked and rebuilt from its journal. Raises RecordRefused."""
    replayed = read_sitting(database)
    record = record_of(replayed.sitting, replayed.at, replayed.published.digests())
    key = DataDir(database.parent).signing_key
    if not key.is_file():
        return record
    try:
        signer = ReceiptSigner.load(key)
    except KeyDamaged as damaged:
        raise RecordRefused(ReadingProblem.KEY_DAMAGED, str(damaged)) from None
    return _with_signed_counts(replace(record, server_key=signer.public_hex), signer)


def _with_signed_counts(record: SittingRecord, signer: ReceiptSigner) -> SittingRecord:
    """Signed counts are the same bytes whenever they are made, so they need no server: its key lies with its data."""
    by_hand = {id: poll for id, poll in record.polls.items() if _has_hand_count(poll)}
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
