"""What was read of a line before its session ended is not looked at any more."""

import socket
from typing import Any

from websockets.frames import Frame, Opcode

from voting.server.live.shares import Shares
from voting.server.live.turns import Turns
from voting.server.live.websocket import MAX_FRAME_BYTES, GeventWebSocket

HANDSHAKE = {
    "PATH_INFO": "/socket.io/",
    "REQUEST_METHOD": "GET",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "HTTP_CONNECTION": "Upgrade",
    "HTTP_UPGRADE": "websocket",
    "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==",
    "HTTP_SEC_WEBSOCKET_VERSION": "13",
}


class Session:
    """Stands for engine.io's; ends after the first message."""

    max_http_buffer_size = MAX_FRAME_BYTES

    def __init__(self) -> None:
        self.closed = False
        self.read: list[str | None] = []

    def serve(self, connection: GeventWebSocket) -> None:
        self.read.append(connection.wait())
        self.closed = True
        self.read.append(connection.wait())


def test_a_message_that_waited_for_its_turn_beyond_the_end_is_dropped() -> None:
    session = Session()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"".join(Frame(Opcode.TEXT, text).serialize(mask=True) for text in (b"42[1]", b"42[2]")))
        theirs.shutdown(socket.SHUT_WR)
        stream: Any = ours.makefile("rb")
        environ = HANDSHAKE | {"wsgi.input": stream}
        GeventWebSocket(session.serve, session, Shares(), Turns())(environ, lambda *_: None)
    assert session.read == ["42[1]", None]
