"""Polls added during the sitting: which may follow which, and that the earlier one stays as it was."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.figures import ruleset
from tests.support.sittings import (
    NOW,
    annulling_counted,
    asking,
    brought_to,
    choose,
    do,
    motion,
    options,
    plan,
    preparing,
    ready,
    refusal,
    refused,
    scrutineers,
    start,
)
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Follows, Medium
from voting.congress.law.ruleset import AfterShortfall, Relation, Secrecy
from voting.sitting import commands as c
from voting.sitting.counting import OutcomeKind
from voting.sitting.events import PollPlanned
from voting.sitting.machine import Sitting, decide
from voting.sitting.plan_checks import problems_of
from voting.sitting.poll import PollPlan, PollState
from voting.sitting.refusals import ChamberRefusal

R = ChamberRefusal
TIED = (4, 3, 3)  # of five ballots for two: p1 is elected, p2 and p3 are tied for the second seat
SHORT = (5, 2, 2)  # only p1 reaches the majority


def after(votes: tuple[int, ...], poll: PollPlan | None = None) -> Sitting:
    state = ready(plan(5, polls=(poll or choose(), motion())))
    return brought_to(state, PollState.ANNOUNCED, votes=votes)


def following(
    relation: Relation, *, names: tuple[str, ...] = ("p2", "p3"), seats: int = 1, **other: object
) -> c.PlanPoll:
    asked = tuple(option for option in options(3) if option.id in names)
    follows = Follows(poll="projects", relation=relation)
    return c.PlanPoll(item="votes", plan=asking(choose("second"), options=asked, seats=seats, follows=follows, **other))


def test_a_run_off_is_held_among_the_tied_and_the_first_result_stays() -> None:
    state = after(TIED)
    first = state.polls["projects"]
    assert first.outcome is not None
    assert first.outcome.kind is OutcomeKind.RUN_OFF
    state = do(state, following(Relation.RUN_OFF))
    state = brought_to(state, PollState.ANNOUNCED, poll="second", votes=(2, 3))
    assert state.polls["projects"] == first
    assert state.polls["second"].outcome is not None
    assert state.polls["second"].outcome.elected == ("p3",)


def test_an_added_poll_stands_at_the_end_of_its_item_and_the_plan_as_convened() -> None:
    before = after(TIED)
    command = following(Relation.RUN_OFF)
    assert decide(before, command, NOW) == (PollPlanned(at=NOW, item="votes", plan=command.plan),)
    state = do(before, command)
    assert state.plan == before.plan
    assert [item.polls for item in state.agenda] == [(), ("projects", "motion", "second")]
    assert list(state.polls) == ["projects", "motion", "second"]


def test_a_second_round_fills_what_is_missing() -> None:
    state = do(after(SHORT), following(Relation.SECOND_ROUND))
    assert state.polls["second"].state is PollState.PLANNED


def test_who_was_elected_earlier_in_a_chain_of_polls_is_not_put_up_again() -> None:
    """p1 is elected at once, the run-off of p2 and p3 elects nobody: the second round is not about p1."""
    state = do(after(TIED), following(Relation.RUN_OFF))
    state = brought_to(state, PollState.ANNOUNCED, poll="second", votes=(2, 1))
    third = following(Relation.SECOND_ROUND, names=("p1", "p2"))
    link = Follows(poll="second", relation=Relation.SECOND_ROUND)
    assert refused(state, replace(third, plan=asking(third.plan, id="third", follows=link))) is R.FOLLOW_UP_MISMATCH
    free = asking(third.plan, id="third", follows=link, options=options(3)[1:])
    assert "third" in do(state, replace(third, plan=free)).polls


def test_who_was_elected_is_not_eligible_in_the_second_round() -> None:
    poll = asking(choose(n=2, k=2), kind=PollKind.ELECTION, write_ins=True, eligible=("甲", "乙"))
    state = after((5, 2), poll)
    link = Follows("projects", Relation.SECOND_ROUND)
    second = asking(poll, id="second", seats=1, options=options(2)[1:], follows=link)
    named = asking(second, eligible=("甲", "示例项目1"))
    assert refused(state, c.PlanPoll(item="votes", plan=named)) is R.FOLLOW_UP_MISMATCH
    assert "second" in do(state, c.PlanPoll(item="votes", plan=second)).polls


@pytest.mark.parametrize("goal", [PollState.PLANNED, PollState.OPEN, PollState.CONFIRMED])
def test_nothing_follows_a_poll_that_has_not_ended(goal: PollState) -> None:
    state = brought_to(ready(plan(5)), goal, votes=TIED)
    assert refused(state, following(Relation.RUN_OFF)) is R.POLL_NOT_ENDED


@pytest.mark.parametrize(
    ("votes", "relation"),
    [
        (SHORT, Relation.RUN_OFF),
        (TIED, Relation.SECOND_ROUND),
        (TIED, Relation.REPEAT),
        ((5, 3, 2), Relation.RUN_OFF),
        ((5, 3, 2), Relation.SECOND_ROUND),
        (SHORT, Relation.NEXT_SESSION),
    ],
)
def test_only_what_the_outcome_asks_for_may_follow(votes: tuple[int, ...], relation: Relation) -> None:
    assert refused(after(votes), following(relation)) is R.FOLLOW_UP_NOT_ALLOWED


def test_the_rules_may_rule_out_a_second_round_now() -> None:
    rules = ruleset(seats={"shortfall": (AfterShortfall.NEXT_SESSION,)})
    state = after(SHORT, asking(choose(), ruleset=rules))
    assert refused(state, following(Relation.SECOND_ROUND, ruleset=rules)) is R.FOLLOW_UP_NOT_ALLOWED


def test_what_follows_a_shortfall_of_projects_is_a_list_of_its_own() -> None:
    own = (AfterShortfall.NEXT_SESSION,)
    rules = ruleset(seats={"shortfall_of_projects": own})
    state = after(SHORT, asking(choose(), ruleset=rules))
    assert refused(state, following(Relation.SECOND_ROUND, ruleset=rules)) is R.FOLLOW_UP_NOT_ALLOWED
    allowed = ruleset(seats={"shortfall": own, "shortfall_of_projects": tuple(AfterShortfall)})
    do(after(SHORT, asking(choose(), ruleset=allowed)), following(Relation.SECOND_ROUND, ruleset=allowed))


@pytest.mark.parametrize(
    ("votes", "command"),
    [
        (TIED, following(Relation.RUN_OFF, names=("p1", "p2"))),
        (TIED, following(Relation.RUN_OFF, names=("p1", "p2", "p3"))),
        (TIED, following(Relation.RUN_OFF, seats=2)),
        (TIED, following(Relation.RUN_OFF, ruleset=ruleset(seats={"majority_floor": False}))),
        (SHORT, following(Relation.SECOND_ROUND, names=("p1", "p2"))),
        (SHORT, following(Relation.SECOND_ROUND, seats=2)),
    ],
)
def test_the_question_must_fit_the_first_result(votes: tuple[int, ...], command: c.PlanPoll) -> None:
    assert refused(after(votes), command) is R.FOLLOW_UP_MISMATCH


def test_a_poll_is_followed_once_unless_that_one_is_annulled() -> None:
    state = do(after(TIED), following(Relation.RUN_OFF))
    third = following(Relation.RUN_OFF)
    third = replace(third, plan=asking(third.plan, id="third"))
    assert refused(state, third) is R.FOLLOWED_ALREADY
    state = do(state, preparing("second"), c.AnnulPoll(poll="second", reason="示例理由"))
    assert "third" in do(state, third).polls


def test_an_annulled_poll_is_repeated_and_keeps_its_ballots() -> None:
    state = brought_to(ready(), PollState.ANNULLED)
    kept = state.polls["projects"]
    state = do(state, following(Relation.REPEAT, names=("p1", "p2", "p3"), seats=2))
    state = brought_to(state, PollState.ANNOUNCED, poll="second", votes=(3, 2, 1))
    assert state.polls["projects"] == kept
    assert list(kept.returned) == ["001", "002", "003"]


@pytest.mark.parametrize("relation", [Relation.RUN_OFF, Relation.SECOND_ROUND, Relation.REPEAT])
def test_an_option_keeps_its_text_in_the_polls_that_follow(relation: Relation) -> None:
    """Nobody stands under the number of somebody else."""
    given = {Relation.RUN_OFF: TIED, Relation.SECOND_ROUND: SHORT}
    state = after(given[relation]) if relation in given else brought_to(ready(), PollState.ANNULLED)
    repeated: dict[str, Any] = {"names": ("p1", "p2", "p3"), "seats": 2} if relation is Relation.REPEAT else {}
    command = following(relation, **repeated)
    first, *others = command.plan.question.options
    renamed = asking(command.plan, options=(*others, replace(first, title="示例另一项目")))
    assert refused(state, replace(command, plan=renamed)) is R.FOLLOW_UP_MISMATCH
    assert "second" in do(state, command).polls


def test_a_repeated_election_takes_the_same_names() -> None:
    poll = asking(choose(n=2, k=1), kind=PollKind.ELECTION, write_ins=True, eligible=("甲", "乙"))
    state = brought_to(ready(plan(polls=(poll,))), PollState.ANNULLED)
    again = asking(poll, id="second", follows=Follows("projects", Relation.REPEAT))
    for changed in (asking(again, eligible=("甲",)), asking(again, write_ins=False, eligible=())):
        assert refused(state, c.PlanPoll(item="votes", plan=changed)) is R.FOLLOW_UP_MISMATCH
    assert "second" in do(state, c.PlanPoll(item="votes", plan=again)).polls


def test_a_repeated_poll_asks_the_same_question() -> None:
    state = brought_to(ready(), PollState.ANNULLED)
    assert refused(state, following(Relation.REPEAT)) is R.FOLLOW_UP_MISMATCH
    assert refused(state, following(Relation.RUN_OFF)) is R.FOLLOW_UP_NOT_ALLOWED


@pytest.mark.parametrize(
    ("votes", "relation"), [(TIED, Relation.RUN_OFF), (SHORT, Relation.SECOND_ROUND), ((5, 3, 2), Relation.RUN_OFF)]
)
def test_a_count_that_was_annulled_asks_for_nothing_but_to_be_made_again(
    votes: tuple[int, ...], relation: Relation
) -> None:
    counted = brought_to(ready(plan(5)), PollState.COUNTED, votes=votes)
    state = do(counted, *annulling_counted())
    assert state.polls["projects"].outcome == counted.polls["projects"].outcome
    assert refused(state, following(relation)) is R.FOLLOW_UP_NOT_ALLOWED
    assert "second" in do(state, following(Relation.REPEAT, names=("p1", "p2", "p3"), seats=2)).polls


def test_an_ad_hoc_poll_needs_no_poll_before_it() -> None:
    state = do(start(), c.PlanPoll(item="opening", plan=motion("ad-hoc")))
    assert state.agenda[0].polls == ("ad-hoc",)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (c.PlanPoll(item="nowhere", plan=motion("new")), R.UNKNOWN_ITEM),
        (c.PlanPoll(item="votes", plan=motion()), R.POLL_ID_TAKEN),
        (c.PlanPoll(item="votes", plan=asking(motion("new"), seats=2)), R.POLL_PLAN_INVALID),
        (c.PlanPoll(item="votes", plan=choose("new", n=0)), R.POLL_PLAN_INVALID),
        (c.PlanPoll(item="votes", plan=asking(choose("new"), secrecy=Secrecy.RECORDED)), R.POLL_PLAN_INVALID),
        (c.PlanPoll(item="votes", plan=asking(motion("new"), amends="nowhere")), R.UNKNOWN_POLL),
        (
            c.PlanPoll(item="votes", plan=asking(choose("new"), follows=Follows("nowhere", Relation.RUN_OFF))),
            R.UNKNOWN_POLL,
        ),
    ],
)
def test_what_the_rules_forbid_is_not_planned(command: c.PlanPoll, code: ChamberRefusal) -> None:
    assert refused(ready(), command) is code


def test_what_is_counted_by_hand_needs_two_scrutineers() -> None:
    alone = replace(plan(threshold=1), scrutineers=scrutineers(1))
    by_hand = asking(motion("new"), medium=Medium.BY_HAND)
    assert refused(start(alone), c.PlanPoll(item="votes", plan=by_hand)) is R.POLL_PLAN_INVALID
    planned = replace(alone, polls=(choose(), asking(motion(), medium=Medium.MIXED)))
    assert [(p.code.value, str(p.where)) for p in problems_of(planned)] == [("too_few_scrutineers", "poll motion")]
    assert do(start(), c.PlanPoll(item="votes", plan=by_hand))


def with_amendment() -> Sitting:
    amendment, clause = asking(motion("amendment"), amends="text"), asking(motion("clause"), clause_of="text")
    return ready(plan(polls=(motion("text"), amendment, clause)))


def test_amendments_and_clauses_are_put_before_the_text() -> None:
    state = with_amendment()
    prepare = preparing("text")
    assert refused(state, prepare) is R.AMENDMENTS_FIRST
    state = brought_to(state, PollState.ANNOUNCED, poll="amendment", votes=(1, 2, 0))
    assert refused(state, prepare) is R.AMENDMENTS_FIRST
    state = brought_to(state, PollState.ANNULLED, poll="clause")
    assert do(state, prepare).polls["text"].state is PollState.PREPARED


def test_an_amendment_comes_too_late_once_the_text_is_under_way() -> None:
    state = do(ready(plan(polls=(motion("text"),))), preparing("text"))
    late = c.PlanPoll(item="votes", plan=asking(motion("late"), amends="text"))
    assert refused(state, late) is R.AMENDMENT_TOO_LATE


def test_an_amendment_moved_in_the_sitting_holds_up_the_text() -> None:
    state = do(ready(plan(polls=(motion("text"),))), c.PlanPoll("votes", asking(motion("new"), amends="text")))
    assert refused(state, preparing("text")) is R.AMENDMENTS_FIRST


def test_an_amendment_of_an_amendment_is_put_first_of_all() -> None:
    polls = (motion("text"), asking(motion("a"), amends="text"), asking(motion("b"), amends="a"))
    state = ready(plan(polls=polls))
    assert refused(state, preparing("a")) is R.AMENDMENTS_FIRST
    state = brought_to(state, PollState.ANNOUNCED, poll="b")
    state = brought_to(state, PollState.ANNOUNCED, poll="a")
    assert do(state, preparing("text")).polls["text"].state is PollState.PREPARED


@pytest.mark.parametrize(("seconds", "allowed"), [(9, False), (10, True), (3600, True), (3601, False)])
def test_the_time_of_an_added_poll_is_one_that_the_chair_may_set(seconds: int, allowed: bool) -> None:
    command = following(Relation.RUN_OFF)
    timed = replace(command, plan=replace(command.plan, seconds=seconds))
    if allowed:
        assert do(after(TIED), timed).polls["second"].state is PollState.PLANNED
        return
    why = refusal(after(TIED), timed)
    assert why.code is R.POLL_PLAN_INVALID
    assert why.params["problem"] == "seconds_out_of_range"
    assert (why.params["least"], why.params["most"]) == (10, 3600)
