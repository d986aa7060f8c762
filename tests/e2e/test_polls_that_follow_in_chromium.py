"""What follows a poll, through the browser: a run-off among the tied, and the same question again after a mistake."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.people import LONG
from tests.e2e.small_sitting import Expected, SmallSitting, small_sitting

pytestmark = pytest.mark.browser

MARKS = {
    "tie": {
        "001": ("clinic", "roads"),
        "002": ("clinic", "water"),
        "003": ("clinic", "roads"),
        "004": ("clinic", "water"),
        "005": ("roads", "water"),
    },
    "mistaken": {"001": ("for",), "002": None, "003": ("for",), "004": ("against",), "005": None},
}
TIE = Expected("run_off", {"clinic": [4], "roads": [3], "water": [3]}, elected=("clinic",), tied=("roads", "water"))
REASON = "题目有误，改正后重新表决"


@pytest.fixture(scope="module")
def sitting(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Iterator[SmallSitting]:
    with small_sitting(chromium, tmp_path_factory.mktemp("following"), pictures) as people:
        people.gather(MARKS, {"1": True, "2": True, "3": False})
        yield people


def test_1_two_projects_tie_for_one_seat_and_nothing_breaks_the_tie(sitting: SmallSitting) -> None:
    sitting.open("tie")
    seat, tall = sitting.seats
    seat.tick("clinic", "water")
    seat.undo()
    seat.tick("roads")
    tall.tick("clinic", "water")
    seat.picture("tie-seat-ballot")
    for each in sitting.seats:
        each.confirm()
    sitting.receipts("tie")
    sitting.close("tie")
    sitting.announce("tie")
    sitting.shows("tie", TIE)
    run_off = sitting.record_says("tie", TIE).ruling.run_off
    assert run_off is not None
    assert (run_off.options, run_off.seats) == (("roads", "water"), 1)


def test_3_a_mistaken_poll_is_annulled_with_a_reason_that_everybody_reads(sitting: SmallSitting) -> None:
    sitting.open("mistaken")
    sitting.seat.press_key("for")
    sitting.seat.stage("receipt")
    chair = sitting.chair
    chair.counts("voted", 3)
    chair.by("annul-mistaken").click()
    chair.by("confirm").click()
    expect(chair.by("step-dialog")).to_be_visible()  # not without a reason
    chair.by("annul-reason").fill(REASON)
    chair.picture("mistaken-console-annul")
    chair.by("confirm").click()
    chair.poll_is("mistaken", "annulled")
    expect(chair.by("annulled")).to_contain_text(REASON)
    for seat in sitting.seats:
        seat.stage("annulled")
        expect(seat.page.locator("main")).to_contain_text(REASON)
    sitting.screen.shows(REASON)
    for name, person in sitting.everybody.items():
        expect(person.by("result-rows")).to_have_count(0, timeout=LONG)
        person.picture(f"mistaken-{name}-annulled")
