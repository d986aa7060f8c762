"""A choice as it is written everywhere: in the file of a rehearsal, at a simulated terminal, in a recorded vote.

Ids of the options ticked; `option=mark` where every option is answered by itself; `option=rank` where options are
ranked; `+name` for a name that the ballot adds.
"""

from collections.abc import Iterable

import msgspec

from voting.congress.law.kind import Answer
from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Question

Choice = tuple[str, ...]
Answers = tuple[tuple[int, ...], ...]

ADDED = "+"


class ChoiceInvalid(Exception):
    """A choice that no ballot of the poll can hold; the text says why."""


class Given(msgspec.Struct, frozen=True):
    """A choice, read. marks: option -> mark or rank, empty where options are only ticked; names: those added."""

    marks: dict[str, str]
    names: tuple[str, ...] = ()


def marks_of(question: Question) -> tuple[str, ...]:
    """What each option is answered with, in the order of the ballot's answers; empty where it is ticked or ranked."""
    return KINDS[question.kind].marks(question.ruleset)


def read_choice(question: Question, choice: Iterable[str]) -> Given:
    """What is given to which option. Raises ChoiceInvalid."""
    marks: dict[str, str] = {}
    names: list[str] = []
    known, allowed = {option.id for option in question.options}, _allowed(question)
    for text in choice:
        if question.write_ins and text.startswith(ADDED):
            names.append(text.removeprefix(ADDED))
            continue
        option, _, mark = text.partition("=")
        if option not in known:
            raise ChoiceInvalid(f'poll "{question.id}" has no option "{option}"')
        if option in marks:
            raise ChoiceInvalid(f'option "{option}" is given twice')
        if mark not in (allowed or ("",)) or ("=" in text) != bool(allowed):
            wanted = f'"{option}=" and one of {", ".join(allowed)}' if allowed else f'"{option}" alone'
            raise ChoiceInvalid(f'"{text}" must be {wanted}')
        marks[option] = mark
    return Given(marks, tuple(names))


def _allowed(question: Question) -> tuple[str, ...]:
    if KINDS[question.kind].answer is Answer.PLACE:
        return tuple(str(place) for place in range(1, len(question.options) + 1))
    return marks_of(question)
