"""The seat derives from a poll's view the very questions and answers that the server derives from its plan.

Otherwise a seat would refuse an election that is right, or fill in another ballot than the one it showed.
"""

import random
from typing import Any

import msgspec
import pytest

from tests.support.plans.plain import sample_plan
from tests.tally_web.tally_page import Page
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import MOTION_OPTIONS, Option, Question
from voting.congress.law.ruleset import (
    BallotRule,
    BallotRules,
    EvaluationRules,
    Ruleset,
    Secrecy,
)
from voting.record.questions import answers_of, marks_of, questions_of
from voting.server.live.poll_views import poll_view
from voting.sitting.machine import PollProgress, convene, evolve
from voting.sitting.poll import PollPlan

Made = tuple[list[tuple[str, ...]], dict[str, Any]]
"""Choices, and what the seat makes of them: questions and answers."""

ELIGIBLE = tuple(f"示例人选{letter}" for letter in "甲乙丙丁戊")
TYPED = ("示例甲", "示例乙")
BALLOTS = 25
UNDER_VOID = Ruleset(ballots=BallotRules(under=BallotRule.VOID))
OVER_VALID = Ruleset(ballots=BallotRules(over=BallotRule.VALID, over_approval=BallotRule.VALID))
OVER_VOID = Ruleset(ballots=BallotRules(over=BallotRule.VOID, over_approval=BallotRule.VOID))


def poll(kind: PollKind, number: int, seats: int = 1, ruleset: Ruleset | None = None, **more: Any) -> Question:
    options = tuple(Option(id=f"p{i}", title=f"示例选项{i}", illustrative=True) for i in range(1, number + 1))
    return Question(
        id="x", kind=kind, title="示例表决", options=options, seats=seats, ruleset=ruleset or Ruleset(), **more
    )


PLANS = {
    "motion": Question(id="x", kind=PollKind.MOTION, title="示例决议", options=MOTION_OPTIONS),
    "choose": poll(PollKind.CHOOSE, 12, 10),
    "choose, fewer void": poll(PollKind.CHOOSE, 5, 2, UNDER_VOID),
    "each, more valid": poll(PollKind.APPROVE_EACH, 4, 2, OVER_VALID),
    "each, more void": poll(PollKind.APPROVE_EACH, 4, 2, OVER_VOID),
    "each, fewer void": poll(PollKind.APPROVE_EACH, 4, 2, UNDER_VOID),
    "each by name, more void": poll(PollKind.APPROVE_EACH, 4, 2, OVER_VOID, secrecy=Secrecy.RECORDED),
    "each alone, more and fewer void": poll(
        PollKind.APPROVE_EACH,
        4,
        0,
        Ruleset(ballots=BallotRules(over_approval=BallotRule.VOID, under=BallotRule.VOID)),
    ),
    "preselection": poll(PollKind.PRESELECTION, 6, 4),
    "rank": poll(PollKind.RANK, 12, 6),
    "rank of one": poll(PollKind.RANK, 1),
    "equal election": poll(PollKind.ELECTION, 3, 3),
    "equal election, fewer void": poll(PollKind.ELECTION, 3, 3, UNDER_VOID),
    "competitive election": poll(PollKind.ELECTION, 5, 4),
    "competitive election, more valid": poll(PollKind.ELECTION, 5, 4, OVER_VALID),
    "names from a list": poll(PollKind.ELECTION, 5, 4, write_ins=True, eligible=ELIGIBLE),
    "names from a list, more valid": poll(PollKind.ELECTION, 5, 4, OVER_VALID, write_ins=True, eligible=ELIGIBLE),
    "names as text": poll(PollKind.ELECTION, 2, 2, write_ins=True),
    "one name as text": poll(PollKind.ELECTION, 7, 1, write_ins=True),
    "names on an equal election": poll(PollKind.ELECTION, 2, 2, UNDER_VOID, write_ins=True, eligible=ELIGIBLE),
    "evaluation, three levels": poll(PollKind.EVALUATION, 7, ruleset=Ruleset(evaluation=EvaluationRules(levels=3))),
    "evaluation, four levels": poll(PollKind.EVALUATION, 7, ruleset=Ruleset(evaluation=EvaluationRules(levels=4))),
}


def shown(plan: Question) -> dict[str, Any]:
    """The poll as every seat is told of it."""
    view = poll_view(evolve(None, convene(sample_plan(), 1)), PollProgress(plan=PollPlan(plan)), shows_result=False)
    told: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(view))
    return told


def some_choice(plan: Question, rng: random.Random) -> tuple[str, ...]:
    """Something that a delegate may put on this ballot, in the order of the ballot."""
    ids = [option.id for option in plan.options]
    if plan.kind is PollKind.RANK:
        places = rng.sample(range(1, len(ids) + 1), len(ids))
        return tuple(f"{option}={place}" for option, place in zip(ids, places, strict=True))
    if not marks_of(plan):
        ticked = rng.sample(ids, rng.randint(plan.min_choices, plan.max_choices))
        return tuple(option for option in ids if option in ticked)
    names = list(ELIGIBLE if plan.eligible else TYPED)
    added = rng.sample(names, rng.randint(0, min(plan.max_write_ins, len(names))))
    room = plan.max_choices - len(added)
    marks: list[str] = []
    for option in ids:
        mark = rng.choice(["", *marks_of(plan)])
        if mark == "for" and room <= 0:
            mark = "against"
        room -= mark == "for"
        marks += [f"{option}={mark}"] if mark else []
    return (*marks, *(f"+{name}" for name in added))


@pytest.fixture(scope="module")
def ballots(page: Page) -> dict[str, Made]:
    """For each plan some choices, and what the seat makes of them."""
    choices = {
        name: [some_choice(plan, random.Random(f"{name} {n}")) for n in range(BALLOTS)] for name, plan in PLANS.items()
    }
    asked = [
        ("seatBallots", {"poll": shown(plan), "choices": [list(choice) for choice in choices[name]]})
        for name, plan in PLANS.items()
    ]
    made = zip(PLANS, page.run(*asked), strict=True)
    return {name: (choices[name], outcome.done) for name, outcome in made}


@pytest.mark.parametrize("name", PLANS)
def test_the_seat_expects_the_questions_that_are_asked(ballots: dict[str, Made], name: str) -> None:
    _, seat = ballots[name]
    assert seat["questions"] == [question.to_json() for question in questions_of(PLANS[name])]


@pytest.mark.parametrize("name", PLANS)
def test_the_seat_answers_what_is_read_from_the_same_marks(ballots: dict[str, Made], name: str) -> None:
    choices, seat = ballots[name]
    plan = PLANS[name]
    assert len({*choices}) > 1 or len(plan.options) == 1
    for choice, answers in zip(choices, seat["answers"], strict=True):
        assert answers == [list(values) for values in answers_of(plan, choice)], choice


def test_all_kinds_and_both_ways_of_reading_are_among_the_samples() -> None:
    assert {plan.kind for plan in PLANS.values()} == set(PollKind)
    ways = {(plan.kind, plan.read_singly) for plan in PLANS.values()}
    assert {(kind, way) for kind in (PollKind.APPROVE_EACH, PollKind.ELECTION) for way in (True, False)} <= ways
