"""What every drill does around its fault: ballots that were acknowledged before it, and what became of them.

A drill states what is promised, tries it on a real server process, and shows in one line: how many ballots were
acknowledged, how many of them are lost, how many stand on the board twice, and what the people in the hall saw.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from tests.support.hall import SECONDS, Hall
from voting.congress.refusal import Refused
from voting.tally.verify.checks import verify_archive
from voting.terminal_client.simulated.link import LinkLost
from voting.wire.pushed import MyPoll

POLL = "projects"


class Crew:
    """Delegates with a ballot each in a poll that is open."""

    def __init__(self, hall: Hall, numbers: Sequence[str]) -> None:
        self.hall, self.numbers = hall, tuple(numbers)
        self.ballots: dict[str, str] = {}
        self.acknowledged: dict[str, str] = {}
        self.saw: Counter[str] = Counter()

    async def get_ready(self) -> None:
        """Everything up to the moment of voting."""
        await self.hall.sign_in(self.numbers)
        await self.hall.hold_ceremony()
        await self.hall.open(POLL, self.numbers)
        await self.make_ballots(0)

    async def make_ballots(self, turn: int) -> None:
        """Fresh ballots, none of them acknowledged; at the next turn with other choices."""
        self.acknowledged = {}
        for place, number in enumerate(self.numbers, start=turn):
            choices = (place % 2, (place + 1) % 2, 0)
            self.ballots[number] = await self.hall.ballot(POLL, number, choices)
            self.hall.choices[POLL, number] = choices

    async def cast(self, *numbers: str) -> None:
        """These (all) send their ballots at once; whoever gets no answer, or a refusal, will send again."""
        await asyncio.gather(*(self._cast(number) for number in numbers or self.numbers))

    async def _cast(self, number: str) -> None:
        try:
            tracker = await self.hall.send(POLL, number, self.ballots[number])
        except LinkLost:
            self.saw["line lost"] += 1
        except Refused as refused:
            self.saw[str(refused.refusal.code)] += 1
        else:
            assert self.acknowledged.setdefault(number, tracker) == tracker
            self.saw["stored"] += 1

    async def everybody_sends_again(self) -> None:
        """The same bytes, over whatever line there is by then; every receipt comes."""
        for number in self.numbers:
            tracker = await self._sent(number)
            assert self.acknowledged.setdefault(number, tracker) == tracker
            await self.hall.until_mine(number, POLL, partial(_is_receipt_of, tracker))

    async def _sent(self, number: str) -> str:
        link = await self.hall.link("delegate", number)
        while True:
            link.changed.clear()
            with contextlib.suppress(LinkLost):
                return await self.hall.send(POLL, number, self.ballots[number])
            await asyncio.wait_for(link.next_change(), SECONDS)

    async def count(self) -> None:
        """Count the poll; everybody's ballot is in it once, and the record verifies with all receipts."""
        receipts = [await self.hall.receipt_of(number, POLL) for number in self.numbers]
        assert await self.hall.finish(POLL) == self.hall.expected(POLL)
        _, archive = await self.hall.get(f"/api/polls/{POLL}/archive.bel")
        assert verify_archive(archive, receipts).n_ballots == len(self.numbers)

    def lost(self, acknowledged: Iterable[str]) -> int:
        """How many of these trackers the journal does not have."""
        stored = {event["tracker"] for event in self.hall.server.journal("ballot_stored")}
        return len(set(acknowledged) - stored)

    def doubled_presses(self) -> int:
        """How many ballots stand on the board more than once, where a delegate may replace an earlier one."""
        trackers = Counter(event["tracker"] for event in self.hall.server.journal("ballot_accepted"))
        return sum(n - 1 for n in trackers.values())

    def doubled(self) -> int:
        """How many ballots stand on the board more than once, or beside another of the same delegate."""
        accepted = self.hall.server.journal("ballot_accepted")
        by_tracker = Counter(event["tracker"] for event in accepted)
        by_delegate = Counter(event["delegate"] for event in accepted)
        return sum(n - 1 for n in (by_tracker | by_delegate).values())


def _is_receipt_of(tracker: str, mine: MyPoll) -> bool:
    return mine.receipt is not None and mine.receipt.tracker == tracker


def line(promised: str, tried: str, acknowledged: int, lost: int, doubled: int, saw: str) -> str:
    """What a drill shows."""
    figures = f"acknowledged {acknowledged}, lost {lost}, doubled {doubled}"
    return f"PROMISED {promised}\n  TRIED {tried}\n  SHOWN {figures}; the hall saw: {saw}"


def told(saw: Counter[str]) -> str:
    """What answers the terminals got."""
    return ", ".join(f"{what} {n}x" for what, n in sorted(saw.items())) or "nothing"
