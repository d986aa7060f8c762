"""The server's clock, and the watch over the system's.

Law: one run of the server measures everything with one clock that runs on evenly. So a deadline keeps its length and no
row of a run is earlier than the one before it, whatever is done to the system's clock meanwhile; people are told of it.
"""

import time
from collections.abc import Callable

import gevent

from voting.server.log import ClockMoved, Log
from voting.storage.last_alive import LastAlive

TOLERANCE_MS = 2_000
"""Less than this between two clocks is no step: one may have been asked later than the other."""
LOOK_SECONDS = 1.0


def system_ms() -> int:
    """The system's clock, in Unix ms."""
    return time.time_ns() // 1_000_000


def look_for_ever(*looks: Callable[[], None]) -> None:
    """Call each of them every second, in a greenlet of its own."""
    while True:
        for look in looks:
            look()
        gevent.sleep(LOOK_SECONDS)


class SteadyClock:
    """Unix ms: what the system's clock said at the start, and the time that has passed since.

    passed: seconds that never go back or jump.
    """

    def __init__(self, system: Callable[[], int] = system_ms, passed: Callable[[], float] = time.monotonic) -> None:
        self._passed = passed
        self._start = system() - round(passed() * 1000)

    def __call__(self) -> int:
        return self._start + round(self._passed() * 1000)


class ClockWatch:
    """Compares the system's clock with the server's. reached: where the record that was taken up ends."""

    def __init__(
        self, clock: SteadyClock, alive: LastAlive, reached: int, log: Log, system: Callable[[], int] = system_ms
    ) -> None:
        self.clock = clock
        self._alive, self._reached = alive, reached
        self._system, self._log = system, log
        self._listeners: list[Callable[[], None]] = []
        self._behind = min(0, clock() - reached)
        self._off = 0

    @property
    def off(self) -> int:
        """Seconds by which the system's clock is ahead of the server's; below 0 behind it, or behind the record."""
        return self._off

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` when `off` has changed."""
        self._listeners.append(listener)

    def look(self) -> None:
        """Note that the server is alive, and whether the clock was moved."""
        self._alive.put(self.clock())
        off = self._difference()
        if abs(off - self._off) * 1000 < TOLERANCE_MS and (off == 0) == (self._off == 0):
            return
        self._off = off
        self._log.write(ClockMoved(seconds=off))
        for listener in self._listeners:
            listener()

    def _difference(self) -> int:
        now = self.clock()
        ahead = self._system() - now
        if abs(ahead) < TOLERANCE_MS:
            ahead = self._behind if now < self._reached else 0
        return 0 if abs(ahead) < TOLERANCE_MS else round(ahead / 1000)
