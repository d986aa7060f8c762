"""Every number in the explanation of a ruling, for each kind of poll."""

import pytest

from tests.support.figures import choose, figures, motion, named, ruled, ruleset
from voting.congress.law.figures import FigureProblemCode, FiguresInvalid, Tally
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.reasons import Param, Reason, ReasonCode, because
from voting.congress.law.ruleset import Missed, PercentageOf, Relation
from voting.congress.law.ruling import OutcomeKind
from voting.congress.law.seating import Standing, fill_seats

R = ReasonCode
QUORUM = because(R.QUORUM_REACHED, needed=6, base=9, present=9)


def ballots(issued: int = 9, returned: int = 9, valid: int = 9, void: int = 0, limit: int = 9) -> Reason:
    return because(R.BALLOTS_ADD_UP, issued=issued, returned=returned, valid=valid, void=void, limit=limit)


def votes(code: ReasonCode, option: str, votes: int, percent: str, needed: int = 5) -> Reason:
    params: dict[str, Param] = {"needed": needed, "base": 9, "votes": votes, "percent": percent, "of": "cast"}
    return because(code, option=option, **params)


def test_a_motion_tells_all_voices_and_who_pressed_nothing() -> None:
    tells = ruled(motion(9, 5, 2, 1, not_pressed=1)).reasons
    told = because(R.MOTION_VOTES_ALL, votes=5, against=2, abstain=1, percent="62.5", of="cast", not_pressed=1)
    assert tells == (QUORUM, ballots(), told, because(R.VOTES_PASS, needed=5, base=9, votes=5))


def test_a_motion_leaves_out_who_pressed_nothing_where_the_rules_say_so() -> None:
    rules = ruleset(display={"show_not_pressed": False, "percentage_of": PercentageOf.IN_OFFICE})
    told = because(R.MOTION_VOTES, votes=4, against=2, abstain=1, percent="44.4", of="in_office")
    reasons = ruled(motion(9, 4, 2, 1, not_pressed=2), rules).reasons
    assert reasons == (QUORUM, ballots(), told, because(R.VOTES_FAIL, needed=5, base=9, votes=4))


@pytest.mark.parametrize(
    ("cast", "code", "outcome"),
    [(6, R.PARTICIPATION_REACHED, OutcomeKind.PASSED), (5, R.PARTICIPATION_MISSED, OutcomeKind.NOT_PASSED)],
)
def test_participation_is_told_beside_the_votes(cast: int, code: ReasonCode, outcome: OutcomeKind) -> None:
    rules = ruleset(participation={"required": True, "fraction": "2/3", "strictly_more": False})
    ruling = ruled(motion(9, 5, 0, cast - 5), rules)
    assert ruling.reasons[-2:] == (
        because(code, needed=6, base=9, cast=cast),
        because(R.VOTES_PASS, needed=5, base=9, votes=5),
    )
    assert ruling.outcome is outcome


def test_a_vote_that_is_void_for_want_of_votes_is_not_called_valid_before() -> None:
    rules = ruleset(participation={"required": True, "missed": Missed.VOID})
    ruling = ruled(motion(9, 4, not_pressed=5), rules)
    counted = because(R.BALLOTS_RETURNED, **ballots().params)
    told = because(R.PARTICIPATION_VOID, needed=5, base=9, cast=4)
    assert (ruling.outcome, ruling.valid_poll) == (OutcomeKind.VOID, False)
    assert (ruling.reasons[0], ruling.reasons[1], ruling.reasons[-1]) == (QUORUM, counted, told)
    lost = ruled(motion(9, 4, not_pressed=5), ruleset(participation={"required": True, "missed": Missed.NOT_PASSED}))
    assert (lost.outcome, lost.valid_poll, lost.reasons[1]) == (OutcomeKind.NOT_PASSED, True, ballots())


def test_too_few_present_is_the_only_reason() -> None:
    ruling = ruled(motion(9, 5, present=5, issued=5, returned=5))
    assert ruling.reasons == (because(R.QUORUM_MISSED, needed=6, base=9, present=5),)


def test_too_many_ballots_are_told_with_the_limit() -> None:
    ruling = ruled(choose(9, 1, (5, 1), issued=8, void=1))
    told = because(R.BALLOTS_TOO_MANY, issued=8, returned=9, valid=8, void=1, limit=8)
    assert ruling.reasons == (QUORUM, told)


def test_a_choice_tells_who_reaches_the_floor_who_is_elected_and_who_is_left_out() -> None:
    ruling = ruled(choose(9, 1, (6, 8, 2)))
    assert ruling.reasons == (
        QUORUM,
        ballots(),
        because(R.MARKS_DO_NOT_ADD_UP, valid=9, total=16, fewest=0, most=9),
        votes(R.OPTION_REACHES, "p1", 6, "66.7"),
        votes(R.OPTION_REACHES, "p2", 8, "88.9"),
        votes(R.OPTION_BELOW, "p3", 2, "22.2"),
        because(R.ELECTED, option="p2", votes=8),
        because(R.LEFT_OUT, option="p1", votes=6, seats=1),
    )


def test_a_tie_tells_the_tied_the_seats_left_and_who_is_below() -> None:
    ruling = ruled(choose(9, 2, (8, 6, 6, 5)))
    assert ruling.reasons[-4:] == (
        votes(R.OPTION_REACHES, "p4", 5, "55.6"),
        because(R.ELECTED, option="p1", votes=8),
        because(R.TIE, options=("p2", "p3"), votes=6, seats=1),
        because(R.LEFT_OUT, option="p4", votes=5, seats=2),
    )
    assert (ruling.elected, ruling.run_off and ruling.run_off.options) == (("p1",), ("p2", "p3"))


def test_a_shortfall_tells_how_many_are_missing_and_what_may_follow() -> None:
    ruling = ruled(choose(9, 2, (8, 3)))
    choices = ("second_round", "next_session", "accept_fewer")
    assert ruling.reasons[-2:] == (
        because(R.ELECTED, option="p1", votes=8),
        because(R.SHORTFALL, missing=1, seats=2, choices=choices),
    )
    assert (ruling.outcome, ruling.shortfall) == (OutcomeKind.SHORTFALL, 1)


def ranks(sums: tuple[int, ...], valid: int, seats: int = 1) -> tuple[Reason, ...]:
    count = figures(PollKind.RANK, 9, named(sums), seats, void=9 - valid)
    return ruled(count).reasons


def test_a_ranking_tells_the_ballots_and_every_sum() -> None:
    assert ranks((8, 10, 12), valid=5) == (
        QUORUM,
        ballots(valid=5, void=4),
        because(R.RANKINGS_SUFFICE, needed=5, base=9, valid=5),
        because(R.RANK_SUM, option="p1", sum=8),
        because(R.RANK_SUM, option="p2", sum=10),
        because(R.RANK_SUM, option="p3", sum=12),
        because(R.ELECTED, option="p1", votes=8),
        because(R.LEFT_OUT, option="p2", votes=10, seats=1),
        because(R.LEFT_OUT, option="p3", votes=12, seats=1),
    )


def test_too_few_rankings_elect_nobody() -> None:
    reasons = ranks((6, 8, 10), valid=4)
    assert reasons[2] == because(R.RANKINGS_TOO_FEW, needed=5, base=9, valid=4)
    assert reasons[-1].code is R.SHORTFALL


def test_one_ranking_suffices_where_no_majority_is_asked_for() -> None:
    rules = ruleset(seats={"rank_needs_majority": False})
    for valid, outcome in ((1, OutcomeKind.ELECTED), (0, OutcomeKind.SHORTFALL)):
        ruling = ruled(figures(PollKind.RANK, 9, named((valid, 2 * valid)), 1, void=9 - valid), rules)
        assert ruling.outcome is outcome
        assert ruling.reasons[2] == because(R.RANK_SUM, option="p1", sum=valid)


@pytest.mark.parametrize(("total", "possible"), [(4, False), (5, True), (15, True), (16, False)])
def test_a_sum_of_ranks_is_at_least_the_first_and_at_most_the_last_place_of_all(total: int, possible: bool) -> None:
    count = figures(PollKind.RANK, 9, named((10, 10, total)), 1, void=4)
    if possible:
        assert ruled(count).outcome is not OutcomeKind.VOID
        return
    with pytest.raises(FiguresInvalid) as found:
        ruled(count)
    assert [problem.code for problem in found.value.problems] == [FigureProblemCode.MARKS_DO_NOT_ADD_UP]


def test_nobody_is_elected_in_a_run_off_without_a_vote() -> None:
    rules = ruleset(seats={"run_off_needs_majority": False})
    run_off = choose(9, 2, (1, 0), follows=Relation.RUN_OFF)
    ruling = ruled(run_off, rules)
    assert (ruling.elected, ruling.outcome, ruling.shortfall) == (("p1",), OutcomeKind.SHORTFALL, 1)
    assert [reason for reason in ruling.reasons if reason.code in (R.OPTION_REACHES, R.OPTION_BELOW)] == [
        votes(R.OPTION_REACHES, "p1", 1, "11.1", needed=1),
        votes(R.OPTION_BELOW, "p2", 0, "0.0", needed=1),
    ]
    assert ruled(run_off).elected == ()


def test_an_election_keeps_its_majority_where_projects_have_none() -> None:
    rules = ruleset(seats={"majority_floor": False})
    for kind, elected in ((PollKind.ELECTION, ()), (PollKind.CHOOSE, ("p1",))):
        count = figures(kind, 9, (Tally("p1", votes=4, against=5), Tally("p2", votes=0, against=9)), 1)
        assert ruled(count, rules).elected == elected


def test_equal_scores_outside_the_line_are_no_tie() -> None:
    standings = [Standing(name, score, score + 10) for name, score in (("a", 5), ("b", 5), ("c", 3), ("d", 3))]
    seated = fill_seats(2, standings)
    assert (seated.elected, seated.tied, seated.tied_seats, seated.missing) == (("a", "b"), (), 0, 0)
    assert seated.reasons == (
        because(R.ELECTED, option="a", votes=15),
        because(R.ELECTED, option="b", votes=15),
        because(R.LEFT_OUT, option="c", votes=13, seats=2),
        because(R.LEFT_OUT, option="d", votes=13, seats=2),
    )


@pytest.mark.parametrize(("seats", "missing"), [(2, 0), (3, 1)])
def test_who_is_alone_is_seated_without_comparison(seats: int, missing: int) -> None:
    seated = fill_seats(seats, [Standing("a", 1, 1), Standing("b", 1, 1)])
    assert (seated.elected, seated.tied, seated.missing) == (("a", "b"), (), missing)
    assert len(seated.reasons) == 2 + missing
