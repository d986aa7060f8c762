"""One rehearsal: a real server, a headless terminal per person, every poll held and compared with the choices."""

import asyncio
import contextlib
import multiprocessing
import os
import signal
from collections.abc import Coroutine, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import Any, TypeVar

from voting.rehearsal.holding import Leading
from voting.rehearsal.people import STARTS_AT_ONCE, People
from voting.rehearsal.plan import RehearsalOutcome, RehearsalPlan
from voting.rehearsal.steps import Steps
from voting.server.services.codes import read_codes
from voting.storage.data_dir import DataDir
from voting.terminal_client.simulated import open_http

__all__ = ["STARTS_AT_ONCE", "RehearsalOutcome", "RehearsalPlan", "rehearse", "terminal_pool"]

T = TypeVar("T")


async def rehearse(rehearsal: RehearsalPlan, steps: Steps) -> RehearsalOutcome:
    """Hold the whole sitting. Raises what server or terminals raise; the server is always ended."""
    server = rehearsal.server
    try:
        await server.start()
        badges = read_codes(DataDir(server.data_dir).codes)
        with terminal_pool() as pool:
            async with open_http() as http:
                people = People(rehearsal, steps, pool, http, badges)
                leading = Leading(rehearsal, people, steps, pool)
                return await _led_by(leading.sitting(), [server.watch(), *people.terminals()])
    finally:
        await server.stop()


@contextlib.contextmanager
def terminal_pool(processes: int | None = None) -> Iterator[Executor]:
    """Processes for the terminals' cryptography; Ctrl-C is the parent's business."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes or min(2, os.cpu_count() or 1), context, _ignore_interrupt)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


async def _led_by(sitting: Coroutine[Any, Any, T], terminals: Iterable[Coroutine[Any, Any, None]]) -> T:
    """The sitting's result while all terminals work, or the first failure of any; on leaving, all have ended."""
    leader = asyncio.ensure_future(sitting)
    tasks: list[asyncio.Future[Any]] = [leader, *map(asyncio.ensure_future, terminals)]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done - {leader}:
            task.result()
        return leader.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
