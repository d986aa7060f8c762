"""A hand-made websocket client that can misbehave: the test decides when it reads and what it writes."""

import json
import socket
import ssl
from collections.abc import Iterator
from typing import Any

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import Event
from websockets.uri import parse_uri


class RawClient:
    """A blocking connection; speaks socket.io after `join`. Raises TimeoutError after 20 s of silence."""

    def __init__(self, port: int, name: str, *, greedy: bool = False, tls: ssl.SSLContext | None = None) -> None:
        """greedy: the first frame follows the handshake request in the same packet."""
        self.protocol = ClientProtocol(parse_uri(f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket"))
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=20)
        if tls is not None:
            self.sock = tls.wrap_socket(self.sock, server_hostname="127.0.0.1")
        self.name = name
        self._frames: list[Event] = []
        self.protocol.send_request(self.protocol.connect())
        self._request = b"".join(self.protocol.data_to_send())
        self.sock.sendall(self._request + (self._hello() if greedy else b""))
        while not isinstance(self._next_event(), Response):
            pass
        if not greedy:
            self.sock.sendall(self._hello())

    def __enter__(self) -> "RawClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.sock.close()

    def _hello(self) -> bytes:
        packet = "40" + json.dumps({"name": self.name})
        return Frame(Opcode.TEXT, packet.encode()).serialize(mask=True)

    def _next_event(self) -> Any:
        while not self._frames:
            data = self.sock.recv(65536)
            if not data:
                raise EOFError
            self.protocol.receive_data(data)
            self._frames += self.protocol.events_received()
        return self._frames.pop(0)

    def send_frame(self, opcode: Opcode, data: bytes, *, fin: bool = True) -> None:
        self.sock.sendall(Frame(opcode, data, fin).serialize(mask=True))

    def emit(self, event: str, data: Any) -> None:
        self.send_frame(Opcode.TEXT, b"42" + json.dumps([event, data]).encode())

    def events(self) -> Iterator[tuple[str, Any]]:
        """socket.io events from the server; answers its pings."""
        while True:
            text = bytes(self._next_event().data).decode()
            if text == "2":
                self.send_frame(Opcode.TEXT, b"3")
            elif text.startswith("42"):
                name, data = json.loads(text[2:])
                yield name, data

    def join(self) -> "RawClient":
        """Wait until the server has taken us in."""
        while not bytes(self._next_event().data).startswith(b"40"):
            pass
        return self

    def close_code(self) -> int:
        """Read to the end of the stream; the code of the server's close frame."""
        while True:
            frame = self._next_event()
            if frame.opcode is Opcode.CLOSE:
                return int.from_bytes(bytes(frame.data[:2]), "big")
