"""Each kind whose ballots are shuffled and then read one by one, once through the browser.

One scrutineer makes the shuffles and the decryptions in Chromium, another is simulated. Three votes of five elect.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.crew import Marks
from tests.e2e.people import make_key
from tests.e2e.small_sitting import NONE, Expected, SmallHall, SmallSitting, small_hall

pytestmark = pytest.mark.browser

MARKS: Marks = {
    "rank": {
        "001": ("square=1", "sewers=2", "buses=3"),
        "002": ("sewers=1", "square=2", "buses=3"),
        "003": ("square=1", "buses=2", "sewers=3"),
        "004": ("buses=1", "square=2", "sewers=3"),
        "005": ("square=1", "sewers=2", "buses=3"),
    },
    "post": {
        "001": ("d=for", "e=for", "f=against"),
        "002": ("d=for", "e=abstain", "f=for"),
        "003": ("d=for", "e=for"),
        "004": ("d=against", "e=for"),
        "005": ("d=for", "e=for", "f=for"),  # three for two seats: void
    },
    "written": {
        "001": ("g=against", "+示例人选辛"),
        "002": ("g=for",),
        "003": ("g=against", "+示例人选辛"),
        "004": ("g=against", "+示例人选辛"),
        "005": ("g=abstain", "+示例人选辛"),  # a name, though it is against nobody: void
    },
    "listed": {
        "001": ("h=against", "+示例代表004"),
        "002": ("h=for",),
        "003": ("h=for",),
        "004": ("h=for",),
        "005": ("h=against", "+示例代表004"),
    },
}
RANK = Expected("elected", {"square": [7], "sewers": [11], "buses": [12]}, elected=("square", "sewers"))
POST = Expected("elected", {"d": [3, 1, 0], "e": [3, 0, 1], "f": [1, 1, 0]}, elected=("d", "e"), void=1)
WRITTEN = Expected("elected", {"示例人选辛": [3, NONE, NONE], "g": [1, 3, 0]}, elected=("示例人选辛",), void=1)
LISTED = Expected("elected", {"h": [3, 2, 0], "示例代表004": [2, NONE, NONE]}, elected=("h",))


@pytest.fixture(scope="module")
def small(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Iterator[SmallHall]:
    with small_hall(chromium, tmp_path_factory.mktemp("shuffled"), pictures, MARKS) as small:
        small.crew.scrutineers("2", "3", releases=("2",))
        small.gather()
        make_key([small.chief])
        yield small


def shuffle_and_count(sitting: SmallSitting, poll: str) -> None:
    """The chief scrutineer's part in Chromium: shuffle, check everybody's shuffles, decrypt, confirm the count."""
    chief = sitting.chief
    chief.by(f"shuffle-{poll}").wait_for()
    chief.picture(f"{poll}-scrutineer-shuffle")
    chief.shuffle(poll)
    chief.picture(f"{poll}-scrutineer-checked")
    chief.release(poll)
    sitting.chair.poll_is(poll, "counted")
    chief.confirm_count(poll)


def test_projects_are_ranked_by_tapping_them_in_order(sitting: SmallSitting, tmp_path: Path) -> None:
    sitting.open("rank")
    seat, tall = sitting.seats
    expect(seat.by("review")).to_be_disabled()
    seat.tick("square", "buses")
    expect(seat.by("ranks-left")).to_have_attribute("data-left", "1")
    seat.undo()
    seat.tick("sewers")
    seat.picture("rank-seat-ballot")
    seat.tick("buses")
    tall.tick("sewers", "square", "buses")
    for place, option in enumerate(("square", "sewers", "buses"), 1):
        expect(seat.by(f"option-{option}")).to_have_attribute("data-place", str(place))
    tall.picture("rank-seat-portrait-ballot")
    seat.by("review").click()
    expect(seat.by("review-choice").locator("li")).to_have_text(
        ["1文化广场（示例）", "2污水管网（示例）", "3村村通公交（示例）"]
    )
    seat.picture("rank-seat-review")
    seat.by("confirm").click()
    tall.confirm()
    sitting.receipts("rank")
    sitting.close("rank")
    shuffle_and_count(sitting, "rank")
    sitting.announce("rank")
    sitting.shows("rank", RANK)
    sitting.record_says("rank", RANK)
    sitting.browser_says("rank", RANK, tmp_path)


def test_in_a_competitive_election_a_ballot_for_too_many_is_void(sitting: SmallSitting) -> None:
    sitting.open("post")
    seat, tall = sitting.seats
    for option, mark in (("d", "for"), ("e", "for"), ("f", "for")):
        seat.mark(option, mark)
    expect(seat.by("choices-full")).to_be_visible()
    expect(seat.by("option-f-for")).to_have_attribute("aria-pressed", "false")
    seat.picture("post-seat-full")
    seat.mark("f", "against")
    for option, mark in (("d", "for"), ("e", "abstain"), ("f", "for")):
        tall.mark(option, mark)
    tall.picture("post-seat-portrait-ballot")
    for each in sitting.seats:
        each.confirm()
    sitting.receipts("post")
    sitting.close("post")
    shuffle_and_count(sitting, "post")
    sitting.announce("post")
    sitting.shows("post", POST)
    sitting.record_says("post", POST)


def test_a_name_that_three_delegates_write_in_is_elected(sitting: SmallSitting) -> None:
    sitting.open("written")
    seat, tall = sitting.seats
    seat.mark("g", "for")
    expect(seat.by("write-in")).to_be_disabled()  # it is against nobody
    expect(seat.by("written-none")).to_have_attribute("data-reason", "no_against")
    seat.picture("written-seat-full")
    seat.mark("g", "against")
    seat.by("write-in").click()
    seat.by("write-in-name").fill("示例候选人庚")
    seat.by("write-in-add").click()
    expect(seat.by("write-in-refused")).to_be_visible()  # a candidate is no other person
    seat.picture("written-seat-refused")
    seat.by("write-in-name").fill("示例人选辛")
    seat.by("write-in-add").click()
    expect(seat.by("written-1")).to_contain_text("示例人选辛")
    seat.picture("written-seat-ballot")
    tall.mark("g", "for")
    tall.picture("written-seat-portrait-ballot")
    seat.by("review").click()
    expect(seat.by("review-choice")).to_contain_text("示例人选辛")
    seat.picture("written-seat-review")
    seat.by("confirm").click()
    tall.confirm()
    sitting.receipts("written")
    sitting.close("written")
    shuffle_and_count(sitting, "written")
    sitting.announce("written")
    sitting.shows("written", WRITTEN)
    sitting.record_says("written", WRITTEN)


def test_another_person_is_chosen_from_the_roster_of_the_eligible(sitting: SmallSitting, tmp_path: Path) -> None:
    sitting.open("listed")
    seat, tall = sitting.seats
    seat.mark("h", "against")
    seat.by("write-in").click()
    seat.by("write-in-search").fill("004")
    seat.picture("listed-seat-search")
    seat.by("eligible-示例代表004").click()
    expect(seat.by("written-1")).to_contain_text("示例代表004")
    seat.by("strike-1").click()
    expect(seat.by("written-1")).to_have_count(0)
    seat.undo()
    expect(seat.by("written-1")).to_contain_text("示例代表004")
    expect(tall.by("write-in")).to_be_disabled()  # it is against nobody yet
    tall.mark("h", "against")
    tall.by("write-in").click()
    tall.picture("listed-seat-portrait-search")
    tall.by("write-in-close").click()
    tall.mark("h", "for")
    for each in sitting.seats:
        each.confirm()
    sitting.receipts("listed")
    sitting.close("listed")
    shuffle_and_count(sitting, "listed")
    sitting.announce("listed")
    sitting.shows("listed", LISTED)
    sitting.record_says("listed", LISTED)
    sitting.browser_says("listed", LISTED, tmp_path)
