"""What comes before the first poll: signing in, making the key, and what the console says while something is missing.

Each test begins with a hall of its own, because a key is made once.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.people import LONG, Scrutineer, Seat, make_key
from tests.e2e.small_sitting import SmallHall, SmallSitting, small_hall

pytestmark = pytest.mark.browser
POLL = "motion"


@pytest.fixture
def small(chromium: Browser, tmp_path: Path, pictures: Path) -> Iterator[SmallHall]:
    with small_hall(chromium, tmp_path, pictures, {}) as small:
        yield small


def test_delegates_sign_in_with_the_code_of_their_badge(sitting: SmallSitting) -> None:
    visitor = sitting.windows.at(Seat, sitting.hall.url + "/seat")
    visitor.by("sign-in-code").wait_for()
    visitor.picture("seat-code")
    sitting.seat.stage("sign_in")
    sitting.seat.picture("seat-sign-in")
    for seat in (sitting.seat, sitting.tall, sitting.observer):
        seat.sign_in()
        seat.stage("agenda")
        seat.reload_at("agenda")
    sitting.tall.picture("seat-agenda-portrait")
    sitting.chair.counts("attendance-present", 2)


def test_no_poll_is_prepared_before_the_key_is_made_and_the_console_says_so(sitting: SmallSitting) -> None:
    sitting.chair.call(POLL)
    sitting.chair.poll_is(POLL, "planned")
    expect(sitting.chair.by(f"prepare-{POLL}")).to_be_disabled(timeout=LONG)
    expect(sitting.chair.by("why-not")).to_have_attribute("data-code", "ceremony_incomplete")
    sitting.chair.picture("console-planned")
    sitting.screen.picture("screen-item")


def test_three_scrutineers_make_a_key_of_which_two_suffice(sitting: SmallSitting) -> None:
    third = sitting.windows.open(Scrutineer, "scrutineer", "3")
    make_key([sitting.chief, sitting.second, third])
    sitting.chief.picture("scrutineer-three-made-the-key")


def test_without_a_quorum_the_poll_cannot_be_opened_and_the_console_says_why(sitting: SmallSitting) -> None:
    sitting.crew.scrutineers("1", "2", "3")
    sitting.crew.key_made()
    sitting.crew.sign_in_only("001", "002")
    seats = sitting.seats
    sitting.chair.call(POLL)
    sitting.chair.press("prepare", POLL)
    sitting.chair.poll_is(POLL, "prepared")
    for seat in seats:
        seat.stage("ready")
        seat.reload_at("ready")
    expect(sitting.chair.by("why-not")).to_have_attribute("data-code", "no_quorum")
    expect(sitting.chair.by(f"open-{POLL}")).to_be_disabled()
    sitting.chair.picture("console-no-quorum")


def test_a_lost_badge_is_replaced_at_the_console_and_the_tablet_with_the_old_one_says_so(sitting: SmallSitting) -> None:
    sitting.seat.sign_in()
    sitting.seat.stage("agenda")
    again = sitting.windows.open(Seat, "delegate", "001")
    for window in (sitting.seat, again):
        expect(window.by("second-terminal")).to_be_visible(timeout=LONG)
    sitting.chair.by("tab-seats").click()
    expect(sitting.chair.by("person-001")).to_contain_text("两台终端", timeout=LONG)
    sitting.chair.by("access-001").click()
    sitting.chair.by("new-code").click()
    code = sitting.chair.by("new-code-shown").inner_text(timeout=LONG)
    picture = sitting.chair.by("new-badge-dialog").locator("img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    sitting.chair.picture("console-new-badge")
    for window in (sitting.seat, again):
        expect(window.by("refusal")).to_have_attribute("data-code", "logged_out", timeout=LONG)
    again.by("sign-in-code").fill(code)
    again.by("sign-in-submit").click()
    again.stage("agenda")
    expect(again.by("second-terminal")).to_have_count(0)
