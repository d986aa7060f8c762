"""What each delegate of a rehearsal chooses, as a file says it; what no file says is drawn (drawing.py).

The file has one row per poll and delegate, with the columns ``poll,delegate,options``. ``options`` holds option ids
separated by spaces, ``option=mark`` where every option is answered by itself (``p1=for p2=against``,
``works=satisfied``), ``option=place`` where options are ranked (``p1=2 p2=1``), ``+name`` for a name that the ballot
adds; an empty cell is a blank ballot; ``-`` means present but not pressed.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Medium, Question
from voting.record.choices import read_choice
from voting.record.questions import Choice, ChoiceInvalid, answers_of, choice_of
from voting.sitting.events import SittingPlan

COLUMNS = ("poll", "delegate", "options")
NOT_PRESSED = "-"

Ticks = Choice | None
"""The choice of one ballot (see voting.record.choices), () for a blank one; None = present but not pressed."""

Rows = Mapping[str, Mapping[str, Ticks]]
"""What a file says: poll id -> roster number -> choice."""


class ChoicesRefused(Exception):
    """The file of choices cannot be used. Row 1 is the header; ``column`` is one of COLUMNS, or "" for a whole row."""

    def __init__(self, row: int, column: str, detail: str) -> None:
        place = f"row {row}, column {column}" if column else f"row {row}"
        super().__init__(f"{place}: {detail}")
        self.row = row
        self.column = column


@dataclass(frozen=True)
class PollChoices:
    """What the delegates do in one poll, by roster number.

    ``ballots``: those to be counted. ``earlier``: cast first and then replaced, where the last press counts.
    ``on_paper``: whose terminal fails in a mixed poll, so that they vote on paper.
    """

    ballots: Mapping[str, Ticks] = field(default_factory=dict)
    earlier: Mapping[str, Choice] = field(default_factory=dict)
    on_paper: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Choices:
    """``attending``: roster numbers in the order of the roster. ``polls``: by poll id."""

    attending: tuple[str, ...]
    polls: Mapping[str, PollChoices]

    def of(self, poll: str, delegate: str) -> Ticks:
        """What this delegate wants to be counted in this poll."""
        return self._poll(poll).ballots.get(delegate)

    def at_terminal(self, poll: str, delegate: str) -> Ticks:
        """What this delegate casts at the terminal, in the end."""
        return None if delegate in self._poll(poll).on_paper else self.of(poll, delegate)

    def earlier(self, poll: str, delegate: str) -> Ticks:
        """What this delegate casts first, and then replaces."""
        return self._poll(poll).earlier.get(delegate)

    def papers(self, poll: str) -> tuple[str, ...]:
        """Who votes on paper beside the terminals, in the order of the roster."""
        return tuple(number for number in self.attending if number in self._poll(poll).on_paper)

    def counted(self, poll: str, delegates: tuple[str, ...] | None = None) -> list[Choice]:
        """The ballots to be counted, blank ones included: those of `delegates`, or of all."""
        given = (self.of(poll, number) for number in (self.attending if delegates is None else delegates))
        return [choice for choice in given if choice is not None]

    def pressed(self, poll: str) -> int:
        """How many delegates give a ballot, blank ones included."""
        return len(self.counted(poll))

    def cast(self, poll: str) -> int:
        """How many ballots arrive from terminals, replaced ones included."""
        on_paper = len(self.counted(poll, self.papers(poll)))
        return self.pressed(poll) - on_paper + len(self._poll(poll).earlier)

    def with_poll(self, poll: str, choices: PollChoices) -> "Choices":
        """The same, and what happens in one poll."""
        return replace(self, polls={**self.polls, poll: choices})

    def _poll(self, poll: str) -> PollChoices:
        return self.polls.get(poll, PollChoices())


def read_rows(path: Path, plan: SittingPlan) -> Rows:
    """Read a file of choices (UTF-8 with or without BOM, or GB18030). Raises ChoicesRefused."""
    return _Reader(plan).read(_decode(path.read_bytes()))


def read_choices(path: Path, plan: SittingPlan) -> Choices:
    """Read a file that says everything: who is in no row does not attend; who is in no row of a poll does not press.

    Raises ChoicesRefused.
    """
    rows = read_rows(path, plan)
    attending = {delegate for of_poll in rows.values() for delegate in of_poll}
    roster = (delegate.number for delegate in plan.roster.delegates)
    polls = {poll: PollChoices(given) for poll, given in rows.items()}
    return Choices(tuple(number for number in roster if number in attending), polls)


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        raise ChoicesRefused(1, "", "the file is neither UTF-8 nor GB18030 text") from None


class _Reader:
    """One reading of one file; keeps what rows are compared with."""

    def __init__(self, plan: SittingPlan) -> None:
        self._plan = plan
        self._polls = {poll.id: poll.question for poll in plan.polls}
        self._delegates = {delegate.number for delegate in plan.roster.delegates}
        self._suspended = {delegate.number for delegate in plan.roster.delegates if delegate.suspended}
        self._observers = {observer.number for observer in plan.roster.observers}
        self._first_row: dict[tuple[str, str], int] = {}
        self._ballots: dict[str, dict[str, Ticks]] = {poll.id: {} for poll in plan.polls}

    def read(self, text: str) -> Rows:
        for number, (poll_id, delegate, options) in _rows(text):
            poll = self._polls.get(poll_id)
            if poll is None:
                known = ", ".join(self._polls)
                raise ChoicesRefused(number, "poll", f'the session has no poll "{poll_id}" (it has: {known})')
            self._check_delegate(number, delegate)
            self._check_first(number, poll_id, delegate)
            self._ballots[poll_id][delegate] = _ticks(number, poll, options)
        return self._ballots

    def _check_delegate(self, row: int, number: str) -> None:
        if number in self._observers:
            raise ChoicesRefused(row, "delegate", f'"{number}" is an observer, who has no vote')
        if number not in self._delegates:
            raise ChoicesRefused(row, "delegate", f'the roster has no delegate "{number}"')
        if number in self._suspended:
            raise ChoicesRefused(row, "delegate", f'"{number}" is suspended, and has no vote now')

    def _check_first(self, row: int, poll: str, delegate: str) -> None:
        first = self._first_row.setdefault((poll, delegate), row)
        if first != row:
            raise ChoicesRefused(
                row, "delegate", f'delegate "{delegate}" in poll "{poll}" already stands in row {first}'
            )


def _rows(text: str) -> Iterator[tuple[int, tuple[str, str, str]]]:
    reader = csv.reader(io.StringIO(text), strict=True)
    number = 0
    order: list[int] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if number == 1:
                order = _header(cells)
            elif any(cell.strip() for cell in cells):
                yield number, _three(number, cells, order)
    except csv.Error as error:
        raise ChoicesRefused(number + 1, "", f"not a row of comma-separated values: {error}") from None
    if number == 0:
        raise ChoicesRefused(1, "", f"the file is empty; its first row must be {','.join(COLUMNS)}")


def _header(cells: list[str]) -> list[int]:
    names = [cell.strip().lower() for cell in cells]
    if sorted(names) != sorted(COLUMNS):
        raise ChoicesRefused(1, "", f"the first row must be {','.join(COLUMNS)}, not {','.join(names)}")
    return [names.index(column) for column in COLUMNS]


def _three(row: int, cells: list[str], order: list[int]) -> tuple[str, str, str]:
    if len(cells) != len(order):
        raise ChoicesRefused(row, "", f"{len(cells)} cells where {len(order)} are expected ({','.join(COLUMNS)})")
    poll, delegate, options = (cells[index].strip() for index in order)
    return poll, delegate, options


def _ticks(row: int, poll: Question, cell: str) -> Ticks:
    if cell == NOT_PRESSED:
        return None
    choice = tuple(cell.split())
    try:
        if poll.medium is Medium.BY_HAND and not KINDS[poll.kind].one_question:
            read_choice(poll, choice)  # a paper takes whatever is written on it
            return choice
        return choice_of(poll, answers_of(poll, choice))
    except ChoiceInvalid as invalid:
        raise ChoicesRefused(row, "options", str(invalid)) from None
