"""Until when the server was alive, by its own clock: one number in a file of its own, written anew every second.

It tells the next start how long a poll had stood open, whatever happened to the clock or the machine in between. It
proves nothing: it is written in place and without fsync, and where it is missing or damaged the journal's last row
stands.
"""

import contextlib
import os
import re
from pathlib import Path

from voting.storage.private_files import write_private

_LINE = re.compile(rb"\d{20}\n")


def read_alive(path: Path) -> int:
    """Unix ms, 0 where nobody knows. Raises OSError."""
    if not path.exists():
        return 0
    raw = path.read_bytes()
    return int(raw) if _LINE.fullmatch(raw) else 0


class LastAlive:
    """The file of one running server. Raises OSError when it cannot be made."""

    def __init__(self, path: Path, at: int) -> None:
        write_private(path, _line(at))
        self._descriptor = os.open(path, os.O_WRONLY)

    def put(self, at: int) -> None:
        """Note it, unless it is closed. A disk that takes nothing ends the server elsewhere, where it matters."""
        if self._descriptor >= 0:
            with contextlib.suppress(OSError):
                os.pwrite(self._descriptor, _line(at), 0)

    def close(self) -> None:
        """Let go of the file; its number may be another file's at once."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _line(at: int) -> bytes:
    return f"{at:020}\n".encode()
