"""What a socket frame may look like: plain events with at most one JSON argument, by names the server knows.

Whatever else arrives - broken JSON, binary attachments, reserved or unknown event names - becomes the event MALFORMED,
which is answered by a coded refusal like any request.
"""

from typing import Any

import msgspec
from socketio.packet import CONNECT, DISCONNECT, EVENT, Packet

MALFORMED = "malformed"


class Json:
    """msgspec behind the two functions of the json module that socket.io calls; messages may be wire structs."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        """Compact JSON text."""
        return msgspec.json.encode(value).decode()

    @staticmethod
    def loads(text: str) -> Any:
        """Strict JSON. Raises ValueError (msgspec.DecodeError) or RecursionError."""
        return msgspec.json.decode(text)


_Packet: Any = Packet  # the library has no types


class StrictPacket(_Packet):  # type: ignore[misc]
    """A socket.io packet; `names` are the events the server handles."""

    uses_binary_events = False
    json = Json
    names: frozenset[str] = frozenset()

    def decode(self, encoded_packet: Any) -> int:
        """Read a frame; one that is not allowed is turned into the event MALFORMED. No attachments, ever."""
        try:
            super().decode(encoded_packet)
            allowed = self._is_allowed()
        except (ValueError, TypeError, RecursionError):
            allowed = False
        if not allowed:
            self.packet_type, self.data, self.namespace = EVENT, [MALFORMED], None
        return 0

    def _is_allowed(self) -> bool:
        if self.packet_type == CONNECT:
            return self.data is None or isinstance(self.data, dict)
        if self.packet_type == DISCONNECT:
            return True
        data = self.data
        is_request = self.packet_type == EVENT and isinstance(data, list) and 1 <= len(data) <= 2
        return is_request and isinstance(data[0], str) and data[0] in self.names


def strict_packets(names: frozenset[str]) -> type[StrictPacket]:
    """A packet class for a server that handles exactly these events."""
    return type("SittingPacket", (StrictPacket,), {"names": names})
