"""Counts what the terminals of a rehearsal have done, shows it as progress bars, and lets others wait for it."""

import asyncio
from collections import Counter
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

TITLES = {
    "signed_in": "sign in",
    "ceremony": "scrutineers' keys",
    "registered": "get ready",
    "stored": "cast",
    "receipt": "receipts",
    "shuffled": "shuffle",
    "released": "decrypt",
    "entered": "count by hand",
    "compared": "count again",
}


class Steps:
    """A context manager: the bars are drawn while it is open."""

    def __init__(self, console: Console) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console)
        self._bars: dict[tuple[str, str], TaskID] = {}
        self._done: Counter[tuple[str, str]] = Counter()
        self._changed = asyncio.Event()

    def __enter__(self) -> "Steps":
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def expect(self, step: str, poll: str, total: int) -> None:
        """Show a bar for a step that will be done ``total`` times."""
        name = f"{poll}: {TITLES[step]}" if poll else TITLES[step]
        done = self._done[step, poll]
        self._bars[step, poll] = self._progress.add_task(name, total=total, completed=done)

    def note(self, step: str, poll: str) -> None:
        """A terminal has done a step."""
        self._done[step, poll] += 1
        self._changed.set()
        if (bar := self._bars.get((step, poll))) is not None:
            self._progress.advance(bar)

    def count(self, step: str) -> int:
        """How often a step was done, in all polls together."""
        return sum(times for (name, _), times in self._done.items() if name == step)

    async def until(self, step: str, poll: str, total: int, seconds: float) -> None:
        """Wait until a step was done ``total`` times. Raises TimeoutError when nothing is done for ``seconds``."""
        while self._done[step, poll] < total:
            self._changed.clear()
            await asyncio.wait_for(self._changed.wait(), seconds)
