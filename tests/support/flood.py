"""Hostile websockets that send as fast as they are read, and come back as soon as they are cut off.

Runs as a process of its own, `python -m tests.support.flood`, so that what it costs its own side slows nobody honest:
reads a Flood as JSON from standard input, says `flooding`, goes on until its input is closed or its time is over, and
prints what it did.
Loopback only.
"""

import asyncio
import contextlib
import json
import random
import sys
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec

BLOCK = 64
"""Frames that are handed to the transport together."""
COME_BACK_SECONDS = 0.01
LONGEST_SECONDS = 300


class Flood(msgspec.Struct, frozen=True):
    """Whom to harass, with how many anonymous lines, and with one line for each of the tokens; seconds: at most."""

    url: str
    anonymous: int
    tokens: tuple[str, ...]
    poll: str
    seconds: float
    seed: int = 1


class Told(msgspec.Struct):
    """What a flood did."""

    lines: int = 0
    frames: dict[str, int] = msgspec.field(default_factory=dict)
    bytes_read: int = 0


def text_frame(text: str | bytes) -> bytes:
    """A masked frame of one message; the mask is zero."""
    payload = text.encode() if isinstance(text, str) else text
    size = len(payload)
    if size < 126:
        head = bytes([0x81, 0x80 | size])
    elif size < 1 << 16:
        head = bytes([0x81, 0x80 | 126]) + size.to_bytes(2)
    else:
        head = bytes([0x81, 0x80 | 127]) + size.to_bytes(8)
    return head + bytes(4) + payload


HANDSHAKE = (
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: hall\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def introduced(token: str | None, *frames: str) -> bytes:
    """Everything up to the first requests."""
    auth = {"token": token, "audience": "seat"} if token else {}
    return HANDSHAKE + text_frame("40" + json.dumps(auth)) + b"".join(map(text_frame, frames))


def anonymous_kinds(poll: str) -> Sequence[tuple[str, bytes, Sequence[str], bool]]:
    """Name, what is said first, what is said for ever, whether answers are read."""
    refused = [f'421["{name}",{{"poll":"{poll}"}}]' for name in ("close_poll", "confirm_count", "prepare_poll")]
    malformed = ["42[", '42["cast",{"poll":', '42["no_such_request",{}]', "42" + "[" * 500, '421["disconnect"]']
    resync = ['421["resync",{}]']
    again = ["40{}", "41", '40{"token":"forged"}']
    return (
        ("resync", introduced(None), resync, True),
        ("refused", introduced(None), refused, True),
        ("malformed", introduced(None), malformed, True),
        ("deaf", introduced(None), resync, False),
        ("resync again", introduced(None), resync, True),
        ("introductions", HANDSHAKE, again, True),
        ("pings", introduced(None), ["3"], True),
        ("silent", b"", (), True),
        ("half a header", HANDSHAKE[:-10], (), True),
        ("half a body", b"POST /api/login HTTP/1.1\r\nHost: hall\r\nContent-Length: 4000\r\n\r\n{", (), True),
    )


def known_kinds(token: str, poll: str) -> Sequence[tuple[str, bytes, Sequence[str], bool]]:
    """The same of somebody who is logged in."""
    large = json.dumps(["cast", {"poll": poll, "ballot": "x" * 20_000}])
    refused = [f'421["{name}",{{"poll":"{poll}"}}]' for name in ("close_poll", "annul_poll", "release_decryption")]
    return (
        ("resync, known", introduced(token), ['421["resync",{}]'], True),
        ("refused, known", introduced(token), refused, True),
        ("large ballots", introduced(token), ["421" + large], True),
        ("signing in", introduced(token), ['421["sign_in",{}]'], True),
        ("deaf, known", introduced(token), ['421["resync",{}]'], False),
    )


class Line(asyncio.Protocol):
    """One connection after another, all of one kind."""

    def __init__(self, flooding: "Flooding", kind: tuple[str, bytes, Sequence[str], bool]) -> None:
        self._flooding = flooding
        self._name, self._first, frames, self._reads = kind
        self._block = b"".join(text_frame(frame) for _ in range(BLOCK) for frame in frames[:1])
        if len(frames) > 1:
            self._block = b"".join(text_frame(frames[n % len(frames)]) for n in range(BLOCK))
        self._paused = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._paused = transport, False
        self._flooding.told.lines += 1
        transport.write(self._first)
        if not self._reads:
            transport.pause_reading()
        self._write()

    def _write(self) -> None:
        if self._transport is None or self._transport.is_closing() or self._paused or not self._block:
            return
        self._transport.write(self._block)
        told = self._flooding.told.frames
        told[self._name] = told.get(self._name, 0) + BLOCK
        asyncio.get_running_loop().call_soon(self._write)

    def pause_writing(self) -> None:
        self._paused = True

    def resume_writing(self) -> None:
        self._paused = False
        self._write()

    def data_received(self, data: bytes) -> None:
        self._flooding.told.bytes_read += len(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        asyncio.get_running_loop().call_later(COME_BACK_SECONDS, self._flooding.connect, self)

    def end(self) -> None:
        if self._transport is not None:
            self._transport.abort()


class Flooding:
    """All lines of a flood."""

    def __init__(self, flood: Flood) -> None:
        address = urlsplit(flood.url)
        assert ip_address(str(address.hostname)).is_loopback
        self._host, self._port = str(address.hostname), address.port or 80
        self._flood = flood
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_over = False
        self.told = Told()

    def _kinds(self) -> Iterator[tuple[str, bytes, Sequence[str], bool]]:
        kinds = anonymous_kinds(self._flood.poll)
        for number in range(self._flood.anonymous):
            yield kinds[number % len(kinds)]
        for number, token in enumerate(self._flood.tokens):
            known = known_kinds(token, self._flood.poll)
            yield known[number % len(known)]

    async def run(self) -> Told:
        """Until standard input ends, or the time is over."""
        lines = [Line(self, kind) for kind in self._kinds()]
        random.Random(self._flood.seed).shuffle(lines)
        for line in lines:
            self.connect(line)
        sys.stdout.write("flooding\n")
        sys.stdout.flush()
        over = asyncio.Event()
        asyncio.get_running_loop().add_reader(sys.stdin, over.set)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), min(self._flood.seconds, LONGEST_SECONDS))
        self._is_over = True
        for line in lines:
            line.end()
        return self.told

    def connect(self, line: Line) -> None:
        """Open it again."""
        if not self._is_over:
            task = asyncio.get_running_loop().create_task(self._connect(line))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _connect(self, line: Line) -> None:
        try:
            await asyncio.get_running_loop().create_connection(lambda: line, self._host, self._port)
        except OSError:
            asyncio.get_running_loop().call_later(COME_BACK_SECONDS, self.connect, line)


def main() -> None:
    """Flood, and print what was done."""
    flood = msgspec.json.decode(sys.stdin.buffer.readline(), type=Flood)
    told = asyncio.run(Flooding(flood).run())
    sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
