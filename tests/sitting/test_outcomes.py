"""Quorum, majority, floor, ties and shortfall, with the figures reported from real sittings."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.figures import ruleset
from tests.support.sittings import choose, motion
from voting.congress.law import thresholds
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Question
from voting.congress.law.ruleset import BallotRule, Ruleset
from voting.congress.law.thresholds import Bases
from voting.sitting.counting import Outcome, OutcomeKind, count_of, outcome_of, votes_possible

NO_FLOOR = ruleset(seats={"majority_floor": False})


def asked(**made: Any) -> Question:
    return choose(**made).question


def outcome(plan: Question, in_office: int, votes: tuple[int, ...], returned: int | None = None) -> Outcome:
    returned = in_office if returned is None else returned
    count = count_of(plan, entitled=in_office, issued=in_office, returned=returned, votes=votes)
    return outcome_of(plan, count, Bases(in_office))


def needed_of(in_office: int) -> tuple[int, int]:
    """Quorum and majority by the national law."""
    rules, bases = Ruleset(), Bases(in_office)
    return thresholds.quorum(rules, bases), thresholds.majority(rules, PollKind.MOTION, bases)


@pytest.mark.parametrize(
    ("case", "in_office", "quorum", "majority"),
    [
        ("丽水 2025", 327, 218, 164),
        ("宁海 2012", 258, 172, 130),
        ("嘉兴 2017", 395, 264, 198),
        ("平湖 2022", 251, 168, 126),
        ("exact two thirds suffice", 3, 2, 2),
        ("half is no majority", 4, 3, 3),
        ("one delegate", 1, 1, 1),
    ],
)
def test_quorum_and_majority_of_reported_sittings(case: str, in_office: int, quorum: int, majority: int) -> None:
    assert needed_of(in_office) == (quorum, majority), case


@given(st.integers(0, 10_000))
def test_quorum_is_the_least_number_of_two_thirds_and_majority_the_least_over_half(in_office: int) -> None:
    quorum, majority = needed_of(in_office)
    assert 3 * quorum >= 2 * in_office > 3 * (quorum - 1)
    assert 2 * majority > in_office >= 2 * (majority - 1)


@pytest.mark.parametrize(("votes", "kind"), [(125, OutcomeKind.NOT_PASSED), (126, OutcomeKind.PASSED)])
def test_of_251_delegates_125_fail_and_126_pass(votes: int, kind: OutcomeKind) -> None:
    assert outcome(motion().question, 251, (votes, 0, 0)).kind is kind


def test_a_motion_needs_the_majority_of_all_not_of_those_who_pressed() -> None:
    assert outcome(motion().question, 251, (120, 3, 2)).kind is OutcomeKind.NOT_PASSED


@pytest.mark.parametrize(
    ("case", "present", "votes", "cast", "not_pressed"),
    [
        ("广州 2011", 496, (374, 87, 34), 495, 1),
        ("NPC 2012", 2872, (2639, 160, 57), 2856, 16),
        ("东阳 2017", 282, (281, 1, 0), 282, 0),
        ("东阳 2017", 282, (276, 6, 0), 282, 0),
    ],
)
def test_not_pressed_is_no_cast_vote(
    case: str, present: int, votes: tuple[int, ...], cast: int, not_pressed: int
) -> None:
    count = count_of(motion().question, entitled=present, issued=present, returned=cast, votes=votes)
    assert (sum(count.votes.values()), count.not_pressed) == (cast, not_pressed), case


def test_an_all_blank_motion_ballot_equals_not_pressing() -> None:
    count = count_of(motion().question, entitled=10, issued=9, returned=9, votes=(4, 2, 1))
    assert (count.returned, count.not_pressed) == (9, 2)


def test_a_blank_choice_was_returned_all_the_same() -> None:
    count = count_of(asked(), entitled=10, issued=9, returned=8, votes=(0, 0, 0))
    assert (count.returned, count.not_pressed) == (8, 1)


def test_the_counts_of_a_town_that_chose_one_of_two() -> None:
    one_of_two = asked(n=2, k=1)
    count = count_of(one_of_two, entitled=45, issued=45, returned=45, votes=(42, 3))
    assert round(1000 * count.votes["p1"] / count.returned) == 933
    assert outcome_of(one_of_two, count, Bases(45)).elected == ("p1",)


def test_ten_of_twelve_projects_are_chosen_with_the_most_votes_first() -> None:
    votes = (240, 239, 238, 237, 236, 235, 234, 233, 232, 126, 130, 125)
    result = outcome(asked(n=12, k=10), 251, votes)
    assert result.kind is OutcomeKind.ELECTED
    assert result.elected == ("p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p11")


def test_a_tie_across_the_cut_line_is_never_broken() -> None:
    result = outcome(asked(n=5, k=3), 9, (6, 9, 6, 5, 6))
    assert result == Outcome(
        kind=OutcomeKind.RUN_OFF, majority=5, elected=("p2",), run_off=("p1", "p3", "p5"), run_off_seats=2
    )


def test_a_tie_above_the_cut_line_elects_both_in_ballot_order() -> None:
    result = outcome(asked(n=3, k=2), 5, (3, 4, 4))
    assert (result.kind, result.elected) == (OutcomeKind.ELECTED, ("p2", "p3"))


def test_a_tie_below_the_floor_is_no_tie() -> None:
    result = outcome(asked(n=3, k=2), 5, (3, 2, 2))
    assert result == Outcome(kind=OutcomeKind.SHORTFALL, majority=3, elected=("p1",), shortfall=1)


def test_without_the_floor_the_best_are_elected_but_none_without_a_vote() -> None:
    plan = asked(n=3, k=2, rules=NO_FLOOR)
    assert outcome(plan, 5, (1, 2, 0)).elected == ("p2", "p1")
    assert outcome(plan, 5, (1, 0, 0)) == Outcome(kind=OutcomeKind.SHORTFALL, majority=3, elected=("p1",), shortfall=1)


@pytest.mark.parametrize("plan", [asked(), motion().question])
def test_more_ballots_returned_than_issued_make_the_poll_void(plan: Question) -> None:
    count = count_of(plan, entitled=5, issued=5, returned=6, votes=(5, 5, 0) if plan.seats == 2 else (6, 0, 0))
    result = outcome_of(plan, count, Bases(5))
    assert (result.kind, result.elected) == (OutcomeKind.VOID, ())


def test_a_count_with_a_figure_missing_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        count_of(asked(), entitled=3, issued=3, returned=3, votes=(1, 1))


def test_where_fewer_ticks_void_a_ballot_every_ballot_has_k_ticks() -> None:
    strict = asked(n=3, k=2, rules=ruleset(ballots={"under": BallotRule.VOID}))
    assert votes_possible(strict, 2, (2, 1, 1))
    assert not votes_possible(strict, 2, (2, 1, 0))


Election = tuple[Question, int, tuple[int, ...]]


@st.composite
def elections(draw: st.DrawFn) -> Election:
    n = draw(st.integers(1, 7))
    plan = asked(n=n, k=draw(st.integers(1, n)), rules=draw(st.sampled_from((Ruleset(), NO_FLOOR))))
    in_office = draw(st.integers(1, 9))
    return plan, in_office, tuple(draw(st.lists(st.integers(0, in_office), min_size=n, max_size=n)))


@given(elections())
def test_every_seat_is_filled_tied_or_missing(election: Election) -> None:
    plan, in_office, votes = election
    result = outcome(plan, in_office, votes)
    assert len(result.elected) + result.run_off_seats + result.shortfall == plan.seats
    assert (len(result.run_off) > result.run_off_seats) if result.run_off else result.run_off_seats == 0
    assert not set(result.elected) & set(result.run_off)


@given(elections())
def test_nobody_left_out_has_as_many_votes_as_somebody_elected(election: Election) -> None:
    plan, in_office, votes = election
    result = outcome(plan, in_office, votes)
    by_id = dict(zip((o.id for o in plan.options), votes, strict=True))
    weakest = min((by_id[o] for o in result.elected), default=in_office + 1)
    assert all(by_id[o] < weakest for o in by_id if o not in result.elected)


@given(elections(), st.randoms(use_true_random=False))
def test_permuting_the_options_never_changes_who_is_elected(election: Election, random: Random) -> None:
    plan, in_office, votes = election
    pairs = list(zip(plan.options, votes, strict=True))
    random.shuffle(pairs)
    shuffled = replace(plan, options=tuple(option for option, _ in pairs))
    before, after = outcome(plan, in_office, votes), outcome(shuffled, in_office, tuple(v for _, v in pairs))
    assert set(before.elected) == set(after.elected)
    assert set(before.run_off) == set(after.run_off)


@given(elections())
def test_adding_a_vote_never_unelects_its_option(election: Election) -> None:
    plan, in_office, votes = election
    elected = outcome(plan, in_office, votes).elected
    for index, option in enumerate(plan.options):
        if option.id in elected and votes[index] < in_office:
            more = (*votes[:index], votes[index] + 1, *votes[index + 1 :])
            assert option.id in outcome(plan, in_office, more).elected
