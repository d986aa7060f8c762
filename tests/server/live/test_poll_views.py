"""What the view of one poll says of its ballots and of how it may be counted, so that no page derives it."""

from typing import Any

import pytest

from tests.support.plans.plain import sample_plan
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Medium, Option, Question
from voting.congress.law.ruleset import BallotRule, BallotRules, FallbackRules, Ruleset
from voting.server.live.poll_views import poll_view
from voting.sitting.hand_counts import HandMethod
from voting.sitting.machine import PollProgress, convene, evolve
from voting.sitting.poll import PollPlan
from voting.wire.polls import PollView

HANDS, PAPER = HandMethod.SHOW_OF_HANDS, HandMethod.PAPER
OVER_VALID = Ruleset(ballots=BallotRules(over=BallotRule.VALID))
OVER_VOID = Ruleset(ballots=BallotRules(over_approval=BallotRule.VOID))
UNDER_VOID = Ruleset(ballots=BallotRules(under=BallotRule.VOID))


def shown(kind: PollKind, number: int = 3, **more: Any) -> PollView:
    options = tuple(Option(id=f"p{i}", title=f"示例{i}") for i in range(1, number + 1))
    question = Question(id="x", kind=kind, title="示例表决", options=options, **more)
    sitting = evolve(None, convene(sample_plan(), 1))
    return poll_view(sitting, PollProgress(plan=PollPlan(question)), shows_result=False)


@pytest.mark.parametrize(
    ("kind", "more", "limit", "read_singly"),
    [
        (PollKind.MOTION, {}, 1, False),
        (PollKind.CHOOSE, {"seats": 2}, 2, False),
        (PollKind.CHOOSE, {"seats": 2, "ruleset": OVER_VALID}, None, False),
        (PollKind.APPROVE_EACH, {"seats": 2}, None, False),
        (PollKind.APPROVE_EACH, {"seats": 2, "ruleset": OVER_VOID}, 2, True),
        (PollKind.RANK, {"seats": 2}, None, True),
        (PollKind.ELECTION, {"seats": 2}, 2, True),
        (PollKind.ELECTION, {"seats": 3}, None, False),
        (PollKind.ELECTION, {"seats": 3, "ruleset": UNDER_VOID}, None, True),
        (PollKind.ELECTION, {"seats": 3, "write_ins": True}, 3, True),
        (PollKind.ELECTION, {"seats": 2, "write_ins": True, "ruleset": OVER_VALID}, None, True),
        (PollKind.EVALUATION, {}, 1, False),
    ],
)
def test_a_view_says_how_many_a_ballot_may_be_for_and_whether_it_is_read_by_itself(
    kind: PollKind, more: dict[str, Any], limit: int | None, read_singly: bool
) -> None:
    view = shown(kind, **more)
    assert (view.limit, view.read_singly) == (limit, read_singly)


@pytest.mark.parametrize(
    ("kind", "medium", "methods"),
    [
        (PollKind.MOTION, Medium.ELECTRONIC, ()),
        (PollKind.MOTION, Medium.BY_HAND, (HANDS, PAPER)),
        (PollKind.MOTION, Medium.MIXED, (PAPER,)),
        (PollKind.ELECTION, Medium.BY_HAND, (PAPER,)),
    ],
)
def test_a_view_says_by_which_methods_the_poll_may_be_counted(
    kind: PollKind, medium: Medium, methods: tuple[HandMethod, ...]
) -> None:
    assert shown(kind, medium=medium).methods == methods


def test_without_papers_in_the_rules_hands_alone_are_counted() -> None:
    rules = Ruleset(fallback=FallbackRules(paper=()))
    assert shown(PollKind.MOTION, medium=Medium.BY_HAND, ruleset=rules).methods == (HANDS,)
    assert shown(PollKind.MOTION, medium=Medium.MIXED, ruleset=rules).methods == ()


def test_only_ballots_of_terminals_are_shuffled() -> None:
    assert [shown(PollKind.RANK, medium=medium).shuffled for medium in Medium] == [True, False, True]
