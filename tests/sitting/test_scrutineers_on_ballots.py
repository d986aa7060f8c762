"""Nobody is a scrutineer of a poll on whose ballot they stand, nor of an election of their close kin."""

import pytest
from msgspec.structs import replace

from tests.support.sittings import (
    NOW,
    asking,
    choose,
    do,
    opening,
    plan,
    preparing,
    ready,
    refusal,
    scrutineers,
    start,
)
from voting.congress.law.poll_kinds import Option, PollKind
from voting.congress.law.question import Medium
from voting.congress.refusal import Refusal
from voting.congress.roster import Scrutineer
from voting.sitting import commands as c
from voting.sitting.events import KinRuledOut, SittingPlan
from voting.sitting.machine import decide, evolve
from voting.sitting.plan_checks import problems_of
from voting.sitting.plan_problems import PlanProblemCode
from voting.sitting.poll import PollPlan, PollState
from voting.sitting.refusals import ChamberRefusal


def electing(name: str, medium: Medium = Medium.ELECTRONIC) -> PollPlan:
    """An election of one of two, of whom one has this name."""
    candidates = (Option("a", "示例候选人甲"), Option("b", name))
    return asking(choose("chair"), kind=PollKind.ELECTION, options=candidates, seats=1, medium=medium)


def with_delegate(*polls: PollPlan) -> SittingPlan:
    """The second scrutineer is a delegate whom the roster knows by the full name."""
    chief, _, third = scrutineers()
    return replace(plan(3, polls=polls), scrutineers=(chief, Scrutineer(2, "示例监票人2", delegate="002"), third))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("示例监票人1", "示例监票人1"),
        ("示例 监票人3", "示例监票人3"),
        ("示例代表002", "示例监票人2"),
        ("示例代表003", None),
        ("示例监票人1（女）", None),
    ],
)
def test_a_poll_on_whose_ballot_a_scrutineer_stands_is_refused(name: str, found: str | None) -> None:
    wanted = [] if found is None else [(PlanProblemCode.SCRUTINEER_ON_BALLOT, "poll chair", {"value": found})]
    assert [(p.code, str(p.where), p.params) for p in problems_of(with_delegate(electing(name)))] == wanted
    adding = c.PlanPoll(item="votes", plan=electing(name))
    if found is None:
        assert do(start(with_delegate()), adding).polls["chair"].state is PollState.PLANNED
    else:
        params: dict[str, str | int] = {"poll": "chair", "problem": "scrutineer_on_ballot", "value": found}
        assert refusal(start(with_delegate()), adding) == Refusal(ChamberRefusal.POLL_PLAN_INVALID, params)


@pytest.mark.parametrize("medium", [Medium.ELECTRONIC, Medium.BY_HAND])
def test_a_sitting_that_was_convened_with_one_does_not_open_it(medium: Medium) -> None:
    state = ready(plan(6, polls=(electing("示例人", medium),)))
    chief, _, third = scrutineers()
    state = replace(state, plan=replace(state.plan, scrutineers=(chief, Scrutineer(2, "示例人"), third)))
    by_hand = medium is Medium.BY_HAND
    steps = (preparing("chair"), *(() if by_hand else (c.RegisterCredential("chair", "001", "one"),)))
    opens = c.OpenByHand(poll="chair") if by_hand else opening("chair")
    named: dict[str, str | int] = {"poll": "chair", "name": "示例人"}
    assert refusal(do(state, *steps), opens) == Refusal(ChamberRefusal.SCRUTINEER_ON_BALLOT, named)


@pytest.mark.parametrize("medium", list(Medium))
def test_an_election_is_opened_by_who_says_that_no_scrutineer_is_kin_and_that_is_kept(medium: Medium) -> None:
    poll = electing("示例候选人乙", medium)
    by_hand = medium is Medium.BY_HAND
    asked: c.OpenByHand | c.OpenPoll = c.OpenByHand(poll="chair", no_kin=True) if by_hand else opening("chair")
    state = do(ready(plan(6, polls=(poll,))), preparing("chair"))
    state = (
        state if by_hand else do(state, *(c.RegisterCredential("chair", f"00{i}", f"of 00{i}") for i in range(1, 7)))
    )
    assert refusal(state, replace(asked, no_kin=False)) == Refusal(ChamberRefusal.KIN_NOT_ASKED, {"poll": "chair"})
    first, opened = decide(state, asked, NOW)
    assert first == KinRuledOut(at=NOW, poll="chair")
    assert not evolve(state, opened).polls["chair"].kin_ruled_out  # as in journals of before this was asked
    assert do(state, asked).polls["chair"].kin_ruled_out


@pytest.mark.parametrize("kind", [PollKind.CHOOSE, PollKind.PRESELECTION])
def test_where_nobody_is_elected_kin_is_not_asked_about(kind: PollKind) -> None:
    by_hand = asking(choose(), kind=kind, medium=Medium.BY_HAND)
    state = do(ready(plan(6, polls=(by_hand,))), preparing("projects"), c.OpenByHand(poll="projects"))
    assert not state.polls["projects"].kin_ruled_out
