"""A secret poll that repeats a counted one tells whose part differs: two sums of almost the same voters tell a vote."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from tests.support.sittings import (
    accepting,
    annulling_counted,
    asking,
    ballot,
    brought_to,
    choose,
    do,
    motion,
    opening,
    plan,
    preparing,
    ready,
)
from voting.congress.law.question import Follows
from voting.congress.law.ruleset import Relation, Secrecy
from voting.sitting import commands as c
from voting.sitting.machine import Sitting
from voting.sitting.poll import PollPlan, PollState
from voting.sitting.repeats import VotersApart, voters_apart


def again(id: str = "again", first: str = "projects", relation: Relation = Relation.REPEAT) -> PollPlan:
    return asking(choose(id), follows=Follows(first, relation))


def annulled_after_count() -> Sitting:
    """Three of four are there and vote; the count is annulled, and the same question planned again."""
    state = do(brought_to(ready(plan(4), present=3), PollState.COUNTED), *annulling_counted())
    return do(state, c.PlanPoll(item="votes", plan=again()))


def prepared(state: Sitting, numbers: Sequence[str], poll: str = "again") -> Sitting:
    keys = (c.RegisterCredential(poll, number, f"second {number}") for number in numbers)
    return do(state, preparing(poll), *keys)


def cast(state: Sitting, numbers: Sequence[str], poll: str = "again") -> Sitting:
    steps = ((replace(ballot(n, poll), credential=f"second {n}"), accepting(n, poll)) for n in numbers)
    return do(state, *(step for pair in steps for step in pair))


def test_nothing_is_told_before_anybody_gets_ready() -> None:
    assert voters_apart(annulled_after_count(), "again") is None


@pytest.mark.parametrize(
    ("numbers", "apart"),
    [
        (("001", "002", "003"), None),
        (("001", "003"), VotersApart("projects", ("002",), ())),
        (("001", "002", "003", "004"), VotersApart("projects", (), ("004",))),
        (("002", "004"), VotersApart("projects", ("001", "003"), ("004",))),
    ],
)
def test_before_the_close_those_are_compared_who_are_issued_a_ballot(
    numbers: Sequence[str], apart: VotersApart | None
) -> None:
    state = prepared(do(annulled_after_count(), c.SignIn(delegate="004")), numbers)
    assert voters_apart(state, "again") == apart


def test_after_the_close_those_are_compared_who_cast_one() -> None:
    state = do(prepared(annulled_after_count(), ("001", "002", "003")), opening("again"))
    state = cast(state, ("001", "002"))
    assert voters_apart(state, "again") is None
    state = do(state, c.ClosePoll(poll="again"))
    assert voters_apart(state, "again") == VotersApart("projects", ("003",), ())


def test_every_counted_poll_on_the_question_is_compared_and_the_most_alike_is_told() -> None:
    state = brought_to(annulled_after_count(), PollState.COUNTED, "again")
    state = do(state, *annulling_counted("again"), c.SignIn(delegate="004"))
    state = do(state, c.PlanPoll(item="votes", plan=again("third")))
    assert voters_apart(prepared(state, ("001", "002", "003"), "third"), "third") is None
    second = replace(state.polls["again"], voters={n: v for n, v in state.polls["again"].voters.items() if n != "001"})
    state = replace(state, polls={**state.polls, "again": second})
    assert voters_apart(prepared(state, ("001", "002", "003"), "third"), "third") == VotersApart("again", (), ("001",))
    both = prepared(state, ("001", "002", "003", "004"), "third")
    assert voters_apart(both, "third") == VotersApart("projects", (), ("004",))


def test_one_annulled_before_its_count_changes_nothing() -> None:
    state = do(prepared(annulled_after_count(), ("001",)), c.AnnulPoll(poll="again", reason="示例理由"))
    state = do(state, c.PlanPoll(item="votes", plan=again("third")))
    assert voters_apart(prepared(state, ("002",), "third"), "third") == VotersApart("projects", ("001", "003"), ())


def test_a_poll_whose_count_nobody_knows_tells_nothing() -> None:
    state = do(brought_to(ready(plan(4), present=3), PollState.ANNULLED), c.PlanPoll(item="votes", plan=again()))
    assert voters_apart(prepared(state, ("001",)), "again") is None


def test_votes_by_name_and_other_relations_are_not_compared() -> None:
    state = prepared(annulled_after_count(), ("001",))
    progress = state.polls["again"]
    for changes in ({"secrecy": Secrecy.RECORDED}, {"follows": Follows("projects", Relation.SECOND_ROUND)}):
        other = replace(progress, plan=asking(progress.plan, **changes))
        assert voters_apart(replace(state, polls={**state.polls, "again": other}), "again") is None
    assert voters_apart(prepared(ready(plan(4, polls=(motion(),))), ("001",), "motion"), "motion") is None
