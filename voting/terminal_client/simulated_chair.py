"""The executive chair's console without a screen: leads every poll from its call to its announcement.

Each step waits for what the console shows (everybody present, everybody ready, all ballots verified), as a chair would.
"""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from voting.congress.poll import PollState
from voting.congress.refusals import Refused
from voting.server.wire import (
    AnnounceResultRequest,
    CallItemRequest,
    ClosePollRequest,
    ConsoleView,
    OpenPollRequest,
    PollView,
    PreparePollRequest,
    Progress,
)
from voting.terminal_client.simulated_link import Link, LinkLost

ORDER = tuple(state for state in PollState if state is not PollState.ANNULLED)

Watcher = Callable[[ConsoleView], None]


class SittingStalled(Exception):  # noqa: N818 - the verdict on a sitting
    """Nothing moved for so long that the chair gives up; says what was waited for."""


@dataclass
class SimulatedChair:
    """The chair. ``patience``: seconds without any change before it gives up. ``watch`` sees every console view."""

    link: Link
    patience: float = 120.0
    watch: Watcher = lambda _: None

    async def until(self, reached: Callable[[ConsoleView], bool], waiting_for: str) -> ConsoleView:
        """Wait for something on the console. Raises SittingStalled."""

        def seen(view: ConsoleView) -> bool:
            self.watch(view)
            return reached(view)

        try:
            return await self.link.until(ConsoleView, seen, self.patience)
        except TimeoutError:
            raise SittingStalled(f"nothing moved for {self.patience:g} s while waiting for {waiting_for}") from None

    async def gather(self, present: int) -> ConsoleView:
        """Wait until this many delegates are present and the scrutineers have made their key."""
        await self.until(lambda view: view.hall.attendance.present >= present, f"{present} delegates to sign in")
        return await self.until(lambda view: view.ceremony_complete, "the scrutineers' key ceremony")

    async def hold(self, poll: str, ready: int, ballots: int, seconds: int | None = None) -> ConsoleView:
        """Hold one poll: ``ready`` terminals get ready, ``ballots`` ballots arrive; returns the view once announced.

        ``seconds``: voting time, None = as planned; the chair closes as soon as every ballot is verified.
        Raises SittingStalled, or Refused with what the server answered.
        """
        await self._call_item_of(poll)
        await self._lead(poll, PollState.PREPARED, "prepare_poll", PreparePollRequest(poll=poll))
        await self._progress(poll, f"{ready} terminals to get ready", lambda progress: progress.ready >= ready)
        request = OpenPollRequest(poll=poll, seconds=seconds)
        await self._lead(poll, PollState.OPEN, "open_poll", request)
        await self._progress(poll, f"{ballots} verified ballots", lambda progress: progress.verified >= ballots)
        await self._lead(poll, PollState.CLOSED, "close_poll", ClosePollRequest(poll=poll))
        await self._state(poll, PollState.CONFIRMED, "the scrutineers to count and confirm")
        await self._lead(poll, PollState.ANNOUNCED, "announce_result", AnnounceResultRequest(poll=poll))
        return await self._state(poll, PollState.ANNOUNCED, "the announcement")

    async def _call_item_of(self, poll: str) -> None:
        view = await self.until(lambda _: True, "the agenda")
        item = next((item.id for item in view.hall.agenda if poll in item.polls), None)
        if item is not None and view.hall.current_item != item:
            await self._insist(
                "call_item", CallItemRequest(item=item), lambda view: view.hall.current_item == item, "the item"
            )

    async def _lead(self, poll: str, target: PollState, name: str, request: msgspec.Struct) -> None:
        await self._insist(name, request, lambda view: _reached(_poll(view, poll), target), f"{target} of {poll}")

    async def _insist(
        self, name: str, request: msgspec.Struct, done: Callable[[ConsoleView], bool], waiting_for: str
    ) -> None:
        """Ask until the console shows it done: asked again when the answer was lost, but never done twice."""
        while True:
            view = await self.until(lambda _: True, waiting_for)
            if done(view):
                return
            try:
                await self.link.request(name, request)
            except LinkLost:
                self.link.look_again(1.0)
                await self.link.next_change()
                continue
            except Refused:
                if done(await self.until(lambda _: True, waiting_for)):
                    return
                raise
            await self.until(done, waiting_for)

    async def _state(self, poll: str, target: PollState, waiting_for: str) -> ConsoleView:
        return await self.until(lambda view: _reached(_poll(view, poll), target), waiting_for)

    async def _progress(self, poll: str, waiting_for: str, reached: Callable[[Progress], bool]) -> None:
        def seen(view: ConsoleView) -> bool:
            return poll in view.progress and reached(view.progress[poll])

        await self.until(seen, f"{waiting_for} in {poll}")


def _poll(view: ConsoleView, poll: str) -> PollView:
    return view.hall.polls[poll]


def _reached(poll: PollView, target: PollState) -> bool:
    if poll.state is PollState.ANNULLED:
        raise SittingStalled(f"poll {poll.id} was annulled: {poll.annulled_because}")
    return ORDER.index(poll.state) >= ORDER.index(target)
