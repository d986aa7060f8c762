"""Who attends a rehearsal and what each delegate chooses: read from a file or drawn from a seed.

The file has one row per poll and delegate, with the columns ``poll,delegate,options``. ``options`` holds option ids
separated by spaces, ``option=mark`` where every option is answered by itself (``p1=for p2=against``,
``works=satisfied``); an empty cell is a blank ballot; ``-`` means present but not pressed. A delegate with no row
at all does not attend; one who attends and has no row for some poll does not press in that poll.
"""

import csv
import io
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from voting.congress.events import SittingPlan
from voting.congress.poll import PollKind, PollPlan
from voting.record.questions import ChoiceInvalid, answers_of, choice_of, marks_of

COLUMNS = ("poll", "delegate", "options")
NOT_PRESSED = "-"
SHARE_NOT_PRESSED = 0.02
SHARE_BLANK = 0.01

Ticks = tuple[str, ...] | None
"""The choice of one ballot (see voting.record.questions), () for a blank one; None = present but not pressed."""


class ChoicesRefused(Exception):  # noqa: N818 - a refusal, as everywhere else
    """The file of choices cannot be used. Row 1 is the header; ``column`` is one of COLUMNS, or "" for a whole row."""

    def __init__(self, row: int, column: str, detail: str) -> None:
        place = f"row {row}, column {column}" if column else f"row {row}"
        super().__init__(f"{place}: {detail}")
        self.row = row
        self.column = column


@dataclass(frozen=True)
class Choices:
    """``ballots``: poll id -> roster number -> ticks. ``attending``: roster numbers in the order of the roster."""

    attending: tuple[str, ...]
    ballots: Mapping[str, Mapping[str, Ticks]]

    def of(self, poll: str, delegate: str) -> Ticks:
        """What this delegate does in this poll."""
        return self.ballots.get(poll, {}).get(delegate)

    def pressed(self, poll: str) -> int:
        """How many ballots will be cast in a poll, blank ones included."""
        return sum(1 for delegate in self.attending if self.of(poll, delegate) is not None)

    def marked(self, poll: PollPlan) -> Counter[str]:
        """How often each text of a choice was cast ("p1", "p1=for"): what a count must equal."""
        ballots = (self.of(poll.id, delegate) or () for delegate in self.attending)
        return Counter(text for ballot in ballots for text in ballot)


def read_choices(path: Path, plan: SittingPlan) -> Choices:
    """Read a file of choices (UTF-8 with or without BOM, or GB18030). Raises ChoicesRefused."""
    return _Reader(plan).read(_decode(path.read_bytes()))


def draw_choices(plan: SittingPlan, seats: int, seed: int) -> Choices:
    """Pseudo-random choices of ``seats`` delegates; equal for an equal seed. A few do not press, a few cast blank."""
    chance = random.Random(seed)  # noqa: S311 - a rehearsal must be repeatable; nothing here is secret
    numbers = [delegate.number for delegate in plan.roster.delegates]
    chosen = set(chance.sample(numbers, seats))
    attending = tuple(number for number in numbers if number in chosen)
    ballots = {}
    for poll in plan.polls:
        weights = popularity(poll, chance)
        ballots[poll.id] = {number: draw_ballot(chance, poll, weights) for number in attending}
    return Choices(attending, ballots)


def popularity(poll: PollPlan, chance: random.Random) -> list[float]:
    """How much each option is liked: most motions find a majority, and some options are liked more than others."""
    if poll.kind is PollKind.MOTION:
        return [20.0, 2.0, 1.0]
    weights = [1 + 3 * rank / len(poll.options) for rank in range(len(poll.options))]
    chance.shuffle(weights)
    return weights


def draw_ballot(chance: random.Random, poll: PollPlan, weights: Sequence[float]) -> Ticks:
    """One delegate's ballot; the better an option is liked, the likelier it is ticked."""
    luck = chance.random()
    if luck < SHARE_NOT_PRESSED:
        return None
    if luck < SHARE_NOT_PRESSED + SHARE_BLANK and poll.min_choices == 0:
        return ()
    marks = marks_of(poll)
    if marks:
        return _draw_marks(chance, poll, marks, weights)
    wanted = poll.max_choices
    if poll.kind is PollKind.CHOOSE and poll.min_choices < wanted and chance.random() < 0.3:
        wanted = chance.randint(max(1, poll.min_choices), wanted)
    keyed = sorted(zip(weights, poll.options, strict=True), key=lambda pair: -(chance.random() ** (1 / pair[0])))
    ticked = {option.id for _, option in keyed[:wanted]}
    return tuple(option.id for option in poll.options if option.id in ticked)


def _draw_marks(chance: random.Random, poll: PollPlan, marks: Sequence[str], weights: Sequence[float]) -> Ticks:
    """A mark for nearly every option; the better one is liked, the likelier is its best mark."""
    drawn: list[str] = []
    for option, weight in zip(poll.options, weights, strict=True):
        if chance.random() >= SHARE_BLANK:
            mark = chance.choices(marks, [2 * weight] + [1.0] * (len(marks) - 1))[0]
            drawn.append(f"{option.id}={mark}")
    return tuple(drawn)


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
        self._polls = {poll.id: poll for poll in plan.polls}
        self._delegates = {delegate.number for delegate in plan.roster.delegates}
        self._observers = {observer.number for observer in plan.roster.observers}
        self._first_row: dict[tuple[str, str], int] = {}
        self._ballots: dict[str, dict[str, Ticks]] = {poll.id: {} for poll in plan.polls}

    def read(self, text: str) -> Choices:
        for number, (poll_id, delegate, options) in _rows(text):
            poll = self._polls.get(poll_id)
            if poll is None:
                known = ", ".join(self._polls)
                raise ChoicesRefused(number, "poll", f'the session has no poll "{poll_id}" (it has: {known})')
            self._check_delegate(number, delegate)
            self._check_first(number, poll_id, delegate)
            self._ballots[poll_id][delegate] = _ticks(number, poll, options)
        attending = {delegate for _, delegate in self._first_row}
        roster = (delegate.number for delegate in self._plan.roster.delegates)
        return Choices(tuple(number for number in roster if number in attending), self._ballots)

    def _check_delegate(self, row: int, number: str) -> None:
        if number in self._observers:
            raise ChoicesRefused(row, "delegate", f'"{number}" is an observer, who has no vote')
        if number not in self._delegates:
            raise ChoicesRefused(row, "delegate", f'the roster has no delegate "{number}"')

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


def _ticks(row: int, poll: PollPlan, cell: str) -> Ticks:
    if cell == NOT_PRESSED:
        return None
    choice = cell.split()
    try:
        answers = answers_of(poll, choice)
    except ChoiceInvalid as invalid:
        raise ChoicesRefused(row, "options", str(invalid)) from None
    return choice_of(poll, answers)
