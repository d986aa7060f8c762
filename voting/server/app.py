"""The composition root: makes every part, ties them together, serves until it is told to stop.

Law: the server does not start when a route or a socket handler declares no role.
"""

import fcntl
import os
import resource
import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import flask_socketio
import gevent
from flask import Flask
from gevent.event import Event
from msgspec.structs import replace
from sqlalchemy import Engine

from voting.files.rulebooks import load_rulebooks
from voting.files.rules import RulesRefused
from voting.files.session import LoadRefused, load_session
from voting.record.boards import BoardDiffers
from voting.server.gc_tuning import settle_memory, settle_when_prepared
from voting.server.http.access import Access, Attempts, Principal, ServerSecret, undeclared
from voting.server.http.api import Api
from voting.server.http.pages import add_pages
from voting.server.http.reports import ReportMaker, ReportsApi
from voting.server.live import requests
from voting.server.live.broadcast import Broadcaster
from voting.server.live.frames import MALFORMED, strict_packets
from voting.server.live.listener import listener
from voting.server.live.sockets import Sockets
from voting.server.live.views import Scene
from voting.server.live.websocket import MAX_FRAME_BYTES, install
from voting.server.log import JournalStopped, Log, Serving, Stopping
from voting.server.proofs.workers import ProofWorkers
from voting.server.services import codes
from voting.server.services.count_statements import CountStatements
from voting.server.services.ledger import PlanDiffers
from voting.server.services.persons import Persons
from voting.server.services.sitting import SittingService, Surroundings
from voting.server.settings import ServerSettings, ServingAddress, SettingsInvalid
from voting.sitting.events import SittingPlan
from voting.sitting.machine import PlanInvalid
from voting.storage.database import open_engine, settle, upgrade
from voting.storage.journal.group_commit import GroupCommitJournal, JournalBroken
from voting.storage.private_files import make_private, open_private
from voting.storage.server_key import ReceiptSigner

EXIT_JOURNAL_FAILED = 70
DESCRIPTORS = 16384


class RoleMissing(Exception):  # noqa: N818 - a state of the program, named as one
    """A route or socket handler declares no role; a programmer error that keeps the server from starting."""


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
    with ExitStack() as cleanup:
        _prepare_directory(settings.data_dir, cleanup)
        log = Log(cleanup.enter_context(open_private(settings.data_dir / "plenary.log")))
        service, engine = _open_service(plan, settings, log, cleanup)
        server, sockets = _build(plan, settings, service, engine, log)
        address = _start(server, plan, settings)
        log.write(Serving(url=address.url, group=plan.group))
        settle_memory()
        stopping = _stop_signals()
        ready(address)
        stopping.wait()
        log.write(Stopping())
        sockets.refuse_everything()
        server.stop(timeout=1)
        service.stop()
        settle(engine)


def _prepare_directory(data_dir: Path, cleanup: ExitStack) -> None:
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = cleanup.enter_context(open_private(data_dir / "lock"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SettingsInvalid(f"another server is running on {data_dir}; stop it or use another --data") from None
    make_private(data_dir)
    # SQLite would create it for everybody to read; its write-ahead log takes the mode of the file it belongs to.
    open_private(data_dir / "plenary.db").close()


def _open_service(
    plan: SittingPlan, settings: ServerSettings, log: Log, cleanup: ExitStack
) -> tuple[SittingService, Engine]:
    engine = open_engine(settings.data_dir / "plenary.db")
    upgrade(engine)
    workers = ProofWorkers(settings.workers)
    cleanup.callback(workers.stop)
    workers.start()

    def fail_stop(error: BaseException) -> None:
        log.write(JournalStopped(error=repr(error)))
        os._exit(EXIT_JOURNAL_FAILED)

    try:
        rulebooks = load_rulebooks(settings.session_dir)
    except RulesRefused as error:
        raise SettingsInvalid(f"rules that no poll can adopt: {error}") from error
    surroundings = Surroundings(
        open_journal=lambda on_commit: GroupCommitJournal(engine, on_commit, fail_stop),
        workers=workers,
        clock=_unix_ms,
        rng=secrets.token_bytes,
        log=log,
        rulebooks=rulebooks,
    )
    try:
        return SittingService(plan, surroundings), engine
    except PlanInvalid as error:
        raise SettingsInvalid(f"the session cannot be convened: {error}") from error
    except PlanDiffers:
        raise SettingsInvalid(
            f"the session directory was changed after the sitting in {settings.data_dir} was convened; "
            "restore it, or start a new sitting with another --data directory"
        ) from None
    except (JournalBroken, BoardDiffers) as error:
        raise SettingsInvalid(f"the record in {settings.data_dir} does not hold; it is left as is: {error}") from error


def _build(
    plan: SittingPlan, settings: ServerSettings, service: SittingService, engine: Engine, log: Log
) -> tuple[Any, Sockets]:
    secret = ServerSecret.load(settings.data_dir / "secret.key")
    signer = ReceiptSigner.load(settings.data_dir / "server.key")
    persons = Persons(service.boards, signer)
    entries = _codes(plan, settings.data_dir, engine, secret)
    app = Flask("voting.server", static_folder=None)
    statements = CountStatements(service.boards, signer)
    Api(service, Access(secret, entries, Attempts()), secret, persons, statements).attach(app)
    ReportsApi(service, ReportMaker(settings.data_dir, log)).attach(app)
    add_pages(app, settings.static_dir)
    socketio = _socketio(app)
    sockets = Sockets(socketio, service, secret, persons, log)

    def scene() -> Scene:
        online, archives = sockets.connections.online(), service.boards.digests()
        return Scene(service.sitting, online, archives, service.planning.rulebooks)

    service.listen(settle_when_prepared)
    sockets.attach(Broadcaster(scene, sockets.send_patch, _unix_ms))
    require_roles({**app.view_functions, **requests.declared()})
    return listener(app, settings), sockets


def require_roles(handlers: Mapping[str, Callable[..., Any]]) -> None:
    """Raise RoleMissing, naming every route and socket handler that declares no role."""
    missing = undeclared(handlers)
    if missing:
        raise RoleMissing(f"no role is declared by: {', '.join(missing)}")


def _codes(plan: SittingPlan, data_dir: Path, engine: Engine, secret: ServerSecret) -> list[tuple[str, Principal]]:
    """The stored codes; made, with codes.csv, at the first start of a data directory."""
    if not codes.stored_codes(engine):
        badges = codes.make_badges(plan)
        codes.write_codes(data_dir / "codes.csv", badges)
        codes.store_codes(engine, secret, badges)
    return codes.stored_codes(engine)


def _socketio(app: Flask) -> Any:
    names = frozenset(requests.REQUESTS) | {MALFORMED}
    socketio_class: Any = flask_socketio.SocketIO  # the library has no types
    socketio = socketio_class(
        app,
        async_mode="gevent",
        transports=["websocket"],
        manage_session=False,
        http_compression=False,
        max_http_buffer_size=MAX_FRAME_BYTES,
        ping_interval=25,
        ping_timeout=60,
        serializer=strict_packets(names),
    )
    install(socketio)
    return socketio


def _start(server: Any, plan: SittingPlan, settings: ServerSettings) -> ServingAddress:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(DESCRIPTORS, hard) if hard > 0 else DESCRIPTORS, hard))
    try:
        server.start()
    except OSError as error:
        raise SettingsInvalid(f"cannot listen on {settings.host}:{settings.port}: {error.strerror}") from error
    scheme = "https" if settings.tls_cert else "http"
    url = f"{scheme}://{reachable_host(settings.host)}:{server.server_port}"
    data_dir = settings.data_dir
    badges = codes.read_codes(data_dir / "codes.csv") if (data_dir / "codes.csv").exists() else ()
    title = f"{plan.titles.congress} {plan.titles.session} {plan.titles.sitting}"
    codes.write_badges(data_dir / "badges.html", title, (settings.public_url or url).rstrip("/"), badges)
    return ServingAddress(url=url, data_dir=data_dir)


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


def _unix_ms() -> int:
    return time.time_ns() // 1_000_000


def announce_ready(address: ServingAddress) -> None:
    """Tell whoever started the server, on standard output, that it takes connections: `READY <url>`."""
    sys.stdout.write(f"READY {address.url}\n")
    sys.stdout.flush()
