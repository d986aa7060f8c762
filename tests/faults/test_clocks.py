"""A clock that jumps: what was acknowledged stays so, and the count is right."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.drill import Crew, line, told
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
