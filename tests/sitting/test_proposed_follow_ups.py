"""What may follow an ended poll: proposed exactly where it would be accepted, whatever the outcome."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.figures import ruleset
from tests.support.known import known
from tests.support.sittings import NOW, asking, brought_to, choose, do, motion, options, plan, preparing, ready, refused
from tests.support.sittings import refusal as refusal_of
from voting.congress.law.poll_kinds import PollKind, Post
from voting.congress.law.question import Follows, Medium, Question
from voting.congress.law.ruleset import AfterShortfall, Relation, Ruleset, SeatRules
from voting.sitting import commands as c
from voting.sitting.counting import OutcomeKind
from voting.sitting.follow_ups import TITLES, follow_ups_of, item_of
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.sitting.machine import Sitting
from voting.sitting.poll import PollPlan, PollState
from voting.sitting.refusals import ChamberRefusal

NONE: set[Relation] = set()
TIED, SHORT, CLEAR = (4, 3, 3), (5, 2, 2), (5, 3, 2)


def ended(votes: tuple[int, ...], poll: PollPlan | None = None) -> Sitting:
    return brought_to(ready(plan(5, polls=(poll or choose(), motion()))), PollState.ANNOUNCED, votes=votes)


def planned(state: Sitting, relation: Relation, poll: str = "projects") -> tuple[Sitting, str]:
    proposed = follow_ups_of(state, poll)[relation]
    return do(state, c.PlanPoll(item=item_of(state, poll), plan=proposed)), proposed.id


def test_a_run_off_is_proposed_among_the_tied_for_the_seats_left() -> None:
    proposed = follow_ups_of(ended(TIED), "projects")
    assert proposed.keys() == {Relation.RUN_OFF}
    run_off = proposed[Relation.RUN_OFF]
    assert (run_off.id, run_off.question.title, run_off.question.seats) == ("projects-2", "示例票决（再次投票）", 1)
    assert [option.id for option in run_off.question.options] == ["p2", "p3"]
    assert run_off.question.follows == Follows("projects", Relation.RUN_OFF)


def test_a_second_round_is_proposed_among_those_not_elected_for_the_unfilled_seats() -> None:
    second = follow_ups_of(ended(SHORT), "projects")[Relation.SECOND_ROUND]
    assert ([option.id for option in second.question.options], second.question.seats) == (["p2", "p3"], 1)
    assert second.question.title == "示例票决（第二轮）"


def test_an_annulled_poll_may_be_repeated_as_it_was() -> None:
    state = brought_to(ready(), PollState.ANNULLED)
    again = follow_ups_of(state, "projects")[Relation.REPEAT].question
    first = state.polls["projects"].question
    assert (again.options, again.seats, again.title) == (first.options, first.seats, "示例票决（重新表决）")


@pytest.mark.parametrize("goal", sorted(set(PollState) - {PollState.ANNOUNCED, PollState.ANNULLED}))
def test_nothing_is_proposed_after_a_poll_that_has_not_ended(goal: PollState) -> None:
    assert follow_ups_of(brought_to(ready(plan(5)), goal, votes=TIED), "projects") == {}


def test_nothing_is_proposed_where_the_rules_know_no_second_round() -> None:
    rules = ruleset(seats={"shortfall": (AfterShortfall.NEXT_SESSION,)})
    assert follow_ups_of(ended(SHORT, asking(choose(), ruleset=rules)), "projects") == {}


def test_the_tied_of_a_preselection_are_voted_on_again_by_the_order_of_votes() -> None:
    nominees = asking(choose(), kind=PollKind.PRESELECTION)
    assert follow_ups_of(ended(CLEAR, nominees), "projects") == {}
    assert follow_ups_of(ended((2, 0, 0), nominees), "projects") == {}
    state, second = planned(ended((2, 1, 1), nominees), Relation.RUN_OFF)
    asked = state.polls[second].question
    assert (asked.kind, asked.seats, [option.id for option in asked.options]) == (
        PollKind.PRESELECTION,
        1,
        ["p2", "p3"],
    )
    outcome = known(brought_to(state, PollState.ANNOUNCED, poll=second, votes=(2, 1)).polls[second].outcome)
    assert (outcome.kind, outcome.elected) == (OutcomeKind.PRESELECTED, ("p2",))


def test_nothing_follows_what_was_decided_item_by_item() -> None:
    alone = asking(choose(), kind=PollKind.APPROVE_EACH, seats=0)
    state = ended((5, 2, 2), alone)
    assert known(state.polls["projects"].outcome).verdicts == {"p1": "passed", "p2": "not_passed", "p3": "not_passed"}
    assert follow_ups_of(state, "projects") == {}


def test_a_second_follow_up_takes_the_next_number_and_the_first_title() -> None:
    poll = asking(choose(), ruleset=ruleset(seats={"run_off_needs_majority": False}))
    state, second = planned(ended(TIED, poll), Relation.RUN_OFF)
    state = brought_to(state, PollState.ANNOUNCED, poll=second, votes=(2, 2))
    proposed = follow_ups_of(state, second)[Relation.RUN_OFF]
    assert (proposed.id, proposed.question.title) == ("projects-3", "示例票决（再次投票）")
    assert follow_ups_of(state, "projects") == {}


def test_what_failed_is_put_again_in_its_own_place() -> None:
    """An annulled run-off is held anew as a run-off of the same poll, not as a poll of its own."""
    state, second = planned(ended(TIED), Relation.RUN_OFF)
    state = brought_to(state, PollState.ANNULLED, poll=second)
    assert follow_ups_of(state, second) == {}
    repeat = asking(
        state.polls[second].plan, id="again", follows=Follows(second, Relation.REPEAT), title="示例重新表决"
    )
    assert refused(state, c.PlanPoll(item="votes", plan=repeat)) is ChamberRefusal.FOLLOW_UP_NOT_ALLOWED
    state, third = planned(state, Relation.RUN_OFF)
    assert state.polls[third].question.follows == Follows("projects", Relation.RUN_OFF)
    assert follow_ups_of(state, "projects") == {}


def test_long_ids_and_titles_stay_within_their_limits() -> None:
    poll = asking(choose("p" * 40), title="长" * 200)
    state = brought_to(ready(plan(5, polls=(poll,))), PollState.ANNOUNCED, poll=poll.id, votes=TIED)
    proposed = follow_ups_of(state, poll.id)[Relation.RUN_OFF]
    assert (proposed.id, len(proposed.question.title)) == ("p" * 38 + "-2", 200)


def test_an_amendment_is_repeated_only_before_its_text() -> None:
    polls = (motion("text"), asking(motion("amendment"), amends="text"))
    state = brought_to(ready(plan(polls=polls)), PollState.ANNULLED, poll="amendment")
    assert follow_ups_of(state, "amendment").keys() == {Relation.REPEAT}
    assert follow_ups_of(do(state, preparing("text")), "amendment") == {}


def test_only_motions_are_amendments_and_only_motions_are_amended() -> None:
    state = ready()
    for wrong in (asking(motion("new"), amends="projects"), asking(choose("new"), clause_of="motion")):
        refusal = refusal_of(state, c.PlanPoll(item="votes", plan=wrong))
        assert refusal.params["problem"] == "link_wrong"


ELECTION = asking(
    choose("projects", n=2, k=1), kind=PollKind.ELECTION, write_ins=True, medium=Medium.BY_HAND, ruleset=Ruleset()
)


def counted_by_hand(votes: dict[str, int], poll: PollPlan = ELECTION) -> Sitting:
    """Five papers; whatever is not for a candidate is an abstention."""
    state = ready(plan(5, polls=(poll,)))
    names = tuple(name for name in votes if name not in ("p1", "p2"))
    figures = HandFigures(issued=5, returned=5, valid=5, void=0, votes=votes, write_ins=names)
    return do(
        state,
        preparing("projects"),
        c.OpenByHand(poll="projects", no_kin=True),
        c.ClosePoll(poll="projects"),
        c.EnterHandCount("projects", 1, HandMethod.PAPER, figures, "示例"),
        c.ConfirmHandCount("projects", 2, NOW),
        c.ConfirmCount(poll="projects", scrutineer=1),
        c.AnnounceResult(poll="projects"),
    )


def test_a_name_that_ballots_added_stands_on_the_ballot_of_the_second_round_only_as_a_name() -> None:
    second = follow_ups_of(counted_by_hand({"p1": 2, "p2": 1, "示例代表005": 2}), "projects")[Relation.SECOND_ROUND]
    assert ([option.id for option in second.question.options], second.question.write_ins) == (["p1", "p2"], True)


def second_round(votes: dict[str, int], post: Post | None) -> Question:
    """Another election after one for one seat in which five papers gave these votes; two are candidates."""
    poll = asking(choose("projects", n=2, k=1), kind=PollKind.ELECTION, write_ins=True, medium=Medium.BY_HAND)
    state = counted_by_hand(votes, asking(poll, post=post, ruleset=Ruleset()))
    return follow_ups_of(state, "projects")[Relation.SECOND_ROUND].question


@pytest.mark.parametrize(
    ("votes", "post", "standing"),
    [
        ({"p1": 2, "p2": 1, "示例代表005": 2}, Post.DELEGATE, ["p1", "示例代表005"]),
        ({"p1": 2, "p2": 2, "示例代表005": 1}, Post.DELEGATE, ["p1", "p2"]),
        ({"p1": 2, "p2": 1, "示例代表005": 1}, Post.DELEGATE, ["p1", "p2", "示例代表005"]),
        ({"p1": 2, "p2": 1, "甲": 1, "乙": 1}, Post.DEPUTY, ["p1", "p2", "甲", "乙"]),
        ({"p1": 2, "p2": 1, "示例代表005": 2}, Post.CHIEF, ["p1", "p2"]),
        ({"p1": 2, "p2": 1, "示例代表005": 2}, None, ["p1", "p2"]),
    ],
)
def test_those_with_most_votes_stand_in_another_election_and_whoever_is_tied_with_the_last(
    votes: dict[str, int], post: Post | None, standing: list[str]
) -> None:
    assert [option.id for option in second_round(votes, post).options] == standing


def test_names_that_stand_in_another_election_are_eligible_no_more() -> None:
    names = ("示例代表004", "示例代表005")
    poll = asking(ELECTION, eligible=names, post=Post.DELEGATE)
    state = counted_by_hand({"p1": 2, "p2": 1, "示例代表005": 2}, poll)
    second = follow_ups_of(state, "projects")[Relation.SECOND_ROUND]
    assert [option.title for option in second.question.options] == ["示例项目1", "示例代表005"]
    assert second.question.eligible == ("示例代表004",)
    assert do(state, c.PlanPoll(item="votes", plan=second)).polls[second.question.id].plan == second


def test_an_unlawful_number_of_candidates_is_refused_in_another_election() -> None:
    state = counted_by_hand({"p1": 2, "p2": 1, "示例代表005": 1}, asking(ELECTION, post=Post.DELEGATE))
    second = follow_ups_of(state, "projects")[Relation.SECOND_ROUND]
    refusal = refusal_of(state, c.PlanPoll(item="votes", plan=second))
    assert refusal.params | {"problem": "candidates_out_of_range", "found": 3, "least": 2, "most": 2} == refusal.params
    one = asking(second, options=second.question.options[:1])
    assert refusal_of(state, c.PlanPoll(item="votes", plan=one)).params["found"] == 1
    two = asking(second, options=second.question.options[1:])
    assert do(state, c.PlanPoll(item="votes", plan=two)).polls[second.question.id].plan == two


def test_who_was_elected_is_taken_off_the_roster_of_the_eligible() -> None:
    poll = asking(ELECTION, seats=2, eligible=("示例代表004", "示例代表005"))
    state = counted_by_hand({"p1": 2, "p2": 2, "示例代表005": 4}, poll)
    second = follow_ups_of(state, "projects")[Relation.SECOND_ROUND]
    assert (second.question.seats, second.question.eligible) == (1, ("示例代表004",))
    only = asking(ELECTION, seats=2, eligible=("示例代表005",))
    proposed = follow_ups_of(counted_by_hand({"p1": 2, "p2": 2, "示例代表005": 4}, only), "projects")
    assert not proposed[Relation.SECOND_ROUND].question.write_ins


def expected(state: Sitting) -> set[Relation]:
    """What the law lets follow, said from the outcome alone."""
    progress = state.polls["projects"]
    outcome, plan_ = progress.outcome, progress.plan
    if progress.state is PollState.ANNULLED:
        return {Relation.REPEAT}
    assert outcome is not None
    if outcome.kind in (OutcomeKind.VOID, OutcomeKind.NO_QUORUM):
        return {Relation.REPEAT}
    if outcome.kind is OutcomeKind.RUN_OFF:
        return {Relation.RUN_OFF}
    left = [option for option in plan_.question.options if option.id not in outcome.elected]
    return {Relation.SECOND_ROUND} if outcome.kind is OutcomeKind.SHORTFALL and left else NONE


KINDS = st.sampled_from([PollKind.CHOOSE, PollKind.APPROVE_EACH, PollKind.ELECTION])


@settings(deadline=None, max_examples=150)
@given(data=st.data(), kind=KINDS, seats=st.integers(1, 3), floor=st.booleans(), annulled=st.booleans())
def test_every_proposal_is_accepted_and_nothing_else_may_follow(
    data: st.DataObject, kind: PollKind, seats: int, floor: bool, annulled: bool
) -> None:
    rules = Ruleset(seats=SeatRules(majority_floor=floor, run_off_needs_majority=False))
    poll = PollPlan(Question(id="projects", kind=kind, title="示例", options=options(3), seats=seats, ruleset=rules))
    state = ready(plan(5, polls=(poll,)))
    if annulled:
        state = brought_to(state, PollState.ANNULLED)
    else:
        most = 5 * poll.question.max_choices
        votes = data.draw(st.tuples(*[st.integers(0, 5)] * 3).filter(lambda given: sum(given) <= most))
        state = brought_to(state, PollState.ANNOUNCED, votes=votes)
    proposals = follow_ups_of(state, "projects")
    assert proposals.keys() == expected(state)
    for relation in TITLES:
        if relation not in proposals:
            other = asking(poll, id="other", follows=Follows("projects", relation))
            assert refusal_of(state, c.PlanPoll(item="votes", plan=other))
            continue
        after = do(state, c.PlanPoll(item="votes", plan=proposals[relation]))
        assert after.polls["projects"] == state.polls["projects"]
        assert follow_ups_of(after, "projects") == {}
