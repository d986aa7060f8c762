"""A poll's question as the ballots hold it: from the plan to the election's questions, and from its result to a count.

How a choice is written is said in choices.py, how ballots are read one by one in singly.py. Server, simulated terminals
and `voting verify` share this module; docs/rules.md describes the kinds.
"""

from collections.abc import Iterable, Sequence

from voting.congress.law.evaluating import Level
from voting.congress.law.question import Medium, Question
from voting.record.ballot_problems import BallotProblem, BallotProblemCode
from voting.record.choices import Answers, Choice, ChoiceInvalid, marks_of, read_choice
from voting.record.singly import (
    UNREADABLE,
    problem_of_papers,
    way_of,
    write_in_bytes,
)
from voting.sitting.counting import Marks
from voting.tally.ballots.questions import MAX_ALL_ANSWERS, MAX_ANSWERS, MAX_QUESTIONS, AnyQuestion
from voting.tally.ballots.questions import Question as SummedQuestion
from voting.tally.board.result import Counts, Result
from voting.tally.board.result import Papers as Listed

__all__ = [
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


def most_options(question: Question) -> int:
    """How many options a ballot whose answers are summed can hold."""
    marks = len(marks_of(question))
    return min(MAX_QUESTIONS, MAX_ALL_ANSWERS // marks) if marks else MAX_ANSWERS


def problem_of_ballot(question: Question, group: str) -> BallotProblem | None:
    """Why no ballot could hold this poll in the group of this name, with the limit; None when one can.

    A poll that is counted by hand has no such ballots, but no endless lists either.
    """
    if len(question.eligible) > MAX_ELIGIBLE:
        params: dict[str, str | int] = {"found": len(question.eligible), "most": MAX_ELIGIBLE}
        return BallotProblem(BallotProblemCode.TOO_MANY_ELIGIBLE, params)
    if question.read_singly and question.medium is not Medium.BY_HAND:
        return problem_of_papers(question, group)
    most = MAX_ANSWERS if question.medium is Medium.BY_HAND else most_options(question)
    if len(question.options) <= most:
        return None
    return BallotProblem(BallotProblemCode.TOO_MANY_OPTIONS, {"found": len(question.options), "most": most})


def questions_of(question: Question) -> tuple[AnyQuestion, ...]:
    """The questions of the election document."""
    if question.read_singly:
        return (way_of(question).question(question),)
    titles, marks = tuple(option.title for option in question.options), marks_of(question)
    if not marks:
        return (SummedQuestion(question.title, titles, question.min_choices, question.max_choices),)
    words = tuple(WORDS[mark] for mark in marks)
    return tuple(SummedQuestion(title, words, 0, 1) for title in titles)


def answers_of(question: Question, choice: Iterable[str]) -> Answers:
    """The answers of a ballot with this choice. Raises ChoiceInvalid.

    A ballot that is read singly can hold choices that void it, and it may.
    """
    given, marks = read_choice(question, choice), marks_of(question)
    if question.read_singly:
        return (way_of(question).numbers(question, given),)
    if not marks:
        if not question.min_choices <= len(given.marks) <= question.max_choices:
            bounds = f"{question.min_choices} to {question.max_choices}"
            raise ChoiceInvalid(f"{len(given.marks)} options are chosen where {bounds} may be")
        return (tuple(int(option.id in given.marks) for option in question.options),)
    return tuple(tuple(int(given.marks.get(option.id) == mark) for mark in marks) for option in question.options)


def choice_of(question: Question, answers: Sequence[Sequence[int]]) -> Choice:
    """The choice in a ballot's answers: the inverse of `answers_of`; UNREADABLE where a paper says nothing."""
    if question.read_singly:
        return way_of(question).choice(question, tuple(answers[0]))
    marks = marks_of(question)
    if not marks:
        return tuple(option.id for option, value in zip(question.options, answers[0], strict=True) if value)
    return tuple(
        f"{option.id}={mark}"
        for option, values in zip(question.options, answers, strict=True)
        for mark, value in zip(marks, values, strict=True)
        if value
    )


def figures_in(question: Question, result: Result) -> tuple[tuple[int, ...], Marks]:
    """The votes per option of a result, and what else the ballots hold."""
    if question.read_singly:
        return way_of(question).papers(question, _papers(result[0]))
    return way_of(question).sums([_numbers(found) for found in result])


def _numbers(found: Counts | Listed) -> tuple[int, ...]:
    return tuple(item for item in found if isinstance(item, int))


def _papers(found: Counts | Listed) -> tuple[tuple[int, ...], ...]:
    return tuple(item for item in found if not isinstance(item, int))
