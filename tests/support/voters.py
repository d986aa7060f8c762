"""A whole hall of delegates, each on a line that costs the test little, who cast ballots and are timed."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp

from tests.support.hall import RNG, Hall
from tests.support.plain_line import PlainLine, plain_line, token_of
from voting.tally.ballots.ballot import make_ballot
from voting.tally.ballots.credential import make_credential
from voting.tally.board.election import Election
from voting.tally.groups.choice import group_by_name

Choices = tuple[int, ...]
ALTERNATIVES: Sequence[Choices] = ((1, 0, 0), (0, 1, 0), (0, 1, 1), (1, 0, 1))


class Voters:
    """Delegates by number."""

    def __init__(self, hall: Hall, lines: dict[str, PlainLine]) -> None:
        self.hall, self.lines = hall, lines
        self.trackers: dict[str, str] = {}

    async def sign_in(self) -> None:
        """All of them."""
        await asyncio.gather(*(line.ask("sign_in", {}) for line in self.lines.values()))

    async def open(self, poll: str, prepared: Callable[[], Awaitable[None]] | None = None) -> Election:
        """Prepare the poll, register everybody, open it; prepared: done just before it is opened."""
        group = group_by_name(self.hall.plan.group)
        await self.hall.chair("prepare_poll", poll=poll)
        for number, line in self.lines.items():
            credential = self.hall.credentials[poll, number] = make_credential(group, RNG)
            await line.ask("register_credential", {"poll": poll, "credential": credential.public})
        if prepared is not None:
            await prepared()
        await self.hall.chair("open_poll", poll=poll, no_kin=True)
        return await self.hall.election(poll)

    def ballots(self, election: Election, poll: str, turn: int = 0) -> dict[str, str]:
        """One for each; other choices at another turn."""
        made = {}
        for place, number in enumerate(self.lines):
            choices = ALTERNATIVES[(place + turn) % len(ALTERNATIVES)]
            self.hall.choices[poll, number] = choices
            made[number] = make_ballot(election, self.hall.credentials[poll, number], choices, RNG).decode()
        return made

    async def cast(self, poll: str, ballots: dict[str, str], span: float, seed: int) -> list[float]:
        """Everybody casts once, at instants drawn within `span` seconds: how many seconds each answer took, sorted."""
        instants = random.Random(seed)
        casting = (self._cast(poll, number, ballot, instants.uniform(0, span)) for number, ballot in ballots.items())
        return sorted(await asyncio.gather(*casting))

    async def verified(self, poll: str) -> None:
        """Until every ballot that was stored stands on the board."""
        await self.hall.until(lambda view: view.progress[poll].stored == 0)

    async def _cast(self, poll: str, number: str, ballot: str, instant: float) -> float:
        await asyncio.sleep(instant)
        started = time.perf_counter()
        reply = await self.lines[number].ask("cast", {"poll": poll, "ballot": ballot})
        self.trackers[number] = reply["tracker"]
        return time.perf_counter() - started


@asynccontextmanager
async def voters(hall: Hall, numbers: Sequence[str]) -> AsyncIterator[Voters]:
    """These delegates, each on a line of their own."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)))
        codes, url = hall.server.codes(), hall.server.url
        lines = {}
        for number in numbers:
            auth = {"token": await token_of(http, url, codes["delegate", number]), "audience": "seat"}
            lines[number] = await stack.enter_async_context(plain_line(http, url, auth))
        yield Voters(hall, lines)


def ninety_ninth(latencies: Sequence[float]) -> float:
    """The least of the sorted latencies that 99 of 100 do not exceed."""
    return latencies[-(len(latencies) // 100) - 1]
