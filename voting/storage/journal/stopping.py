"""Why a journal takes nothing more, in a closed list."""

import errno
import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError


class StopReason(StrEnum):
    """What stopped a journal; the values are stable words for /healthz, the log and scripts."""

    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    VANISHED = "vanished"
    FAILED = "failed"


class StorageVanished(Exception):
    """A file of the storage was removed or replaced while it was in use; what is written to it reaches nobody."""


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_BY_SQLITE = {
    sqlite3.SQLITE_FULL: StopReason.DISK_FULL,
    sqlite3.SQLITE_READONLY: StopReason.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: StopReason.VANISHED,
}


def reason_of(error: BaseException) -> StopReason:
    """The kind of a storage's error; FAILED where it is none of those that have a remedy of their own."""
    if isinstance(error, StorageVanished | FileNotFoundError):
        return StopReason.VANISHED
    if isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.Error):
        # An extended code has the primary one in its lowest byte: https://www.sqlite.org/rescode.html
        primary = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        return _BY_SQLITE.get(primary, StopReason.FAILED)
    if isinstance(error, OSError):
        if error.errno in _FULL:
            return StopReason.DISK_FULL
        return StopReason.READ_ONLY if error.errno == errno.EROFS else StopReason.FAILED
    return StopReason.FAILED
