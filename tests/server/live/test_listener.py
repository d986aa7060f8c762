"""The listening socket waits for nobody for ever, and holds no more connections than it may."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gevent
import gevent.socket
import pytest

from voting.server.live import listener as module
from voting.server.live.listener import Listener, listener
from voting.server.settings import ServerSettings

SETTINGS = ServerSettings(session_dir=Path(), data_dir=Path())
OPENED: list[Any] = []
GET = b"GET / HTTP/1.1\r\nHost: hall\r\n\r\n"


def turn(authorization: str) -> None:
    gevent.sleep(60.0 if authorization == "late" else 0.0)


def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok" if not body else b"OK"]


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.3)
    monkeypatch.setattr(module, "HEADER_SECONDS", 0.3)
    server = listener(app, SETTINGS, total=3, take_turn=turn)
    server.start()
    yield server
    for connection in OPENED:
        connection.close()
    OPENED.clear()
    server.stop(timeout=1)


def connected(server: Listener) -> Any:
    OPENED.append(gevent.socket.create_connection(("127.0.0.1", server.server_port), timeout=20))
    return OPENED[-1]


def rest(connection: Any) -> bytes:
    read = b""
    try:
        while data := connection.recv(4096):
            read += data
    except ConnectionResetError:
        pass
    return read


@pytest.mark.parametrize("said", [b"", b"GET / HT", GET])
def test_who_says_nothing_more_is_not_waited_for(serving: Listener, said: bytes) -> None:
    connection = connected(serving)
    connection.sendall(said)
    assert rest(connection).endswith(b"ok" if said == GET else b"")


@pytest.mark.parametrize("said", [b"GET / HTTP/1.1\r\nHost", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf"])
def test_half_a_request_is_not_waited_for(serving: Listener, said: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    connection = connected(serving)
    connection.sendall(said)
    assert b"200" not in rest(connection)
    assert capfd.readouterr().err == ""


def test_headers_that_come_drop_by_drop_are_cut_off(serving: Listener) -> None:
    connection = connected(serving)
    connection.sendall(b"GET / HTTP/1.1\r\n")

    def drip() -> None:
        while True:
            connection.sendall(b"x-drop: 1\r\n")
            gevent.sleep(0.05)

    dripping = gevent.spawn(drip)
    dripping.join(timeout=10)
    assert isinstance(dripping.exception, OSError)


def test_the_oldest_stranger_makes_room_and_who_is_known_stays(serving: Listener) -> None:
    first, second, third = (connected(serving) for _ in range(3))
    gevent.sleep(0)
    for connection in (first, second, third):
        connection.sendall(GET)
        assert connection.recv(4096)
    serving.know(first.getsockname()[:2])
    fourth = connected(serving)
    fourth.sendall(GET)
    assert fourth.recv(4096)
    assert rest(second) == b""
    for connection in (first, third):
        connection.sendall(GET)
        assert connection.recv(4096)


@pytest.mark.parametrize("said", [b"NOTHING", b"GET / HTTP/1", b"GET / HTTP/", b"GET / HTTP/9.9"])
def test_requests_that_are_none_print_nothing(
    serving: Listener, said: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    connection = connected(serving)
    connection.sendall(said + b"\r\n\r\n")
    assert b"400" in rest(connection)
    assert capfd.readouterr().err == ""


def test_whose_turn_it_is_not_yet_waits_and_holds_up_nobody(serving: Listener) -> None:
    early, late = connected(serving), connected(serving)
    late.sendall(GET.replace(b"\r\n\r\n", b"\r\nAuthorization: late\r\n\r\n"))
    gevent.sleep(0)
    early.sendall(GET)
    assert early.recv(4096)
    late.settimeout(0.1)
    with pytest.raises(TimeoutError):
        late.recv(4096)
