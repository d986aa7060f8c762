"""The journal's rows: what a unit of work writes, and the chain of hashes that ties the rows together.

The hash of a row is the hex SHA-256 of the hash before it, a line feed and the event's JSON; before the first row stand
64 zeros.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from voting.sitting.events import AnyEvent
from voting.storage.journal.upcast import EventTooNew, decode_event

GENESIS = "0" * 64


class BallotRow(msgspec.Struct, frozen=True):
    """A ballot's exact bytes, kept under its tracker; storing the same one again changes nothing."""

    poll: str
    tracker: str
    body: bytes


class BoardRow(msgspec.Struct, frozen=True):
    """A verified ballot's place on the board: unique per (poll, height) and per (poll, credential, press).

    press: which ballot of the credential it is; more than one only where the last press counts.
    """

    poll: str
    height: int
    credential: str
    tracker: str
    press: int


class Unit(msgspec.Struct, frozen=True):
    """What one command writes, all or nothing."""

    events: tuple[AnyEvent, ...]
    ballots: tuple[BallotRow, ...] = ()
    board: tuple[BoardRow, ...] = ()


class JournalRow(msgspec.Struct, frozen=True):
    """One event in the chain; seq counts from 1 without gaps."""

    seq: int
    hash: str
    event: AnyEvent


class JournalBroken(Exception):
    """The stored chain does not hold at `seq`. Nothing repairs it; people decide."""

    def __init__(self, seq: int, detail: str) -> None:
        super().__init__(f"journal row {seq}: {detail}")
        self.seq = seq
        self.detail = detail


class JournalTooNew(Exception):
    """The chain holds, but a later release wrote the event at `seq`."""

    def __init__(self, seq: int, detail: str) -> None:
        super().__init__(f"journal row {seq}: {detail}")
        self.seq = seq


def encode_event(event: AnyEvent) -> bytes:
    """The event's JSON as the chain hashes it."""
    return msgspec.json.encode(event)


def chain_hash(previous: str, raw: bytes) -> str:
    """Hash of the row that holds `raw` after the row hashed `previous`."""
    return hashlib.sha256(previous.encode("ascii") + b"\n" + raw).hexdigest()


def check_chain(rows: Iterable[tuple[int, str, bytes]]) -> Iterator[JournalRow]:
    """Decode stored rows (seq, hash, event JSON) in order. Raises JournalBroken and JournalTooNew."""
    seq, head = 0, GENESIS
    for seq_stored, hash_stored, raw in rows:
        seq = seq + 1
        if not isinstance(raw, bytes):  # SQLite keeps any type in any column
            raise JournalBroken(seq, f"its event is stored as {type(raw).__name__} instead of bytes")
        head = chain_hash(head, raw)
        if seq_stored != seq:
            raise JournalBroken(seq, f"row missing: the next one is numbered {seq_stored}")
        if hash_stored != head:
            raise JournalBroken(seq, "its hash does not follow from the row before and its event")
        try:
            event = decode_event(raw)
        except EventTooNew as newer:
            raise JournalTooNew(seq, str(newer)) from None
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise JournalBroken(seq, f"unreadable event: {error}") from error
        yield JournalRow(seq, head, event)


class LinkedEvents(msgspec.Struct, frozen=True):
    """Rows of one unit with their stored JSON, side by side."""

    rows: tuple[JournalRow, ...]
    raws: tuple[bytes, ...]


def link(seq: int, head: str, events: Sequence[AnyEvent]) -> LinkedEvents:
    """Number and hash events as the rows that follow (seq, head)."""
    rows, raws = [], []
    for event in events:
        raw = encode_event(event)
        seq, head = seq + 1, chain_hash(head, raw)
        rows.append(JournalRow(seq, head, event))
        raws.append(raw)
    return LinkedEvents(tuple(rows), tuple(raws))
