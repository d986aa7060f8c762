"""The websockets: connecting, requests, and what is pushed. Law: what is pushed is committed."""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import flask
import gevent
from gevent.event import Event
from socketio import exceptions

from voting.congress.limits import LINES_OF_A_PERSON, REQUESTS_PER_SECOND
from voting.congress.refusal import Refused, refuse
from voting.server.http.access import PUBLIC, Principal, Tokens, require_audience
from voting.server.live.admission import Place
from voting.server.live.broadcast import Broadcaster
from voting.server.live.budgets import Verdict
from voting.server.live.connections import Connection, Connections
from voting.server.live.frames import MALFORMED, Json
from voting.server.live.request_log import RequestLog
from voting.server.live.requests import HANDLERS, Handler, answer
from voting.server.live.shares import LINE, Line, Shares
from voting.server.log import Log, PushFailed
from voting.server.services.admissions import shut_out
from voting.server.services.persons import Persons
from voting.server.services.sitting import SittingService
from voting.sitting import events as e
from voting.storage.journal.group_commit import JournalFailed, JournalRow
from voting.wire.base import Wire
from voting.wire.pushed import Me, Patch
from voting.wire.refusals import WireRefusal
from voting.wire.replies import CastReply, RefusedReply
from voting.wire.requests import ResyncRequest
from voting.wire.roles import Audience, Role

_NAMESPACE = "/"
_ConnectionRefused: Any = exceptions.ConnectionRefusedError  # the library has no types
_MALFORMED_REPLY = RefusedReply(refuse(WireRefusal.FRAME_MALFORMED).refusal)
_LOGGED_OUT_REPLY = RefusedReply(refuse(WireRefusal.LOGGED_OUT).refusal)
_STOPPING_REPLY = RefusedReply(refuse(WireRefusal.SERVER_STOPPING).refusal)


class Sockets:
    """Binds socket.io events to the service. socketio: the flask_socketio.SocketIO."""

    def __init__(
        self,
        socketio: Any,
        service: SittingService,
        tokens: Tokens,
        persons: Persons,
        shares: Shares,
        log: Log,
        clock: Callable[[], float] = time.monotonic,
        later: Callable[[float, Callable[[], None]], object] = gevent.spawn_later,
    ) -> None:
        """clock: seconds, monotonic; later: do this in so many seconds."""
        self._clock, self._later = clock, later
        self._socketio = socketio
        self._service = service
        self._tokens = tokens
        self._persons, self._shares = persons, shares
        self._log = log
        self._requests = RequestLog(log, clock)
        self._stopping = False
        self._know: Callable[[Place], None] = lambda _: None
        self._due: OrderedDict[Principal, None] = OrderedDict()
        self._person_due = Event()
        self.connections = Connections()

    def attach(self, broadcaster: Broadcaster) -> None:
        """Start to take connections and to push."""
        self._broadcaster = broadcaster
        self._service.listen(self._on_commit)
        self._socketio.on_event("connect", self._on_connect)
        self._socketio.on_event("disconnect", self._on_disconnect)
        self._socketio.on_event(MALFORMED, self._on_malformed)
        for name, handler in HANDLERS.items():
            self._socketio.on_event(name, self._responder(handler))
        gevent.spawn(self._forever, broadcaster.publish_next)
        gevent.spawn(self._forever, self._push_persons)

    def tell_whom_it_knows(self, know: Callable[[Place], None]) -> None:
        """know: told the place of every connection on which somebody has logged in."""
        self._know = know

    def refuse_everything(self) -> None:
        """The server is stopping: from now on every request is told so."""
        self._stopping = True

    def send_patch(self, audience: Audience, patch: Patch) -> None:
        """Push a patch to everybody in this audience."""
        self._socketio.emit("patch", patch, to=_room(audience))

    # --- connections ---

    def _on_connect(self, auth: object = None) -> None:
        line = _line()
        try:
            line.person = None
            self._spend(line)
            line.budget.end()
            who, audience = self._identify(auth)
        except Refused as refused:
            refusal = refused.refusal
            data = {"code": str(refusal.code), "params": refusal.params}
            raise _ConnectionRefused(Json.dumps(refusal), data) from None
        line.person = self._shares.of(who)
        connection = Connection(_sid(), who, audience, line, self._tokens.generation(who))
        self.connections.add(connection)
        self._note_terminals(who)
        if who != PUBLIC:
            self._know(_place())
            for surplus in self.connections.of(who)[:-LINES_OF_A_PERSON]:
                self._cut(surplus)
        # After this handler, when socket.io has told the client that it is connected.
        gevent.spawn(self._welcome, connection)

    def _identify(self, auth: object) -> tuple[Principal, Audience]:
        fields = auth if isinstance(auth, dict) else {}
        token, audience = fields.get("token"), fields.get("audience", Audience.PUBLIC.value)
        if self._stopping:
            raise refuse(WireRefusal.SERVER_STOPPING)
        who = self._tokens.principal_of(token) if isinstance(token, str) and token else PUBLIC
        return who, require_audience(who, audience if isinstance(audience, str) else "")

    def _welcome(self, connection: Connection) -> None:
        manager = self._socketio.server.manager
        while manager.is_pre_connected(connection.sid, _NAMESPACE):
            gevent.sleep(0)
        if not manager.is_connected(connection.sid, _NAMESPACE):
            return
        self._socketio.server.enter_room(connection.sid, _room(connection.audience))
        self._send_snapshot_in_time(connection)
        self._send_me(connection.sid, connection.who)

    def _on_disconnect(self, _reason: object = None) -> None:
        connection = self.connections.get(_sid())
        self.connections.remove(_sid())
        self._note_terminals(connection.who if connection else PUBLIC)

    def _note_terminals(self, who: Principal) -> None:
        """Whoever has a second terminal sees it on both; nobody sees who of the public comes and goes."""
        if who.role is Role.PUBLIC:
            return
        self._broadcaster.note_change()
        self._due[who] = None
        self._person_due.set()

    # --- requests ---

    def _responder(self, handler: Handler) -> Any:
        def respond(payload: object = None) -> Wire:
            connection = self.connections.get(_sid())
            if connection is None or self._stopping:
                return _STOPPING_REPLY
            try:
                self._spend(connection.line)
            except Refused as refused:
                return RefusedReply(refused.refusal)
            try:
                if connection.generation != self._tokens.generation(connection.who):
                    return _LOGGED_OUT_REPLY  # its line is about to be ended
                return self._respond(connection, handler, {} if payload is None else payload)
            finally:
                connection.line.budget.end()

        return respond

    def _spend(self, line: Line) -> None:
        """Raise Refused when the budget of this line or its person is used up; who goes on is cut off."""
        verdict = line.budget.begin(self._clock(), line.person)
        if verdict is Verdict.CARRY_OUT:
            return
        if verdict is Verdict.DISCONNECT:
            self._cut(_sid())
        raise refuse(WireRefusal.TOO_MANY_REQUESTS, limit=REQUESTS_PER_SECOND)

    def _cut(self, sid: str) -> None:
        """End the line itself: who is only told to leave the namespace may introduce themselves again on it."""
        server = self._socketio.server
        line = server.manager.eio_sid_from_sid(sid, _NAMESPACE)
        if line is not None:
            gevent.spawn(server.eio.disconnect, line)

    def _respond(self, connection: Connection, handler: Handler, payload: object) -> Wire:
        reply = self._answer(connection, handler, payload)
        if handler.declared.message is ResyncRequest and not isinstance(reply, RefusedReply):
            self._send_snapshot_in_time(connection)
        if isinstance(reply, CastReply):
            self._remind_of_receipt(connection, reply.tracker)
        return reply

    def _answer(self, connection: Connection, handler: Handler, payload: object) -> Wire:
        name = handler.declared.name
        try:
            reply = answer(self._service, connection.who, handler, payload)
        except JournalFailed:
            return _STOPPING_REPLY
        except Exception as error:
            self._requests.failed(name, connection.who.role, error)
            # Unanswered on purpose: nobody knows whether it was carried out. The terminal reconnects and looks.
            self._socketio.server.disconnect(connection.sid)
            return _STOPPING_REPLY
        refusal = reply.refusal if isinstance(reply, RefusedReply) else None
        self._requests.answered(name, connection.who.role, refusal)
        return reply

    def _remind_of_receipt(self, connection: Connection, tracker: str) -> None:
        """A ballot sent again: its sender may have lost the receipt with the line."""
        me = self._me(connection.who)
        if any(mine.receipt and mine.receipt.tracker == tracker for mine in me.polls.values()):
            self._socketio.emit("me", me, to=connection.sid)

    def _on_malformed(self, *_: object) -> RefusedReply:
        connection = self.connections.get(_sid())
        if connection is None:
            return _MALFORMED_REPLY
        try:
            self._spend(connection.line)
            connection.line.budget.end()
        except Refused as refused:
            return RefusedReply(refused.refusal)
        self._socketio.emit("refused", _MALFORMED_REPLY, to=_sid())
        return _MALFORMED_REPLY

    # --- pushes ---

    def _on_commit(self, rows: Sequence[JournalRow]) -> None:
        self._broadcaster.note_change()
        for row in rows:
            match row.event:
                case e.DelegateEvent(delegate=number) | e.VoterEvent(delegate=number):
                    self._due[Principal(Role.DELEGATE, number)] = None
                case e.ObserverSignedIn(observer=number):
                    self._due[Principal(Role.OBSERVER, number)] = None
        self._person_due.set()
        for who in shut_out(rows):
            for sid in self.connections.of(who):
                gevent.spawn(self._socketio.server.disconnect, sid)

    def _forever(self, work: Callable[[], None]) -> None:
        """A programmer error in one push must not end all pushes."""
        while True:
            try:
                work()
            except Exception as error:
                self._log.write(PushFailed(), error)

    def _push_persons(self) -> None:
        self._person_due.wait()
        self._person_due.clear()
        while self._due:
            who, _ = self._due.popitem(last=False)
            for sid in self.connections.of(who):
                self._send_me(sid, who)
            gevent.sleep(0)

    def _send_snapshot_in_time(self, connection: Connection) -> None:
        """At once, or when the pause since the last one is over; what is asked for meanwhile is the same one."""
        wait = connection.line.snapshots.ask(self._clock())
        if wait == 0:
            self._send_snapshot(connection)
        elif wait is not None:
            self._later(wait, lambda: self._send_snapshot(connection))

    def _send_snapshot(self, connection: Connection) -> None:
        self._socketio.emit("snapshot", self._broadcaster.snapshot(connection.audience), to=connection.sid)

    def _send_me(self, sid: str, who: Principal) -> None:
        if who.role is not Role.PUBLIC:
            self._socketio.emit("me", self._me(who), to=sid)

    def _me(self, who: Principal) -> Me:
        return self._persons.me(who, self._service.sitting, len(self.connections.of(who)))


def _room(audience: Audience) -> str:
    return f"audience:{audience.value}"


def _line() -> Line:
    """Of the websocket whose event is handled: the library keeps one environment for each."""
    line: Line = flask.request.environ[LINE]
    return line


def _place() -> Place:
    environ = flask.request.environ
    return environ.get("REMOTE_ADDR", ""), int(environ.get("REMOTE_PORT", 0))


def _sid() -> str:
    sid: str = flask.request.sid  # type: ignore[attr-defined]
    return sid
