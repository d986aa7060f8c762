"""How much one connection and one person may ask for. Pure: times are seconds of a clock that only goes forward.

Law: in any span of t seconds a bucket gives at most `burst + per_second * t`; who keeps to the rate is never refused.
"""

from enum import Enum, auto

import msgspec

from voting.congress import limits


class Rate(msgspec.Struct, frozen=True):
    """So many for good, and so many at once after a rest."""

    per_second: float
    burst: float


class Bucket:
    """Tokens that come back at a rate; full at first."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._level = rate.burst
        self._at: float | None = None

    def has(self, now: float, amount: float = 1) -> bool:
        """Whether there is as much. A clock that went back brings nothing and takes nothing."""
        since = now - self._at if self._at is not None else 0.0
        if since >= 0:
            self._at = now
            self._level = min(self._rate.burst, self._level + since * self._rate.per_second)
        return amount <= self._level

    def take(self, now: float, amount: float = 1) -> bool:
        """Whether there was as much, which is gone then."""
        if not self.has(now, amount):
            return False
        self._level -= amount
        return True

    def wait_for(self, now: float, amount: float = 1) -> float:
        """Take as much, also of what is still to come: in how many seconds it is there. Who asks later waits longer."""
        self.has(now, amount)
        self._level -= amount
        return max(0.0, -self._level / self._rate.per_second)


class Verdict(Enum):
    """What becomes of a request."""

    CARRY_OUT = auto()
    REFUSE = auto()
    DISCONNECT = auto()


REQUESTS = Rate(limits.REQUESTS_PER_SECOND, 2 * limits.REQUESTS_PER_SECOND)
PERSONS = Rate(limits.REQUESTS_PER_SECOND_OF_A_PERSON, 2 * limits.REQUESTS_PER_SECOND_OF_A_PERSON)
FRAMES, BYTES = Rate(per_second=50, burst=100), Rate(per_second=1 << 20, burst=8 << 20)
"""Of whatever a connection sends, requests or not; who sends more is read later. The largest request has 1.5 MB."""
STRANGERS_MESSAGES, STRANGERS_VISITS = Rate(per_second=300, burst=600), Rate(per_second=300, burst=1000)
"""Of all lines together on which nobody has logged in, which take turns: messages on websockets, and HTTP requests, of
which each websocket begins with one."""
PATIENCE = Rate(per_second=1, burst=100)
"""Refusals for want of budget; who goes on beyond them is cut off."""


class ConnectionBudget:
    """What is left to one connection."""

    def __init__(self) -> None:
        self._requests = Bucket(REQUESTS)
        self._patience = Bucket(PATIENCE)
        self._in_flight = 0

    def begin(self, now: float, person: Bucket | None) -> Verdict:
        """One more request; what is to be carried out must be told of by `end`.

        person: the bucket of whom the connection acts for; None where it acts for nobody in particular.
        """
        if self.has_left(now) and (person is None or person.take(now)):
            self._requests.take(now)
            self._in_flight += 1
            return Verdict.CARRY_OUT
        return Verdict.REFUSE if self._patience.take(now) else Verdict.DISCONNECT

    def has_left(self, now: float) -> bool:
        """Whether the next request would be within what the connection itself may ask for."""
        return self._in_flight < limits.REQUESTS_IN_FLIGHT and self._requests.has(now)

    def end(self) -> None:
        """A request that was carried out has been answered."""
        self._in_flight -= 1


class Coalesced:
    """Something that is done at once, and then at most every `seconds`, however often it is asked for."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._at: float | None = None  # when it was done, or will be

    def ask(self, now: float) -> float | None:
        """In how many seconds to do it; None when one that was asked for before is still to come."""
        if self._at is None:
            self._at = now
            return 0.0
        if self._at > now:
            return None
        self._at = max(now, self._at + self._seconds)
        return self._at - now
