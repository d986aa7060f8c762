"""The people of one rehearsal and their terminals: seats, scrutineers, the chair's line."""

import asyncio
from collections.abc import Coroutine, Iterable
from concurrent.futures import Executor
from typing import Any

import aiohttp

from voting.rehearsal.expected import hand_figures, hand_method
from voting.rehearsal.plan import RehearsalPlan
from voting.rehearsal.steps import Steps
from voting.server.services.codes import Badge
from voting.terminal_client.simulated import (
    BallotChecks,
    FoundByHand,
    HandCounter,
    Link,
    SimulatedScrutineer,
    SimulatedSeat,
)
from voting.wire.polls import PollView
from voting.wire.pushed import Receipt
from voting.wire.roles import ROLES, Role

STARTS_AT_ONCE = 32


class People:
    """Everybody. ``choices`` and ``polls`` grow when the chair adds a poll."""

    def __init__(
        self,
        rehearsal: RehearsalPlan,
        steps: Steps,
        pool: Executor,
        http: aiohttp.ClientSession,
        badges: Iterable[Badge],
    ) -> None:
        self.choices = rehearsal.choices
        self.polls = {poll.id: poll for poll in rehearsal.plan.polls}
        self._rehearsal = rehearsal
        self._steps = steps
        self._pool = pool
        self._http = http
        self._codes = {(badge.role, badge.holder.subject): badge.code for badge in badges}
        self._crash = asyncio.Event()
        self._starting = asyncio.Semaphore(STARTS_AT_ONCE)
        self._seats = {number: self._seat(number) for number in self.choices.attending}

    def terminals(self) -> list[Coroutine[Any, Any, None]]:
        """What everybody but the chair does, until cancelled."""
        scrutineers = [scrutineer.run() for scrutineer in self._scrutineers()]
        return [self._drill(), *scrutineers, *(seat.run() for seat in self._seats.values())]

    def chair_link(self) -> Link:
        """The line of the chair's console, not yet open."""
        return self._link(Role.CHAIR)

    def receipts(self, poll: str) -> list[Receipt]:
        """In the order of the board, which tells nothing about who is who."""
        given = (receipt for seat in self._seats.values() for receipt in seat.receipts.get(poll, ()))
        return sorted(given, key=lambda receipt: receipt.height)

    def _link(self, role: Role, subject: str = "") -> Link:
        code, url = self._codes[role, subject], self._rehearsal.server.url
        return self._rehearsal.link(self._http, url, code, ROLES[role].audience, self._starting)

    def _seat(self, number: str) -> SimulatedSeat:
        def choose(poll: PollView) -> tuple[str, ...] | None:
            return self.choices.at_terminal(poll.id, number)

        def choose_first(poll: PollView) -> tuple[str, ...] | None:
            return self.choices.earlier(poll.id, number)

        link = self._link(Role.DELEGATE, number)
        return SimulatedSeat(link, choose, self._pool, on_step=self._note, choose_first=choose_first)

    def _scrutineers(self) -> list[SimulatedScrutineer]:
        threshold, scrutineers = self._rehearsal.plan.threshold, self._rehearsal.plan.scrutineers
        checks = BallotChecks(self._pool)
        rounds = 1 if threshold == len(scrutineers) else 3
        self._steps.expect("ceremony", "", rounds * len(scrutineers))
        return [
            SimulatedScrutineer(
                self._link(Role.SCRUTINEER, str(person.index)),
                self._pool,
                checks,
                releases=person.index <= threshold,
                on_step=self._note,
                hands=self._counter(person.index),
            )
            for person in scrutineers
        ]

    def _counter(self, index: int) -> HandCounter | None:
        """The first scrutineer enters what is counted by hand, the second one confirms it."""
        return HandCounter(self._found_by_hand, enters=index == 1, on_step=self._note) if index <= 2 else None

    def _found_by_hand(self, poll: str) -> FoundByHand:
        """What the delegates who vote by hand raised or wrote."""
        question = self.polls[poll].question
        return hand_method(question), hand_figures(question, self.choices)

    def _note(self, step: str, poll: str) -> None:
        self._steps.note(step, poll)
        after = self._rehearsal.kill_server_after
        if step == "stored" and after is not None and self._steps.count(step) >= after:
            self._crash.set()

    async def _drill(self) -> None:
        await self._crash.wait()
        await self._rehearsal.server.kill()
        await self._rehearsal.server.start()
        await asyncio.Event().wait()
