"""Whether the files of a running database still stand at their paths.

SQLite goes on writing into a file that was removed or replaced, and reports success: what is then acknowledged is in no
file that anybody will open again.
"""

from pathlib import Path

from voting.storage.journal.stopping import StorageVanished


class InPlace:
    """The database and its write-ahead log, as they are at the first look; each look costs two stats."""

    def __init__(self, database: Path) -> None:
        self._paths = (database, database.with_name(f"{database.name}-wal"))
        self._first: tuple[tuple[int, int], ...] | None = None

    def require(self) -> None:
        """Raise StorageVanished unless both stand where they stood at the first call, which follows a commit."""
        now = tuple(map(_identity, self._paths))
        if self._first is None:
            self._first = now
        if now != self._first:
            raise StorageVanished("the database or its write-ahead log was removed or replaced")


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:
        raise StorageVanished(f"{path.name} was removed") from None
    return status.st_dev, status.st_ino
