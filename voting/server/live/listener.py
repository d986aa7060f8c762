"""The listening socket, plain or with TLS.

A stranger's broken handshake or request ends its own connection and is no news. Who says nothing is not waited for.
"""

import contextlib
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
import gevent.ssl
from gevent.pywsgi import WSGIHandler, WSGIServer

from voting.server.live.admission import Admission, Capacity, Place
from voting.server.settings import ServerSettings, SettingsInvalid

HANDSHAKE_SECONDS = 20.0
IDLE_SECONDS = 20.0
"""How long a request may be waited for, and how long its sender may be silent within it."""
HEADER_SECONDS = 10.0
"""From the first line of a request to the last of its headers."""
BACKLOG = 2048  # a whole hall connects at once after a power cut


class _TooSlow(ValueError):
    """pywsgi answers 400 and ends the connection."""


_Handler: Any = WSGIHandler  # its stubs are of another release


class PatientHandler(_Handler):  # type: ignore[misc]
    """One plain connection, on which requests come one after another, in time."""

    ignored_socket_errors = (*_Handler.ignored_socket_errors, "timed out")

    def read_requestline(self) -> str:
        """The first line of the next request. Raises OSError when none comes."""
        with gevent.Timeout(IDLE_SECONDS, TimeoutError):
            line: str = super().read_requestline()
            return line

    def read_request(self, raw_requestline: str) -> bool:
        """The headers of this request. Raises ValueError when they are malformed or too slow."""
        with gevent.Timeout(HEADER_SECONDS, _TooSlow):
            try:
                is_read: bool = super().read_request(raw_requestline)
            except OSError:
                raise _TooSlow from None
            except LookupError:  # a version such as HTTP/1
                raise ValueError("malformed") from None
            return is_read

    def handle_one_response(self) -> None:
        """Answer the request that was read, when it is its turn."""
        self.server.take_turn(self.environ.get("HTTP_AUTHORIZATION", ""))
        super().handle_one_response()

    def log_error(self, msg: str, *args: object) -> None:
        """Requests that are none would fill the disk."""


class Listener(WSGIServer):
    """pywsgi's server, which would print a traceback for everybody who speaks no TLS or distrusts the certificate."""

    handler_class = PatientHandler
    wrap_socket: Any  # set by the constructor: the context's method, not this server's

    def admit(self, capacity: Capacity, take_turn: Callable[[str], None]) -> None:
        """Take no more than this from now on; called before the start.

        take_turn: returns when a request with this Authorization header may be answered.
        """
        self._admission = Admission(capacity)
        self._open: dict[Place, Any] = {}
        self.take_turn = take_turn

    def know(self, place: Place) -> None:
        """Somebody logged in speaks on this connection, so that it is kept before those of strangers."""
        self._admission.know(place)

    def do_handle(self, client_socket: Any, address: Any) -> None:
        """Take a connection, shed another one for it, or close it at once."""
        stays, shed = self._admission.admit(_place(address))
        if shed is not None:
            _cut(self._open.pop(shed, None))
        if not stays:
            client_socket.close()
            return
        client_socket.settimeout(IDLE_SECONDS)
        self._open[_place(address)] = client_socket
        super().do_handle(client_socket, address)

    def do_close(self, client_socket: Any, *rest: Any) -> None:
        """A connection has ended."""
        for address in rest[:1]:
            self._open.pop(_place(address), None)
            self._admission.ended(_place(address))
        super().do_close(client_socket, *rest)

    def wrap_socket_and_handle(self, client_socket: Any, address: Any) -> None:
        """One TLS connection, from its handshake to its end."""
        client_socket.settimeout(HANDSHAKE_SECONDS)
        try:
            secured = self.wrap_socket(client_socket, **(self.ssl_args or {}))
        except OSError:  # ssl.SSLError and TimeoutError are such
            client_socket.close()
            return
        secured.settimeout(IDLE_SECONDS)
        self._open[_place(address)] = secured
        with contextlib.closing(secured):
            self.handle(secured, address)


def listener(app: Any, settings: ServerSettings, total: int, take_turn: Callable[[str], None]) -> Listener:
    """The server of `app`, not started yet. total: connections that it may hold.

    take_turn: returns when a request with this Authorization header may be answered.
    Raises SettingsInvalid when certificate and key cannot be used.
    """
    tls: dict[str, Any] = {}
    if settings.tls_cert is not None:
        tls["ssl_context"] = _context(settings.tls_cert, settings.tls_key)
    server = Listener((settings.host, settings.port), app, log=None, backlog=BACKLOG, **tls)
    server.admit(Capacity(settings.connections_per_address, total), take_turn)
    return server


def _place(address: Any) -> Place:
    return str(address[0]), int(address[1])


def _cut(connection: Any) -> None:
    """Whoever reads or writes on it finds it ended."""
    if connection is not None:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def _context(cert: Path, key: Path | None) -> ssl.SSLContext:
    context: ssl.SSLContext = gevent.ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(cert, key)
    except OSError as error:
        raise SettingsInvalid(f"the certificate {cert} and its key {key} cannot be used: {error}") from error
    return context
