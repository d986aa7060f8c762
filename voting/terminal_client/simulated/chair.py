"""The executive chair's console without a screen: leads every poll from its call to its announcement.

Each step waits for what the console shows (everybody present, everybody ready, all ballots verified), as a chair would.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from voting.congress.refusal import Refused
from voting.sitting.poll import PollState
from voting.terminal_client.simulated.link import Link, LinkLost
from voting.wire.declared import AnyRequest
from voting.wire.polls import PollDraft, PollView
from voting.wire.requests import (
    AnnounceResultRequest,
    CallItemRequest,
    ClosePollRequest,
    IssuePaperRequest,
    OpenByHandRequest,
    OpenPollRequest,
    PlanPollRequest,
    PreparePollRequest,
)
from voting.wire.views import ConsoleView, Progress

ORDER = tuple(state for state in PollState if state is not PollState.ANNULLED)

PAPER_REASON = "终端故障（示例）"

Watcher = Callable[[ConsoleView], None]


class SittingStalled(Exception):
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

    async def hold(
        self,
        poll: str,
        ready: int,
        ballots: int,
        seconds: int | None = None,
        papers: Sequence[str] = (),
        all_cast: Callable[[], Awaitable[None]] | None = None,
    ) -> ConsoleView:
        """Hold one poll: ``ready`` terminals get ready, ``ballots`` delegates vote; returns the view once announced.

        ``seconds``: voting time, None = as planned; the chair closes as soon as everybody's ballot is verified.
        ``papers``: delegates who get a paper instead, half of them (rounded up) before the poll is opened, when they
        no longer count as ready. ``all_cast``: awaited before closing, where delegates may replace their ballots.
        Raises SittingStalled, or Refused with what the server answered.
        """
        early, late = papers[: -(-len(papers) // 2)], papers[-(-len(papers) // 2) :]
        await self._call_item_of(poll)
        await self._lead(poll, PollState.PREPARED, PreparePollRequest(poll=poll))
        await self._issue_papers(poll, early)
        wanted = ready - len(early)
        await self._progress(poll, f"{wanted} terminals to get ready", lambda progress: progress.ready >= wanted)
        request = OpenPollRequest(poll=poll, seconds=seconds, no_kin=True)
        await self._lead(poll, PollState.OPEN, request)
        await self._issue_papers(poll, late)
        await self._progress(poll, f"{ballots} verified ballots", lambda progress: progress.verified >= ballots)
        if all_cast is not None:
            await all_cast()
        return await self._finish(poll)

    async def hold_by_hand(self, poll: str) -> ConsoleView:
        """Hold one poll that scrutineers count by hand; returns the view once announced. Raises as `hold` does."""
        await self._call_item_of(poll)
        await self._lead(poll, PollState.PREPARED, PreparePollRequest(poll=poll))
        await self._lead(poll, PollState.OPEN, OpenByHandRequest(poll=poll, no_kin=True))
        return await self._finish(poll)

    async def plan(self, item: str, draft: PollDraft) -> ConsoleView:
        """Put one more poll on the agenda. Raises as `hold` does."""
        request = PlanPollRequest(item=item, draft=draft)
        await self._insist(request, lambda view: draft.id in view.hall.polls, f"{draft.id} on the agenda")
        return await self.until(lambda view: draft.id in view.hall.polls, f"{draft.id} on the agenda")

    async def _finish(self, poll: str) -> ConsoleView:
        await self._lead(poll, PollState.CLOSED, ClosePollRequest(poll=poll))
        await self._state(poll, PollState.CONFIRMED, "the scrutineers to count and confirm")
        await self._lead(poll, PollState.ANNOUNCED, AnnounceResultRequest(poll=poll))
        return await self._state(poll, PollState.ANNOUNCED, "the announcement")

    async def _issue_papers(self, poll: str, delegates: Sequence[str]) -> None:
        for delegate in delegates:
            request = IssuePaperRequest(poll=poll, delegate=delegate, reason=PAPER_REASON)

            def issued(view: ConsoleView, delegate: str = delegate) -> bool:
                return delegate in view.papers.get(poll, {})

            await self._insist(request, issued, f"a paper for delegate {delegate}")

    async def _call_item_of(self, poll: str) -> None:
        view = await self.until(lambda _: True, "the agenda")
        item = next((item.id for item in view.hall.agenda if poll in item.polls), None)
        if item is not None and view.hall.current_item != item:
            await self._insist(CallItemRequest(item=item), lambda view: view.hall.current_item == item, "the item")

    async def _lead(self, poll: str, target: PollState, request: AnyRequest) -> None:
        await self._insist(request, lambda view: _reached(_poll(view, poll), target), f"{target} of {poll}")

    async def _insist(self, request: AnyRequest, done: Callable[[ConsoleView], bool], waiting_for: str) -> None:
        """Ask until the console shows it done: asked again when the answer was lost, but never done twice."""
        while True:
            view = await self.until(lambda _: True, waiting_for)
            if done(view):
                return
            try:
                await self.link.request(request)
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
    if poll.stays_shut:
        raise SittingStalled(f"poll {poll.id}: {poll.returned} ballots are too few to be opened by its rules")
    return ORDER.index(poll.state) >= ORDER.index(target)
