"""Who is connected now: which connection acts for whom and sees what. Nothing of it outlives the process."""

import msgspec

from voting.server.http.access import Principal
from voting.server.live.shares import Line
from voting.wire.roles import AT_A_SEAT, Audience


class Connection(msgspec.Struct, frozen=True):
    """One introduction on a line. sid: socket id; who acts, and sees what; generation: of the token they showed."""

    sid: str
    who: Principal
    audience: Audience
    line: Line
    generation: int = 0


class Connections:
    """All connections by socket id and by person."""

    def __init__(self) -> None:
        self._by_sid: dict[str, Connection] = {}
        self._by_person: dict[Principal, dict[str, None]] = {}  # oldest first

    def add(self, connection: Connection) -> None:
        """A connection was accepted."""
        self._by_sid[connection.sid] = connection
        self._by_person.setdefault(connection.who, {})[connection.sid] = None

    def remove(self, sid: str) -> None:
        """A connection ended; unknown ones were never accepted."""
        connection = self._by_sid.pop(sid, None)
        if connection is None:
            return
        sids = self._by_person[connection.who]
        sids.pop(sid, None)
        if not sids:
            del self._by_person[connection.who]

    def get(self, sid: str) -> Connection | None:
        """The connection with this socket id."""
        return self._by_sid.get(sid)

    def of(self, who: Principal) -> tuple[str, ...]:
        """Socket ids of this person's connections, the oldest first."""
        return tuple(self._by_person.get(who, ()))

    def doubled(self) -> frozenset[str]:
        """Numbers of the delegates and observers with more than one connection."""
        return frozenset(
            who.subject for who, sids in self._by_person.items() if who.role in AT_A_SEAT and len(sids) > 1
        )

    def online(self) -> frozenset[str]:
        """Numbers of the delegates and observers whose terminal is connected."""
        return frozenset(who.subject for who in self._by_person if who.role in AT_A_SEAT)
