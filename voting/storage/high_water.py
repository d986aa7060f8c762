"""The high-water mark: which row of the journal was durable last, kept in a file of its own beside the database.

A database that was taken back to an earlier copy, lost its write-ahead log or was written anew is whole in itself; that
it is not the one this server acknowledged from is seen only from outside of it. Two slots are written in turn, in place
and with fsync, after each commit and before anybody is told of it; so the mark is never ahead of what is durable, and a
power cut spoils at most the older slot's successor. Text, for people to read: count, row, hash, checksum.
"""

import contextlib
import hashlib
import os
import re
from pathlib import Path
from typing import NamedTuple

from voting.storage.journal.chain import GENESIS
from voting.storage.journal.stopping import StorageVanished
from voting.storage.private_files import write_private

_SLOT_BYTES = 128
_LINE = re.compile(rb"(\d{20}) (\d{20}) ([0-9a-f]{64}) ([0-9a-f]{16}) *\n")


class MarkDamaged(Exception):
    """The file holds no mark that can be read."""


class Mark(NamedTuple):
    """A durable row of the journal; (0, GENESIS) before the first."""

    seq: int
    hash: str


BEFORE_ALL = Mark(0, GENESIS)
"""Of a journal without a row."""


def read_mark(path: Path) -> Mark | None:
    """The newest mark in the file, None where there is no file. Raises MarkDamaged and OSError."""
    if not path.exists():
        return None
    raw = path.read_bytes()
    slots = [_read_slot(raw[at : at + _SLOT_BYTES]) for at in (0, _SLOT_BYTES)]
    marks = [slot for slot in slots if slot is not None]
    if not marks or len(raw) != 2 * _SLOT_BYTES:
        raise MarkDamaged
    return max(marks)[1]


class HighWater:
    """The file of one running server, which begins it anew at `mark`. Raises OSError."""

    def __init__(self, path: Path, mark: Mark) -> None:
        write_private(path, _slot(0, mark) + _slot(1, mark))
        self._path, self._count = path, 1
        self._descriptor = os.open(path, os.O_RDWR)

    def put(self, mark: Mark) -> None:
        """Durable when it returns. Raises StorageVanished when the file is no longer at its place, and OSError."""
        require_in_place(self._path, self._descriptor)
        self._count += 1
        os.pwrite(self._descriptor, _slot(self._count, mark), self._count % 2 * _SLOT_BYTES)
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Let go of the file; closing again does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def require_in_place(path: Path, descriptor: int) -> None:
    """Raise StorageVanished unless the file open here still stands at its path."""
    with contextlib.suppress(FileNotFoundError):
        if os.path.samestat(path.stat(), os.fstat(descriptor)):
            return
    raise StorageVanished(f"{path.name} was removed or replaced")


def _slot(count: int, mark: Mark) -> bytes:
    text = f"{count:020} {mark.seq:020} {mark.hash} "
    return f"{text}{_checksum(text)}".ljust(_SLOT_BYTES - 1).encode() + b"\n"


def _read_slot(raw: bytes) -> tuple[int, Mark] | None:
    found = _LINE.fullmatch(raw)
    if found is None:
        return None
    count, seq, head, checksum = (part.decode() for part in found.groups())
    if _checksum(f"{count} {seq} {head} ") != checksum:
        return None
    return int(count), Mark(int(seq), head)


def _checksum(text: str) -> str:
    """Against a torn write, not against anybody."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
