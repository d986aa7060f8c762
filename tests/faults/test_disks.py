"""Disks that are full or read-only, and a database that vanishes: a stop with its reason, and a clean start."""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.faults.disks import SmallDisk, limit_files, small_disk
from tests.faults.drill import Crew, line, told
from tests.support.hall import SECONDS, Hall, sitting
from tests.support.plans.plain import sample_plan
from voting.server.last_words import EXIT_JOURNAL_FAILED
from voting.server.services.room import LEAST_FREE_MEGABYTES

NUMBERS = tuple(f"{i:03}" for i in range(1, 7))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk of its own where this user may mount one, else the disk of the test."""
    with small_disk() as made:
        yield made or SmallDisk(tmp_path)


class Stop:
    """What was seen of a server that stops by itself."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self.health: Counter[str] = Counter()
        self.code = 0
        self.seconds = 0.0

    async def await_end(self, act: Awaitable[None]) -> None:
        """Ask for its health until it is gone; seconds count from the act that brings the failure about."""
        watching = asyncio.ensure_future(self._watch())
        started = time.monotonic()
        await act
        self.code = await asyncio.to_thread(self._hall.server.ended)
        self.seconds = time.monotonic() - started
        await watching

    async def _watch(self) -> None:
        async with aiohttp.ClientSession() as http:
            with contextlib.suppress(OSError, aiohttp.ClientError, asyncio.TimeoutError):
                while True:
                    timeout = aiohttp.ClientTimeout(total=SECONDS)
                    async with http.get(f"{self._hall.server.url}/healthz", timeout=timeout) as answer:
                        self.health[(await answer.json()).get("problem", "ok")] += 1
                    await asyncio.sleep(0.02)

    def __str__(self) -> str:
        return f"exit {self.code} after {self.seconds:.1f} s, /healthz {dict(self.health)}"


def finished(crew: Crew, stop: Stop, before: set[str], promised: str, tried: str) -> str:
    lost, doubled = crew.lost({*before, *crew.acknowledged.values()}), crew.doubled()
    assert (lost, doubled, len(crew.acknowledged)) == (0, 0, len(crew.numbers))
    return line(promised, tried, len(crew.acknowledged), lost, doubled, f"{told(crew.saw)}; {stop}; the same receipts")


def test_a_disk_that_is_full(disk: SmallDisk, tmp_path: Path, show: Callable[[str], None]) -> None:
    own = disk.path != tmp_path

    def make_full(hall: Hall) -> None:
        if own:
            disk.fill()
        else:
            limit_files(hall.server.pid, (hall.server.data / "plenary.db-wal").stat().st_size)

    async def full(hall: Hall, crew: Crew, stop: Stop) -> set[str]:
        await crew.get_ready()
        await crew.cast(*NUMBERS[:2])
        before = set(crew.acknowledged.values())
        make_full(hall)
        await stop.await_end(crew.cast(*NUMBERS[2:]))
        if own:
            disk.free()
        hall.server.start()
        await hall.reconnected()
        assert crew.lost(before) == 0
        await crew.everybody_sends_again()
        await crew.count()
        return before

    with sitting(disk.path, sample_plan(delegates=len(NUMBERS))) as hall:
        crew, stop = Crew(hall, NUMBERS), Stop(hall)
        before = hall.run(full(hall, crew, stop))
    how = "a small disk in memory, filled to the last byte, with database, log and standard error on it"
    tried = how if own else "no file of the server may grow (RLIMIT_FSIZE, as this user mounts nothing)"
    show(
        finished(
            crew, stop, before, "a full disk stops the server, and nothing is acknowledged that is not stored", tried
        )
    )
    assert stop.code == EXIT_JOURNAL_FAILED
    # SQLite tells a file that may not grow (EFBIG) as an error of input and output, not as a full disk.
    assert stop.health["disk_full" if own else "failed"] > 0


@pytest.mark.parametrize("name", ["plenary.db", "plenary.db-wal", "high-water"])
def test_a_file_that_vanishes(tmp_path: Path, name: str, show: Callable[[str], None]) -> None:
    async def vanished(hall: Hall, crew: Crew, stop: Stop) -> set[str]:
        await crew.get_ready()
        await crew.cast(*NUMBERS[:2])
        before = set(crew.acknowledged.values())
        file, aside = hall.server.data / name, tmp_path / "aside"
        file.rename(aside)
        await stop.await_end(crew.cast(*NUMBERS[2:]))
        file.unlink(missing_ok=True)
        aside.rename(file)
        hall.server.start()
        await hall.reconnected()
        assert crew.lost(before) == 0
        await crew.everybody_sends_again()
        await crew.count()
        return before

    with sitting(tmp_path, sample_plan(delegates=len(NUMBERS))) as hall:
        crew, stop = Crew(hall, NUMBERS), Stop(hall)
        before = hall.run(vanished(hall, crew, stop))
    tried = f"{name} moved away under a server in a burst, and put back before the next start"
    show(finished(crew, stop, before, "a server whose files are taken away stops, and acknowledges nothing", tried))
    assert stop.code == EXIT_JOURNAL_FAILED
    assert stop.health["vanished"] > 0


def test_an_idle_server_notices_too(tmp_path: Path, show: Callable[[str], None]) -> None:
    async def idle(hall: Hall, stop: Stop) -> None:
        await hall.sign_in(NUMBERS)
        (hall.server.data / "plenary.db").rename(tmp_path / "aside")
        await stop.await_end(asyncio.sleep(0))
        (tmp_path / "aside").rename(hall.server.data / "plenary.db")
        hall.server.start()
        await hall.reconnected()

    with sitting(tmp_path, sample_plan(delegates=len(NUMBERS))) as hall:
        stop = Stop(hall)
        hall.run(idle(hall, stop))
        assert hall.run(hall.until(lambda view: view.people[NUMBERS[0]].attendance == "present"))
    promised = "a server whose database vanishes stops although nobody asks it for anything"
    show(line(promised, "plenary.db moved away while nothing happened", 0, 0, 0, str(stop)))
    assert stop.code == EXIT_JOURNAL_FAILED


def test_a_disk_that_is_read_only(disk: SmallDisk, tmp_path: Path, show: Callable[[str], None]) -> None:
    if disk.path == tmp_path:
        pytest.skip("this user may mount no disk; the journal's own test makes its connection read-only")

    async def back(hall: Hall, crew: Crew) -> None:
        await hall.reconnected()
        await crew.everybody_sends_again()
        await crew.count()

    with sitting(disk.path, sample_plan(delegates=len(NUMBERS))) as hall:
        crew = Crew(hall, NUMBERS)
        hall.run(crew.get_ready())
        hall.run(crew.cast())
        hall.server.stop()
        disk.read_only(True)
        try:
            refused = hall.server.refused_start()
        finally:
            disk.read_only(False)
        hall.server.start()
        hall.run(back(hall, crew))
        lost, doubled = crew.lost(crew.acknowledged.values()), crew.doubled()
    tried = "a start on a disk mounted read-only, then on the same disk writable"
    show(
        line(
            "what cannot be written is not served", tried, len(crew.acknowledged), lost, doubled, f"no start: {refused}"
        )
    )
    assert (lost, doubled) == (0, 0)
    assert "Read-only file system" in refused


def test_a_disk_without_room_opens_no_poll(disk: SmallDisk, tmp_path: Path, show: Callable[[str], None]) -> None:
    if disk.path == tmp_path:
        pytest.skip("this user may mount no disk; the service's own test says how much is free")

    async def opening(hall: Hall) -> str:
        await hall.sign_in(NUMBERS)
        await hall.hold_ceremony()
        await hall.chair("prepare_poll", poll="projects")
        await hall.register("projects", NUMBERS)
        (disk.path / "large").write_bytes(b"\0" * (1 << 20) * 100)
        refused = await hall.refusal(hall.chair("open_poll", poll="projects"))
        (disk.path / "large").unlink()
        await hall.chair("open_poll", poll="projects")
        return str(refused.code)

    with sitting(disk.path, sample_plan(delegates=len(NUMBERS))) as hall:
        code = hall.run(opening(hall))
    promised = f"no poll is opened with less than {LEAST_FREE_MEGABYTES} MB free"
    show(
        line(
            promised,
            "a small disk in memory with 160 MB left",
            0,
            0,
            0,
            f"refused with {code}; opened when there was room",
        )
    )
    assert code == "disk_space_low"
