"""The socket library neither closes the HTTP session that all terminals share nor puts its own in its place."""

import asyncio
import gc
from typing import Any

import aiohttp
import pytest
import socketio

from voting.terminal_client.simulated.link import Websockets, open_http

_AsyncClient: Any = socketio.AsyncClient  # the library has no types


def client_on(http: aiohttp.ClientSession) -> Any:
    return _AsyncClient(reconnection=False, handle_sigint=False, http_session=Websockets(http))


def test_a_forgotten_socket_does_not_close_the_session_that_others_use() -> None:
    async def opened() -> aiohttp.ClientSession:
        http = open_http()
        assert client_on(http).eio.external_http
        return http

    with asyncio.Runner() as runner:
        http = runner.run(opened())
        gc.collect()  # the loop rests: this is when the library closes a session it was given
        assert not http.closed
        runner.run(http.close())


def test_on_a_closed_session_no_other_one_is_opened() -> None:
    async def refused() -> None:
        http = open_http()
        await http.close()
        client = client_on(http)
        with pytest.raises(RuntimeError, match="Session is closed"):
            await client.connect("http://127.0.0.1:9", transports=["websocket"])
        assert isinstance(client.eio.http, Websockets)

    asyncio.run(refused())
