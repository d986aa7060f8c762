"""Readers of what arrives over the network: the bytes of a websocket, and the frames in it."""

from io import BytesIO
from pathlib import Path
from typing import Any

from socketio.packet import CONNECT, DISCONNECT

from voting.congress.refusal import Refused
from voting.server.http.access import Principal
from voting.server.live.frames import MALFORMED, Json, strict_packets
from voting.server.live.requests import HANDLERS
from voting.server.live.shares import Shares
from voting.server.live.turns import Turns
from voting.server.live.websocket import MAX_FRAME_BYTES, GeventWebSocket
from voting.wire.refusals import WireRefusal
from voting.wire.roles import Role

SCRUTINEER = Principal(Role.SCRUTINEER, "1")
SittingPacket = strict_packets(frozenset(HANDLERS))


class Anything:
    """A sitting that carries out whatever is asked."""

    def __getattr__(self, name: str) -> "Anything":
        return Anything()

    def __call__(self, *arguments: object) -> "Anything":
        return Anything()


def read_frame(raw: bytes, _folder: Path) -> object:
    """A text frame: connecting, leaving, a declared request that is carried out, or what is answered by a refusal."""
    packet = SittingPacket(
        encoded_packet=raw.decode("utf-8", "replace") or "2"
    )  # the transport lets no empty one through
    if packet.packet_type in (CONNECT, DISCONNECT):
        return None
    name, *payload = packet.data
    if name == MALFORMED:
        return None
    sitting: Any = Anything()
    try:
        HANDLERS[name].carry_out(sitting, SCRUTINEER, payload[0] if payload else {})
    except Refused as refused:
        if refused.refusal.code != WireRefusal.FRAME_MALFORMED:
            raise
        Json.dumps(refused.refusal)  # it can be told
    return None


class _Socket:
    def __init__(self) -> None:
        self.sent = bytearray()

    def sendall(self, data: bytes) -> None:
        self.sent += data

    def shutdown(self, how: int) -> None: ...

    def settimeout(self, timeout: float | None) -> None: ...


class _Stream:
    """A connection on which these bytes arrive, and then its end."""

    def __init__(self, raw: bytes, socket: _Socket) -> None:
        self._bytes, self.raw = BytesIO(raw), self
        self._sock = socket

    def read1(self, size: int) -> bytes:
        return self._bytes.read(size)

    def close(self) -> None: ...


class _Engine:
    max_http_buffer_size = MAX_FRAME_BYTES


_HANDSHAKE = {
    "PATH_INFO": "/socket.io/",
    "REQUEST_METHOD": "GET",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "HTTP_CONNECTION": "Upgrade",
    "HTTP_UPGRADE": "websocket",
    "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==",
    "HTTP_SEC_WEBSOCKET_VERSION": "13",
}


def read_stream(raw: bytes, _folder: Path) -> object:
    """What a client sends after the handshake: messages, until the connection is closed by one side."""
    messages: list[str] = []
    errors: list[Exception] = []

    def serve(connection: GeventWebSocket) -> None:
        try:
            while (message := connection.wait()) is not None:
                messages.append(message)
        except Exception as error:  # the transport would log it and go on
            errors.append(error)

    environ = _HANDSHAKE | {"wsgi.input": _Stream(raw, _Socket())}
    GeventWebSocket(serve, _Engine(), Shares(), Turns())(environ, _no_answer)
    if errors:
        raise errors[0]
    return messages


def _no_answer(status: str, headers: object) -> None:
    raise AssertionError(f"the handshake was refused: {status}, {headers}")
