"""The container of a sitting's record: a zip file in its one form.

Files are stored, not packed; nothing stands before, between or behind them; every date is the same. So equal contents
are equal bytes, no file can unpack to more than was read, and no two programs see different files in it: the reader
writes what it has read once more and compares.
"""

import re
import struct
import zlib
from collections.abc import Mapping

MAX_SITTING_BYTES = 1 << 29
"""Of the whole file: two polls of the largest size that a record may have, or hundreds of usual ones."""
MAX_FILES = 2003
"""1000 polls with a record and a count each, and what stands beside them."""
MAX_NAME_BYTES = 100

_PART = r"[0-9a-z][0-9a-z.-]*"
_NAME = re.compile(rf"(?:{_PART}/){{0,2}}{_PART}")
"""Relative, of lower-case letters that every file system holds apart; no part begins with a dot."""

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_BESIDE_EACH = _LOCAL.size + _CENTRAL.size + 2 * MAX_NAME_BYTES
_VERSION, _DATE = 20, (1 << 5) | 1
"""Of the format: version 2.0; 1 January 1980, the first day that a zip file can name."""


class NoContainer(Exception):
    """The file is no zip file in its one form; the text says why."""


def write_files(files: Mapping[str, bytes]) -> bytes:
    """The zip file of these files, in this order. Raises ValueError for names or sizes that no reader would take."""
    problem = _problem_of(files)
    if problem is not None:
        raise ValueError(problem)
    written, listed, offset = [], [], 0
    for name, raw in files.items():
        encoded = name.encode()
        same = (_VERSION, 0, 0, 0, _DATE, zlib.crc32(raw), len(raw), len(raw), len(encoded), 0)
        local = _LOCAL.pack(b"PK\x03\x04", *same) + encoded
        listed.append(_CENTRAL.pack(b"PK\x01\x02", _VERSION, *same, 0, 0, 0, 0, offset) + encoded)
        written += [local, raw]
        offset += len(local) + len(raw)
    directory = b"".join(listed)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(files), len(files), len(directory), offset, 0)
    return b"".join([*written, directory, end])


def read_files(raw: bytes) -> dict[str, bytes]:
    """The files by name, in the order in which they stand. Raises NoContainer."""
    if len(raw) > MAX_SITTING_BYTES:
        raise NoContainer(f"it is larger than {MAX_SITTING_BYTES} bytes")
    files: dict[str, bytes] = {}
    place = 0
    while raw[place : place + 4] == b"PK\x03\x04":
        if len(files) == MAX_FILES:
            raise NoContainer(f"it holds more than {MAX_FILES} files")
        name, content, place = _file_at(raw, place)
        if name in files:
            raise NoContainer("a name occurs twice")
        files[name] = content
    problem = _problem_of(files)
    if problem is not None:
        raise NoContainer(problem)
    if write_files(files) != raw:
        raise NoContainer("it is not written in its one form: stored files, without dates, and nothing beside them")
    return files


def _file_at(raw: bytes, place: int) -> tuple[str, bytes, int]:
    """Name and content of the file whose header stands here, and where the next one stands."""
    if len(raw) - place < _LOCAL.size:
        raise NoContainer("it is cut short")
    header = _LOCAL.unpack_from(raw, place)
    size, named = header[8], header[9]
    start = place + _LOCAL.size
    end = start + named + size
    if named > MAX_NAME_BYTES or end > len(raw):
        raise NoContainer("a file is cut short, or its name is too long")
    try:
        name = raw[start : start + named].decode("ascii")
    except UnicodeDecodeError:
        raise NoContainer("a file is named otherwise than in ASCII") from None
    return name, raw[start + named : end], end


def _problem_of(files: Mapping[str, bytes]) -> str | None:
    if not 0 < len(files) <= MAX_FILES:
        return f"it holds {len(files)} files; 1 to {MAX_FILES} are possible"
    for name in files:
        if len(name) > MAX_NAME_BYTES or not _NAME.fullmatch(name):
            return "a file's name is none that a sitting's record can hold"
    if sum(map(len, files.values())) + len(files) * _BESIDE_EACH > MAX_SITTING_BYTES:
        return f"it is larger than {MAX_SITTING_BYTES} bytes"
    return None
