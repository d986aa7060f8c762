"""Wrong codes: how long a device has to wait after them, and when the console is told.

Law: a right code is never refused for what was tried before, so that nobody can lock the hall out. What keeps a code
from being guessed is its length, and that so many are looked at in a second and no more (ADR 0024 calculates it). The
waits spare the server, and the count of everybody's wrong codes tells the console that somebody tries.
"""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import ip_address

import msgspec

from voting.congress.refusal import refuse
from voting.server.addresses import device_key
from voting.wire.refusals import WireRefusal

CODES_PER_SECOND = 1_000
"""Looked at of devices with a wrong code of late, and as many of all others: more than one server answers anyway."""
FREE_ATTEMPTS = 5
"""Wrong codes of one device that cost no wait; then it doubles from one second on."""
LONGEST_WAIT = 60.0
FORGOTTEN_AFTER = 600.0
"""Seconds without a wrong code after which a device begins anew."""
MOST_DEVICES = 10_000
"""Devices remembered at once; the one that has been quiet longest gives way."""
ALARM_SECONDS = 600.0
ALARM_AT = 100
"""So many wrong codes of all devices within ALARM_SECONDS are an attack and no slips of the finger."""


def client_address(peer: str, forwarded: str, trusted: frozenset[str]) -> str:
    """Who asks: the peer itself, or whom a trusted proxy names last in X-Forwarded-For that is no trusted one."""
    address = peer
    for named in reversed([part.strip() for part in forwarded.split(",")]):
        if address not in trusted or not _is_address(named):
            return address
        address = named
    return address


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


class _Device(msgspec.Struct, frozen=True):
    """wrong: codes that lengthen its wait; last: when the last of them came; tried: all wrong ones, in waits too."""

    wrong: int = 0
    last: float = -math.inf
    tried: int = 0

    def failed(self, now: float) -> "_Device":
        return _Device(self.wrong + 1, now, self.tried + 1)

    def waited(self) -> "_Device":
        return _Device(self.wrong, self.last, self.tried + 1)


_FRESH = _Device()


class Attempts:
    """Wrong codes per device, and of all devices together. clock: seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._devices: OrderedDict[str, _Device] = OrderedDict()  # quiet for longest first
        self._recent: deque[float] = deque(maxlen=ALARM_AT)
        self._listeners: list[Callable[[str | None], None]] = []
        self._alarm: str | None = None
        self._second, self._looked_at = 0, [0, 0]

    def listen(self, listener: Callable[[str | None], None]) -> None:
        """Call `listener` with `alarm` when it is raised and when it ends."""
        self._listeners.append(listener)

    @property
    def alarm(self) -> str | None:
        """The device of which most wrong codes came, when so many came of late that the console must know."""
        return self._alarm

    def look(self) -> None:
        """Raise the alarm, or end it; to be called now and then, as it ends when nothing happens any more."""
        is_due = len(self._recent) == ALARM_AT and self._clock() - self._recent[0] <= ALARM_SECONDS
        if is_due == (self._alarm is not None):
            return
        self._alarm = max(self._devices, key=lambda device: self._devices[device].tried) if is_due else None
        for listener in self._listeners:
            listener(self._alarm)

    def require_turn(self, address: str) -> None:
        """Before a code is looked at. Raises Refused (too_many_attempts) when too many were within this second.

        Devices that had a wrong code of late take no turn from those that had none.
        """
        second, had_wrong = int(self._clock()), device_key(address) in self._devices
        if second != self._second:
            self._second, self._looked_at = second, [0, 0]
        if self._looked_at[had_wrong] >= CODES_PER_SECOND:
            raise refuse(WireRefusal.TOO_MANY_ATTEMPTS, seconds=1)
        self._looked_at[had_wrong] += 1

    def note_wrong(self, address: str) -> None:
        """Count one wrong code. Raises Refused (too_many_attempts) while its device has to wait."""
        now, device = self._clock(), device_key(address)
        known = self._devices.pop(device, _FRESH)
        if now - known.last > FORGOTTEN_AFTER:
            known = _FRESH
        left = known.last + _wait_after(known.wrong) - now
        self._devices[device] = known.waited() if left > 0 else known.failed(now)
        if len(self._devices) > MOST_DEVICES:
            self._devices.popitem(last=False)
        self._recent.append(now)
        self.look()
        if left > 0:
            raise refuse(WireRefusal.TOO_MANY_ATTEMPTS, seconds=math.ceil(left))


def _wait_after(wrong: int) -> float:
    """Seconds after so many wrong codes in a row."""
    beyond = wrong - FREE_ATTEMPTS
    return min(LONGEST_WAIT, float(2 ** min(beyond, 10))) if beyond >= 0 else 0.0
