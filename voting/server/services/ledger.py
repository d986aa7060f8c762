"""The sitting around its journal: decided in memory, committed on disk.

`decided` is the state after everything that was decided; `committed` after everything that is durable. Decisions are
made against the first, everything that leaves the server is made from the second. All calls are made on the loop.
"""

from collections.abc import Callable, Sequence

from voting.congress.refusal import Refusal, Refused
from voting.sitting.commands import Command
from voting.sitting.events import AnyEvent, SittingPlan
from voting.sitting.machine import Sitting, convene, decide, evolve
from voting.storage.journal.group_commit import BallotRow, BoardRow, Journal, JournalRow, Pending, Unit

OnCommit = Callable[[Sequence[JournalRow]], None]


class PlanDiffers(Exception):  # noqa: N818 - a state of the data directory, named as one
    """The journal belongs to a sitting that was planned otherwise."""


class Ledger:
    """Decides, keeps and tells. open_journal is given the function to call after each commit. clock: Unix ms."""

    def __init__(self, open_journal: Callable[[OnCommit], Journal], clock: Callable[[], int]) -> None:
        self.clock = clock
        self._listeners: list[OnCommit] = []
        self._decided: Sitting | None = None
        self._committed: Sitting | None = None
        self._last: Pending | None = None
        self.journal = open_journal(self._on_commit)

    @property
    def decided(self) -> Sitting:
        """State after everything decided, durable or not."""
        if self._decided is None:
            raise RuntimeError("no sitting is convened")
        return self._decided

    @property
    def committed(self) -> Sitting:
        """State after everything durable."""
        if self._committed is None:
            raise RuntimeError("no sitting is convened")
        return self._committed

    def listen(self, listener: OnCommit) -> None:
        """Call `listener` with the rows of each commit from now on, after `committed` has moved and before replies."""
        self._listeners.append(listener)

    def begin(self, plan: SittingPlan, on_row: Callable[[AnyEvent, Sitting], None]) -> None:
        """Resume the journal, or convene `plan` when it is empty.

        on_row is called for every replayed event with the state after it. Raises PlanDiffers and JournalBroken.
        """
        for row in self.journal.replay():
            self._decided = self._committed = evolve(self._decided, row.event)
            on_row(row.event, self._decided)
        if self._decided is None:
            event = convene(plan, self.clock())
            self._decided = evolve(None, event)
            self.journal.append(Unit(events=(event,))).wait()
        elif self._decided.plan != plan:
            raise PlanDiffers

    def carry_out(
        self, command: Command, ballots: tuple[BallotRow, ...] = (), board: tuple[BoardRow, ...] = ()
    ) -> tuple[AnyEvent, ...]:
        """Decide and wait until it is durable; its events, none when it had been carried out before. Raises Refused.

        The caller's greenlet gives way only after the decision, so what it checked before the call still holds in it.
        """
        events = decide(self.decided, command, self.clock())
        if isinstance(events, Refusal):
            raise Refused(events)
        if events:
            for event in events:
                self._decided = evolve(self._decided, event)
            self._last = self.journal.append(Unit(events=events, ballots=ballots, board=board))
        if self._last is not None:
            self._last.wait()
        return events

    def require(self, command: Command) -> None:
        """Raise Refused when `command` would be refused now."""
        outcome = decide(self.decided, command, self.clock())
        if isinstance(outcome, Refusal):
            raise Refused(outcome)

    def _on_commit(self, rows: Sequence[JournalRow]) -> None:
        for row in rows:
            self._committed = evolve(self._committed, row.event)
        for listener in self._listeners:
            listener(rows)
