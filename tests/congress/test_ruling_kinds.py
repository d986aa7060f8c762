"""Every kind of poll decided on worked examples; the setting under test is named in each."""

import pytest
from msgspec import UNSET, UnsetType

from tests.support.figures import choose, figures, filled, motion, named, ruled, ruleset
from voting.congress.law.figure_checks import percent_of
from voting.congress.law.figures import FigureProblemCode, Figures, FiguresInvalid, Tally
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.reasons import Reason, ReasonCode
from voting.congress.law.ruleset import (
    BallotRule,
    Base,
    PercentageOf,
    Relation,
    ReturnedLimit,
    Ruleset,
    run_off_needs_majority,
)
from voting.congress.law.ruling import OutcomeKind, RunOff, rule_on
from voting.words import Language, in_words


def english(reasons: tuple[Reason, ...], kind: PollKind = PollKind.MOTION) -> list[str]:
    return [in_words(reason, Language.ENGLISH, kind) for reason in reasons]


@pytest.mark.parametrize(("votes", "kind"), [(125, OutcomeKind.NOT_PASSED), (126, OutcomeKind.PASSED)])
def test_a_motion_needs_126_of_251_and_says_so(votes: int, kind: OutcomeKind) -> None:
    ruling = ruled(motion(251, votes, 251 - votes))
    assert (ruling.outcome, ruling.majority, ruling.quorum) == (kind, 126, 168)
    verdict = "passed" if kind is OutcomeKind.PASSED else "not passed"
    assert english(ruling.reasons)[-1] == f"126 of 251 needed; {votes} for: {verdict}"


@pytest.mark.parametrize(("votes", "kind"), [(166, OutcomeKind.NOT_PASSED), (168, OutcomeKind.PASSED)])
def test_a_two_thirds_majority_includes_the_exact_fraction(votes: int, kind: OutcomeKind) -> None:
    strict = ruleset(majority={"fraction": "2/3", "strictly_more": False})
    assert ruled(motion(252, votes), strict).outcome is kind


@pytest.mark.parametrize(
    ("present", "outcome", "valid"),
    [(167, OutcomeKind.NO_QUORUM, False), (168, OutcomeKind.PASSED, True)],
)
def test_without_a_quorum_nothing_is_decided(present: int, outcome: OutcomeKind, valid: bool) -> None:
    ruling = ruled(motion(251, 150, present=present, issued=present, returned=present))
    assert (ruling.outcome, ruling.valid_poll) == (outcome, valid)


def test_more_returned_than_issued_voids_and_leaves_every_seat_open() -> None:
    ruling = ruled(choose(251, 2, (200, 150, 100), issued=250))
    assert (ruling.outcome, ruling.valid_poll, ruling.elected, filled(ruling)) == (OutcomeKind.VOID, False, (), 2)


def test_returned_may_be_measured_against_those_present() -> None:
    rules = ruleset(ballots={"returned_at_most": ReturnedLimit.PRESENT})
    count = choose(9, 1, (6, 2), present=8, issued=9, returned=9)
    assert ruled(count).outcome is OutcomeKind.ELECTED
    assert ruled(count, rules).outcome is OutcomeKind.VOID


@pytest.mark.parametrize(("cast", "code"), [(5, "participation_missed"), (6, "participation_reached")])
def test_the_participation_rule_counts_who_cast_a_vote(cast: int, code: str) -> None:
    rules = ruleset(participation={"required": True})
    ruling = ruled(motion(10, 5, cast - 5), rules)
    assert ruling.outcome is OutcomeKind.NOT_PASSED
    assert ReasonCode(code) in {reason.code for reason in ruling.reasons}


def test_too_little_participation_fails_a_motion_that_had_its_majority() -> None:
    rules = ruleset(participation={"required": True, "fraction": "3/4", "strictly_more": False})
    assert ruled(motion(8, 5), rules).outcome is OutcomeKind.NOT_PASSED
    assert ruled(motion(8, 5, 0, 1), rules).outcome is OutcomeKind.PASSED


def test_a_majority_may_be_taken_of_those_present() -> None:
    rules = ruleset(majority={"base": Base.PRESENT})
    count = motion(9, 4, present=7, issued=7, returned=7)
    assert (ruled(count).outcome, ruled(count, rules).outcome) == (OutcomeKind.NOT_PASSED, OutcomeKind.PASSED)


@pytest.mark.parametrize(
    ("base", "majority"), [(Base.IN_OFFICE, 6), (Base.PRESENT, 5), (Base.RETURNED, 4), (Base.VALID, 3)]
)
def test_each_base_is_another_number(base: Base, majority: int) -> None:
    count = motion(10, 3, present=9, issued=9, returned=7, void=2)
    assert ruled(count, ruleset(majority={"base": base})).majority == majority


def test_a_majority_of_the_statutory_seats_needs_to_know_them() -> None:
    rules = ruleset(majority={"base": Base.STATUTORY_SEATS}, quorum={"base": Base.STATUTORY_SEATS})
    assert ruled(motion(9, 6, statutory_seats=12), rules).outcome is OutcomeKind.NOT_PASSED
    with pytest.raises(FiguresInvalid, match="statutory_seats_missing"):
        ruled(motion(9, 6), rules)


def test_mode_b_ranks_what_reached_the_majority_by_for() -> None:
    tallies = [Tally("p1", 5, 4), Tally("p2", 9, 0), Tally("p3", 4, 5), Tally("p4", 7, 1, 1)]
    ruling = ruled(figures(PollKind.APPROVE_EACH, 9, tallies, 3))
    assert (ruling.outcome, ruling.elected) == (OutcomeKind.ELECTED, ("p2", "p4", "p1"))
    assert "p3: 5 of 9 needed; 4 for (44.4% of those cast): not reached" in english(ruling.reasons)


def test_mode_b_leaves_out_an_item_that_nobody_was_for() -> None:  # 祯埠乡 2017
    tallies = [Tally(f"p{i}", 43, 0) for i in range(1, 5)] + [Tally("p5", 0, 43)]
    ruling = ruled(figures(PollKind.APPROVE_EACH, 43, tallies, 5))
    assert (ruling.outcome, ruling.elected, ruling.shortfall) == (OutcomeKind.SHORTFALL, ("p1", "p2", "p3", "p4"), 1)


def test_without_seats_each_item_passes_or_not_by_itself() -> None:  # 祯埠乡 2017
    tallies = [Tally(f"p{i}", 43, 0) for i in range(1, 5)] + [Tally("p5", 0, 43)]
    ruling = ruled(figures(PollKind.APPROVE_EACH, 43, tallies), ruleset(seats={"majority_floor": False}))
    passed = dict.fromkeys(("p1", "p2", "p3", "p4"), "passed") | {"p5": "not_passed"}
    assert (ruling.outcome, ruling.verdicts, filled(ruling)) == (OutcomeKind.DECIDED, passed, 0)
    lines = [in_words(reason, Language.CHINESE, PollKind.APPROVE_EACH) for reason in ruling.reasons]
    assert lines[-1] == "p5：须 22 票（基数 43）；得 0 票，占投票数的 0.0%：未通过"


def test_nobody_is_elected_by_a_preselection() -> None:
    tallies = [Tally("n1", 4, 5), Tally("n2", 0, 9), Tally("n3", 3, 1), Tally("n4", 1)]
    ruling = ruled(figures(PollKind.PRESELECTION, 9, tallies, 2))
    assert (ruling.outcome, ruling.elected, ruling.shortfall) == (OutcomeKind.PRESELECTED, ("n1", "n3"), 0)
    for language, words in ((Language.CHINESE, ("当选", "应选")), (Language.ENGLISH, ("elected", "seat"))):
        said = [in_words(reason, language, PollKind.PRESELECTION) for reason in ruling.reasons]
        assert said[2:4] == [
            {"zh": "n1：4 票，列为候选人", "en": "n1: proposed as candidates with 4 votes"}[language],
            {"zh": "n3：3 票，列为候选人", "en": "n3: proposed as candidates with 3 votes"}[language],
        ]
        assert not any(word in line for word in words for line in said)


def test_a_preselection_leaves_a_place_empty_for_which_nobody_has_a_vote() -> None:
    ruling = ruled(figures(PollKind.PRESELECTION, 9, [Tally("n1", 4), Tally("n2"), Tally("n3")], 2))
    assert (ruling.outcome, ruling.elected, ruling.shortfall) == (OutcomeKind.PRESELECTED, ("n1",), 1)
    assert ReasonCode.SHORTFALL not in {reason.code for reason in ruling.reasons}


def test_mode_c_elects_the_lowest_sums_of_ranks() -> None:
    ruling = ruled(figures(PollKind.RANK, 3, named((3, 7, 8)), 2))  # 1 2 3 / 1 2 3 / 1 3 2
    assert (ruling.outcome, ruling.elected) == (OutcomeKind.ELECTED, ("p1", "p2"))


def test_equal_sums_of_ranks_across_the_line_are_a_tie() -> None:
    ruling = ruled(figures(PollKind.RANK, 2, named((3, 3, 6)), 1))  # 1 2 3 / 2 1 3
    assert (ruling.outcome, ruling.run_off) == (OutcomeKind.RUN_OFF, RunOff(("p1", "p2"), 1))


def test_a_ranking_by_less_than_the_majority_elects_nobody_unless_the_rules_say_so() -> None:
    count = figures(PollKind.RANK, 9, named((4, 8)), 1, returned=4)
    ruling = ruled(count)
    assert (ruling.outcome, ruling.shortfall) == (OutcomeKind.SHORTFALL, 1)
    assert ruled(count, ruleset(seats={"rank_needs_majority": False})).elected == ("p1",)


@pytest.mark.parametrize("floor", [True, False])
def test_persons_are_elected_by_the_majority_whatever_the_floor_of_projects(floor: bool) -> None:
    tallies = [Tally("candidate-1", 5, 4), Tally("candidate-2", 4, 5)]
    ruling = ruled(figures(PollKind.ELECTION, 9, tallies, 2), ruleset(seats={"majority_floor": floor}))
    assert (ruling.outcome, ruling.elected, ruling.shortfall) == (OutcomeKind.SHORTFALL, ("candidate-1",), 1)


def test_an_equal_election_may_fail() -> None:
    ruling = ruled(figures(PollKind.ELECTION, 9, [Tally("candidate-1", 4, 5)], 1))
    assert (ruling.outcome, ruling.shortfall) == (OutcomeKind.SHORTFALL, 1)


def test_a_written_in_name_is_elected_like_any_other() -> None:
    tallies = [Tally("candidate-1", 3, 6), Tally("示例代表007", 6, write_in=True)]
    assert ruled(figures(PollKind.ELECTION, 9, tallies, 1)).elected == ("示例代表007",)


def test_in_a_run_off_the_rules_say_whether_the_most_votes_suffice() -> None:
    count = choose(9, 1, (4, 3), follows=Relation.RUN_OFF)
    assert ruled(count).outcome is OutcomeKind.SHORTFALL
    assert ruled(count, ruleset(seats={"run_off_needs_majority": False})).elected == ("p1",)


@pytest.mark.parametrize(
    ("kind", "projects", "persons", "elected"),
    [
        (PollKind.ELECTION, True, False, ("p1",)),
        (PollKind.ELECTION, False, True, ()),
        (PollKind.ELECTION, False, UNSET, ("p1",)),
        (PollKind.ELECTION, True, UNSET, ()),
        (PollKind.APPROVE_EACH, True, False, ()),
        (PollKind.APPROVE_EACH, False, True, ("p1",)),
    ],
)
def test_persons_and_projects_have_their_own_rule_for_a_run_off(
    kind: PollKind, projects: bool, persons: bool | UnsetType, elected: tuple[str, ...]
) -> None:
    rules = ruleset(seats={"run_off_needs_majority": projects, "run_off_of_persons_needs_majority": persons})
    tallies = (Tally("p1", votes=4, against=5), Tally("p2", votes=3, against=6))
    assert ruled(figures(kind, 9, tallies, 1, follows=Relation.RUN_OFF), rules).elected == elected


def test_the_tied_of_a_preselection_never_need_the_majority() -> None:
    strict = ruleset(seats={"run_off_needs_majority": True, "run_off_of_persons_needs_majority": True})
    assert [run_off_needs_majority(strict, kind) for kind in (PollKind.ELECTION, PollKind.PRESELECTION)] == [
        True,
        False,
    ]
    tallies = (Tally("n1", votes=4, against=5), Tally("n2", votes=3))
    ruling = ruled(figures(PollKind.PRESELECTION, 9, tallies, 1, follows=Relation.RUN_OFF), strict)
    assert (ruling.outcome, ruling.elected) == (OutcomeKind.PRESELECTED, ("n1",))


def test_a_run_off_may_tie_again() -> None:
    count = choose(9, 1, (4, 4), follows=Relation.RUN_OFF)
    ruling = ruled(count, ruleset(seats={"run_off_needs_majority": False}))
    assert ruling.run_off == RunOff(("p1", "p2"), 1)


@pytest.mark.parametrize(
    ("levels", "half_counts", "verdict"),
    [
        ((17, 11, 6), True, "satisfied"),
        ((17, 11, 6), False, "basically_satisfied"),
        ((16, 1, 17), True, "basically_satisfied"),
        ((16, 1, 17), False, "dissatisfied"),
        ((10, 6, 18), True, "dissatisfied"),
    ],
)
def test_the_verdict_on_exactly_half_is_a_setting(levels: tuple[int, ...], half_counts: bool, verdict: str) -> None:
    count = figures(PollKind.EVALUATION, 34, [Tally("s1", levels=levels)])
    ruling = ruled(count, ruleset(evaluation={"half_counts": half_counts}))
    assert (ruling.outcome, ruling.verdicts) == (OutcomeKind.EVALUATED, {"s1": verdict})


def test_who_does_not_know_is_never_satisfied() -> None:
    count = figures(PollKind.EVALUATION, 10, [Tally("s1", levels=(4, 0, 0, 6))])
    assert ruled(count, ruleset(evaluation={"levels": 4})).verdicts == {"s1": "dissatisfied"}


def test_every_subject_has_its_own_verdict() -> None:
    tallies = [Tally("s1", levels=(9, 0, 0)), Tally("s2", levels=(4, 5, 0)), Tally("s3", levels=(0, 0, 9))]
    verdicts = ruled(figures(PollKind.EVALUATION, 9, tallies)).verdicts
    assert verdicts == {"s1": "satisfied", "s2": "basically_satisfied", "s3": "dissatisfied"}


@pytest.mark.parametrize(
    ("of", "text"),
    [
        (PercentageOf.CAST, "75.6"),
        (PercentageOf.PRESENT, "75.4"),
        (PercentageOf.IN_OFFICE, "74.8"),
        (PercentageOf.ISSUED, "75.4"),
        (PercentageOf.RETURNED, "75.6"),
    ],
)
def test_the_denominator_of_a_percentage_is_a_setting(of: PercentageOf, text: str) -> None:
    count = motion(500, 374, 87, 34, present=496, issued=496, returned=495, not_pressed=1)
    assert percent_of(count, ruleset(display={"percentage_of": of}), 374) == text


def test_a_percentage_of_nothing_is_none() -> None:
    assert percent_of(motion(3, 0, returned=0), ruleset(), 0) == "-"


@pytest.mark.parametrize(("shown", "code"), [(True, "motion_votes_all"), (False, "motion_votes")])
def test_who_did_not_press_is_shown_if_the_rules_say_so(shown: bool, code: str) -> None:
    reasons = ruled(motion(9, 6, 1, not_pressed=2), ruleset(display={"show_not_pressed": shown})).reasons
    assert ReasonCode(code) in {reason.code for reason in reasons}
    assert any("2 not pressed" in line for line in english(reasons)) is shown


@pytest.mark.parametrize(
    ("count", "code"),
    [
        (motion(9, -1), FigureProblemCode.NEGATIVE),
        (motion(9, 6, present=10), FigureProblemCode.PRESENT_MORE_THAN_IN_OFFICE),
        (motion(9, 6, returned=9, void=10), FigureProblemCode.VOID_MORE_THAN_RETURNED),
        (motion(9, 6, 4), FigureProblemCode.VOTES_MORE_THAN_VALID),
        (choose(9, 1, (9, 0), void=1), FigureProblemCode.VOTES_MORE_THAN_VALID),
        (choose(9, 3, (9, 0)), FigureProblemCode.SEATS_OUT_OF_RANGE),
        (choose(9, 0, (9, 0)), FigureProblemCode.SEATS_OUT_OF_RANGE),
        (figures(PollKind.ELECTION, 9, named((9, 0))), FigureProblemCode.SEATS_OUT_OF_RANGE),
        (choose(9, 1, ()), FigureProblemCode.OPTIONS_WRONG),
        (figures(PollKind.CHOOSE, 9, [Tally("p1"), Tally("p1")], 1), FigureProblemCode.OPTION_REPEATED),
        (figures(PollKind.CHOOSE, 9, [Tally("p1", write_in=True)], 1), FigureProblemCode.OPTIONS_WRONG),
        (figures(PollKind.RANK, 9, named((8, 19)), 1), FigureProblemCode.MARKS_DO_NOT_ADD_UP),
        (figures(PollKind.EVALUATION, 9, [Tally("s1", levels=(9, 0))]), FigureProblemCode.LEVELS_WRONG),
        (figures(PollKind.EVALUATION, 9, [Tally("s1", levels=(9, 1, 0))]), FigureProblemCode.VOTES_MORE_THAN_VALID),
    ],
)
def test_numbers_that_are_no_count_are_refused(count: Figures, code: FigureProblemCode) -> None:
    with pytest.raises(FiguresInvalid) as refused:
        ruled(count)
    assert code in {problem.code for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("count", "rules", "line"),
    [
        (choose(9, 1, (6, 5)), Ruleset(), "attention: 9 valid ballots hold 0 to 9 votes, but 11 are given"),
        (
            choose(9, 2, (9, 4, 4)),
            ruleset(ballots={"under": BallotRule.VOID}),
            "attention: 9 valid ballots hold 18 to 18 votes, but 17 are given",
        ),
        (
            figures(PollKind.RANK, 9, named((10, 10)), 1),
            Ruleset(),
            "attention: 9 rankings add up to 27 in all, but 20 is given",
        ),
        (
            motion(9, 6, not_pressed=4),
            Ruleset(),
            "attention: 6 cast and 4 not pressed are more than the 9 there were",
        ),
    ],
)
def test_sums_that_no_ballots_could_give_are_pointed_out(count: Figures, rules: Ruleset, line: str) -> None:
    assert line in english(rule_on(rules, count).reasons)


@pytest.mark.parametrize(("total", "doubted"), [(122, True), (199, True), (200, False), (222, False)])
def test_a_subject_with_far_fewer_marks_than_another_is_pointed_out(total: int, doubted: bool) -> None:  # 宁海 2021
    subjects = [Tally("s1", levels=(200, 20, 2)), Tally("s2", levels=(total - 27, 27, 0))]
    ruling = ruled(figures(PollKind.EVALUATION, 231, subjects, issued=222, returned=222))
    line = f"attention: s2 has {total} marks in all, fewer than nine tenths of the 222 of another subject"
    assert [line in english(ruling.reasons), ruling.outcome] == [doubted, OutcomeKind.EVALUATED]
    assert not any("s1" in reason for reason in english(ruling.reasons) if "attention" in reason)


def test_where_over_voting_is_allowed_every_option_may_be_ticked() -> None:
    rules = ruleset(ballots={"over": BallotRule.VALID})
    assert "attention" not in " ".join(english(ruled(choose(9, 1, (9, 8)), rules).reasons))


def test_a_tie_of_names_that_hold_a_comma_names_each_once() -> None:
    tallies = (Tally("Smith, John", 6), Tally("王小明", 6))
    tied = ruled(figures(PollKind.CHOOSE, 9, tallies, 1))
    tie = next(reason for reason in tied.reasons if reason.code is ReasonCode.TIE)
    assert tie.params["options"] == ("Smith, John", "王小明")


def test_chinese_words_name_the_denominator_and_what_may_follow() -> None:
    lines = [in_words(reason, Language.CHINESE, PollKind.CHOOSE) for reason in ruled(choose(9, 2, (6, 2))).reasons]
    assert "p1：须 5 票（基数 9）；得 6 票，占投票数的 66.7%：达到" in lines
    assert lines[-1] == "应选 2 项，缺 1 项：请会议决定（可选：本次会议再次票决、下次会议再行票决、不再补足）"
