"""Whether the sitting can go on: the server asks its own journal every second, and /healthz tells.

An idle server would not notice a disk that went read-only or a database that was removed; the probe does, and the
journal stops as at any other failed commit.
"""

import time
from collections.abc import Callable
from enum import StrEnum

import gevent

from voting.storage.journal.chain import Unit
from voting.storage.journal.port import Journal, JournalFailed
from voting.storage.journal.stopping import StopReason

PROBE_SECONDS = 1.0
STALLED_SECONDS = 5.0


class HealthProblem(StrEnum):
    """What is wrong while the journal has not failed."""

    STALLED = "stalled"


class Health:
    """Of one journal. clock: seconds, monotonic."""

    def __init__(self, journal: Journal, clock: Callable[[], float] = time.monotonic) -> None:
        self._journal, self._clock = journal, clock
        self._answered = clock()

    def problem(self) -> StopReason | HealthProblem | None:
        """Why the sitting cannot go on now; None while it can."""
        stopped = self._journal.stopped()
        if stopped is not None:
            return stopped
        waits = self._clock() - self._answered > STALLED_SECONDS
        return HealthProblem.STALLED if waits else None

    def probe(self) -> None:
        """Send nothing through the journal to the disk, and note when it arrived. Raises JournalFailed."""
        self._journal.append(Unit(events=())).wait()
        self._answered = self._clock()

    def watch(self) -> None:
        """Probe for ever, in a greenlet of its own, until the journal takes nothing more."""
        while True:
            gevent.sleep(PROBE_SECONDS)
            try:
                self.probe()
            except JournalFailed:
                return
