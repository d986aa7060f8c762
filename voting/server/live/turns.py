"""Strangers one after another, each when nobody else waits to be served.

Law: between two turns everything else that is ready is served first; nobody waits for longer than LONGEST_SECONDS.
"""

import gevent
from gevent.lock import RLock

LONGEST_SECONDS = 2.0
"""A server that never rests serves strangers all the same: a delegate is one until logged in."""


class Turns:
    """Of all strangers of one server."""

    def __init__(self) -> None:
        self._one = RLock()

    def take(self, wait: float | None) -> None:
        """Return when it is the caller's turn, at the earliest in `wait` seconds; None: they wait for nobody."""
        if wait is None:
            return
        if wait:
            gevent.sleep(wait)
        longest = gevent.Timeout(LONGEST_SECONDS)
        try:
            with longest, self._one:
                gevent.idle()
        except gevent.Timeout as over:
            if over is not longest:
                raise
