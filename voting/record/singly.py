"""Ballots that are read one by one: the question they answer, and what the rules make of each paper.

A paper is a ballot without its name. It is judged when it is read, as in a hall: unreadable, ranked incompletely, for a
candidate under a written name, with a name added though it is against nobody, for too many or (where the rules say so)
too few. A void paper counts for nobody.
"""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from voting.congress.law.kind import Answer
from voting.congress.law.kinds import KINDS
from voting.congress.law.kinds.common import VOICES
from voting.congress.law.question import Question, names_candidate
from voting.record.ballot_problems import BallotProblem, BallotProblemCode
from voting.record.choices import ADDED, Choice, ChoiceInvalid, Given
from voting.sitting.counting import Marks
from voting.tally.ballots.questions import MAX_ANSWERS, MixedQuestion
from voting.tally.ballots.singly import ABSTAIN, AGAINST, FOR, MARKS_PER_NUMBER, NO_MARK, Paper, Ranks, WriteIns
from voting.tally.errors import TallyError
from voting.tally.groups.choice import group_by_name

PAPER_NUMBERS = 30
"""How many numbers a ballot that is read singly may hold, in every group alike: what Ed25519 carries (ADR 0007)."""
MAX_WRITE_IN_BYTES = 24
MIN_WRITE_IN_BYTES = 9
"""Three Chinese characters; a ballot without room for that could not name most people."""
UNREADABLE: Choice = ("void",)
"""Stands for the choice on a recorded paper whose marks cannot be read."""

Numbers = tuple[int, ...]
_MARKS = dict(zip(VOICES, (FOR, AGAINST, ABSTAIN), strict=True))
_WORDS = {number: word for word, number in _MARKS.items()}


def write_in_bytes(question: Question) -> int:
    """Most UTF-8 bytes of a name that a ballot adds as text; 0 where names come from a roster, or do not fit."""
    if not question.max_write_ins or question.eligible:
        return 0
    room = PAPER_NUMBERS - -(-len(question.options) // MARKS_PER_NUMBER)
    return max(0, min(MAX_WRITE_IN_BYTES, room // question.max_write_ins))


class Way(msgspec.Struct, frozen=True):
    """How one way of answering stands on ballots.

    question, numbers, choice, papers, size: of a ballot that is read singly; its question, what is written on it and
    read from it, what such papers add up to, and how many numbers it holds. sums: what summed answers say, a column for
    each question.
    """

    question: Callable[[Question], MixedQuestion]
    numbers: Callable[[Question, Given], Numbers]
    choice: Callable[[Question, Numbers], Choice]
    papers: Callable[[Question, Sequence[Numbers]], tuple[Numbers, Marks]]
    size: Callable[[Question], int]
    sums: Callable[[Sequence[Numbers]], tuple[Numbers, Marks]]


def way_of(question: Question) -> Way:
    """How the ballots of this question are answered."""
    return WAYS[KINDS[question.kind].answer]


def _question_of_places(question: Question) -> MixedQuestion:
    return MixedQuestion(question.title, _titles(question), Ranks(len(question.options)))


def _places(question: Question, given: Given) -> Numbers:
    return tuple(int(given.marks.get(option.id, 0)) for option in question.options)


def _choice_of_places(question: Question, numbers: Numbers) -> Choice:
    return tuple(f"{o.id}={place}" for o, place in zip(question.options, numbers, strict=True) if place)


def _size_of_places(question: Question) -> int:
    return len(question.options)


def _question_of_marks(question: Question) -> MixedQuestion:
    use = _write_ins(question)
    return MixedQuestion(question.title, use.labels(), use)


def _marks(question: Question, given: Given) -> Numbers:
    use = _write_ins(question)
    marks = tuple(_MARKS[given.marks[o.id]] if o.id in given.marks else NO_MARK for o in question.options)
    try:
        return use.write(Paper(marks, tuple(_written(use, name) for name in given.names)))
    except ValueError as error:
        raise ChoiceInvalid(f'poll "{question.id}": {error}') from None


def _choice_of_marks(question: Question, numbers: Numbers) -> Choice:
    use = _write_ins(question)
    try:
        paper = use.read(numbers)
    except TallyError:
        return UNREADABLE
    marks = [f"{o.id}={_WORDS[m]}" for o, m in zip(question.options, paper.marks, strict=True) if m != NO_MARK]
    return (*marks, *(ADDED + name for name in _names(use, paper)))


def _size_of_marks(question: Question) -> int:
    return _write_ins(question).size


def problem_of_papers(question: Question, group: str) -> BallotProblem | None:
    """Why no ballot of this group could hold the poll as papers; None when one can."""
    carried = group_by_name(group).capacity
    if question.shuffled and not carried:
        return BallotProblem(BallotProblemCode.NOT_READ_SINGLY, {"value": group})
    for option in question.options:
        if option.id in question.eligible:
            return BallotProblem(BallotProblemCode.NAME_IS_AN_ID, {"value": option.id})
    room = write_in_bytes(question)
    if question.write_ins and not question.eligible and room < MIN_WRITE_IN_BYTES:
        return BallotProblem(BallotProblemCode.NO_ROOM_FOR_NAMES, {"found": room, "least": MIN_WRITE_IN_BYTES})
    numbers, most = way_of(question).size(question), min(carried, PAPER_NUMBERS) if question.shuffled else MAX_ANSWERS
    if numbers <= most:
        return None
    return BallotProblem(BallotProblemCode.TOO_MANY_NUMBERS, {"found": numbers, "most": most})


def _titles(question: Question) -> tuple[str, ...]:
    return tuple(option.title for option in question.options)


def _write_ins(question: Question) -> WriteIns:
    return WriteIns(_titles(question), question.max_write_ins, question.eligible, write_in_bytes(question))


def _written(use: WriteIns, name: str) -> int | str:
    if not use.roster:
        return name
    if name not in use.roster:
        raise ChoiceInvalid(f'"{name}" is not among the eligible')
    return use.roster.index(name) + 1


def _names(use: WriteIns, paper: Paper) -> list[str]:
    return [use.roster[item - 1] if isinstance(item, int) else item for item in paper.write_ins]


Read = TypeVar("Read")


def _readable(papers: Iterable[Numbers], read: Callable[[Numbers], Read]) -> list[Read]:
    """What is read from the papers; one that cannot be read is void."""
    found: list[Read] = []
    for paper in papers:
        with contextlib.suppress(TallyError):
            found.append(read(paper))
    return found


def _count_ranks(question: Question, papers: Sequence[Numbers]) -> tuple[Numbers, Marks]:
    valid = [places for places in _readable(papers, Ranks(len(question.options)).read) if all(places)]
    sums = tuple(sum(places[option] for places in valid) for option in range(len(question.options)))
    return sums, Marks(void=len(papers) - len(valid))


def _count_marks(question: Question, papers: Sequence[Numbers]) -> tuple[Numbers, Marks]:
    use = _write_ins(question)
    read = [(paper.marks, _names(use, paper)) for paper in _readable(papers, use.read)]
    valid = [(marks, names) for marks, names in read if _holds(question, marks, names)]
    columns = [Counter(marks[place] for marks, _ in valid) for place in range(len(question.options))]
    added = Counter(name for _, names in valid for name in names)
    marks = Marks(
        against=tuple(column[AGAINST] for column in columns),
        abstain=tuple(column[ABSTAIN] for column in columns),
        write_ins=dict(sorted(added.items())),
        void=len(papers) - len(valid),
    )
    return tuple(column[FOR] for column in columns), marks


def _holds(question: Question, marks: Numbers, names: Sequence[str]) -> bool:
    """Whether the rules let a readable paper count."""
    if not question.lets_add(len(names), marks.count(AGAINST)) or names_candidate(question, names):
        return False
    return KINDS[question.kind].lets_count(question.asked, marks.count(FOR) + len(names))


def _ticks(columns: Sequence[Numbers]) -> tuple[Numbers, Marks]:
    return columns[0], Marks()


def _voices(columns: Sequence[Numbers]) -> tuple[Numbers, Marks]:
    votes, against, abstain = zip(*columns, strict=True)
    return votes, Marks(against=against, abstain=abstain)


def _levels(columns: Sequence[Numbers]) -> tuple[Numbers, Marks]:
    return (0,) * len(columns), Marks(levels=tuple(columns))


_OF_PLACES = Way(_question_of_places, _places, _choice_of_places, _count_ranks, _size_of_places, _ticks)
_OF_MARKS = Way(_question_of_marks, _marks, _choice_of_marks, _count_marks, _size_of_marks, _voices)
WAYS: dict[Answer, Way] = {
    Answer.TICK: replace(_OF_MARKS, sums=_ticks),
    Answer.VOICE: _OF_MARKS,
    Answer.PLACE: _OF_PLACES,
    Answer.LEVEL: replace(_OF_MARKS, sums=_levels),
}
"""By way of answering; only places are written otherwise than as marks on a ballot that is read singly."""
