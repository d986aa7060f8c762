"""A poll's question as the ballots hold it: from the plan to the election's questions, and from its result to a count.

How a choice is written is said in choices.py, how ballots are read one by one in papers.py. Server, simulated terminals
and `voting verify` share this module; docs/rules.md describes the kinds.
"""

from collections.abc import Iterable, Sequence

from voting.congress.law.evaluating import Level
from voting.congress.law.poll_kinds import PER_OPTION_KINDS
from voting.record.choices import PER_OPTION_MARKS, Answers, Choice, ChoiceInvalid, marks_of, read_choice
from voting.record.singly import (
    UNREADABLE,
    choice_on,
    figures_of_papers,
    numbers_of,
    problem_of_papers,
    question_of_papers,
    write_in_bytes,
)
from voting.sitting.counting import Marks
from voting.sitting.poll import Medium, PollKind, PollPlan
from voting.tally.ballots.questions import MAX_ALL_ANSWERS, MAX_ANSWERS, MAX_QUESTIONS, AnyQuestion, Question
from voting.tally.board.result import Counts, Result
from voting.tally.board.result import Papers as Listed

__all__ = [
    "PER_OPTION_MARKS",
    "UNREADABLE",
    "Answers",
    "Choice",
    "ChoiceInvalid",
    "answers_of",
    "choice_of",
    "figures_in",
    "marks_of",
    "most_options",
    "problem_of_ballot",
    "questions_of",
    "write_in_bytes",
]

MAX_ELIGIBLE = 10_000
"""Most names from which ballots may add: as many as a table of a session has rows. Every seat gets the list."""
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


def most_options(plan: PollPlan) -> int:
    """How many options a ballot whose answers are summed can hold."""
    marks = len(marks_of(plan))
    return min(MAX_QUESTIONS, MAX_ALL_ANSWERS // marks) if marks else MAX_ANSWERS


def problem_of_ballot(plan: PollPlan, group: str) -> str | None:
    """Why no ballot could hold this poll in the group of this name, with the limit; None when one can.

    A poll that is counted by hand has no such ballots, but no endless lists either.
    """
    if len(plan.eligible) > MAX_ELIGIBLE:
        return f"eligible: {len(plan.eligible)} > {MAX_ELIGIBLE}"
    if plan.medium is Medium.BY_HAND:
        return f"options: {len(plan.options)} > {MAX_ANSWERS}" if len(plan.options) > MAX_ANSWERS else None
    if plan.read_singly:
        return problem_of_papers(plan, group)
    most = most_options(plan)
    return f"options: {len(plan.options)} > {most}" if len(plan.options) > most else None


def questions_of(plan: PollPlan) -> tuple[AnyQuestion, ...]:
    """The questions of the election document."""
    if plan.read_singly:
        return (question_of_papers(plan),)
    titles, marks = tuple(option.title for option in plan.options), marks_of(plan)
    if not marks:
        return (Question(plan.title, titles, plan.min_choices, plan.max_choices),)
    words = tuple(WORDS[mark] for mark in marks)
    return tuple(Question(title, words, 0, 1) for title in titles)


def answers_of(plan: PollPlan, choice: Iterable[str]) -> Answers:
    """The answers of a ballot with this choice. Raises ChoiceInvalid.

    A ballot that is read singly can hold choices that void it, and it may.
    """
    given, marks = read_choice(plan, choice), marks_of(plan)
    if plan.read_singly:
        return (numbers_of(plan, given),)
    if not marks:
        if not plan.min_choices <= len(given.marks) <= plan.max_choices:
            bounds = f"{plan.min_choices} to {plan.max_choices}"
            raise ChoiceInvalid(f"{len(given.marks)} options are chosen where {bounds} may be")
        return (tuple(int(option.id in given.marks) for option in plan.options),)
    return tuple(tuple(int(given.marks.get(option.id) == mark) for mark in marks) for option in plan.options)


def choice_of(plan: PollPlan, answers: Sequence[Sequence[int]]) -> Choice:
    """The choice in a ballot's answers: the inverse of `answers_of`; UNREADABLE where a paper says nothing."""
    if plan.read_singly:
        return choice_on(plan, tuple(answers[0]))
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
    if plan.read_singly:
        return figures_of_papers(plan, _papers(result[0]))
    columns = [_numbers(found) for found in result]
    if plan.kind in PER_OPTION_KINDS:
        votes, against, abstain = zip(*columns, strict=True)
        return votes, Marks(against=against, abstain=abstain)
    if plan.kind is PollKind.EVALUATION:
        return (0,) * len(columns), Marks(levels=tuple(columns))
    return columns[0], Marks()


def _numbers(found: Counts | Listed) -> tuple[int, ...]:
    return tuple(item for item in found if isinstance(item, int))


def _papers(found: Counts | Listed) -> tuple[tuple[int, ...], ...]:
    return tuple(item for item in found if not isinstance(item, int))
