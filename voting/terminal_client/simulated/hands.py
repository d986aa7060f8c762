"""What simulated scrutineers do about votes counted by hand: one enters the figures, another compares and confirms."""

from collections.abc import Callable
from dataclasses import dataclass, field

from voting.congress.refusal import Refused
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.terminal_client.simulated.crypto import TerminalDistrust
from voting.terminal_client.simulated.link import Link
from voting.wire.polls import PollView
from voting.wire.requests import ConfirmHandCountRequest, EnterHandCountRequest
from voting.wire.views import HandCountState, ScrutineerView

FoundByHand = tuple[HandMethod, HandFigures]

REASON = "按规定手工计票（示例）"
ENDED = frozenset({PollState.CLOSED, PollState.SEALED})
OVERTAKEN = frozenset(
    {ChamberRefusal.HAND_COUNT_CONFIRMED, ChamberRefusal.HAND_COUNT_CHANGED, ChamberRefusal.POLL_NOT_CLOSED}
)


@dataclass
class HandCounter:
    """One scrutineer beside a box of papers. ``found``: what this one counted in a poll; ``enters``: or else confirms.

    ``done``: polls in which this one's part was acknowledged.
    """

    found: Callable[[str], FoundByHand]
    enters: bool
    on_step: Callable[[str, str], None] = lambda *_: None
    done: set[str] = field(default_factory=set)

    async def act(self, link: Link, view: ScrutineerView, index: int) -> None:
        """Do what is this one's part now. Raises LinkLost, Refused, or TerminalDistrust when figures differ."""
        for poll in view.hall.polls.values():
            progress = view.progress.get(poll.id)
            if progress is None or poll.state not in ENDED or poll.id in self.done:
                continue
            if self.enters and progress.hand_count is HandCountState.MISSING:
                method, figures = self.found(poll.id)
                request = EnterHandCountRequest(poll=poll.id, method=method, figures=figures, reason=REASON)
                await link.request(request)
                self._acknowledged("entered", poll)
            elif not self.enters and progress.hand_count is HandCountState.ENTERED:
                await self._confirm(link, view, poll, index)

    async def _confirm(self, link: Link, view: ScrutineerView, poll: PollView, index: int) -> None:
        entry = view.hand_counts[poll.id]
        if entry.entered_by == index:
            return
        if (entry.method, entry.figures) != self.found(poll.id):
            raise TerminalDistrust(f"poll {poll.id}: scrutineer {entry.entered_by} entered figures that nobody found")
        try:
            request = ConfirmHandCountRequest(poll=poll.id, entered_at=entry.entered_at)
            await link.request(request)
        except Refused as refused:
            if refused.refusal.code not in OVERTAKEN:
                raise
        self._acknowledged("compared", poll)

    def _acknowledged(self, step: str, poll: PollView) -> None:
        self.done.add(poll.id)
        self.on_step(step, poll.id)
