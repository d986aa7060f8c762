"""The container of the public record: an old v7 tar without magic and without trailing blocks.

Specification: "Public data". The first entry is ``BELENIOS`` (version, timestamp); then come
``<sha256>.data.json`` and ``<sha256>.event.json``. There is exactly one way to write a record, and
the reader accepts no other: Python's tarfile is not strict enough to read it and cannot write it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from voting.tally.errors import CheckFailed, TallyError
from voting.tally.json_form import dump, load, sha256_hex

MAX_ARCHIVE_BYTES = 1 << 28
"""256 MiB: about ten thousand ballots in the larger group."""

MAX_DOCUMENT_BYTES = 1 << 25
"""32 MiB: a shuffle of ten thousand ballots in any group."""
MAX_DOCUMENT_PARTS = 1_000_000
"""The commas and opening brackets of one document, hence about how many values there are: what reading it costs."""

_BLOCK = 512
_LARGEST_NUMBER = 8**11
_NAME = re.compile(r"([0-9a-f]{64})\.(data|event)\.json")


class Entry(NamedTuple):
    """One document of the record: ``kind`` is "data" or "event", ``digest`` the hex SHA-256 of ``raw``."""

    kind: str
    digest: str
    raw: bytes


@dataclass(frozen=True)
class Container:
    """What check 1 yields: the header document and the entries after it, their names verified."""

    timestamp: int
    header: bytes
    entries: tuple[Entry, ...]


def make_entry(kind: str, raw: bytes) -> Entry:
    """An entry under the name that its contents give it."""
    return Entry(kind, sha256_hex(raw), raw)


def write_container(entries: Iterable[Entry], timestamp: int) -> bytes:
    """The file's bytes. ``timestamp``: seconds since 1970. Raises ValueError when a number does not fit."""
    header = dump({"version": 1, "timestamp": str(timestamp)})
    parts = [_file("BELENIOS", header, timestamp)]
    parts += [_file(f"{entry.digest}.{entry.kind}.json", entry.raw, timestamp) for entry in entries]
    return b"".join(parts)


def read_container(data: bytes) -> Container:
    """Check 1: the file is written exactly as ``write_container`` writes it. Raises CheckFailed(1)."""
    if not 0 < len(data) <= MAX_ARCHIVE_BYTES:
        raise broken(f"the file has {len(data)} bytes; 1 to {MAX_ARCHIVE_BYTES} are possible")
    files = _read_files(data)
    name, header, timestamp = next(files)
    if name != "BELENIOS":
        raise broken("the first entry is not called BELENIOS")
    _check_header(header, timestamp)
    return Container(timestamp, header, tuple(_to_entry(name, raw) for name, raw, _ in files))


def broken(detail: str) -> CheckFailed:
    """The refusal of check 1."""
    return CheckFailed(1, "archive_format", detail)


def _check_header(raw: bytes, timestamp: int) -> None:
    try:
        header = load(raw)
    except TallyError as error:
        raise broken(f"the BELENIOS header is {error.detail}") from None
    stated = header if isinstance(header, dict) else {}
    version = stated.get("version")
    if version != 1 or version is True or stated.get("timestamp") != str(timestamp):
        raise broken("the BELENIOS header is not of version 1 with the file's timestamp")


def _to_entry(name: str, raw: bytes) -> Entry:
    found = _NAME.fullmatch(name)
    if found is None:
        raise broken("an entry is neither <hash>.data.json nor <hash>.event.json")
    entry = make_entry(found[2], raw)
    if entry.digest != found[1]:
        raise broken(f"the contents of {name} do not have the hash in its name")
    return entry


def _read_files(data: bytes) -> Iterator[tuple[str, bytes, int]]:
    position = 0
    timestamp: int | None = None
    while position < len(data):
        block = data[position : position + _BLOCK]
        name = block.split(b"\0", 1)[0].decode("latin-1")
        size = _octal(block[124:135])
        timestamp = _octal(block[136:147]) if timestamp is None else timestamp
        if block != _block(name, size, timestamp):
            raise broken(f"the tar header at byte {position} is not written as it must be")
        start = position + _BLOCK
        position = start + size + -size % _BLOCK
        if position > len(data) or any(data[start + size : position]):
            raise broken(f"the entry at byte {start} is cut short or not padded with zeros")
        raw = data[start : start + size]
        if size > MAX_DOCUMENT_BYTES or sum(map(raw.count, (b",", b"[", b"{"))) > MAX_DOCUMENT_PARTS:
            raise broken(f"the document at byte {start} is larger than any that a poll needs")
        yield name, raw, timestamp


def _octal(digits: bytes) -> int:
    if not re.fullmatch(rb"[0-7]{11}", digits):
        raise broken("a tar header holds something other than octal numbers")
    return int(digits, 8)


def _file(name: str, raw: bytes, timestamp: int) -> bytes:
    return _block(name, len(raw), timestamp) + raw + bytes(-len(raw) % _BLOCK)


def _block(name: str, size: int, timestamp: int) -> bytes:
    if not (0 <= size < _LARGEST_NUMBER and 0 <= timestamp < _LARGEST_NUMBER):
        raise ValueError("a number does not fit into the tar header")
    block = bytearray(_BLOCK)
    fields = {0: name.encode("latin-1"), 100: b"0000644", 108: b"0000000", 116: b"0000000"}
    fields |= {124: b"%011o" % size, 136: b"%011o" % timestamp, 148: b" " * 8, 156: b"0"}
    for offset, text in fields.items():
        block[offset : offset + len(text)] = text
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)
