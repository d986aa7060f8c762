"""`voting run`: the sample sitting on this machine, with simulated delegates, for whoever wants to see it."""

import asyncio
import contextlib
import signal
import sys
import time
from pathlib import Path

import click

from voting.commands.serving import (
    free_port,
    print_addresses,
    serve_until_interrupted,
    serve_until_stopped,
    start_server,
)
from voting.commands.sessions import group_option, plan_of
from voting.commands.stop import Stop
from voting.rehearsal.server_process import ServerProcess
from voting.wire.roles import Role

SAMPLE = Path("config/samples/pinghu-2022")
HOST, PORT = "127.0.0.1", 8250
FREE_SEATS = 3
STOP_SECONDS = 10.0


@click.command(name="run", short_help="Hold the sample sitting on this machine, to try it out.")
@click.argument("session_dir", metavar="[SESSION_DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--data",
    "data_dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="The sitting's data directory.  [default: data/ and the session's name]",
)
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535), help="Or the next free one.")
@click.option("--fresh", is_flag=True, help="Begin a new sitting; the earlier one's data is kept under another name.")
@click.option(
    "--seats", type=click.IntRange(min=0), help="How many simulated delegates join; all but three by default."
)
@click.option(
    "--pace",
    default=25.0,
    show_default=True,
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="How long the simulated delegates take at most to sign in, and later to vote.",
)
@group_option
def command(
    session_dir: Path | None,
    data_dir: Path | None,
    port: int,
    fresh: bool,
    seats: int | None,
    pace: float,
    group: str | None,
) -> None:
    """Hold the sample sitting (or SESSION_DIR) on this machine, for trying it out.

    Serves the session on localhost and lets simulated delegates join; they sign in, get ready and vote by themselves,
    each in their own time. You open the console, the hall screen, the scrutineers' pages and the free seats with the
    addresses that are printed. Ctrl-C ends everything; the next start resumes the sitting unless --fresh is given.
    """
    session = session_dir or _sample()
    if not session.is_dir():
        raise Stop("session_missing", f"{session} is not a directory")
    plan = plan_of(session)
    free = max(0, plan.roster.in_office - seats) if seats is not None else min(FREE_SEATS, plan.roster.in_office)
    data = data_dir or Path("data") / session.resolve().name
    if fresh and data.exists():
        kept = data.with_name(f"{data.name}.{time.strftime('%Y%m%d-%H%M%S')}")
        data.rename(kept)
        click.echo(f"The earlier sitting is kept in {kept}.")
    chosen = free_port(HOST, port)
    if chosen != port:
        click.echo(f"Port {port} is taken; using {chosen}.")
    serve_until_interrupted(_hold(ServerProcess(session, data, HOST, chosen, group), free, pace))


def _sample() -> Path:
    """The sample session from here, or from the source tree this program lies in."""
    return SAMPLE if SAMPLE.is_dir() else Path(__file__).resolve().parents[2] / SAMPLE


async def _hold(server: ServerProcess, free: int, pace: float) -> None:
    delegates: asyncio.subprocess.Process | None = None
    try:
        badges = await start_server(server)
        seats = [badge for badge in badges if badge.role is Role.DELEGATE]
        click.echo(f"Plenary serves {server.session_dir} on {server.url} (Ctrl-C ends everything).")
        print_addresses(server.url, badges, seats[:FREE_SEATS] if free else (), server.data_dir)
        if len(seats) > free:
            click.echo(f"{len(seats) - free} simulated delegates are joining; the first {free} seats are free for you.")
            delegates = await _join(server, free, pace)
        await serve_until_stopped(server)
    finally:
        await _end(delegates)
        await server.stop()


async def _join(server: ServerProcess, free: int, pace: float) -> asyncio.subprocess.Process:
    who = (server.url, "--data", str(server.data_dir), "--leave-free", str(free))
    when = ("--sign-in-within", str(pace), "--vote-within", str(pace))
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "voting", "simulate", *who, *when)


async def _end(process: asyncio.subprocess.Process | None) -> None:
    if process is None or process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
