"""Sockets over a sitting, without the socket library, on lines on which a test sends what it likes when it likes."""

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import gevent
from flask import Flask

from tests.support.chamber import Chamber
from tests.support.plans.plain import sample_plan
from tests.support.signer import SIGNER
from voting.server.http.access import Principal, ServerSecret, Tokens
from voting.server.live.broadcast import Broadcaster
from voting.server.live.shares import LINE, Line, Shares
from voting.server.live.sockets import Sockets
from voting.server.live.views import Scene
from voting.server.log import Log
from voting.server.services.persons import Persons

TOKENS = Tokens(ServerSecret(bytes(64)), lambda _: 0)


class Library:
    """Stands for flask_socketio.SocketIO: remembers what is bound, sent and cut."""

    def __init__(self) -> None:
        self.bound: dict[str, Callable[..., Any]] = {}
        self.sent: list[tuple[str, Any, str]] = []
        self.cut: list[str] = []
        self.server = SimpleNamespace(
            manager=SimpleNamespace(
                is_pre_connected=lambda *_: False,
                is_connected=lambda *_: True,
                eio_sid_from_sid=lambda sid, _: "line of " + sid,
            ),
            enter_room=lambda *_: None,
            eio=SimpleNamespace(disconnect=self.cut.append),
        )

    def on_event(self, name: str, handler: Callable[..., Any]) -> None:
        self.bound[name] = handler

    def emit(self, name: str, data: Any, to: str) -> None:
        self.sent.append((name, data, to))


class Hall:
    """Sockets over a sitting, and lines on which a test sends what it likes at the time it likes."""

    def __init__(self) -> None:
        self.now = 0.0
        self.due: list[tuple[float, Callable[[], None]]] = []
        self.library = Library()
        chamber = Chamber(sample_plan())
        persons = Persons(sample_plan(), chamber.service.boards, SIGNER)
        self.known: list[tuple[str, int]] = []
        self.shares = Shares()
        sockets = Sockets(
            self.library,
            chamber.service,
            TOKENS,
            persons,
            self.shares,
            Log(io.StringIO()),
            lambda: self.now,
            self._later,
        )
        sockets.tell_whom_it_knows(self.known.append)
        sockets.attach(Broadcaster(lambda: Scene(chamber.service.sitting), sockets.send_patch, lambda: 0))
        self._app = Flask("hall")
        self._lines: dict[str, dict[str, Any]] = {}

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        self.due.append((self.now + seconds, act))

    def send(self, sid: str, name: str, *args: object, line: str = "") -> Any:
        environ = self._lines.setdefault(line or sid, {LINE: Line(self.shares)})
        with self._app.test_request_context(environ_base=environ) as context:
            context.request.environ |= {"REMOTE_ADDR": "192.0.2.1", "REMOTE_PORT": "4711"}
            context.request.sid = sid  # type: ignore[attr-defined]
            answer = self.library.bound[name](*args)
        gevent.sleep(0)
        return answer

    def line(self, name: str) -> Line:
        line: Line = self._lines[name][LINE]
        return line

    def connect(self, sid: str, who: Principal | None = None, line: str = "") -> None:
        auth = {"token": TOKENS.token_for(who), "audience": "seat"} if who else {}
        self.send(sid, "connect", auth, line=line)

    def snapshots(self) -> int:
        return sum(name == "snapshot" for name, _, _ in self.library.sent)
