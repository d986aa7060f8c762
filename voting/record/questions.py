"""A poll's question as the ballots hold it: from the plan to the election's questions, and from its result to a count.

A choice is written the same way everywhere (the file of a rehearsal, the record of a named vote): ids of the options
ticked, `option=mark` where every option is answered by itself, `option=rank` where options are ranked. Server,
simulated terminals and `voting verify` share this module; docs/rules.md describes the kinds.
"""

from collections.abc import Iterable, Sequence

from voting.congress.evaluating import Level
from voting.congress.poll import PollKind, PollPlan
from voting.congress.poll_kinds import PER_OPTION_KINDS
from voting.congress.rules import Marks
from voting.tally.papers import MARKS_PER_NUMBER
from voting.tally.questions import MAX_ALL_ANSWERS, MAX_ANSWERS, MAX_QUESTIONS, AnyQuestion, Question
from voting.tally.result import Counts, Result
from voting.tally.result import Papers as Listed

Choice = tuple[str, ...]
Answers = tuple[tuple[int, ...], ...]

PER_OPTION_MARKS = ("for", "against", "abstain")
WORDS = {
    "for": "赞成",
    "against": "反对",
    "abstain": "弃权",
    Level.SATISFIED.value: "满意",
    Level.BASICALLY_SATISFIED.value: "基本满意",
    Level.DISSATISFIED.value: "不满意",
    Level.DONT_KNOW.value: "不了解",
}
"""The answers' texts in the public record."""


PAPER_NUMBERS = 30
"""How many numbers a ballot that is read singly may hold, in every group alike: what Ed25519 carries (ADR 0007)."""
MAX_WRITE_IN_BYTES = 24


class ChoiceInvalid(Exception):  # noqa: N818 - a finding, named after what it says
    """A choice that no ballot of the poll can hold; the text says why."""


def marks_of(plan: PollPlan) -> tuple[str, ...]:
    """What each option is answered with, in the order of the ballot's answers; empty where options are only ticked."""
    if plan.kind in PER_OPTION_KINDS:
        return PER_OPTION_MARKS
    if plan.kind is PollKind.EVALUATION:
        return tuple(level.value for level in Level)[: plan.adopted.evaluation.levels]
    return ()


def most_options(plan: PollPlan) -> int:
    """How many options a ballot of this kind can hold."""
    marks = len(marks_of(plan))
    return min(MAX_QUESTIONS, MAX_ALL_ANSWERS // marks) if marks else MAX_ANSWERS


def write_in_bytes(plan: PollPlan) -> int:
    """Most UTF-8 bytes of a name that a ballot adds as text; 0 where names come from a roster, or do not fit."""
    if not plan.write_ins or plan.eligible:
        return 0
    room = PAPER_NUMBERS - -(-len(plan.options) // MARKS_PER_NUMBER)
    return max(0, min(MAX_WRITE_IN_BYTES, room // plan.max_write_ins))


def questions_of(plan: PollPlan) -> tuple[AnyQuestion, ...]:
    """The questions of the election document. Raises ValueError for a poll whose ballots must be read one by one."""
    if plan.read_singly:
        raise ValueError(f"poll {plan.id}: its ballots must be read one by one")
    titles, marks = tuple(option.title for option in plan.options), marks_of(plan)
    if not marks:
        return (Question(plan.title, titles, plan.min_choices, plan.max_choices),)
    words = tuple(WORDS[mark] for mark in marks)
    return tuple(Question(title, words, 0, 1) for title in titles)


def answers_of(plan: PollPlan, choice: Iterable[str]) -> Answers:
    """The answers of a ballot with this choice. Raises ChoiceInvalid."""
    given, marks = _read_choice(plan, choice), marks_of(plan)
    if not marks:
        if not plan.min_choices <= len(given) <= plan.max_choices:
            bounds = f"{plan.min_choices} to {plan.max_choices}"
            raise ChoiceInvalid(f"{len(given)} options are chosen where {bounds} may be")
        return (tuple(int(option.id in given) for option in plan.options),)
    return tuple(tuple(int(given.get(option.id) == mark) for mark in marks) for option in plan.options)


def choice_of(plan: PollPlan, answers: Sequence[Sequence[int]]) -> Choice:
    """The choice in a ballot's answers: the inverse of `answers_of`."""
    marks = marks_of(plan)
    if not marks:
        return tuple(option.id for option, value in zip(plan.options, answers[0], strict=True) if value)
    return tuple(
        f"{option.id}={mark}"
        for option, values in zip(plan.options, answers, strict=True)
        for mark, value in zip(marks, values, strict=True)
        if value
    )


def figures_in(plan: PollPlan, result: Result) -> tuple[tuple[int, ...], Marks]:
    """The votes per option of a result, and what else the ballots hold."""
    columns = [_numbers(found) for found in result]
    if plan.kind in PER_OPTION_KINDS:
        votes, against, abstain = zip(*columns, strict=True)
        return votes, Marks(against=against, abstain=abstain)
    if plan.kind is PollKind.EVALUATION:
        return (0,) * len(columns), Marks(levels=tuple(columns))
    return columns[0], Marks()


def _read_choice(plan: PollPlan, choice: Iterable[str]) -> dict[str, str]:
    """Option -> mark; the mark is empty where options are only ticked."""
    given: dict[str, str] = {}
    known, marks = {option.id for option in plan.options}, marks_of(plan)
    for text in choice:
        option, _, mark = text.partition("=")
        if option not in known:
            raise ChoiceInvalid(f'poll "{plan.id}" has no option "{option}"')
        if option in given:
            raise ChoiceInvalid(f'option "{option}" is given twice')
        if mark not in (marks or ("",)) or ("=" in text) != bool(marks):
            wanted = f'"{option}=" and one of {", ".join(marks)}' if marks else f'"{option}" alone'
            raise ChoiceInvalid(f'"{text}" must be {wanted}')
        given[option] = mark
    return given


def _numbers(found: Counts | Listed) -> tuple[int, ...]:
    return tuple(item for item in found if isinstance(item, int))
