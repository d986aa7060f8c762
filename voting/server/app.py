"""The composition root: makes every part, ties them together, serves until it is told to stop.

Law: the server does not start when a route declares no role, or a request that the wire declares has no handler.
"""

import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from typing import Any

import flask_socketio
import gevent
from flask import Flask
from gevent.event import Event
from gevent.pool import Group
from msgspec.structs import replace

from voting.congress.refusal import Refused
from voting.files.session import LoadRefused, load_session
from voting.server.clock import ClockWatch, SteadyClock, look_for_ever
from voting.server.gc_tuning import settle_memory, settle_when_prepared
from voting.server.handing_out import codes_of, print_badges
from voting.server.health import Health
from voting.server.http.access import PUBLIC, Access, Tokens
from voting.server.http.api import Api, answer_refusals
from voting.server.http.attempts import Attempts
from voting.server.http.pages import add_headers, page_routes
from voting.server.http.reports import ReportMaker, ReportsApi
from voting.server.http.routes import Routes, bearer
from voting.server.http.sitting_record import SittingRecordApi
from voting.server.live import requests
from voting.server.live.broadcast import Broadcaster
from voting.server.live.frames import MALFORMED, strict_packets
from voting.server.live.listener import listener
from voting.server.live.shares import Shares
from voting.server.live.sockets import Sockets
from voting.server.live.turns import Turns
from voting.server.live.views import Scene, Warnings
from voting.server.live.websocket import MAX_FRAME_BYTES, install
from voting.server.log import Log, Serving, Stopping, WrongCodesAlarm
from voting.server.opening import Opened, convened, open_data, sentences, take
from voting.server.page_bundle import bundle_hash
from voting.server.proofs.workers import ProofWorkers
from voting.server.services.admissions import follow_codes, generation_in, shut_out
from voting.server.services.count_statements import CountStatements
from voting.server.services.persons import Persons
from voting.server.services.sitting import SittingService
from voting.server.settings import ServerSettings, ServingAddress, SettingsInvalid
from voting.sitting.events import SittingPlan
from voting.storage.data_dir import DataDir
from voting.storage.last_alive import LastAlive
from voting.storage.listening import Listening, write_listening

DESCRIPTORS = 16384
PING_SECONDS, PONG_SECONDS = 3, 6
"""A terminal that hears nothing for both together knows that its line is dead, though nobody closed it."""


class RoleMissing(Exception):
    """A route declares no role; a programmer error that keeps the server from starting."""


class HandlersDiffer(Exception):
    """The handlers are not those of the wire's requests; a programmer error that keeps the server from starting."""


def serve(settings: ServerSettings, ready: Callable[[ServingAddress], None]) -> None:
    """Serve the session of `settings.session_dir` until SIGTERM or SIGINT. Raises SettingsInvalid."""
    try:
        plan = load_session(settings.session_dir)
    except LoadRefused as error:
        raise SettingsInvalid(str(error)) from error
    serve_plan(plan, settings, ready)


def serve_plan(plan: SittingPlan, settings: ServerSettings, ready: Callable[[ServingAddress], None]) -> None:
    """Serve this sitting until SIGTERM or SIGINT; `ready` is called once connections are taken.

    Raises SettingsInvalid when the plan, the data directory or its journal do not allow it.
    """
    if settings.group is not None:
        plan = replace(plan, group=settings.group)
    data = DataDir(settings.data_dir)
    with ExitStack() as cleanup:
        with sentences(data):
            log = Log(take(data, cleanup))
            opened = open_data(data, settings.accept_rollback)
            clock = SteadyClock()
            service = convened(plan, opened, settings, _workers(settings, cleanup), log, clock)
            alive = LastAlive(data.alive, clock())
            cleanup.callback(alive.close)
            watch = ClockWatch(clock, alive, service.reached, log)
            watchers = Group()
            cleanup.callback(watchers.kill)
            server, sockets = _build(plan, data, settings, service, opened, log, watch, watchers)
            address = _start(server, data, settings, service, opened.keys.signer.public_hex)
        log.write(Serving(url=address.url, group=plan.group))
        settle_memory()
        stopping = _stop_signals()
        with sentences(data):
            write_listening(data.listening, Listening(os.getpid(), address.url))
        ready(address)
        stopping.wait()
        data.listening.unlink(missing_ok=True)
        log.write(Stopping())
        sockets.refuse_everything()
        server.stop(timeout=1)
        service.stop()
        opened.database.settle()


def _workers(settings: ServerSettings, cleanup: ExitStack) -> ProofWorkers:
    workers = ProofWorkers(settings.workers)
    cleanup.callback(workers.stop)
    workers.start()
    return workers


def _build(
    plan: SittingPlan,
    data: DataDir,
    settings: ServerSettings,
    service: SittingService,
    opened: Opened,
    log: Log,
    watch: ClockWatch,
    watchers: Group,
) -> tuple[Any, Sockets]:
    secret, signer = opened.keys
    persons = Persons(plan, service.boards, signer)
    entries = codes_of(plan, data, opened.database, secret)
    app = Flask("voting.server", static_folder=None)
    statements = CountStatements(service.boards, signer)
    health = Health(service.journal)
    watchers.spawn(health.watch)
    tokens = Tokens(secret, lambda who: generation_in(service.sitting, who))
    routes = Routes(app, tokens)
    attempts = Attempts()
    access = Access(secret, entries, attempts)
    follow_codes(access, service.sitting)
    service.listen(lambda rows: follow_codes(access, service.sitting) if shut_out(rows) else None)
    api = Api(service, access, tokens, persons, statements, health, settings.trusted_proxies)
    routes.add(api.routes())
    routes.add(SittingRecordApi(service, tokens, signer).routes())
    routes.add(ReportsApi(service, ReportMaker(data.path, log, bundle_hash(settings.static_dir))).routes())
    routes.add(page_routes(settings.static_dir))
    answer_refusals(app)
    app.after_request(add_headers)
    shares, turns = Shares(), Turns()
    socketio = _socketio(app, shares, turns)
    sockets = Sockets(socketio, service, tokens, persons, shares, log)

    def scene() -> Scene:
        online, archives = sockets.connections.online(), service.boards.digests()
        warnings = Warnings(attempts.alarm, sockets.connections.doubled(), watch.off)
        rulebooks, key = service.planning.rulebooks, signer.public_hex
        return Scene(service.sitting, online, archives, rulebooks, service.head, key, warnings)

    service.listen(settle_when_prepared)
    broadcaster = Broadcaster(scene, sockets.send_patch, watch.clock)
    watch.listen(broadcaster.note_change)
    attempts.listen(lambda alarm: _told(alarm, broadcaster, log))
    watchers.spawn(look_for_ever, watch.look, attempts.look)
    sockets.attach(broadcaster)
    require_roles(routes)
    require_handlers(requests.HANDLERS)
    # The rest is for the database, the log, the workers, files that are served, and lines that are being closed.
    server = listener(app, settings, _descriptors() * 7 // 8, partial(_take_turn, tokens, shares, turns))
    sockets.tell_whom_it_knows(server.know)
    return server, sockets


def _take_turn(tokens: Tokens, shares: Shares, turns: Turns, authorization: str) -> None:
    try:
        who = bearer(tokens, authorization)
    except Refused:
        who = PUBLIC
    turns.take(shares.visit(who, time.monotonic()))


def _told(alarm: str | None, broadcaster: Broadcaster, log: Log) -> None:
    broadcaster.note_change()
    if alarm is not None:
        log.write(WrongCodesAlarm(device=alarm))


def require_roles(routes: Routes) -> None:
    """Raise RoleMissing, naming every route that declares no role."""
    missing = routes.undeclared()
    if missing:
        raise RoleMissing(f"no role is declared by: {', '.join(missing)}")


def require_handlers(handlers: Iterable[str]) -> None:
    """Raise HandlersDiffer, naming every request of the wire without a handler and every handler without a request."""
    differing = requests.unhandled(handlers)
    if differing:
        raise HandlersDiffer(f"either declared or handled, but not both: {', '.join(differing)}")


def _socketio(app: Flask, shares: Shares, turns: Turns) -> Any:
    names = frozenset(requests.HANDLERS) | {MALFORMED}
    socketio_class: Any = flask_socketio.SocketIO  # the library has no types
    socketio = socketio_class(
        app,
        async_mode="gevent",
        transports=["websocket"],
        manage_session=False,
        http_compression=False,
        max_http_buffer_size=MAX_FRAME_BYTES,
        ping_interval=PING_SECONDS,
        ping_timeout=PONG_SECONDS,
        serializer=strict_packets(names),
    )
    install(socketio, shares, turns)
    return socketio


def _descriptors() -> int:
    """How many files and connections this process may have open from now on."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = min(DESCRIPTORS, hard) if hard > 0 else DESCRIPTORS
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return allowed


def _start(
    server: Any, data: DataDir, settings: ServerSettings, service: SittingService, server_key: str
) -> ServingAddress:
    try:
        server.start()
    except OSError as error:
        raise SettingsInvalid(f"cannot listen on {settings.host}:{settings.port}: {error.strerror}") from error
    scheme = "https" if settings.tls_cert else "http"
    url = f"{scheme}://{reachable_host(settings.host)}:{server.server_port}"
    service.admissions.address = (settings.public_url or url).rstrip("/")
    print_badges(service.sitting, data, service.admissions.address, server_key)
    return ServingAddress(url=url, data_dir=data.path)


def reachable_host(host: str) -> str:
    """How other machines call this one when it listens on every address; no packet is sent to find out."""
    if host not in ("", "0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return f"[{host}]" if ":" in host else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def _stop_signals() -> Event:
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, stopping.set)
    return stopping


def announce_ready(address: ServingAddress) -> None:
    """Tell who looks at standard output that the server takes connections: `READY <url>`."""
    sys.stdout.write(f"READY {address.url}\n")
    sys.stdout.flush()
