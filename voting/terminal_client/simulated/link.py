"""One terminal's line to the server: login, websocket, pushed views, requests with replies. Reconnects by itself.

Everything a terminal does is driven by what was pushed to it, so that a lost connection costs nothing but time:
after a reconnect the server sends a fresh snapshot and the terminal goes on from there.
"""

import asyncio
import contextlib
import random
import socket as socket_module
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

import aiohttp
import jsonpatch
import msgspec
import socketio

from voting.congress.refusal import Refusal, Refused
from voting.terminal_client.simulated.view import ViewFollower
from voting.wire.declared import Answer, Request, declared
from voting.wire.login import LoggedIn
from voting.wire.pushed import Me
from voting.wire.refusals import WireRefusal
from voting.wire.replies import RefusedReply
from voting.wire.roles import Audience

REPLY_SECONDS = 30.0
CONNECT_SECONDS = 15.0
GOODBYE_SECONDS = 1.0
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 2.0
BUDGET_PAUSE = 1.0

_AsyncClient: Any = socketio.AsyncClient  # the library has no types

T = TypeVar("T")


class LinkLost(Exception):
    """A request was not answered, because the line broke or in time: it may or may not have been carried out."""


class LoginRefused(Refused):
    """The server does not accept the code."""


class Link:
    """A logged-in connection for one audience.

    ``me`` is the last pushed Me. ``changed`` is set after every push and every reconnect; ``Link.follow`` waits on it.
    """

    def __init__(
        self,
        http: aiohttp.ClientSession,
        url: str,
        code: str,
        audience: Audience,
        starting: AbstractAsyncContextManager[object] | None = None,
    ) -> None:
        """``starting``: a semaphore that limits how many links of a process connect at the same time."""
        self._starting = starting or contextlib.nullcontext()
        self._http = http
        self._websockets = Websockets(http)
        self._url = url.rstrip("/")
        self._code = code
        self._audience = audience
        self._socket: Any = None
        self._lost = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self._resyncing: asyncio.Task[None] | None = None  # a task that nobody names may be collected as garbage
        self.follower = ViewFollower()
        self.changed = asyncio.Event()
        self.login: LoggedIn | None = None
        self.me: Me | None = None
        self.connections = 0
        self._fault: Exception | None = None

    # --- life ---

    async def __aenter__(self) -> "Link":
        """Log in, connect, and keep the connection. Raises LoginRefused when the code is not accepted."""
        try:
            await self._connect_patiently()
        except BaseException:
            await self._drop()
            raise
        self._keeper = asyncio.create_task(self._keep())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper
        await self._drop()

    def break_line(self) -> None:
        """Drill: lose the network in the middle of whatever is under way; the link reconnects by itself."""
        if self._socket is not None and self._socket.eio.ws is not None:
            self._socket.eio.ws.get_extra_info("socket").shutdown(socket_module.SHUT_RDWR)

    async def _keep(self) -> None:
        try:
            while True:
                await self._lost.wait()
                await self._drop()
                await self._connect_patiently()
        except Refused as refused:
            self._fault = refused
            self.changed.set()

    async def _connect_patiently(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                async with self._starting:
                    await self._connect()
                return
            except (OSError, aiohttp.ClientError, socketio.exceptions.ConnectionError, TimeoutError, LinkLost):
                await self._drop()
                await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - spreads reconnects
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _connect(self) -> None:
        if self.login is None:
            self.login = await self._log_in()
        socket = _AsyncClient(reconnection=False, handle_sigint=False, http_session=self._websockets)
        lost = asyncio.Event()
        refusals: list[Any] = []
        socket.on("snapshot", self._on_snapshot)
        socket.on("patch", self._on_patch)
        socket.on("me", self._on_me)
        socket.on("disconnect", lambda *_: lost.set())
        socket.on("connect_error", refusals.append)
        self._socket, self._lost = socket, lost
        self.follower.seq = None  # what was pushed before is history; a fresh snapshot comes
        auth = {"token": self.login.token, "audience": self._audience.value}
        try:
            # The library's own limit begins once the line is open, and an HTTP session may offer one that is dead.
            async with asyncio.timeout(CONNECT_SECONDS):
                await socket.connect(self._url, auth=auth, transports=["websocket"], wait_timeout=CONNECT_SECONDS)
            if not socket.connected:  # the library may take the time limit for an answer
                raise LinkLost("connect")
        except socketio.exceptions.ConnectionError:
            if WireRefusal.LOGGED_OUT in map(_code_of, refusals):
                raise LoginRefused(Refusal(code=WireRefusal.LOGGED_OUT)) from None  # by people, for people to decide
            if WireRefusal.LOGIN_NEEDED in map(_code_of, refusals):
                self.login = None  # the token is no longer known: log in again with the code
            raise
        except (TypeError, ValueError) as error:  # what the library makes of a line that breaks while it opens
            raise LinkLost("connect") from error
        self.connections += 1

    async def _log_in(self) -> LoggedIn:
        timeout = aiohttp.ClientTimeout(total=CONNECT_SECONDS)
        async with self._http.post(f"{self._url}/api/login", json={"code": self._code}, timeout=timeout) as answer:
            body = await answer.read()
        if answer.status == 200:
            return msgspec.json.decode(body, type=LoggedIn)
        if answer.status in (401, 403):
            raise LoginRefused(msgspec.json.decode(body, type=RefusedReply).refusal)
        raise LinkLost(f"login answered {answer.status}")

    async def _drop(self) -> None:
        socket, self._socket = self._socket, None
        self._lost.set()
        if socket is not None:
            with contextlib.suppress(Exception):  # whatever the dead connection says, it is given up
                await socket.eio.disconnect(abort=True)
        await self._websockets.close()

    # --- what is pushed ---

    def _on_snapshot(self, message: Any) -> None:
        with self._noticing():
            self.follower.snapshot(message)

    def _on_patch(self, message: Any) -> None:
        in_order = True
        with self._noticing():
            in_order = self.follower.patch(message)
        if not in_order and self._socket is not None:
            self._resyncing = asyncio.create_task(self._resync())

    async def _resync(self) -> None:
        """Where the line breaks meanwhile, a snapshot comes with the next one."""
        with contextlib.suppress(LinkLost, Refused):
            await self.ask("resync", {})

    def _on_me(self, message: Any) -> None:
        with self._noticing():
            self.me = msgspec.convert(message, Me)

    @contextlib.contextmanager
    def _noticing(self) -> Iterator[None]:
        """A push that cannot be understood ends the terminal's work: it is raised where the terminal waits."""
        try:
            yield
        except (msgspec.ValidationError, jsonpatch.JsonPatchException, jsonpatch.JsonPointerException) as error:
            self._fault = error
        self.changed.set()

    async def next_change(self) -> None:
        """Wait for a push since `changed` was last cleared. Raises what could not be understood."""
        await self.changed.wait()
        if self._fault is not None:
            raise self._fault

    def look_again(self, seconds: float) -> None:
        """Act as if something had been pushed in a moment, because a request remained unanswered."""
        asyncio.get_running_loop().call_later(seconds, self.changed.set)

    def view(self, kind: type[T]) -> T | None:
        """The view as a message type, or None before the first snapshot and during a resync."""
        if self.follower.seq is None:
            return None
        return msgspec.convert(self.follower.view, kind)

    async def until(self, kind: type[T], reached: Callable[[T], bool], seconds: float) -> T:
        """Wait until the view satisfies ``reached``. Raises TimeoutError when nothing is pushed for ``seconds``."""
        while True:
            self.changed.clear()
            view = self.view(kind)
            if view is not None and reached(view):
                return view
            await asyncio.wait_for(self.next_change(), seconds)

    # --- what is asked ---

    async def request(self, message: Request[Answer]) -> Answer:
        """Send a request and await the reply that its type names. Raises Refused or LinkLost."""
        request = declared(type(message))
        return msgspec.convert(await self.ask(request.name, msgspec.to_builtins(message)), request.reply)

    async def ask(self, name: str, payload: object) -> dict[str, Any]:
        """Send any payload by a request's name: the reply as JSON data. Raises Refused or LinkLost.

        What came too fast was not looked at, and is sent again.
        """
        while True:
            try:
                return await self._ask_once(name, payload)
            except Refused as refused:
                if refused.refusal.code != WireRefusal.TOO_MANY_REQUESTS:
                    raise
            await asyncio.sleep(BUDGET_PAUSE)

    async def _ask_once(self, name: str, payload: object) -> dict[str, Any]:
        socket, lost = self._socket, self._lost
        if socket is None or lost.is_set():
            raise LinkLost(name)
        call = asyncio.ensure_future(socket.call(name, payload, timeout=REPLY_SECONDS))
        gone = asyncio.ensure_future(lost.wait())
        await asyncio.wait({call, gone}, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not call.done():
            call.cancel()
            raise LinkLost(name)
        try:
            reply: dict[str, Any] = call.result()
        except (socketio.exceptions.SocketIOError, OSError) as error:
            raise LinkLost(name) from error
        if not reply["ok"]:
            raise Refused(msgspec.convert(reply, RefusedReply).refusal)
        return reply

    async def get(self, path: str) -> bytes:
        """GET with this login. Raises LinkLost unless the answer is 200."""
        headers = {"Authorization": f"Bearer {self.login.token}"} if self.login else {}
        timeout = aiohttp.ClientTimeout(total=REPLY_SECONDS * 4)
        try:
            async with self._http.get(f"{self._url}{path}", headers=headers, timeout=timeout) as answer:
                body = await answer.read()
        except (OSError, aiohttp.ClientError, TimeoutError) as error:
            raise LinkLost(path) from error
        if answer.status != 200:
            raise LinkLost(f"{path} answered {answer.status}")
        return body


class Websockets:
    """The HTTP session as the socket library sees it: its websockets are closed, and it is not.

    The library forgets a websocket that breaks or is given up before the first packet or while it writes. When it is
    collected as garbage while the loop rests, it closes the session it was given, though others use it; and where it
    finds a session closed, it opens one of its own, which nobody closes.
    """

    closed = False

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http
        self._opened: list[Any] = []

    def __bool__(self) -> bool:
        """Nothing that the library would have to close in the end."""
        return False

    async def ws_connect(self, url: str, **options: Any) -> Any:
        """As the session does. Raises what it raises, RuntimeError when it is closed."""
        websocket = await self._http.ws_connect(url, **options)
        self._opened.append(websocket)
        return websocket

    async def close(self) -> None:
        """Close all of them; one that was left in the middle, by a cancellation, is closed the next time."""
        while self._opened:
            if not self._opened[-1].closed:
                with contextlib.suppress(Exception):
                    await asyncio.wait_for(self._opened[-1].close(), GOODBYE_SECONDS)
            self._opened.pop()


class _ConnectError(msgspec.Struct):
    """What the socket library makes of a refused connection; data: the server's own words."""

    data: Refusal


def _code_of(connect_error: object) -> str | None:
    """Why the server refused the connection, if it was the server that did."""
    try:
        return msgspec.convert(connect_error, _ConnectError).data.code
    except msgspec.ValidationError:
        return None


def open_http(trust: ssl.SSLContext | None = None) -> aiohttp.ClientSession:
    """One HTTP session for all links of a process, without a limit on connections.

    trust: which certificates of the server are accepted; None means those the system trusts.
    """
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, ssl=trust or True))
