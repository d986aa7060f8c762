"""A text file to append to that never outgrows its bound: what is older moves to `.1`, `.2`, ..., and then goes."""

import io
from pathlib import Path

from voting.storage.private_files import open_private


class RotatingFile(io.TextIOBase):
    """Appends whole lines. The files together have at most `(kept + 1) * limit` bytes, and one line more each."""

    def __init__(self, path: Path, limit: int, kept: int) -> None:
        """limit: bytes of one file; kept: how many older ones stay beside it."""
        self._path, self._limit, self._kept = path, limit, kept
        self._file = open_private(path)
        self._size = path.stat().st_size

    def write(self, text: str) -> int:
        """Append; begin a new file first when this one is full. Raises OSError."""
        if self._size >= self._limit and text.strip():
            self._rotate()
        self._size += len(text.encode())
        return self._file.write(text)

    def flush(self) -> None:
        """Hand what was written to the system; again after the end, which changes nothing."""
        if not self._file.closed:
            self._file.flush()

    def close(self) -> None:
        """End."""
        super().close()
        self._file.close()

    def _rotate(self) -> None:
        self._file.close()
        for number in range(self._kept, 1, -1):
            older = self._numbered(number - 1)
            if older.exists():
                older.replace(self._numbered(number))
        self._path.replace(self._numbered(1))
        self._file, self._size = open_private(self._path), 0

    def _numbered(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{number}")
