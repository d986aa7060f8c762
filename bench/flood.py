"""Casting while hostile lines flood a real server, against casting in quiet: how long the slowest hundredth waits."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Row
from tests.support.flooding import flooded
from tests.support.hall import Hall, sitting
from tests.support.plans.plain import last_press_plan
from tests.support.voters import Voters, ninety_ninth, voters
from voting.tally.board.election import Election

POLL = "projects"
SEATS, ANONYMOUS, KNOWN = 251, 50, 5
SPAN_SECONDS = 10
ROUNDS = 3
SETTLED_SECONDS = 3


class Casting:
    """Rounds in which everybody casts three times: in quiet, as a flood begins, and while it lasts."""

    def __init__(self, voting: Voters, election: Election, hostile: list[str]) -> None:
        self._voting, self._election, self._hostile = voting, election, hostile
        self._turn = 0
        self.quiet: list[float] = []
        self.beginning: list[float] = []
        self.lasting: list[float] = []

    async def round(self) -> None:
        """One of each."""
        self.quiet += await self._cast(self._ballots())
        await self._voting.verified(POLL)
        for latencies, seconds in ((self.beginning, 0), (self.lasting, SETTLED_SECONDS)):
            ballots = self._ballots()
            async with flooded(self._voting.hall, POLL, ANONYMOUS, self._hostile):
                await asyncio.sleep(seconds)
                latencies += await self._cast(ballots)
            await self._voting.verified(POLL)

    async def _cast(self, ballots: dict[str, str]) -> list[float]:
        return await self._voting.cast(POLL, ballots, SPAN_SECONDS, self._turn)

    def _ballots(self) -> dict[str, str]:
        self._turn += 1
        return self._voting.ballots(self._election, POLL, self._turn)


async def _measured(hall: Hall) -> list[float]:
    numbers = [delegate.number for delegate in hall.plan.roster.delegates]
    async with voters(hall, numbers[:SEATS]) as voting:
        await voting.sign_in()
        await hall.hold_ceremony()
        casting = Casting(voting, await voting.open(POLL), numbers[SEATS:])
        for _ in range(ROUNDS):
            await casting.round()
    return [ninety_ninth(sorted(some)) for some in (casting.quiet, casting.beginning, casting.lasting)]


def flood_rows() -> Iterator[tuple[str, list[Row]]]:
    """One table: the slowest hundredth of the casts."""
    with tempfile.TemporaryDirectory() as name, sitting(Path(name), last_press_plan(SEATS + KNOWN)) as hall:
        quiet, beginning, lasting = hall.run(_measured(hall), 900)
    title = f"99 of 100 casts are stored within ({ROUNDS} x {SEATS} within {SPAN_SECONDS} s)"
    hostile = f"{ANONYMOUS} + {KNOWN} hostile lines"
    yield title, [Row("in quiet", quiet), Row(f"as {hostile} begin", beginning), Row(f"beside {hostile}", lasting)]
