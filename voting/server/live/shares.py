"""Whose turn it is: what each line, each person, and all strangers together may still ask of the server.

Law: strangers together never have more than their share, and take turns in it; who is logged in and keeps to their own
share waits for nobody. Who uses it up, or that of one line, is served there like a stranger: to refuse costs, too.
"""

from voting.congress.limits import RESYNC_SECONDS
from voting.server.http.access import PUBLIC, Principal
from voting.server.live.budgets import (
    BYTES,
    FRAMES,
    PERSONS,
    STRANGERS_MESSAGES,
    STRANGERS_VISITS,
    Bucket,
    Coalesced,
    ConnectionBudget,
)

LINE = "plenary.line"
"""Where the WSGI environment of a websocket has its Line."""


class Shares:
    """Of everybody. Times are seconds of a clock that only goes forward."""

    def __init__(self) -> None:
        self._messages, self._visits = Bucket(STRANGERS_MESSAGES), Bucket(STRANGERS_VISITS)
        self._persons: dict[Principal, Bucket] = {}  # outlives connections: who comes back has no more than before

    def of(self, who: Principal) -> Bucket | None:
        """What is left to this person over all their connections; None for the public, which is nobody."""
        return None if who == PUBLIC else self._persons.setdefault(who, Bucket(PERSONS))

    def visit(self, who: Principal, now: float) -> float | None:
        """One HTTP request: in how many seconds its turn among strangers comes; None: it waits for nobody."""
        person = self.of(who)
        return None if person is not None and person.take(now) else self._visits.wait_for(now)

    def message(self, now: float) -> float:
        """One message of a stranger: in how many seconds it may be looked at."""
        return self._messages.wait_for(now)


class Line:
    """One websocket, whoever speaks on it, and however often they introduce themselves. person: who did last."""

    def __init__(self, shares: Shares) -> None:
        self.budget = ConnectionBudget()
        self.snapshots = Coalesced(RESYNC_SECONDS)
        self.person: Bucket | None = None
        self._shares = shares
        self._frames, self._bytes = Bucket(FRAMES), Bucket(BYTES)

    def message(self, now: float) -> float | None:
        """In how many seconds the turn of its next message among strangers comes; None: it waits for nobody."""
        if self.person is not None and self.person.has(now) and self.budget.has_left(now):
            return None
        return self._shares.message(now)

    def read(self, now: float, frames: int, size: int) -> float:
        """As much has come: in how many seconds more may be read. What is not read stays with its sender."""
        return max(self._frames.wait_for(now, frames), self._bytes.wait_for(now, size))
