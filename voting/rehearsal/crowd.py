"""Simulated delegates at a human pace: they come in one after another, think for a while, and vote as they like."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voting.congress.refusal import Refused
from voting.rehearsal.choices import Ticks
from voting.rehearsal.drawing import draw_ballot, popularity
from voting.rehearsal.hall import STARTS_AT_ONCE, terminal_pool
from voting.tally.errors import TallyError
from voting.terminal_client.simulated import Link, SeatFailed, SimulatedSeat, TerminalDistrust, open_http
from voting.wire.polls import PollView
from voting.wire.roles import Audience

QUICKEST = 0.1


@dataclass(frozen=True)
class Pace:
    """Seconds within which all have signed in, and within which all have voted once a poll is open."""

    sign_in_within: float
    vote_within: float

    async def hesitate(self, what: str) -> None:
        """Sleep for a random while, never longer than the bound; ``what`` is "sign_in" or a poll's id."""
        longest = self.sign_in_within if what == "sign_in" else self.vote_within
        earliest = 0.0 if what == "sign_in" else QUICKEST
        await asyncio.sleep(longest * random.uniform(earliest, 1.0))  # noqa: S311 - a pace is no secret


async def join(url: str, codes: Sequence[str], pace: Pace, complain: Callable[[str], None]) -> None:
    """One seat per code, until cancelled or until every one has failed. A seat that fails never stops the others."""

    async def take_part(seat: SimulatedSeat) -> None:
        try:
            await seat.run()
        except (SeatFailed, TerminalDistrust, TallyError, Refused) as failure:
            complain(str(failure))

    starting = asyncio.Semaphore(STARTS_AT_ONCE)
    async with open_http() as http:
        with terminal_pool(processes=1) as pool:
            links = [Link(http, url, code, Audience.SEAT, starting) for code in codes]
            seats = [SimulatedSeat(link, like_people, pool, pace.hesitate) for link in links]
            await asyncio.gather(*(take_part(seat) for seat in seats))


def like_people(poll: PollView) -> Ticks:
    """A ballot of one's own: which options are liked depends on the poll, who ticks what on chance."""
    weights = popularity(poll.question, random.Random(poll.id))  # noqa: S311 - the same for all delegates
    return draw_ballot(random.Random(), poll.question, weights)  # noqa: S311 - a sample's choices protect nobody
