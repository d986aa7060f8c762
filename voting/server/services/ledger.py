"""The sitting around its journal: decided in memory, committed on disk.

`decided` is the state after everything that was decided, and `boards` the boards; `committed` is the state after
everything that is durable. Decisions are made against the first, everything that leaves the server is made from the
second. All calls are made on the loop.
"""

from collections.abc import Callable, Sequence

from voting.record.boards import Boards
from voting.sitting.commands import Command
from voting.sitting.earlier import as_of_first_release
from voting.sitting.events import AnyEvent, SittingPlan
from voting.sitting.machine import Sitting, convene, decide, evolve
from voting.storage.journal.group_commit import BallotRow, BoardRow, Journal, JournalRow, Pending, Unit
from voting.storage.replay import replay

OnCommit = Callable[[Sequence[JournalRow]], None]


class PlanDiffers(Exception):
    """The journal belongs to a sitting that was planned otherwise."""


class Ledger:
    """Decides, keeps and tells. open_journal is given the function to call after each commit. clock: Unix ms."""

    def __init__(self, open_journal: Callable[[OnCommit], Journal], clock: Callable[[], int]) -> None:
        self.clock = clock
        self.boards = Boards()
        self._listeners: list[OnCommit] = []
        self._decided: Sitting | None = None
        self._committed: Sitting | None = None
        self._last: Pending | None = None
        self.journal = open_journal(self._on_commit)
        self._head = self.journal.head()
        self.reached = 0
        """When the last row happened that was taken up (Unix ms, by the clock of then); 0 for a new sitting."""

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

    @property
    def head(self) -> tuple[int, str]:
        """(number, hash) of the row that `committed` reaches."""
        return self._head

    def listen(self, listener: OnCommit) -> None:
        """Call `listener` with the rows of each commit from now on, after `committed` has moved and before replies."""
        self._listeners.append(listener)

    def begin(self, plan: SittingPlan) -> None:
        """Resume the journal, or convene `plan` when it is empty.

        Raises PlanDiffers, JournalBroken, JournalTooNew and BoardDiffers.
        """
        replayed = replay(self.journal.replay(), self.journal.ballot)
        if replayed is None:
            event = convene(plan, self.clock())
            self._decided = evolve(None, event)
            self.journal.append(Unit(events=(event,))).wait()
        elif replayed.sitting.plan not in (plan, as_of_first_release(plan)):
            raise PlanDiffers
        else:
            self._decided = self._committed = replayed.sitting
            self.reached = replayed.at
            self.boards = replayed.boards

    def carry_out(
        self,
        command: Command,
        ballots: tuple[BallotRow, ...] = (),
        board: tuple[BoardRow, ...] = (),
        *,
        beside: bytes = b"",
        seen: Sitting | None = None,
    ) -> tuple[AnyEvent, ...]:
        """Decide and wait until it is durable; its events, none when it had been carried out before. Raises Refused.

        beside: see Boards.apply. seen: the decided state that the command was made from; RuntimeError when it is no
        longer that, as nothing may be decided between a look and the decision made of it. This greenlet gives way only
        after the decision.
        """
        if seen is not None and seen is not self._decided:
            raise RuntimeError(f"{type(command).__name__} was made from a state that is no longer so")
        events = decide(self.decided, command, self.clock())
        if events:
            self._apply(events, beside)
            self._last = self.journal.append(Unit(events=events, ballots=ballots, board=board))
        if self._last is not None:
            self._last.wait()
        return events

    def _apply(self, events: Sequence[AnyEvent], beside: bytes) -> None:
        for event in events:
            after = evolve(self._decided, event)
            self.boards.apply(event, after, beside)
            self._decided = after

    def require(self, command: Command) -> None:
        """Raise Refused when `command` would be refused now."""
        decide(self.decided, command, self.clock())

    def _on_commit(self, rows: Sequence[JournalRow]) -> None:
        for row in rows:
            self._committed = evolve(self._committed, row.event)
            self._head = (row.seq, row.hash)
        for listener in self._listeners:
            listener(rows)
