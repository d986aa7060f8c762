"""Which connections are kept when there are too many. Pure: knows them by their remote address and port.

Law: nobody who is known is shed for anybody who is not; among strangers the oldest goes first, whether silent, half a
request, or a page of the public.
"""

import msgspec

from voting.server.addresses import device_key, is_this_machine

Place = tuple[str, int]
"""Remote address and port of a connection."""


class Capacity(msgspec.Struct, frozen=True):
    """How many connections there may be: from one address, and in all. This machine counts for no address.

    An IPv6 address counts by its first 64 bits, since one line is given as many.
    """

    per_address: int
    total: int


class Admission:
    """All open connections, plain HTTP and websockets."""

    def __init__(self, capacity: Capacity) -> None:
        self._capacity = capacity
        self._of_address: dict[str, int] = {}
        self._strangers: dict[Place, None] = {}  # oldest first
        self._known: set[Place] = set()

    def admit(self, place: Place) -> tuple[bool, Place | None]:
        """Whether this one may stay, and which other one must be shed for it."""
        address = _counted_as(place[0])
        if address is not None and self._of_address.get(address, 0) >= self._capacity.per_address:
            return False, None
        shed = None
        if len(self._strangers) + len(self._known) >= self._capacity.total:
            shed = next(iter(self._strangers), None)
            if shed is None:
                return False, None
            self.ended(shed)
        self._strangers[place] = None
        if address is not None:
            self._of_address[address] = self._of_address.get(address, 0) + 1
        return True, shed

    def know(self, place: Place) -> None:
        """Somebody logged in speaks on it."""
        if place in self._strangers:
            del self._strangers[place]
            self._known.add(place)

    def ended(self, place: Place) -> None:
        """It is closed; one that was not admitted, or shed already, changes nothing."""
        if place not in self._strangers and place not in self._known:
            return
        self._strangers.pop(place, None)
        self._known.discard(place)
        address = _counted_as(place[0])
        if address is not None:
            self._of_address[address] -= 1
            if not self._of_address[address]:
                del self._of_address[address]


def _counted_as(address: str) -> str | None:
    """None for this machine."""
    return None if is_this_machine(address) else device_key(address)
