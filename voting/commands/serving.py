"""What the commands share that keep a server running: interruption, the addresses, the codes to hand out."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Coroutine, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from voting.commands.stop import Failed, Stop
from voting.rehearsal.server_process import ServerFailed, ServerProcess
from voting.server.services.codes import Badge, read_codes
from voting.storage.data_dir import DataDir
from voting.wire.roles import AT_A_SEAT, ROLES, VERIFIER

PORTS_TRIED = 50

T = TypeVar("T")


def run_until_interrupted(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end. SIGINT and SIGTERM cancel the work, let it clean up, and raise KeyboardInterrupt."""

    async def guarded() -> T:
        task = asyncio.ensure_future(work)
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        return await task

    try:
        return asyncio.run(guarded())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


def serve_until_interrupted(work: Coroutine[Any, Any, None]) -> None:
    """As run_until_interrupted, for work that has no other end: being interrupted is how it is done."""
    with contextlib.suppress(KeyboardInterrupt):
        run_until_interrupted(work)


async def serve_until_stopped(server: ServerProcess) -> None:
    """Keep the server until this is cancelled or the server fails. Raises Stop."""
    try:
        await server.watch()
    except ServerFailed as failed:
        raise Failed("server_failed", str(failed)) from None


async def start_server(server: ServerProcess) -> tuple[Badge, ...]:
    """Start; the codes of everybody, none once codes.csv was deleted. Raises Stop when the server does not start."""
    try:
        await server.start()
    except ServerFailed as failed:
        raise Failed("server_failed", str(failed)) from None
    codes = DataDir(server.data_dir).codes
    return read_codes(codes) if codes.exists() else ()


def free_port(host: str, wanted: int) -> int:
    """``wanted`` or the next free port after it. Raises Stop when there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise Stop("no_free_port", f"none of the ports {wanted} to {wanted + PORTS_TRIED - 1} of {host} is free")


def print_addresses(url: str, badges: Iterable[Badge], seats: Iterable[Badge], data_dir: Path) -> None:
    """Who opens what with which code: everybody who has no seat, and the given seats."""
    desks = [badge for badge in badges if badge.role not in AT_A_SEAT]
    order = tuple(ROLES)
    desks.sort(key=lambda badge: (order.index(badge.role), badge.holder.subject))
    rows = [(_label(badge), badge.code, f"{url}{badge.link}") for badge in [*desks, *seats]]
    rows.append(("Verify a record", "-", f"{url}{VERIFIER}"))
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    click.echo("")
    for label, code, link in [("Who", "Code", "Address"), *rows]:
        click.echo(f"  {_pad(label, widths[0])}  {_pad(code, widths[1])}  {link}")
    data = DataDir(data_dir)
    click.echo(f"\nEverybody's code: {data.codes}; badges to print: {data.badges}")


def _label(badge: Badge) -> str:
    holder, label = badge.holder, ROLES[badge.role].label
    return f"{label} {holder.subject} {holder.name}" if holder.subject else label


def _width(text: str) -> int:
    return sum(2 if ord(character) >= 0x2E80 else 1 for character in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
