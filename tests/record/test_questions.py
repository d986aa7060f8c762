"""Choices and ballots: what is written, what stands in the answers, and what no ballot can hold."""

import pytest

from tests.support.plans.kinds import CHOICES, FOUR_LEVELS, POLLS, options
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Question
from voting.congress.law.ruleset import BallotRule, BallotRules, Ruleset
from voting.record.questions import ChoiceInvalid, answers_of, choice_of, figures_in, marks_of, questions_of
from voting.sitting.counting import Marks
from voting.tally.ballots.questions import MixedQuestion

BY_ID = {poll.id: poll.question for poll in POLLS}


@pytest.mark.parametrize(("poll", "choice"), [(p, c) for p, ballots in CHOICES.items() for c in ballots.values()])
def test_a_choice_is_read_back_from_its_answers(poll: str, choice: tuple[str, ...]) -> None:
    plan = BY_ID[poll]
    answers = answers_of(plan, choice)
    assert choice_of(plan, answers) == choice
    for question, values in zip(questions_of(plan), answers, strict=True):
        question.check_choices(values)


@pytest.mark.parametrize(
    ("poll", "choice", "why"),
    [
        ("choose", ("o1", "o2", "o3"), "3 options are chosen where 0 to 2 may be"),
        ("choose", ("o1=for",), "alone"),
        ("choose", ("o9",), 'no option "o9"'),
        ("approve", ("o1",), "one of for, against, abstain"),
        ("approve", ("o1=for", "o1=against"), "given twice"),
        ("approve", ("o1=",), "one of for"),
        ("evaluate", ("o1=for",), "dont_know"),
        ("motion", ("for", "against"), "2 options"),
    ],
)
def test_a_choice_that_no_ballot_can_hold_is_refused(poll: str, choice: tuple[str, ...], why: str) -> None:
    with pytest.raises(ChoiceInvalid, match=why):
        answers_of(BY_ID[poll], choice)


def test_an_evaluation_has_a_question_per_subject_with_as_many_answers_as_levels() -> None:
    plan = BY_ID["evaluate"]
    assert plan.ruleset == FOUR_LEVELS
    assert [len(question.answers) for question in questions_of(plan)] == [4, 4]
    assert marks_of(plan)[-1] == "dont_know"


def of(kind: PollKind, seats: int, rules: Ruleset | None = None, write_ins: bool = False) -> Question:
    return Question(
        id="x",
        kind=kind,
        title="示例",
        options=options("示例", 3),
        seats=seats,
        ruleset=rules or Ruleset(),
        write_ins=write_ins,
    )


@pytest.mark.parametrize(
    "plan",
    [
        of(PollKind.RANK, 1),
        of(PollKind.ELECTION, 2),
        of(PollKind.ELECTION, 3, write_ins=True),
        of(PollKind.APPROVE_EACH, 2, Ruleset(ballots=BallotRules(over_approval=BallotRule.VOID))),
        of(PollKind.APPROVE_EACH, 2, Ruleset(ballots=BallotRules(under=BallotRule.VOID))),
        of(PollKind.ELECTION, 3, Ruleset(ballots=BallotRules(under=BallotRule.VOID))),
    ],
)
def test_what_sums_could_not_tell_apart_must_be_read_one_by_one(plan: Question) -> None:
    assert plan.read_singly
    (question,) = questions_of(plan)
    assert isinstance(question, MixedQuestion)
    assert question.text == plan.title


@pytest.mark.parametrize("plan", [of(PollKind.ELECTION, 3), of(PollKind.APPROVE_EACH, 2), of(PollKind.EVALUATION, 1)])
def test_what_cannot_be_for_too_many_or_too_few_is_summed(plan: Question) -> None:
    assert not plan.read_singly
    assert len(questions_of(plan)) == 3


@pytest.mark.parametrize("poll", ["approve", "evaluate"])
def test_of_each_option_one_thing_is_said_or_none(poll: str) -> None:
    asked = [question for question in questions_of(BY_ID[poll]) if not isinstance(question, MixedQuestion)]
    assert {(question.min, question.max) for question in asked} == {(0, 1)}


def test_a_ballot_is_limited_only_where_it_may_not_be_for_all_options() -> None:
    free = Ruleset(ballots=BallotRules(over_approval=BallotRule.VALID))
    strict = Ruleset(ballots=BallotRules(over_approval=BallotRule.VOID))
    assert of(PollKind.APPROVE_EACH, 2, free).limit is None
    assert of(PollKind.APPROVE_EACH, 2, strict).limit == 2
    assert of(PollKind.APPROVE_EACH, 3, strict).limit is None
    assert of(PollKind.ELECTION, 3, Ruleset(), write_ins=True).limit == 3


@pytest.mark.parametrize(
    ("poll", "result", "votes", "marks"),
    [
        ("choose", ((3, 2, 1),), (3, 2, 1), Marks()),
        ("approve", ((3, 1, 1), (0, 5, 0), (2, 0, 3)), (3, 0, 2), Marks(against=(1, 5, 0), abstain=(1, 0, 3))),
        ("evaluate", ((3, 1, 1), (0, 5, 0)), (0, 0), Marks(levels=((3, 1, 1), (0, 5, 0)))),
    ],
)
def test_sums_are_votes_or_marks_by_the_way_of_answering(
    poll: str, result: tuple[tuple[int, ...], ...], votes: tuple[int, ...], marks: Marks
) -> None:
    assert figures_in(BY_ID[poll], result) == (votes, marks)
