"""A server that lies is found out by everybody's terminals over the wire, before what it is after is given away."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.hall import SECONDS, Hall, sitting
from tests.support.lies import LIES
from tests.support.plans.plain import sample_plan
from voting.sitting.alarms import Alarm
from voting.terminal_client.simulated import BallotChecks, Link, SimulatedChair, SimulatedScrutineer, SimulatedSeat
from voting.terminal_client.simulated.link import open_http
from voting.wire.roles import Audience

NUMBERS = ("001", "002", "003")
SEATS, SCRUTINEERS = frozenset(NUMBERS), frozenset("123")

FOUND: dict[str, tuple[frozenset[str], str, Alarm | None]] = {
    "polls to another key": (SEATS | SCRUTINEERS, "another key than|cannot be: key", Alarm.KEY),
    "a key nobody made": (SCRUTINEERS, "other keys than this terminal knows", None),
    "receipts by another key": (SEATS, "receipt's server_key", None),
    "polls that state another receipt key": (
        SEATS | SCRUTINEERS,
        "signed with another key|cannot be: server_key",
        Alarm.SERVER_KEY,
    ),
    "polls held to fewer laws": (SEATS | SCRUTINEERS, "every law|cannot be: setup", Alarm.SETUP),
    "a closed board without a ballot": (SEATS, "closed head is not that of these ballots", None),
}
"""Whose terminals stop, with which words, and what the server was told to pass on."""
TOO_LATE = {"receipts by another key", "a closed board without a ballot"}
"""What can be known only once a ballot is cast."""


def test_every_lie_is_one_that_is_found() -> None:
    assert FOUND.keys() == LIES.keys()


@pytest.mark.long
@pytest.mark.parametrize("lie", LIES)
def test_terminals_stop_and_say_why(tmp_path: Path, lie: str) -> None:
    who, why, alarm = FOUND[lie]
    with sitting(tmp_path, sample_plan(), options=("--lie", lie)) as hall:
        stopped = hall.run(_stopped(hall, len(who), holds=alarm is not None or lie in TOO_LATE))
        raised = {event["alarm"] for event in hall.server.journal("alarm_raised")}
        cast = hall.server.journal("ballot_stored")
    assert stopped.keys() == who
    for error in stopped.values():
        with pytest.raises(type(error), match=why):
            raise error
    assert raised == ({alarm.value} if alarm else set())
    assert bool(cast) is (lie in TOO_LATE)


async def _stopped(hall: Hall, wanted: int, holds: bool) -> dict[str, BaseException]:
    """What ended so many terminals, by the delegate's number or the scrutineer's. holds: whether a poll is held."""
    async with _terminals(hall) as (terminals, chair):
        led = asyncio.create_task(_lead(chair, holds))
        waiting = set(terminals)
        while len(terminals) - len(waiting) < wanted:
            done, waiting = await asyncio.wait(waiting, timeout=SECONDS, return_when=asyncio.FIRST_COMPLETED)
            assert done, "nothing more was found"
        led.cancel()
        await asyncio.gather(led, return_exceptions=True)
        ended = {terminals[task]: task.exception() for task in terminals if task.done()}
        return {who: error for who, error in ended.items() if error is not None}


async def _lead(chair: SimulatedChair, holds: bool) -> None:
    await chair.gather(len(NUMBERS))
    if holds:
        await chair.hold("motion", ready=len(NUMBERS), ballots=len(NUMBERS))


@contextlib.asynccontextmanager
async def _terminals(hall: Hall) -> AsyncIterator[tuple[dict[asyncio.Task[None], str], SimulatedChair]]:
    codes = hall.server.codes()
    with ThreadPoolExecutor(2) as pool:
        async with open_http() as http:

            def link(role: str, subject: str, audience: Audience) -> Link:
                return Link(http, hall.server.url, codes[role, subject], audience)

            checks = BallotChecks(pool)
            seats = [
                (number, SimulatedSeat(link("delegate", number, Audience.SEAT), lambda _: ("for",), pool).run())
                for number in NUMBERS
            ]
            scrutineers = [
                (index, SimulatedScrutineer(link("scrutineer", index, Audience.SCRUTINEER), pool, checks).run())
                for index in sorted(SCRUTINEERS)
            ]
            tasks = {asyncio.create_task(terminal): who for who, terminal in (*seats, *scrutineers)}
            try:
                async with link("chair", "", Audience.CONSOLE) as console:
                    yield tasks, SimulatedChair(console, SECONDS)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
