"""The listening socket, plain or with TLS. A stranger's broken handshake ends its own connection and is no news."""

import contextlib
import ssl
from pathlib import Path
from typing import Any

import gevent.ssl
from gevent.pywsgi import WSGIServer

from voting.server.settings import ServerSettings, SettingsInvalid

HANDSHAKE_SECONDS = 20.0
BACKLOG = 2048  # a whole hall connects at once after a power cut


class Listener(WSGIServer):
    """pywsgi's server, which would print a traceback for everybody who speaks no TLS or distrusts the certificate."""

    wrap_socket: Any  # set by the constructor: the context's method, not this server's

    def wrap_socket_and_handle(self, client_socket: Any, address: Any) -> None:
        """One TLS connection, from its handshake to its end."""
        client_socket.settimeout(HANDSHAKE_SECONDS)
        try:
            secured = self.wrap_socket(client_socket, **(self.ssl_args or {}))
        except OSError:  # ssl.SSLError and TimeoutError are such
            client_socket.close()
            return
        secured.settimeout(None)
        with contextlib.closing(secured):
            self.handle(secured, address)


def listener(app: Any, settings: ServerSettings) -> Listener:
    """The server of `app`, not started yet. Raises SettingsInvalid when certificate and key cannot be used."""
    tls: dict[str, Any] = {}
    if settings.tls_cert is not None:
        tls["ssl_context"] = _context(settings.tls_cert, settings.tls_key)
    return Listener((settings.host, settings.port), app, log=None, backlog=BACKLOG, **tls)


def _context(cert: Path, key: Path | None) -> ssl.SSLContext:
    context: ssl.SSLContext = gevent.ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(cert, key)
    except OSError as error:
        raise SettingsInvalid(f"the certificate {cert} and its key {key} cannot be used: {error}") from error
    return context
