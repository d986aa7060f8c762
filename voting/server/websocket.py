"""WebSocket transport for engine.io on gevent's pywsgi."""

from typing import Any

MAX_FRAME_BYTES = 1 << 20


def install(socketio_server: Any) -> None:
    """Make `socketio_server` (flask_socketio.SocketIO, socketio.Server or engineio.Server) use this transport.

    Call it once, after construction and before the first connection.
    """
    raise NotImplementedError
