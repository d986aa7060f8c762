"""One complete k-of-n poll in real Chromium: chair, screen, two seats, three scrutineers, 249 simulated delegates."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.hall import Hall
from tests.e2e.people import LONG, PORTRAIT, Chair, Person, Screen, Scrutineer, Seat

pytestmark = pytest.mark.browser
POLL = "projects"
MOST_HAVE_VOTED = 225  # about two in a hundred simulated delegates do not press
MINE = ("elderly-care", "roads", "parking", "schools", "health-care", "relief", "rural-bridges", "fitness")


def hex_digits(shown: str) -> str:
    """A fingerprint as shown in groups, in one piece."""
    return "".join(re.findall(r"[0-9a-f]+", shown))


class Sitting:
    """Everybody's windows, shared by the steps below, which run in their order."""

    def __init__(self, browser: Browser, hall: Hall, pictures: Path) -> None:
        def window(kind: Any, role: str, subject: str = "", **more: Any) -> Any:
            return kind(browser, hall, hall.link(role, subject), pictures, **more)

        self.hall = hall
        self.chair: Chair = window(Chair, "chair")
        self.screen: Screen = window(Screen, "screen")
        self.seat: Seat = window(Seat, "delegate", "001")
        self.tall: Seat = window(Seat, "delegate", "002", size=PORTRAIT)
        self.observer: Seat = window(Seat, "observer", "L01")
        self.scrutineers: list[Scrutineer] = [window(Scrutineer, "scrutineer", str(n)) for n in (1, 2, 3)]
        self.trackers: list[str] = []

    def close(self) -> None:
        for person in (self.chair, self.screen, self.seat, self.tall, self.observer, *self.scrutineers):
            person.context.close()


@pytest.fixture(scope="module")
def sitting(chromium: Browser, hall: Hall, pictures: Path) -> Any:
    people = Sitting(chromium, hall, pictures)
    yield people
    people.close()


def test_01_delegates_sign_in_with_the_code_of_their_badge(sitting: Sitting, chromium: Browser, pictures: Path) -> None:
    visitor = Seat(chromium, sitting.hall, sitting.hall.url + "/seat", pictures)
    visitor.by("sign-in-code").wait_for()
    visitor.picture("seat-code")
    visitor.context.close()
    sitting.seat.stage("sign_in")
    sitting.seat.picture("seat-sign-in")
    for seat in (sitting.seat, sitting.tall, sitting.observer):
        seat.sign_in()
        seat.stage("agenda")
        seat.reload_at("agenda")
    sitting.seat.picture("seat-agenda")
    sitting.tall.picture("seat-agenda-portrait")


def test_02_no_poll_is_prepared_before_the_key_is_made_and_the_console_says_so(sitting: Sitting) -> None:
    sitting.chair.call("livelihood")
    sitting.chair.poll_is(POLL, "planned")
    expect(sitting.chair.by(f"prepare-{POLL}")).to_be_disabled(timeout=LONG)
    expect(sitting.chair.by("why-not")).to_have_attribute("data-code", "ceremony_incomplete")
    sitting.chair.picture("console-planned")
    sitting.screen.picture("screen-item")


def test_03_three_scrutineers_make_a_key_of_which_two_suffice(sitting: Sitting) -> None:
    first = sitting.scrutineers[0]
    first.by("passphrase").wait_for()
    first.picture("scrutineer-begin")
    for scrutineer in sitting.scrutineers:
        scrutineer.make_share()
    for _ in range(2):
        first.by("ceremony-fingerprint").wait_for()
        first.picture("scrutineer-fingerprint")
        assert len({scrutineer.advance() for scrutineer in sitting.scrutineers}) == 1
    for scrutineer in sitting.scrutineers:
        scrutineer.ceremony_done()
    first.picture("scrutineer-key-made")


def test_04_without_a_quorum_the_poll_cannot_be_opened_and_the_console_says_why(sitting: Sitting) -> None:
    sitting.chair.press("prepare", POLL)
    sitting.chair.poll_is(POLL, "prepared")
    for seat in (sitting.seat, sitting.tall):
        seat.stage("ready")
        seat.reload_at("ready")
    expect(sitting.chair.by("why-not")).to_have_attribute("data-code", "no_quorum")
    expect(sitting.chair.by(f"open-{POLL}")).to_be_disabled()
    sitting.chair.picture("console-no-quorum")


def test_05_simulated_delegates_fill_the_hall(sitting: Sitting) -> None:
    sitting.hall.join(leave_free=2)
    sitting.chair.reads("attendance-present", "251")
    sitting.chair.counts("ready", 251)
    sitting.chair.picture("console-ready")
    sitting.screen.picture("screen-ready")
    sitting.seat.picture("seat-ready")


def test_06_the_poll_is_open_and_the_same_fingerprint_hangs_everywhere(sitting: Sitting) -> None:
    sitting.chair.press("open", POLL)
    sitting.chair.poll_is(POLL, "open")
    for seat in (sitting.seat, sitting.tall):
        seat.stage("vote")
        seat.reload_at("vote")
    sitting.observer.stage("observe")
    at_console, at_screen = (
        hex_digits(page.by("fingerprint").inner_text()) for page in (sitting.chair, sitting.screen)
    )
    assert len(at_screen) >= 16
    assert at_console.startswith(at_screen)


def test_07_a_seat_lets_nobody_tick_more_than_ten_and_tells_how_many_are_left(sitting: Sitting) -> None:
    sitting.seat.tick(*MINE)
    expect(sitting.seat.by("choices-left")).to_contain_text("2")
    sitting.seat.picture("seat-ballot")
    sitting.seat.tick("chronic-care", "parcels", "sample-park")
    expect(sitting.seat.by("choices-full")).to_be_visible()
    sitting.seat.by("review").click()
    expect(sitting.seat.by("review-choice")).to_be_visible()
    sitting.seat.picture("seat-review")
    sitting.seat.by("review-back").click()
    sitting.tall.tick("elderly-care")
    sitting.tall.picture("seat-ballot-portrait")


def test_08_a_ballot_is_cast_and_its_receipt_survives_a_reload(sitting: Sitting) -> None:
    for seat in (sitting.seat, sitting.tall):
        seat.confirm()
        seat.stage("receipt")
        sitting.trackers.append(seat.receipt())
        seat.reload_at("receipt")
        assert seat.receipt() == sitting.trackers[-1]
    sitting.seat.picture("seat-receipt")
    sitting.tall.picture("seat-receipt-portrait")
    sitting.chair.counts("voted", MOST_HAVE_VOTED)
    sitting.chair.picture("console-open")
    sitting.screen.picture("screen-open")


def test_09_the_chair_closes_and_scrutineers_see_a_sealed_box(sitting: Sitting) -> None:
    sitting.chair.press("close", POLL)
    sitting.chair.poll_is(POLL, "sealed")
    sitting.seat.stage("counting")
    sitting.chair.page.reload()
    sitting.chair.poll_is(POLL, "sealed")
    sitting.chair.picture("console-sealed")
    sitting.screen.picture("screen-counting")


def test_10_two_scrutineers_check_the_board_in_their_browsers_and_release_the_count(sitting: Sitting) -> None:
    for number, scrutineer in enumerate(sitting.scrutineers[:2]):
        scrutineer.check_box(POLL)
        if number == 0:
            scrutineer.picture("scrutineer-checked")
        scrutineer.release(POLL)
    sitting.chair.poll_is(POLL, "counted")
    sitting.scrutineers[0].picture("scrutineer-counted")


def test_11_nobody_sees_the_result_before_the_chair_announces_it(sitting: Sitting) -> None:
    sitting.scrutineers[0].confirm_count(POLL)
    sitting.chair.poll_is(POLL, "confirmed")
    sitting.chair.picture("console-confirmed")
    expect(sitting.screen.by("screen-result")).to_have_count(0)
    sitting.seat.stage("counting")


def test_12_the_announced_result_is_on_screen_and_seats(sitting: Sitting) -> None:
    sitting.chair.press("announce", POLL)
    sitting.screen.by("screen-result").wait_for()
    sitting.screen.shows("入选")
    sitting.screen.picture("screen-result")
    for seat in (sitting.seat, sitting.tall):
        seat.stage("announced")
        seat.reload_at("announced")
    sitting.seat.picture("seat-result")
    sitting.tall.picture("seat-result-portrait")
    sitting.observer.stage("announced")
    sitting.seat.by("language-switch").click()
    sitting.seat.picture("seat-result-english")
    sitting.chair.picture("console-announced")


def test_13_the_archive_and_a_receipt_are_checked_in_the_browser_without_the_server(
    sitting: Sitting, chromium: Browser, pictures: Path, tmp_path: Path
) -> None:
    answer = sitting.chair.page.request.get(f"{sitting.hall.url}/api/polls/{POLL}/archive.bel")
    assert answer.ok
    archive = tmp_path / "projects.bel"
    archive.write_bytes(answer.body())
    with sitting.seat.page.expect_download() as download:
        sitting.seat.by("language-switch").click()
        sitting.seat.by("receipt-download").click()
    receipt = tmp_path / "receipt.json"
    download.value.save_as(receipt)
    assert json.loads(receipt.read_text())["tracker"] == sitting.trackers[0]

    auditor = Person(chromium, sitting.hall, sitting.hall.url + "/verify", pictures)
    auditor.picture("verify-empty")
    auditor.page.route("**/*", lambda route: route.abort())
    auditor.by("archive-file").set_input_files(archive)
    auditor.by("receipts-file").set_input_files(receipt)
    auditor.by("verify-valid").wait_for(timeout=3 * LONG)
    auditor.picture("verify-valid")
    spoilt = tmp_path / "spoilt.bel"
    spoilt.write_bytes(answer.body().replace(b'"height":7,', b'"height":8,', 1))
    auditor.by("archive-file").set_input_files(spoilt)
    auditor.by("verify-invalid").wait_for(timeout=3 * LONG)
    auditor.picture("verify-invalid")
    auditor.context.close()
