"""Sending what is hostile: on websockets that come back when they are cut, and as HTTP requests. Loopback only."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from tests.support.flood import HANDSHAKE, text_frame

PROBE = "7777777"
SECONDS = 60
_Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Target:
    """A server on this machine."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self._host, self._port = str(address.hostname), address.port
        assert ip_address(self._host).is_loopback

    async def open(self) -> _Streams:
        return await asyncio.open_connection(self._host, self._port)


class HostileLine:
    """One sender's websocket. answers: how often which code refused a try; carried_out: what was answered `ok`."""

    def __init__(self, target: Target, token: str | None, audience: str) -> None:
        self._target = target
        self._auth = {"token": token, "audience": audience} if token else {}
        self._streams: _Streams | None = None
        self.answers: Counter[str] = Counter()
        self.carried_out: list[str] = []

    async def send(self, frames: Sequence[bytes]) -> None:
        """All of them at once, and wait until the server has looked at the last, or has ended the line."""
        if self._streams is None:
            await self._connect()
        assert self._streams is not None
        reader, writer = self._streams
        try:
            writer.write(b"".join(frames) + text_frame(f'42{PROBE}["resync",{{}}]'))
            await asyncio.wait_for(self._read(reader, writer, until_probe=True), 5 + len(frames) / 10)
        except TimeoutError:  # who has left the namespace gets no answer
            self.answers["unanswered"] += 1
            await self.end()
        except (OSError, EOFError):
            await self.end()

    async def _connect(self) -> None:
        while self._streams is None:
            reader, writer = await self._target.open()
            writer.write(HANDSHAKE + text_frame("40" + json.dumps(self._auth)))
            try:
                status = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), SECONDS)).split()[1]
                assert status == b"101", status
                self._streams = reader, writer
                await asyncio.wait_for(self._read(reader, writer, until_probe=False), SECONDS)
            except (OSError, EOFError):
                await self.end()

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, until_probe: bool) -> None:
        """Until the probe is answered, or until the introduction is. Raises EOFError at the end of the line."""
        while True:
            opcode, data = await _frame(reader)
            if opcode == 8:
                self.answers["closed"] += 1
                raise EOFError
            text = data.decode()
            if text == "2":
                writer.write(text_frame("3"))
            elif text.startswith("43"):
                number, _, rest = text[2:].partition("[")
                if self._note(number, json.loads("[" + rest)[0]) and until_probe:
                    return
            elif text.startswith(('42["refused"', "44")):
                self.answers["refused"] += 1
            if text.startswith(("40", "44")) and not until_probe:
                return

    def _note(self, number: str, reply: object) -> bool:
        """Whether this answers the probe."""
        if number == PROBE:
            return True
        if not isinstance(reply, dict):  # the socket library's answer after a goodbye
            self.answers["ignored"] += 1
        elif reply["ok"]:
            self.carried_out.append(number)
        else:
            self.answers[str(reply["refusal"]["code"])] += 1
        return False

    async def end(self) -> None:
        """Leave."""
        if self._streams is None:
            return
        _, writer = self._streams
        self._streams = None
        writer.transport.abort()


async def _frame(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readexactly(2)
    size = head[1]
    if size == 126:
        size = int.from_bytes(await reader.readexactly(2))
    elif size == 127:
        size = int.from_bytes(await reader.readexactly(8))
    return head[0] & 15, await reader.readexactly(size)


async def visit(target: Target, raw: bytes) -> str:
    """Send this as an HTTP request, then nothing more: the status that is answered, or `closed`."""
    reader, writer = await target.open()
    try:
        writer.write(raw)
        writer.write_eof()
        answer = await asyncio.wait_for(reader.read(), SECONDS)
    except OSError:
        return "closed"
    finally:
        writer.transport.abort()
    if answer.startswith(b"HTTP/1.1 503") and b"text/html" in answer:
        return "pages not built"
    return answer[9:12].decode("latin-1") if answer.startswith(b"HTTP/") else "closed"
