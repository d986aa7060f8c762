"""Each kind whose votes are summed while encrypted, and the vote by name, once through the browser.

Two delegates press the keys in Chromium, three are simulated, as are the scrutineers. With five delegates in office
three votes pass or elect, and three ballots of five make a level.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.crew import Marks
from tests.e2e.small_sitting import Expected, SmallHall, SmallSitting, small_hall
from tests.support.known import known

pytestmark = pytest.mark.browser

MARKS: Marks = {
    "motion": {"001": ("for",), "002": ("against",), "003": ("for",), "004": ("for",), "005": ("abstain",)},
    "each": {
        "001": ("canteen=for", "parking=against", "lamps=for"),
        "002": ("canteen=for", "lamps=abstain"),
        "003": ("canteen=for", "parking=for", "lamps=for"),
        "004": ("canteen=for", "parking=for", "lamps=against"),
        "005": ("canteen=against", "parking=for", "lamps=against"),
    },
    "equal": {
        "001": ("b=for", "c=for"),
        "002": ("b=for", "c=against"),
        "003": ("b=for", "c=for"),
        "004": ("b=for", "c=abstain"),
        "005": None,
    },
    "evaluation": {
        "001": ("works=satisfied", "schools=dissatisfied"),
        "002": ("works=satisfied", "schools=basically_satisfied"),
        "003": ("works=satisfied", "schools=satisfied"),
        "004": ("works=basically_satisfied", "schools=basically_satisfied"),
        "005": ("works=dissatisfied", "schools=dissatisfied"),
    },
    "again": {"001": ("against",), "002": ("for",), "003": ("for",), "004": ("against",), "005": ("for",)},
    "named": {"001": ("for",), "002": ("abstain",), "003": ("for",), "004": ("against",), "005": ("for",)},
}
MOTION = Expected("passed", {"for": [3], "against": [1], "abstain": [1]})
EACH = Expected(
    "elected", {"canteen": [4, 1, 0], "parking": [3, 1, 0], "lamps": [2, 2, 1]}, elected=("canteen", "parking")
)
EQUAL = Expected("shortfall", {"b": [4, 0, 0], "c": [2, 1, 1]}, elected=("b",), returned=4)
EVALUATION = Expected(
    "evaluated",
    {"works": [3, 1, 1], "schools": [1, 2, 2]},
    verdicts={"works": "satisfied", "schools": "basically_satisfied"},
)
AGAIN = Expected("passed", {"for": [3], "against": [2], "abstain": [0]})
NAMED = Expected("passed", {"for": [3], "against": [1], "abstain": [1]})


@pytest.fixture(scope="module")
def small(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Iterator[SmallHall]:
    with small_hall(chromium, tmp_path_factory.mktemp("summed"), pictures, MARKS) as small:
        small.crew.scrutineers("1", "2", "3", releases=("1", "2"))
        small.gather()
        small.crew.key_made()
        yield small


def test_a_motion_is_pressed_taken_back_pressed_again_and_passes_with_three_of_five(sitting: SmallSitting) -> None:
    sitting.open("motion")
    sitting.seat.picture("motion-seat-ballot")
    sitting.tall.picture("motion-seat-portrait-ballot")
    sitting.seat.by("option-against").click()
    sitting.seat.picture("motion-seat-review")
    sitting.seat.by("review-back").click()
    sitting.seat.press_key("for")
    sitting.tall.press_key("against")
    sitting.receipts("motion")
    sitting.close("motion")
    sitting.announce("motion")
    sitting.shows("motion", MOTION)
    sitting.record_says("motion", MOTION)


def test_projects_are_answered_one_by_one_and_the_two_best_are_chosen(sitting: SmallSitting) -> None:
    sitting.open("each")
    seat, tall = sitting.seats
    seat.mark("canteen", "against")
    seat.mark("parking", "against")
    seat.undo()
    expect(seat.by("option-parking-against")).to_have_attribute("aria-pressed", "false")
    expect(seat.by("option-canteen-against")).to_have_attribute("aria-pressed", "true")
    seat.undo()
    for option, mark in (("canteen", "for"), ("parking", "against"), ("lamps", "for")):
        seat.mark(option, mark)
    seat.picture("each-seat-ballot")
    tall.mark("canteen", "for")
    tall.mark("lamps", "abstain")
    tall.by("review").click()
    expect(tall.by("review-open")).to_be_visible()
    tall.picture("each-seat-portrait-review")
    tall.by("confirm").click()
    seat.confirm()
    sitting.receipts("each")
    sitting.close("each")
    sitting.announce("each")
    sitting.shows("each", EACH)
    sitting.record_says("each", EACH)


def test_in_an_equal_election_one_candidate_misses_the_majority_and_a_seat_stays_empty(
    sitting: SmallSitting,
) -> None:
    sitting.open("equal")
    seat, tall = sitting.seats
    seat.mark("b", "for")
    seat.mark("c", "for")
    tall.mark("b", "for")
    tall.mark("c", "against")
    seat.picture("equal-seat-ballot")
    tall.picture("equal-seat-portrait-ballot")
    for each in sitting.seats:
        each.confirm()
    sitting.receipts("equal")
    sitting.close("equal", returned=4)
    sitting.announce("equal")
    sitting.shows("equal", EQUAL)
    assert sitting.record_says("equal", EQUAL).ruling.shortfall == 1


def test_subjects_are_evaluated_and_each_gets_its_verdict(sitting: SmallSitting) -> None:
    sitting.open("evaluation")
    seat, tall = sitting.seats
    seat.mark("works", "satisfied")
    seat.mark("schools", "satisfied")
    seat.undo()
    seat.mark("schools", "dissatisfied")
    tall.mark("works", "satisfied")
    tall.mark("schools", "basically_satisfied")
    seat.picture("evaluation-seat-ballot")
    tall.picture("evaluation-seat-portrait-ballot")
    for each in sitting.seats:
        each.confirm()
    sitting.receipts("evaluation")
    sitting.close("evaluation")
    sitting.announce("evaluation")
    sitting.shows("evaluation", EVALUATION)
    sitting.record_says("evaluation", EVALUATION)


def test_a_recorded_vote_says_so_before_and_names_everybody_after(sitting: SmallSitting, tmp_path: Path) -> None:
    sitting.open("named")
    expect(sitting.seat.by("recorded")).to_be_visible()
    sitting.seat.picture("named-seat-ballot")
    sitting.seat.press_key("for")
    sitting.tall.press_key("abstain")
    sitting.receipts("named")
    sitting.close("named")
    sitting.announce("named")
    sitting.shows("named", NAMED)
    sitting.record_says("named", NAMED)
    sitting.browser_says("named", NAMED, tmp_path)
    words = {"for": "赞成", "against": "反对", "abstain": "弃权"}
    sitting.tall.by("named-votes").click()
    for delegate, marks in MARKS["named"].items():
        (voice,) = known(marks)
        expect(sitting.tall.by(f"named-{delegate}").locator("strong")).to_have_text(words[voice])
    sitting.tall.picture("named-seat-portrait-names")


def test_where_the_last_press_counts_a_delegate_votes_again_and_only_the_last_counts(
    sitting: SmallSitting, tmp_path: Path
) -> None:
    sitting.open("again")
    seat, tall = sitting.seats
    seat.press_key("for")
    sitting.receipts("again", seat)
    first = seat.receipt()
    seat.picture("again-seat-receipt")
    seat.by("vote-again").click()
    expect(seat.by("replacing")).to_be_visible()
    seat.by("keep-ballot").click()  # thinks better of it, and once more
    seat.by("vote-again").click()
    seat.picture("again-seat-ballot")
    seat.press_key("against")
    tall.press_key("for")
    for each in sitting.seats:
        each.stage("receipt")
    expect(seat.by("receipt-tracker")).not_to_have_attribute("data-value", first)
    sitting.receipts("again")
    sitting.close("again")
    sitting.announce("again")
    sitting.shows("again", AGAIN)
    sitting.record_says("again", AGAIN)
    sitting.browser_says("again", AGAIN, tmp_path)
    _, verified = sitting.verified("again")
    assert (verified.n_ballots, verified.n_replaced, verified.receipts) == (5, 1, 3)
