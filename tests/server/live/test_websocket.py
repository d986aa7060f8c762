"""The socket transport against the real socket.io client, and against clients that misbehave."""

import asyncio
import contextlib
import http.client
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Awaitable, Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
import socketio
from websockets.frames import Frame, Opcode

from tests.server.live.raw_client import RawClient
from tests.support.certificates import make_certificate
from voting.server.live.shares import Shares
from voting.server.live.turns import Turns
from voting.server.live.websocket import MAX_FRAME_BYTES, install

SERVER = Path(__file__).with_name("echo_server.py")
PATIENCE = 10


def run_server(ping_interval: float, ping_timeout: float, *tls: Path) -> Generator[int, None, None]:
    command = [sys.executable, str(SERVER), str(ping_interval), str(ping_timeout), *map(str, tls)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        try:
            yield int(child.stdout.readline())
        finally:
            child.terminate()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    yield from run_server(25, 60)


@pytest.fixture
def impatient_port() -> Iterator[int]:
    yield from run_server(1, 2)


async def connected(port: int, name: str) -> socketio.AsyncClient:
    client = socketio.AsyncClient(reconnection=False)
    await client.connect(f"http://127.0.0.1:{port}", auth={"name": name}, transports=["websocket"])
    return client


def watching(port: int, watch: Callable[[socketio.AsyncClient], Awaitable[Any]]) -> Any:
    """Run `watch` with a well-behaved client that must be served whatever others do."""

    async def main() -> Any:
        client = await connected(port, "watcher")
        try:
            return await asyncio.wait_for(watch(client), PATIENCE)
        finally:
            await client.disconnect()

    return asyncio.run(main())


async def echoed(client: socketio.AsyncClient) -> Any:
    return await client.call("echo", {"n": 1})


def test_a_call_is_acknowledged(port: int) -> None:
    assert watching(port, echoed) == {"n": 1}


def test_text_of_all_kinds_comes_back_unchanged(port: int) -> None:
    text = "示例代表001 🗳 \u0000 " * 1000

    async def watch(client: socketio.AsyncClient) -> Any:
        return await client.call("echo", {"text": text})

    assert watching(port, watch) == {"text": text}


def test_a_message_just_under_the_limit_is_served(port: int) -> None:
    async def watch(client: socketio.AsyncClient) -> Any:
        return await client.call("echo", "x" * (MAX_FRAME_BYTES - 100))

    assert len(watching(port, watch)) == MAX_FRAME_BYTES - 100


def test_a_broadcast_reaches_every_client(port: int) -> None:
    async def main() -> list[Any]:
        clients = [await connected(port, f"listener {n}") for n in range(20)]
        heard: list[asyncio.Future[Any]] = [asyncio.get_running_loop().create_future() for _ in clients]
        for client, future in zip(clients, heard, strict=True):
            client.on("heard", future.set_result)
        await clients[0].emit("shout", "open")
        answers = await asyncio.wait_for(asyncio.gather(*heard), PATIENCE)
        for client in clients:
            await client.disconnect()
        return list(answers)

    assert asyncio.run(main()) == ["open"] * 20


def test_a_refused_connection_is_told_why(port: int) -> None:
    async def main() -> list[Any]:
        client, reasons = socketio.AsyncClient(reconnection=False), list[Any]()
        client.on("connect_error", reasons.append)
        with pytest.raises(socketio.exceptions.ConnectionError):
            await client.connect(f"http://127.0.0.1:{port}", auth={"name": "nobody"}, transports=["websocket"])
        await client.disconnect()
        return reasons

    assert asyncio.run(main()) == [{"message": '{"code":"login_needed"}'}]


def test_pages_are_served_beside_the_sockets(port: int) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
        assert answer.read() == b"page"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"Sec-WebSocket-Key": "short"}, 400),
        ({"Sec-WebSocket-Key": "A" * 22 + "==", "Origin": "http://evil"}, 400),
    ],
    ids=["no key", "bad key", "foreign page"],
)
def test_a_bad_handshake_gets_an_http_error(port: int, headers: dict[str, str], status: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    connection.request("GET", "/socket.io/?EIO=4&transport=websocket", headers=upgrade | headers)
    assert connection.getresponse().status == status
    connection.close()


def test_frames_sent_together_with_the_handshake_are_not_lost(port: int) -> None:
    with RawClient(port, "greedy", greedy=True) as client:
        client.join().emit("shout", "early")
        assert ("heard", "early") in client.events()


def test_a_slow_reader_receives_every_frame_whole_and_holds_up_nobody(port: int) -> None:
    count, size = 40, 100_000
    with RawClient(port, "slow") as slow:
        slow.join().emit("flood", {"count": count, "size": size})
        assert watching(port, echoed) == {"n": 1}
        drops = (data for name, data in slow.events() if name == "drop")
        for number in range(count):
            received, filling = next(drops)
            assert received == number
            assert len(filling) == size


def test_a_fragmented_message_is_put_together(port: int) -> None:
    with RawClient(port, "fragments") as client:
        client.join()
        client.send_frame(Opcode.TEXT, b'42["sho', fin=False)
        client.send_frame(Opcode.CONT, b'ut","\xe5\xb9', fin=False)
        client.send_frame(Opcode.PING, b"between")
        client.send_frame(Opcode.CONT, b'\xb3"]')
        assert ("heard", "平") in client.events()


def test_the_last_message_before_a_goodbye_is_delivered(port: int) -> None:
    async def watch(client: socketio.AsyncClient) -> Any:
        heard: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        client.on("heard", heard.set_result)
        await client.call("echo", 1)
        with RawClient(port, "leaving") as leaving:
            leaving.join()
            last = Frame(Opcode.TEXT, b'42["shout","last"]').serialize(mask=True)
            leaving.sock.sendall(last + Frame(Opcode.CLOSE, b"\x03\xe8").serialize(mask=True))
            assert leaving.close_code() == 1000
        return await heard

    assert watching(port, watch) == "last"


MALFORMED = {
    "oversize": (Opcode.TEXT, b"4" * (MAX_FRAME_BYTES + 1), 1009),
    "far oversize": (Opcode.TEXT, b"4" * (3 * MAX_FRAME_BYTES), 1009),
    "binary": (Opcode.BINARY, b"\x00", 1003),
    "not utf-8": (Opcode.TEXT, b"42\xff", 1007),
    "empty": (Opcode.TEXT, b"", 1002),
    "no packet type": (Opcode.TEXT, b"hello", 1002),
    "base64 packet": (Opcode.TEXT, b"b4!", 1002),
    "deep json in a pong": (Opcode.TEXT, b"3" + b"[" * 100_000, 1002),
    "binary event": (Opcode.TEXT, b'451-["echo",{"_placeholder":true,"num":0}]', 1002),
    "continuation of nothing": (Opcode.CONT, b"4", 1002),
}


@pytest.mark.parametrize("defect", sorted(MALFORMED))
def test_a_malformed_message_closes_only_its_own_connection(port: int, defect: str) -> None:
    opcode, data, code = MALFORMED[defect]

    async def watch(client: socketio.AsyncClient) -> list[Any]:
        left: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        client.on("left", left.set_result)
        await client.call("echo", 1)

        def misbehave() -> int:
            with RawClient(port, defect) as bad:
                bad.join()
                bad.send_frame(opcode, data)
                return bad.close_code()

        return [await asyncio.to_thread(misbehave), await left, await client.call("echo", 2)]

    assert watching(port, watch) == [code, defect, 2]


@pytest.mark.parametrize(
    ("junk", "code"),
    [(b"\x81\x00", 1002), (b"\xff" * 50, 1002), (b"\x83\x80abcd", 1002)],
    ids=["unmasked", "reserved bits", "unknown opcode"],
)
def test_bytes_that_are_no_frames_close_only_their_own_connection(port: int, junk: bytes, code: int) -> None:
    with RawClient(port, "junk") as bad:
        bad.join().sock.sendall(junk)
        assert bad.close_code() == code
    assert watching(port, echoed) == {"n": 1}


def test_broken_socketio_json_does_not_disturb_the_others(port: int) -> None:
    with RawClient(port, "broken") as bad:
        bad.join()
        bad.send_frame(Opcode.TEXT, b"42" + b"[" * 100_000)
        bad.send_frame(Opcode.TEXT, b'42["shout"')
        assert watching(port, echoed) == {"n": 1}


def test_a_connection_cut_in_the_middle_of_a_frame_is_noticed(port: int) -> None:
    async def watch(client: socketio.AsyncClient) -> Any:
        left: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        client.on("left", left.set_result)
        await client.call("echo", 1)
        with RawClient(port, "cut") as cut:
            cut.join()
            cut.sock.sendall(Frame(Opcode.TEXT, b"4" * 5000).serialize(mask=True)[:100])
        return await left

    assert watching(port, watch) == "cut"


def test_the_server_can_end_a_connection(port: int) -> None:
    with RawClient(port, "told to leave") as client:
        client.join().emit("leave", None)
        assert client.close_code() == 1000


def test_a_client_that_never_reads_is_given_up(impatient_port: int) -> None:
    async def watch(client: socketio.AsyncClient) -> Any:
        left: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        client.on("left", left.set_result)
        await client.call("echo", 1)
        with RawClient(impatient_port, "deaf") as deaf:
            deaf.join().emit("flood", {"count": 200, "size": 100_000})
            return await left

    assert watching(impatient_port, watch) == "deaf"


@pytest.fixture
def tls_files(tmp_path: Path) -> tuple[Path, Path]:
    return make_certificate(tmp_path)


def test_tls_carries_the_same_protocol(tls_files: tuple[Path, Path]) -> None:
    trusting = ssl.create_default_context(cafile=str(tls_files[0]))
    large = "x" * 500_000
    with contextlib.closing(run_server(25, 60, *tls_files)) as server:
        port = next(server)
        with RawClient(port, "good", tls=trusting) as good, RawClient(port, "bad", tls=trusting) as bad:
            good.join()
            bad.join().send_frame(Opcode.BINARY, b"bad")
            assert bad.close_code() == 1003
            good.emit("shout", large)
            assert ("heard", large) in good.events()


def test_only_the_gevent_mode_takes_this_transport() -> None:
    with pytest.raises(ValueError, match="gevent"):
        install(socketio.Server(async_mode="threading"), Shares(), Turns())


@pytest.mark.parametrize(("opcode", "size"), [(Opcode.TEXT, 1), (Opcode.PING, 0), (Opcode.CONT, 1)])
def test_more_frames_than_anybody_needs_are_read_later_and_hold_up_nobody(port: int, opcode: Opcode, size: int) -> None:
    with RawClient(port, "quiet").join() as quiet, RawClient(port, "loud").join() as loud:
        frame = Frame(opcode, b"3" * size, opcode is not Opcode.CONT)
        start = b"" if opcode is not Opcode.CONT else Frame(Opcode.TEXT, b"3", False).serialize(mask=True)
        loud.sock.sendall(start + b"".join(frame.serialize(mask=True) for _ in range(602)))
        loud.emit("shout", "at last")
        quiet.emit("shout", "still here")
        assert ("heard", "still here") in quiet.events()


def test_more_bytes_than_anybody_needs_are_left_to_their_sender(port: int) -> None:
    with RawClient(port, "loud").join() as loud:
        frame = Frame(Opcode.TEXT, b'42["none","' + b"x" * (MAX_FRAME_BYTES - 100) + b'"]').serialize(mask=True)
        loud.sock.settimeout(1)
        with pytest.raises(TimeoutError):
            loud.sock.sendall(12 * frame)


def test_a_reader_for_whom_too_much_waits_loses_its_line_and_nobody_elses(port: int) -> None:
    with RawClient(port, "quiet").join() as quiet, RawClient(port, "slow") as slow:
        slow.join().emit("flood", {"count": 200, "size": 100_000})
        assert slow.close_code() == 1000
        quiet.emit("shout", "still here")
        assert ("heard", "still here") in quiet.events()
