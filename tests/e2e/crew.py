"""Headless people beside those in Chromium, who bring the sitting to the state that a test begins with.

They speak the real protocol, in a thread of their own: while Playwright runs, its event loop holds the test's thread.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar

from voting.server.services.codes import read_codes
from voting.sitting.poll import PollState
from voting.terminal_client.simulated import (
    BallotChecks,
    Link,
    SimulatedChair,
    SimulatedScrutineer,
    SimulatedSeat,
    open_http,
)
from voting.wire.declared import AnyRequest
from voting.wire.polls import PollView
from voting.wire.requests import (
    AnnounceResultRequest,
    AnnulPollRequest,
    CallItemRequest,
    ClosePollRequest,
    OpenPollRequest,
    PreparePollRequest,
    SignInRequest,
)
from voting.wire.roles import ROLES, Role
from voting.wire.views import ConsoleView

SECONDS = 60
T = TypeVar("T")

Marks = Mapping[str, Mapping[str, tuple[str, ...] | None]]
"""Poll -> delegate -> what this ballot holds (see voting.record.questions); None: nothing is pressed.

A poll added later is named by its title. Who has no entry presses nothing."""

_RANK = {state: rank for rank, state in enumerate(PollState)}


class Crew:
    """Simulated delegates, scrutineers and a chair. Every method waits until what it names is done."""

    def __init__(self, url: str, codes: Path, marks: Marks) -> None:
        self._url, self._marks = url, marks
        self._codes = {(badge.role, badge.holder.subject): badge.code for badge in read_codes(codes)}
        self._pool = ThreadPoolExecutor(2)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="crew", daemon=True)
        self._thread.start()
        self._open = AsyncExitStack()
        self._tasks: dict[tuple[Role, str], asyncio.Task[None]] = {}
        self._scrutineers: list[SimulatedScrutineer] = []
        self._run(self._begin())

    def end(self) -> None:
        """Everybody leaves. Raises what somebody's terminal raised."""
        try:
            self._run(self._leave(*self._tasks))
            self._run(self._open.aclose())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(SECONDS)
            self._loop.close()
            self._pool.shutdown()

    # --- people ---

    def sign_in(self, *delegates: str) -> None:
        """These delegates come in, stay, get ready for each poll that is prepared, and vote as `marks` says."""
        self._run(self._sign_in(delegates))

    def sign_in_only(self, *subjects: str, role: Role = Role.DELEGATE) -> None:
        """These delegates, or observers, sign in and are seen no more: somebody else sits at their terminals."""
        self._run(self._sign_in_only(role, subjects))

    def leave(self, *delegates: str) -> None:
        """The terminals of these delegates are switched off; the delegates stay present."""
        self._run(self._leave(*((Role.DELEGATE, number) for number in delegates)))

    def scrutineers(self, *indices: str, releases: Sequence[str] = ()) -> None:
        """These scrutineers come in; those who release also shuffle. They make the key with whoever else makes it."""
        self._run(self._admit_scrutineers(indices, frozenset(releases)))

    def release(self, *indices: str) -> None:
        """From now on these scrutineers shuffle and decrypt, and the others do not."""
        self._loop.call_soon_threadsafe(self._now_release, frozenset(indices))

    # --- the sitting ---

    def key_made(self) -> None:
        """Wait until the scrutineers' key is made."""
        self.until(lambda view: view.ceremony_complete, "the key")

    def bring(self, poll: str, goal: PollState, ready: int = 0, voted: int = 0) -> None:
        """Lead the poll to this state, or as far as the scrutineers have gone on by themselves.

        ready: how many terminals get ready before it is opened; voted: how many ballots are verified before it is
        closed.
        """
        self._run(self._bring(poll, goal, ready, voted))

    def annul(self, poll: str, reason: str) -> None:
        self._run(self._chair.link.request(AnnulPollRequest(poll=poll, reason=reason)))
        self.until(lambda view: view.hall.polls[poll].state is PollState.ANNULLED, "the poll annulled")

    def settle(self) -> None:
        """No poll is under way any more, whatever a test left behind."""
        view = self.until(lambda _: True, "the console")
        for poll in view.hall.polls.values():
            if _RANK[PollState.COUNTED] <= _RANK[poll.state] < _RANK[PollState.ANNOUNCED]:
                self.bring(poll.id, PollState.ANNOUNCED)
            elif _RANK[PollState.PREPARED] <= _RANK[poll.state] < _RANK[PollState.ANNOUNCED]:
                self.annul(poll.id, "示例：测试结束")

    def until(self, reached: Callable[[ConsoleView], bool], waiting_for: str) -> ConsoleView:
        """Wait for something on the console."""
        return self._run(self._chair.until(reached, waiting_for))

    # --- in the thread ---

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        try:
            return asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, SECONDS), self._loop).result()
        finally:
            for task in self._tasks.values():
                if task.done():
                    task.result()  # why nothing moved any more

    def _line(self, role: Role, subject: str = "") -> Link:
        return Link(self._http, self._url, self._codes[role, subject], ROLES[role].audience)

    async def _begin(self) -> None:
        self._http = await self._open.enter_async_context(open_http())
        self._checks = BallotChecks(self._pool)
        link = await self._open.enter_async_context(self._line(Role.CHAIR))
        self._chair = SimulatedChair(link, patience=SECONDS)

    async def _sign_in(self, delegates: Sequence[str]) -> None:
        signed_in: asyncio.Queue[str] = asyncio.Queue()

        def note(step: str, _poll: str) -> None:
            if step == "signed_in":
                signed_in.put_nowait(step)

        for number in delegates:
            line = self._line(Role.DELEGATE, number)
            seat = SimulatedSeat(line, self._chooser(number), self._pool, on_step=note)
            self._tasks[Role.DELEGATE, number] = asyncio.create_task(seat.run())
        for _ in delegates:
            await signed_in.get()

    async def _sign_in_only(self, role: Role, subjects: Sequence[str]) -> None:
        for subject in subjects:
            async with self._line(role, subject) as link:
                await link.request(SignInRequest())

    def _chooser(self, number: str) -> Callable[[PollView], tuple[str, ...] | None]:
        return lambda poll: self._marks.get(poll.id, self._marks.get(poll.title, {})).get(number)

    async def _leave(self, *who: tuple[Role, str]) -> None:
        tasks = [self._tasks.pop(each) for each in who]
        for task in tasks:
            task.cancel()
        for left in await asyncio.gather(*tasks, return_exceptions=True):
            if not isinstance(left, asyncio.CancelledError | None):
                raise left

    async def _admit_scrutineers(self, indices: Sequence[str], releases: frozenset[str]) -> None:
        for index in indices:
            line = self._line(Role.SCRUTINEER, index)
            person = SimulatedScrutineer(line, self._pool, self._checks, releases=index in releases)
            self._scrutineers.append(person)
            self._tasks[Role.SCRUTINEER, index] = asyncio.create_task(person.run())

    def _now_release(self, indices: frozenset[str]) -> None:
        for person in self._scrutineers:
            person.releases = person.link.me is not None and person.link.me.subject in indices
            person.link.look_again(0)

    async def _bring(self, poll: str, goal: PollState, ready: int, voted: int) -> None:
        chair, request = self._chair, self._chair.link.request
        view = await chair.until(lambda _: True, "the agenda")
        item = next(item.id for item in view.hall.agenda if poll in item.polls)
        if view.hall.current_item != item:
            await request(CallItemRequest(item=item))
        steps: tuple[tuple[PollState, AnyRequest], ...] = (
            (PollState.PREPARED, PreparePollRequest(poll=poll)),
            (PollState.OPEN, OpenPollRequest(poll=poll, no_kin=True)),
            (PollState.CLOSED, ClosePollRequest(poll=poll)),
            (PollState.ANNOUNCED, AnnounceResultRequest(poll=poll)),
        )
        for state, asked in steps:
            if state is PollState.OPEN:
                await chair.until(lambda view: view.progress[poll].ready >= ready, f"{ready} to get ready")
            elif state is PollState.CLOSED:
                await chair.until(lambda view: view.progress[poll].verified >= voted, f"{voted} ballots")
            elif state is PollState.ANNOUNCED:
                await self._reached(poll, min(goal, PollState.CONFIRMED, key=lambda state: _RANK[state]))
                if goal is not state:
                    return
            if _RANK[view.hall.polls[poll].state] < _RANK[state]:
                await request(asked)
                await self._reached(poll, state)
            if _RANK[goal] <= _RANK[state]:
                return

    async def _reached(self, poll: str, state: PollState) -> None:
        await self._chair.until(lambda view: _RANK[view.hall.polls[poll].state] >= _RANK[state], f"{state} of {poll}")
