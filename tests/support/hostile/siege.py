"""A whole sitting under siege: in each state of its poll every role sends what it may not, and nothing comes of it."""

import asyncio
import contextlib
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from tests.support.hall import Hall
from tests.support.hostile.frames import Sender
from tests.support.hostile.lines import HostileLine, Target, visit
from tests.support.hostile.visits import request
from tests.support.plain_line import token_of
from tests.support.plans.plain import sample_plan
from tests.support.voters import voters
from voting.sitting.events import SittingPlan
from voting.sitting.poll import PollState
from voting.wire.roles import ROLES, Role

POLL = "projects"
HONEST, HOSTILE = 12, 12
LINES: dict[Role, int] = {
    Role.PUBLIC: 10,
    Role.DELEGATE: HOSTILE,
    Role.OBSERVER: 3,
    Role.CHAIR: 3,
    Role.SCREEN: 3,
    Role.SCRUTINEER: 6,
}
STATES = ("before the ceremony", "planned", "prepared", "open", "sealed", "counted", "announced")
BATCH, BLAST = 16, 200
"""Frames sent at once: few enough to be looked at, and many more than are."""
SAID_ONCE = "(further occurrences of this error will be logged with level INFO)"
"""The socket library on the first visitor of a kind."""
VISITS = 0.15
"""So many of all tries are HTTP requests."""
MEMORY_MB = 64
"""What a siege may add to the server's memory."""
LONGEST_SECONDS = 3600
PACE_SECONDS = 0.05
OWN = frozenset({"ballot_stored", "ballot_accepted"})
"""What honest people do while the poll is open."""


class Result(msgspec.Struct):
    """What a siege found. tries: by role; answers: by code or status; changes: events that nobody honest caused."""

    seed: int
    tries: Counter[str] = msgspec.field(default_factory=Counter)
    answers: Counter[str] = msgspec.field(default_factory=Counter)
    statuses: Counter[str] = msgspec.field(default_factory=Counter)
    carried_out: list[str] = msgspec.field(default_factory=list)
    changes: list[str] = msgspec.field(default_factory=list)
    complaints: list[str] = msgspec.field(default_factory=list)
    memory_mb: tuple[int, int] = (0, 0)
    slowest_cast: float = 0.0
    counted: tuple[list[int], list[int]] = ([], [])

    def faults(self) -> list[str]:
        """What must not be."""
        found = [f"carried out: {one}" for one in self.carried_out] + [f"changed: {one}" for one in self.changes]
        found += [f"HTTP {status}: {n}x" for status, n in self.statuses.items() if status.startswith("5")]
        found += self.complaints
        if self.counted[0] != self.counted[1]:
            found.append(f"counted {self.counted[0]} instead of {self.counted[1]}")
        return found


class Siege:
    """Everybody hostile. say: told what was tried in each state."""

    def __init__(self, hall: Hall, seed: int, say: Callable[[str], None]) -> None:
        self._hall, self._say = hall, say
        self._target = Target(hall.server.url)
        self._drawn = random.Random(seed)
        self._tokens: list[str] = []
        self._senders: list[tuple[Role, Sender, HostileLine]] = []
        self.result = Result(seed)

    async def prepare(self) -> None:
        """Log in, as everybody."""
        people = [d.number for d in self._hall.plan.roster.delegates]
        polls = [poll.id for poll in self._hall.plan.polls]
        codes = self._hall.server.codes()
        async with aiohttp.ClientSession() as http:
            for role, count in LINES.items():
                subjects = [subject for holder, subject in codes if holder == role.value]
                if role is Role.DELEGATE:
                    subjects = subjects[-HOSTILE:]
                for number in range(count):
                    sender = Sender(random.Random(self._drawn.random()), role, polls, people)
                    token = None
                    if subjects:
                        code = codes[role.value, subjects[number % len(subjects)]]
                        token = await token_of(http, self._hall.server.url, code)
                        self._tokens += [token] if role not in (Role.CHAIR, Role.SCRUTINEER) else []
                    self._senders.append((role, sender, HostileLine(self._target, token, ROLES[role].audience.value)))

    def steal(self, ballots: list[str]) -> None:
        """Ballots of honest people are known from now on."""
        for _, sender, _ in self._senders:
            sender.stolen = ballots

    async def attack(self, state: str, tries: int) -> None:
        """Half of it as fast as the lines take it, half of it with every answer awaited."""
        rows = _rows(self._hall.server.data)
        started = time.monotonic()
        visits = int(tries * VISITS)
        for is_paced in (False, True):
            await self._frames((tries - visits) // 2, is_paced)
        await self._visits(visits)
        new = _events(self._hall.server.data, rows)
        is_own = OWN if state == "open" else frozenset()
        self.result.changes += [f"{state}: {event}" for event in new if event not in is_own]
        self._say(
            f"{state}: {tries} tries in {time.monotonic() - started:.0f} s; {dict(Counter(new)) or 'nothing'} changed"
        )

    async def _frames(self, count: int, is_paced: bool) -> None:
        each = -(-count // len(self._senders))
        await asyncio.gather(*(self._work(each, is_paced, *one) for one in self._senders))
        for _, _, line in self._senders:
            await line.end()
            self.result.answers += line.answers
            self.result.carried_out += line.carried_out
            line.answers, line.carried_out = Counter(), []

    async def _work(self, count: int, is_paced: bool, role: Role, sender: Sender, line: HostileLine) -> None:
        at_once = BATCH if is_paced else BLAST
        while count > 0:
            frames = []
            for _ in range(min(count, at_once)):
                frames.append(sender.frame())
                await asyncio.sleep(0)  # honest lines of this process answer their pings meanwhile
            await line.send(frames)
            self.result.tries[role.value] += len(frames)
            count -= len(frames)
            if is_paced:
                await asyncio.sleep(len(frames) * PACE_SECONDS)

    async def _visits(self, count: int) -> None:
        left = iter(range(count))

        async def work() -> None:
            for _ in left:
                polls = [poll.id for poll in self._hall.plan.polls]
                status = await visit(self._target, request(self._drawn, polls, self._tokens))
                self.result.statuses[status] += 1
                self.result.tries["HTTP"] += 1

        await asyncio.gather(*(work() for _ in range(16)))


async def besieged(hall: Hall, tries: int, seed: int, say: Callable[[str], None]) -> Result:
    """Hold a sitting with one poll, and try so much in its course."""
    siege = Siege(hall, seed, say)
    await siege.prepare()
    everybody = [d.number for d in hall.plan.roster.delegates]
    numbers = everybody[:HONEST]
    await hall.sign_in(everybody[HONEST:])
    each = -(-tries // len(STATES))
    async with voters(hall, numbers) as voting:
        before = hall.server.most_memory_mb()
        await voting.sign_in()
        await siege.attack("before the ceremony", each)
        await hall.hold_ceremony()
        await siege.attack("planned", each)
        election = await voting.open(POLL, lambda: siege.attack("prepared", each))
        ballots = voting.ballots(election, POLL)
        siege.steal(list(ballots.values()))
        attacking = asyncio.create_task(siege.attack("open", each))
        latencies = await voting.cast(POLL, ballots, 2, seed)
        await attacking
        await hall.until(lambda view: view.progress[POLL].stored == 0)
        siege.result.slowest_cast = latencies[-1]
        counted = await _counted(hall, siege, each)
        siege.result.counted = counted, hall.expected(POLL)
        siege.result.memory_mb = before, hall.server.most_memory_mb()
    siege.result.complaints = [line for line in hall.server.complaints() if not line.endswith(SAID_ONCE)]
    return siege.result


async def _counted(hall: Hall, siege: Siege, each: int) -> list[int]:
    await hall.chair("close_poll", poll=POLL)
    await hall.until_state(POLL, PollState.SEALED)
    await siege.attack("sealed", each)
    for index in (1, 3):
        await hall.release(POLL, index)
    await hall.until_state(POLL, PollState.COUNTED)
    await siege.attack("counted", each)
    await hall.ask("scrutineer", "1", "confirm_count", poll=POLL)
    await hall.chair("announce_result", poll=POLL)
    view = await hall.until_state(POLL, PollState.ANNOUNCED)
    await siege.attack("announced", each)
    result = view.hall.polls[POLL].result
    assert result is not None
    return [result.count.votes[option.id] for option in view.hall.polls[POLL].options]


def told(result: Result) -> str:
    """What a siege found, in lines."""
    tries = sum(result.tries.values())
    before, after = result.memory_mb
    return "\n".join(
        (
            f"{tries} tries, seed {result.seed}: {dict(result.tries)}",
            f"answers: {dict(result.answers.most_common())}",
            f"HTTP: {dict(result.statuses.most_common())}",
            f"the server's memory went from {before} to at most {after} MB; slowest cast {result.slowest_cast:.2f} s",
            f"counted {result.counted[0]}, as cast {result.counted[1]}",
        )
    )


def siege_plan() -> SittingPlan:
    """With delegates of both sorts."""
    return sample_plan(HONEST + HOSTILE)


def _rows(data: Path) -> int:
    return len(_events(data, 0))


def _events(data: Path, after: int) -> list[str]:
    """Types of the journal's events after so many, as they lie on disk."""
    with contextlib.closing(sqlite3.connect(data / "plenary.db")) as connection:
        rows: list[Any] = connection.execute("SELECT event FROM journal ORDER BY seq").fetchall()
    return [msgspec.json.decode(event)["type"] for (event,) in rows[after:]]
