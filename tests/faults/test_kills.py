"""SIGKILL, SIGSTOP, killed workers, a second server: nothing acknowledged is lost, nothing stands twice."""

import asyncio
import contextlib
import os
import random
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.drill import POLL, Crew, line, told
from tests.support.hall import Hall, sitting
from tests.support.plans.plain import last_press_plan, sample_plan

NUMBERS = tuple(f"{i:03}" for i in range(1, 7))


@pytest.mark.parametrize("instants", [pytest.param(3, id="short"), pytest.param(50, marks=pytest.mark.long_drill)])
def test_killed_at_any_instant_of_a_burst(tmp_path: Path, instants: int, show: Callable[[str], None]) -> None:
    with sitting(tmp_path, last_press_plan(len(NUMBERS))) as hall:
        shown = Killed(hall, instants)
        hall.run(shown.run(), 60 + 30 * instants)
    show(
        line(
            "a ballot that was answered `stored` survives a power cut at any instant, and counts once",
            f"SIGKILL at {instants} instants of a burst of {len(NUMBERS)} ballots, each followed by a start",
            shown.acknowledged,
            shown.lost,
            shown.doubled,
            f"reconnecting; {told(shown.saw)}; the same receipts",
        )
    )
    assert (shown.lost, shown.doubled) == (0, 0)
    assert shown.acknowledged >= instants


class Killed:
    """A burst, a kill and a start for every instant."""

    def __init__(self, hall: Hall, instants: int) -> None:
        self._hall, self._instants = hall, instants
        self._random = random.Random(instants)
        self.acknowledged = self.lost = self.doubled = 0
        self.saw: Counter[str] = Counter()

    async def run(self) -> None:
        crew = Crew(self._hall, NUMBERS)
        await crew.get_ready()
        for instant in range(self._instants):
            await self._burst(crew, instant)
        self.doubled = crew.doubled_presses()
        receipts = [await self._hall.receipt_of(number, POLL) for number in NUMBERS]
        assert {receipt["tracker"] for receipt in receipts} == set(crew.acknowledged.values())
        assert await self._hall.finish(POLL) == self._hall.expected(POLL)

    async def _burst(self, crew: Crew, instant: int) -> None:
        await crew.make_ballots(instant)
        sending = asyncio.ensure_future(crew.cast())
        await asyncio.sleep(self._random.uniform(0, 0.04))  # the instant itself
        self._hall.server.end(signal.SIGKILL)
        await sending
        before = set(crew.acknowledged.values())
        self.acknowledged += len(before)
        self.lost += crew.lost(before)
        self._hall.server.start()
        await self._hall.reconnected()
        await crew.everybody_sends_again()
        self.acknowledged += len(set(crew.acknowledged.values()) - before)
        self.saw, crew.saw = self.saw + crew.saw, Counter()


@pytest.mark.parametrize("seconds", [pytest.param(12, id="short"), pytest.param(30, marks=pytest.mark.long_drill)])
def test_a_server_that_stands_still(tmp_path: Path, seconds: float, show: Callable[[str], None]) -> None:
    async def still(hall: Hall, crew: Crew) -> None:
        await crew.get_ready()
        sending = asyncio.ensure_future(crew.cast())
        os.kill(hall.server.pid, signal.SIGSTOP)
        await asyncio.sleep(seconds)
        os.kill(hall.server.pid, signal.SIGCONT)
        await sending
        await crew.everybody_sends_again()
        await crew.count()

    with sitting(tmp_path, sample_plan(delegates=len(NUMBERS))) as hall:
        crew = Crew(hall, NUMBERS)
        hall.run(still(hall, crew))
        tried = f"SIGSTOP for {seconds} s in a burst of {len(NUMBERS)} ballots"
        show(told_of(crew, "a server that stands still goes on where it stood", tried))


def test_a_proof_worker_that_dies(tmp_path: Path, show: Callable[[str], None]) -> None:
    async def killed(hall: Hall, crew: Crew) -> None:
        await crew.get_ready()
        sending = asyncio.ensure_future(crew.cast())
        for child in children(hall.server.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        await sending
        await crew.everybody_sends_again()
        for child in children(hall.server.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        await crew.count()

    with sitting(tmp_path, sample_plan(delegates=len(NUMBERS))) as hall:
        crew = Crew(hall, NUMBERS)
        hall.run(killed(hall, crew))
        tried = "every child process killed in a burst, and again before the count"
        show(told_of(crew, "a worker that dies is replaced, and its ballot is checked by another", tried))


def children(pid: int) -> list[int]:
    """Child processes of a process, as Linux tells them."""
    texts = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for text in texts for child in text.split()]


def test_two_servers_on_one_directory(tmp_path: Path, show: Callable[[str], None]) -> None:
    async def second(hall: Hall, crew: Crew) -> None:
        await crew.get_ready()
        sending = asyncio.ensure_future(crew.cast())
        refused = await asyncio.to_thread(hall.server.refused_start)
        assert "another server is running" in refused
        await sending
        await crew.everybody_sends_again()
        await crew.count()

    with sitting(tmp_path, sample_plan(delegates=len(NUMBERS))) as hall:
        crew = Crew(hall, NUMBERS)
        hall.run(second(hall, crew))
        tried = "a second server started on the same directory in a burst; it was refused by name"
        show(told_of(crew, "one directory has one server", tried))


def told_of(crew: Crew, promised: str, tried: str) -> str:
    lost, doubled = crew.lost(crew.acknowledged.values()), crew.doubled()
    assert (lost, doubled, len(crew.acknowledged)) == (0, 0, len(crew.numbers))
    return line(promised, tried, len(crew.acknowledged), lost, doubled, told(crew.saw))
