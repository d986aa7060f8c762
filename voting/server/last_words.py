"""How the server ends when its journal cannot be written: soon, whatever else fails with it.

The log and standard error often lie on the same full disk. Neither may keep the process alive: it would look as if it
served, and acknowledge nothing.
"""

import contextlib
import os
import sys
from collections.abc import Callable
from typing import TextIO

from gevent import monkey

from voting.server.log import JournalStopped, Log
from voting.storage.journal.stopping import reason_of

EXIT_JOURNAL_FAILED = 70
GOODBYE_SECONDS = 1.0
"""In which terminals are told that the server stops, and /healthz says why."""


def end_soon() -> None:
    """End the process after GOODBYE_SECONDS, from a native thread that needs neither event loop nor disk."""
    start: Callable[..., object] = monkey.get_original("_thread", "start_new_thread")
    start(_end, ())


def _end() -> None:
    sleep: Callable[[float], None] = monkey.get_original("time", "sleep")
    sleep(GOODBYE_SECONDS)
    os._exit(EXIT_JOURNAL_FAILED)


def fail_stop(log: Log, end: Callable[[], None] = end_soon) -> Callable[[BaseException], None]:
    """What a journal calls when a commit fails: first the end is certain, then it is told."""

    def stop(error: BaseException) -> None:
        end()
        log.write(JournalStopped(reason=reason_of(error).value, error=repr(error)))

    return stop


class Unfailing:
    """A text stream whose writes are lost rather than raised where the disk does not take them."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write what the disk takes."""
        with contextlib.suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush what the disk takes."""
        with contextlib.suppress(OSError):
            self._stream.flush()


def shield_standard_error() -> None:
    """For the server's process: nothing that prints an error fails for the disk that standard error lies on."""
    sys.stderr = Unfailing(sys.stderr)
