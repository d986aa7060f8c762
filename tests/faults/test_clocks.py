"""A clock that jumps: what was acknowledged stays so, and the count is right."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.drill import POLL, Crew, line, told
from tests.support.hall import Hall, sitting
from tests.support.plans.plain import sample_plan

NUMBERS = tuple(f"{i:03}" for i in range(1, 7))
HOUR = 3600


@pytest.mark.parametrize("hours", [-3, 2])
def test_a_clock_that_jumps_in_an_open_poll(tmp_path: Path, hours: int, show: Callable[[str], None]) -> None:
    async def jumped(hall: Hall, crew: Crew) -> None:
        await crew.get_ready()
        await crew.cast(*NUMBERS[:3])
        (tmp_path / "clock").write_text(str(hours * HOUR))
        await crew.everybody_sends_again()
        await crew.count()

    with sitting(tmp_path, sample_plan(delegates=len(NUMBERS))) as hall:
        crew = Crew(hall, NUMBERS)
        hall.run(jumped(hall, crew))
        lost, doubled = crew.lost(crew.acknowledged.values()), crew.doubled()
        again = sum(link.connections - 1 for link in hall._links.values())
        show(
            line(
                "a step of the clock costs at most a new connection",
                f"the server's clock set by {hours:+} h between two casts (a clock of the drill's own)",
                len(crew.acknowledged),
                lost,
                doubled,
                f"{told(crew.saw)}; {again} lines made again",
            )
        )
        assert (lost, doubled, len(crew.acknowledged)) == (0, 0, len(NUMBERS))


@pytest.mark.parametrize("hours", [-3, 2])
def test_a_clock_that_jumps_while_the_server_is_down_ends_no_poll(
    tmp_path: Path, hours: int, show: Callable[[str], None]
) -> None:
    async def opened(hall: Hall, crew: Crew) -> None:
        await crew.get_ready()
        await crew.cast(*NUMBERS[:3])

    async def counted(hall: Hall, crew: Crew) -> int:
        await crew.everybody_sends_again()
        view = await hall.until(lambda view: hours > 0 or view.clock_off < 0)
        closes_at = view.hall.polls[POLL].closes_at
        assert closes_at is not None
        await crew.count()
        return closes_at

    with sitting(tmp_path, sample_plan(delegates=len(NUMBERS), seconds=600)) as hall:
        crew = Crew(hall, NUMBERS)
        hall.run(opened(hall, crew))
        hall.server.end(signal.SIGKILL)
        (tmp_path / "clock").write_text(str(hours * HOUR))
        hall.server.start()
        closes_at = hall.run(counted(hall, crew))
        (at_first,) = [event for event in hall.server.journal("poll_opened") if event["poll"] == POLL]
        (moved,) = hall.server.journal("deadline_moved")
        lost, doubled = crew.lost(crew.acknowledged.values()), crew.doubled()
        left = closes_at - moved["at"]
        show(
            line(
                "an open poll has after a restart the voting time that was left",
                f"SIGKILL in a poll of 600 s, the clock set by {hours:+} h, started again",
                len(crew.acknowledged),
                lost,
                doubled,
                f"{left / 1000:.0f} s left; {told(crew.saw)}",
            )
        )
        assert (lost, doubled, len(crew.acknowledged)) == (0, 0, len(NUMBERS))
        assert moved["closes_at"] == closes_at
        assert 0 < left <= at_first["closes_at"] - at_first["at"] == 600_000
        closed = [event["by"] for event in hall.server.journal("poll_closed") if event["poll"] == POLL]
        assert closed == ["chair"]
