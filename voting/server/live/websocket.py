"""WebSocket transport (RFC 6455) for engine.io on gevent's pywsgi; the protocol itself is `websockets`' sans-I/O one.

Laws: one greenlet reads a connection; every write is complete (`sendall`, one writer at a time), so a slow reader
receives whole frames or none; a frame that is too large or malformed closes its own connection and no other; what comes
faster than its line may send is read later.
No compression (permessage-deflate) is negotiated: it costs memory per client and helps an attacker guess.
"""

import contextlib
import logging
import re
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Protocol, cast

import gevent
from gevent.lock import RLock
from websockets.datastructures import Headers
from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from voting.server.live.send_queue import SendQueue
from voting.server.live.shares import LINE, Line, Shares
from voting.server.live.turns import Turns

MAX_FRAME_BYTES = 2 << 20
"""Largest message taken from a client; give it to SocketIO as max_http_buffer_size.

The largest there is, the shuffle of 3,000 ballots, has about 1.5 MB.
"""

READ_BYTES = 2048
"""Taken from a socket at once: some hundred frames, so that to parse them holds up nobody."""

CLOSE_SECONDS = 5.0
"""How long a closing connection may take to say goodbye."""
LAST_BYTES = 8 << 20
"""Read after the goodbye, from a client that goes on sending."""

_HEADERS = ("Connection", "Upgrade", "Origin", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol")
_DATA = (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)

# What a socket.io client may send as text: close, ping, pong, upgrade, noop; connect, disconnect, event, ack.
# Everything else would raise inside engine.io, past its own cleaning up.
_PACKET = re.compile(r"[12356](?:probe)?\Z|4[0-3]")

_PONG = "3"  # costs nothing, and honest public pages send them all the time

# Its debug level would print frames, and frames hold ballots.
_LOGGER = logging.getLogger("voting.server.live.websocket.frames")
_LOGGER.setLevel(logging.WARNING)

StartResponse = Callable[[str, list[tuple[str, str]]], object]


class _Socket(Protocol):
    """What is used of gevent's sockets (plain and TLS)."""

    def sendall(self, data: bytes) -> object: ...
    def shutdown(self, how: int) -> object: ...
    def settimeout(self, timeout: float | None) -> object: ...


class _Stream(Protocol):
    """pywsgi's buffered reader of the connection; it may already hold the first frames."""

    raw: Any

    def read1(self, size: int) -> bytes: ...
    def close(self) -> object: ...


class GeventWebSocket:
    """One connection, with the methods engine.io expects: call it as WSGI application; then wait, send, close."""

    def __init__(
        self, handler: Callable[["GeventWebSocket"], object], server: Any, shares: Shares, turns: Turns
    ) -> None:
        """handler: engine.io's loop over this connection, a method of its session; server: engineio.Server."""
        self._line, self._turns = Line(shares), turns
        self._handler = handler
        self._protocol = ServerProtocol(state=OPEN, max_size=server.max_http_buffer_size, logger=_LOGGER)
        self._writing = RLock()
        self._fragments = bytearray()
        self._fragments_are_text = True
        self._messages: deque[str] = deque()
        self._goodbye: gevent.Greenlet[..., None] | None = None
        self._stream: _Stream
        self._sock: _Socket  # engine.io sets its timeout by this name

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Shake hands, then serve the connection until it ends. A bad handshake gets its HTTP error."""
        handshake = ServerProtocol(logger=_LOGGER)  # for its rules only: pywsgi has read the request already
        response = handshake.accept(_request_of(environ))
        if response.status_code != 101:
            self._end_session()
            return _http_answer(response, start_response)
        environ[LINE] = self._line
        stream = environ["wsgi.input"]
        self._stream = cast(_Stream, getattr(stream, "rfile", stream))
        self._sock = cast(_Socket, self._stream.raw._sock)
        handshake.send_response(response)
        try:
            self._sock.sendall(b"".join(handshake.data_to_send()))
            self._handler(self)
        except OSError:
            _LOGGER.debug("gone before the handshake was over")
        except Exception:
            _LOGGER.warning("a connection was ended by an error", exc_info=True)
        finally:
            self._end_session()
            self._linger()
        return []

    def wait(self) -> str | None:
        """The next message, when it is this line's turn; None once the connection is closed or closing."""
        while not self._messages and self._protocol.state is OPEN:
            self._receive()
        if not self._messages:
            return None
        message = self._messages.popleft()
        if message != _PONG:
            self._turns.take(self._line.message(time.monotonic()))
        # engine.io knows nothing of an ended session, and would print a traceback.
        return None if self._is_over() else message

    def send(self, message: str | bytes) -> None:
        """Write one whole message. Raises OSError when the connection is closed or its client too slow for too long."""
        with self._writing:
            if self._protocol.state is not OPEN:
                raise ConnectionError("the websocket is closed")
            if isinstance(message, str):
                self._protocol.send_text(message.encode())
            else:
                self._protocol.send_binary(message)
            self._flush()

    def close(self) -> None:
        """Say goodbye; a client that does not answer within CLOSE_SECONDS is cut off. Closing again does nothing."""
        if self._protocol.state is OPEN:
            self._cut_later()
            with self._writing:
                if self._protocol.state is OPEN:
                    self._protocol.send_close(CloseCode.NORMAL_CLOSURE)
                self._try_flush()

    def _receive(self) -> None:
        """Read once and digest the frames; then wait until this line may send more."""
        data, frames = self._read(READ_BYTES), 0
        if data:
            self._protocol.receive_data(data)
        else:
            self._protocol.receive_eof()
        for event in self._protocol.events_received():
            frames += 1
            if isinstance(event, Frame) and event.opcode in _DATA and not self._take(event):
                break
        if self._protocol.state is not OPEN:
            self._cut_later()
        self._try_flush()
        _pause(self._line.read(time.monotonic(), frames, len(data)))

    def _take(self, frame: Frame) -> bool:
        """Collect fragments into messages. False: it breaks the rules, and the connection is closing."""
        if frame.opcode is not Opcode.CONT:
            self._fragments_are_text = frame.opcode is Opcode.TEXT
        self._fragments += frame.data
        if not frame.fin:
            return True
        data, self._fragments = self._fragments, bytearray()
        if not self._fragments_are_text:
            return self._fail(CloseCode.UNSUPPORTED_DATA, "text only")
        try:
            text = data.decode()
        except UnicodeDecodeError:
            return self._fail(CloseCode.INVALID_DATA, "not UTF-8")
        if not _PACKET.match(text):
            return self._fail(CloseCode.PROTOCOL_ERROR, "not an engine.io packet")
        self._messages.append(text)
        return True

    def _fail(self, code: CloseCode, reason: str) -> bool:
        if self._protocol.state is OPEN:
            self._protocol.fail(code, reason)
        return False

    def _read(self, size: int) -> bytes:
        """Empty at the end of the stream, and when it broke or stayed silent for too long."""
        try:
            return self._stream.read1(size)
        except (OSError, ValueError):
            return b""

    def _flush(self) -> None:
        with self._writing:
            for data in self._protocol.data_to_send():
                if data:
                    self._sock.sendall(data)
                else:
                    self._sock.shutdown(1)

    def _try_flush(self) -> None:
        """A client that is gone need not hear the rest; the reader learns of it."""
        try:
            self._flush()
        except OSError:
            self._cut()

    def _cut_later(self) -> None:
        """However slowly the client reads or answers, this connection ends."""
        if self._goodbye is None:
            self._goodbye = gevent.spawn_later(CLOSE_SECONDS, self._cut)

    def _cut(self) -> None:
        try:
            self._sock.shutdown(2)
        except OSError:
            return

    def _linger(self) -> None:
        """Read to the client's end, so that our close frame is not overtaken by a TCP reset; then let pywsgi close.

        Who still sends much more is kept waiting.
        """
        with contextlib.suppress(gevent.Timeout), gevent.Timeout(CLOSE_SECONDS):
            self.close()
            left = LAST_BYTES
            while left > 0 and (data := self._read(65536)):
                left -= len(data)
            if left <= 0:
                gevent.sleep(CLOSE_SECONDS)
        if self._goodbye is not None:
            self._goodbye.kill(block=False)
        self._cut()
        self._stream.close()

    def _is_over(self) -> bool:
        """Whether engine.io has ended the session, as it does where no pong came."""
        return bool(getattr(getattr(self._handler, "__self__", None), "closed", False))

    def _end_session(self) -> None:
        """engine.io forgets to end the session when its own loop raises; ending it twice does nothing."""
        session = getattr(self._handler, "__self__", None)
        if session is not None and not self._is_over():
            session.close(wait=False, abort=True, reason=session.server.reason.TRANSPORT_ERROR)


def _pause(seconds: float) -> None:
    if seconds:
        gevent.sleep(seconds)


def _request_of(environ: dict[str, Any]) -> Request:
    headers = Headers()
    for name in _HEADERS:
        value = environ.get("HTTP_" + name.upper().replace("-", "_"))
        if value is not None:
            headers[name] = value
    return Request(environ["PATH_INFO"], headers, environ["REQUEST_METHOD"], environ["SERVER_PROTOCOL"])


def _http_answer(response: Response, start_response: StartResponse) -> Iterable[bytes]:
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.headers.raw_items()))
    return [bytes(response.body)]


def install(socketio_server: Any, shares: Shares, turns: Turns) -> None:
    """Make `socketio_server` (flask_socketio.SocketIO, socketio.Server or engineio.Server) use this transport.

    Call it once, after construction (SocketIO: after init_app) and before the first connection.
    Raises ValueError when the server is not in async_mode="gevent".
    """
    server = getattr(socketio_server, "server", socketio_server)
    engine = getattr(server, "eio", server)
    if engine.async_mode != "gevent":
        raise ValueError(f'async_mode must be "gevent", not "{engine.async_mode}"')
    engine._async = {
        **engine._async,
        "websocket": partial(GeventWebSocket, shares=shares, turns=turns),
        "queue": SendQueue,
    }
