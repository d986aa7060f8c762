"""Votes that people count, through the browser: a show of hands, and papers beside terminals.

Two scrutineers enter and confirm in Chromium what they counted; a third is simulated.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.crew import Marks
from tests.e2e.people import LONG, make_key
from tests.e2e.small_sitting import Expected, SmallHall, SmallSitting, small_hall

pytestmark = pytest.mark.browser

MARKS: Marks = {
    # 002 votes on paper: for
    "mixed": {"001": ("for",), "003": ("for",), "004": ("against",), "005": ("abstain",)},
}
HANDS = Expected("passed", {"for": [4], "against": [1], "abstain": [0]})
MIXED = Expected("passed", {"for": [3], "against": [1], "abstain": [1]})


@pytest.fixture(scope="module")
def small(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Iterator[SmallHall]:
    with small_hall(chromium, tmp_path_factory.mktemp("by-hand"), pictures, MARKS) as small:
        small.crew.scrutineers("3", releases=("3",))
        small.gather()
        make_key([small.chief, small.second])
        yield small


def test_hands_are_counted_entered_by_one_scrutineer_and_confirmed_by_another(
    sitting: SmallSitting, tmp_path: Path
) -> None:
    chair, chief, second = sitting.chair, sitting.chief, sitting.second
    for person in sitting.everybody.values():
        person.page.wait_for_load_state()
    chair.call("hands")
    chair.press("prepare", "hands")
    chair.press("open_by_hand", "hands")
    chair.poll_is("hands", "open")
    for seat in sitting.seats:
        seat.stage("by_hand")
    for name, person in sitting.everybody.items():
        person.picture(f"hands-{name}-open")
    chair.press("close", "hands")
    chief.picture("hands-scrutineer-empty")
    figures = {"issued": 5, "for-votes": 4, "against-votes": 1, "abstain-votes": 1}
    for name, number in figures.items():
        chief.by(f"figure-{name}").fill(str(number))
    expect(chief.by("enter-hand-count-hands")).to_be_disabled()  # six hands of five
    chief.picture("hands-scrutineer-impossible")
    chief.enter_hand_count("hands", "show_of_hands", "表决器故障", figures | {"abstain-votes": 0})
    chief.picture("hands-scrutineer-entered")
    expect(chief.by("confirm-hand-count-hands")).to_have_count(0)  # not by the same person
    second.by("hand-compared").wait_for()
    second.picture("hands-scrutineer-confirm")
    second.confirm_hand_count("hands")
    chair.poll_is("hands", "counted")
    chair.picture("hands-console-counted")
    chief.confirm_count("hands")
    sitting.announce("hands")
    sitting.shows("hands", HANDS)
    for person in sitting.everybody.values():
        expect(person.by("medium").first).to_have_attribute("data-medium", "by_hand")
    stated = sitting.count_says("hands", HANDS)
    assert (stated.count.medium, stated.count.by_hand) == ("by_hand", 5)
    sitting.browser_says("hands", HANDS, tmp_path, recorded=False)


def test_a_delegate_whose_terminal_failed_votes_on_paper_and_both_are_one_count(
    sitting: SmallSitting, tmp_path: Path
) -> None:
    chair, seat, failed = sitting.chair, sitting.seat, sitting.tall
    chair.call("mixed")
    chair.press("prepare", "mixed")
    chair.counts("ready", 5)
    failed.page.goto("about:blank")
    chair.by("issue-other").click()
    chair.by("paper-search").fill("002")
    chair.by("paper-to-002").click()
    chair.by("paper-reason").fill("终端黑屏")
    chair.picture("mixed-console-paper")
    chair.by("confirm").click()
    expect(chair.by("paper-002")).to_contain_text("终端黑屏", timeout=LONG)
    chair.press("open", "mixed")
    seat.stage("vote")
    failed.page.go_back()
    failed.stage("on_paper")
    expect(failed.by("ballot")).to_have_count(0)
    failed.picture("mixed-seat-portrait-on-paper")
    seat.press_key("for")
    sitting.receipts("mixed", seat)
    chair.picture("mixed-console-open")
    sitting.close("mixed", returned=4)
    failed.stage("counting")
    expect(failed.by("voted-on-paper")).to_be_visible()
    chief, second = sitting.chief, sitting.second
    papers = {"returned": 1, "valid": 1, "void": 0, "for-votes": 1, "against-votes": 0, "abstain-votes": 0}
    chief.enter_hand_count("mixed", "paper", "终端故障", papers)
    second.confirm_hand_count("mixed")
    chief.check_box("mixed")
    chief.picture("mixed-scrutineer-checked")
    chief.release("mixed")
    chief.by("agreement").wait_for()
    chief.picture("mixed-scrutineer-signed")
    second.check_box("mixed")
    second.release("mixed")
    chair.poll_is("mixed", "counted")
    chief.confirm_count("mixed")
    sitting.announce("mixed")
    sitting.shows("mixed", MIXED)
    for person in sitting.everybody.values():
        expect(person.by("medium").first).to_have_attribute("data-medium", "mixed")
    archive, verified = sitting.verified("mixed")
    assert verified.n_ballots == 4
    stated = sitting.count_says("mixed", MIXED, archive)
    assert (stated.count.medium, stated.count.by_hand) == ("mixed", 1)
    sitting.browser_says("mixed", MIXED, tmp_path)
