"""A small socket.io server on the transport under test; prints its port.

Arguments: ping interval, ping timeout (s), and for TLS the files of a certificate and its key.
"""

from gevent import monkey

monkey.patch_all()

import sys  # noqa: E402
from typing import Any  # noqa: E402

from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO, emit  # noqa: E402
from gevent import pywsgi  # noqa: E402
from socketio.exceptions import ConnectionRefusedError  # noqa: E402

from voting.server.live.shares import Shares  # noqa: E402
from voting.server.live.turns import Turns  # noqa: E402
from voting.server.live.websocket import MAX_FRAME_BYTES, install  # noqa: E402

app = Flask(__name__)
socketio = SocketIO(
    app,
    async_mode="gevent",
    transports=["websocket"],
    manage_session=False,
    http_compression=False,
    max_http_buffer_size=MAX_FRAME_BYTES,
    ping_interval=float(sys.argv[1]),
    ping_timeout=float(sys.argv[2]),
)
install(socketio, Shares(), Turns())
present: dict[str, str] = {}


def sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]


@app.get("/")
def page() -> str:
    return "page"


@socketio.on("connect")
def connect(auth: Any) -> None:
    if auth.get("name") == "nobody":
        raise ConnectionRefusedError('{"code":"login_needed"}')
    present[sid()] = auth["name"]


@socketio.on("disconnect")
def disconnect(_reason: str) -> None:
    emit("left", present.pop(sid()), broadcast=True)


@socketio.on("echo")
def echo(message: Any) -> Any:
    return message


@socketio.on("who")
def who(_message: Any) -> list[str]:
    return sorted(present.values())


@socketio.on("shout")
def shout(message: Any) -> None:
    emit("heard", message, broadcast=True)


@socketio.on("flood")
def flood(message: Any) -> None:
    for number in range(message["count"]):
        emit("drop", [number, "x" * message["size"]])


@socketio.on("leave")
def leave(_message: Any) -> None:
    serving = socketio.server
    assert serving is not None
    serving.eio.disconnect(serving.manager.eio_sid_from_sid(sid(), "/"))


tls: dict[str, Any] = dict(zip(("certfile", "keyfile"), sys.argv[3:], strict=False))
server = pywsgi.WSGIServer(("127.0.0.1", 0), app, log=None, **tls)
server.start()
sys.stdout.write(f"{server.server_port}\n")
sys.stdout.flush()
server.serve_forever()
