"""Lines that are cut or go silent, and a server out of descriptors: the same bytes again, the same receipt."""

import asyncio
import contextlib
import resource
import socket
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.faults.drill import Crew, line, told
from tests.faults.proxy import proxied
from tests.support.hall import SECONDS, Hall, sitting
from tests.support.plans.plain import sample_plan
from voting.server.app import PING_SECONDS, PONG_SECONDS

NUMBERS = tuple(f"{i:03}" for i in range(1, 7))
NOTICED_WITHIN = 10
STRANGERS = 60


def shown(crew: Crew, promised: str, tried: str, saw: str) -> str:
    lost, doubled = crew.lost(crew.acknowledged.values()), crew.doubled()
    assert (lost, doubled, len(crew.acknowledged)) == (0, 0, len(crew.numbers))
    return line(promised, tried, len(crew.acknowledged), lost, doubled, saw)


@pytest.mark.parametrize("times", [pytest.param(2, id="short"), pytest.param(20, marks=pytest.mark.long_drill)])
def test_a_line_cut_in_the_middle_of_a_cast(tmp_path: Path, times: int, show: Callable[[str], None]) -> None:
    async def cut(hall: Hall, crew: Crew) -> None:
        async with proxied(hall.server.url) as proxy:
            hall.server.url = proxy.url
            await crew.get_ready()
            for turn in range(times):
                sending = asyncio.ensure_future(crew.cast())
                for _ in range(turn * 3):
                    await asyncio.sleep(0)
                proxy.cut()
                await sending
                await crew.everybody_sends_again()
            await crew.count()
            await hall.close_links()

    with sitting(tmp_path, sample_plan(delegates=len(NUMBERS))) as hall:
        crew = Crew(hall, NUMBERS)
        hall.run(cut(hall, crew))
        tried = f"all lines reset {times} times while {len(NUMBERS)} ballots were on their way"
        show(shown(crew, "a cast that lost its answer may be sent again", tried, told(crew.saw)))


def test_a_line_that_went_silent(tmp_path: Path, show: Callable[[str], None]) -> None:
    noticed: list[float] = []

    async def notice(hall: Hall, number: str) -> None:
        link = await hall.link("delegate", number)
        before, started = link.connections, time.monotonic()
        while link.connections == before:
            link.changed.clear()
            if link._lost.is_set():
                break
            await asyncio.wait({asyncio.ensure_future(link._lost.wait())}, timeout=SECONDS)
        noticed.append(time.monotonic() - started)

    async def silent(hall: Hall, crew: Crew) -> None:
        async with proxied(hall.server.url) as proxy:
            hall.server.url = proxy.url
            await crew.get_ready()
            sending = asyncio.ensure_future(crew.cast())
            proxy.go_silent()
            await asyncio.gather(*(notice(hall, number) for number in NUMBERS))
            await sending
            await crew.everybody_sends_again()
            await crew.count()
            await hall.close_links()

    with sitting(tmp_path, sample_plan(delegates=len(NUMBERS))) as hall:
        crew = Crew(hall, NUMBERS)
        hall.run(silent(hall, crew))
        saw = f"{told(crew.saw)}; offline after {max(noticed):.1f} s at most, then online again"
        tried = "every packet swallowed on every line, in a burst; no line closed"
        show(shown(crew, f"a dead line is noticed within {NOTICED_WITHIN} s", tried, saw))
    assert PING_SECONDS + PONG_SECONDS < NOTICED_WITHIN
    assert max(noticed) < NOTICED_WITHIN


def test_a_server_out_of_descriptors(tmp_path: Path, show: Callable[[str], None]) -> None:
    strangers: list[socket.socket] = []

    async def used_up(hall: Hall, crew: Crew) -> None:
        await crew.get_ready()
        pid = hall.server.pid
        open_now = len(list(Path(f"/proc/{pid}/fd").iterdir()))
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (open_now + 10, open_now + 10))
        address = urlsplit(hall.server.url)
        for stranger in strangers:
            stranger.connect((address.hostname, address.port))
        await crew.cast()
        assert len(crew.acknowledged) == len(NUMBERS)
        for stranger in strangers:
            stranger.close()
        await crew.everybody_sends_again()
        await crew.count()

    with sitting(tmp_path, sample_plan(delegates=len(NUMBERS))) as hall:
        crew = Crew(hall, NUMBERS)
        with contextlib.ExitStack() as cleanup:
            for _ in range(STRANGERS):
                strangers.append(cleanup.enter_context(socket.socket()))
            hall.run(used_up(hall, crew))
        tried = (
            "60 strangers' connections with 10 descriptors left, a burst over the lines that were open; then they left"
        )
        show(shown(crew, "who has a line votes on, though strangers take every descriptor", tried, told(crew.saw)))
