"""A websocket that asks, reads answers, and looks at nothing that is pushed: with it many people cost a test little."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import msgspec

from voting.congress.refusal import Refusal, Refused
from voting.wire.replies import RefusedReply


def websocket_address(url: str) -> str:
    """Where a server at this address takes websockets."""
    return url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"


async def token_of(http: aiohttp.ClientSession, url: str, code: str) -> str:
    """Log in with this code."""
    async with http.post(f"{url}/api/login", json={"code": code}) as answer:
        assert answer.status == 200, await answer.text()
        token: str = (await answer.json())["token"]
    return token


class _NotConnected(msgspec.Struct):
    data: Refusal


class PlainLine:
    """One introduction on one websocket."""

    def __init__(self, websocket: aiohttp.ClientWebSocketResponse) -> None:
        self._websocket = websocket
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reading = asyncio.create_task(self._read())
        self._number = 0

    async def ask(self, name: str, payload: object) -> dict[str, Any]:
        """The reply. Raises Refused, and ConnectionError where the line ends before it comes."""
        self._number += 1
        answer = self._waiting[self._number] = asyncio.get_running_loop().create_future()
        await self._websocket.send_str(f"42{self._number}{json.dumps([name, payload])}")
        reply: dict[str, Any] = await answer
        if not reply["ok"]:
            raise Refused(msgspec.convert(reply, RefusedReply).refusal)
        return reply

    async def _read(self) -> None:
        async for message in self._websocket:
            text = str(message.data)
            if text == "2":
                await self._websocket.send_str("3")
            elif text.startswith("43"):
                number, _, rest = text[2:].partition("[")
                self._waiting.pop(int(number)).set_result(json.loads(f"[{rest}")[0])
        for answer in self._waiting.values():
            answer.set_exception(ConnectionError(f"the line has ended: {self._websocket.close_code}"))

    async def end(self) -> None:
        """Say goodbye."""
        await self._websocket.close()
        await self._reading


@asynccontextmanager
async def plain_line(http: aiohttp.ClientSession, url: str, auth: Mapping[str, str]) -> AsyncIterator[PlainLine]:
    """A line on which somebody has introduced themselves. Raises Refused when the server will not have them."""
    async with http.ws_connect(websocket_address(url), max_msg_size=0) as websocket:
        await websocket.receive_str()
        await websocket.send_str("40" + json.dumps(auth))
        answer = await websocket.receive_str()
        if answer.startswith("44"):
            raise Refused(msgspec.json.decode(answer[2:], type=_NotConnected).data)
        line = PlainLine(websocket)
        try:
            yield line
        finally:
            await line.end()
