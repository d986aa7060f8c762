"""Hostile websockets without number of requests: the hall votes on, and what they cost is bounded."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.drill import POLL, line
from tests.support.flooding import flooded
from tests.support.hall import Hall, sitting
from tests.support.plans.plain import last_press_plan
from tests.support.voters import voters

ANONYMOUS, KNOWN = 50, 5
MEMORY_MB = 64
"""What a flood may add to the server's memory."""


@pytest.mark.parametrize("seats", [pytest.param(40, id="short"), pytest.param(251, marks=pytest.mark.long_drill)])
def test_a_flood(tmp_path: Path, seats: int, show: Callable[[str], None]) -> None:
    numbers = [f"{number:03}" for number in range(1, seats + KNOWN + 1)]
    added: list[int] = []

    async def vote(hall: Hall) -> set[str]:
        async with voters(hall, numbers[:seats]) as voting:
            await voting.sign_in()
            await hall.hold_ceremony()
            election = await voting.open(POLL)
            await voting.cast(POLL, voting.ballots(election, POLL), 1, seed=1)
            await voting.verified(POLL)
            before = hall.server.most_memory_mb()
            async with flooded(hall, POLL, ANONYMOUS, numbers[seats:]):
                await voting.cast(POLL, voting.ballots(election, POLL, turn=1), 2, seed=2)
                added.append(hall.server.most_memory_mb() - before)
            await voting.verified(POLL)
            assert await hall.finish(POLL) == hall.expected(POLL)
            return set(voting.trackers.values())

    with sitting(tmp_path, last_press_plan(len(numbers))) as hall:
        acknowledged = hall.run(vote(hall))
        accepted = Counter(event["tracker"] for event in hall.server.journal("ballot_accepted"))
        lost, doubled = len(acknowledged - accepted.keys()), sum(n - 1 for n in accepted.values())
        assert hall.server.complaints() == []
    tried = f"{ANONYMOUS} anonymous and {KNOWN} logged-in lines that send as fast as they are read"
    saw = f"stored {len(acknowledged)}x; the server took {added[0]} MB more"
    show(line("a flood stops nobody's vote", tried, len(acknowledged), lost, doubled, saw))
    assert (len(acknowledged), lost, doubled) == (seats, 0, 0)
    assert added[0] < MEMORY_MB
