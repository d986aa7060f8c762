"""The stages of one poll as everybody sees them, each test with a poll of its own that is brought to its stage."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.crew import Marks
from tests.e2e.people import LONG, Person
from tests.e2e.small_sitting import DELEGATES, MINE, OTHERS, SmallHall, SmallSitting, small_hall
from voting.sitting.poll import PollState

pytestmark = pytest.mark.browser
OPENED, CAST, CLOSED, COUNTED, ANNOUNCED, RECORDED = "motion", "tie", "mistaken", "again", "withdrawn", "level"
"""Whose poll is whose; two of them are choices, the others motions."""
MARKS: Marks = {
    **{poll: dict.fromkeys((*MINE, *OTHERS), ("for",)) for poll in (OPENED, CLOSED, COUNTED, ANNOUNCED)},
    **{poll: dict.fromkeys(OTHERS, ("clinic", "roads")) for poll in (CAST, RECORDED)},
}


@pytest.fixture(scope="module")
def small(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Iterator[SmallHall]:
    with small_hall(chromium, tmp_path_factory.mktemp("stages"), pictures, MARKS) as small:
        small.crew.scrutineers("1", "2", "3")
        small.gather()
        small.crew.key_made()
        yield small


@pytest.fixture
def counting(sitting: SmallSitting) -> Iterator[SmallSitting]:
    """Two of the simulated scrutineers decrypt what is sealed."""
    sitting.crew.release("1", "2")
    yield sitting
    sitting.crew.release()


def test_an_open_poll_survives_a_reload_and_the_same_fingerprint_hangs_everywhere(sitting: SmallSitting) -> None:
    observer, screen = sitting.observer, sitting.screen
    sitting.open(OPENED)
    sitting.chair.poll_is(OPENED, "open")
    for seat in sitting.seats:
        seat.reload_at("vote")
    observer.stage("observe")
    shown = [page.fingerprint("fingerprint") for page in (sitting.chair, screen, observer, *sitting.seats)]
    assert len(set(shown)) == 1
    assert screen.by("key").count() == 0  # the poll's fingerprint holds it


def test_a_ballot_is_cast_and_its_receipt_survives_a_reload(sitting: SmallSitting) -> None:
    sitting.open(CAST)
    for seat in sitting.seats:
        seat.tick("clinic")
        seat.confirm()
        seat.stage("receipt")
        tracker = seat.receipt()
        seat.reload_at("receipt")
        assert seat.receipt() == tracker
    sitting.chair.counts("voted", DELEGATES)


def test_the_chair_closes_and_everybody_sees_a_sealed_box(sitting: SmallSitting) -> None:
    sitting.crew.sign_in(*MINE)
    sitting.crew.bring(CLOSED, PollState.OPEN, ready=DELEGATES)
    sitting.crew.leave(*MINE)
    seat, chair = sitting.seat, sitting.chair
    chair.press("close", CLOSED)
    chair.poll_is(CLOSED, "sealed")
    seat.stage("counting")
    chair.page.reload()
    chair.poll_is(CLOSED, "sealed")


def bring_to_confirmation(sitting: SmallSitting, poll: str) -> None:
    sitting.crew.sign_in(*MINE)
    sitting.crew.bring(poll, PollState.CONFIRMED, ready=DELEGATES, voted=DELEGATES)
    sitting.crew.leave(*MINE)


def test_nobody_sees_the_result_before_the_chair_announces_it(counting: SmallSitting) -> None:
    bring_to_confirmation(counting, COUNTED)
    counting.chair.poll_is(COUNTED, "confirmed")
    counting.chair.picture("console-confirmed")
    counting.seat.stage("counting")
    counting.screen.shows("示例决议（草案），表决结束前可以改按")
    expect(counting.screen.by("screen-result")).to_have_count(0)


def test_the_announced_result_is_on_screen_and_seats(counting: SmallSitting) -> None:
    bring_to_confirmation(counting, ANNOUNCED)
    seats, observer, screen = counting.seats, counting.observer, counting.screen
    counting.chair.press("announce", ANNOUNCED)
    screen.by("screen-result").wait_for()
    screen.shows("通过")
    for seat in seats:
        seat.stage("announced")
        seat.reload_at("announced")
    counting.tall.picture("seat-result-portrait")
    observer.stage("announced")
    counting.seat.by("language-switch").click()
    expect(counting.seat.page.locator("html")).to_have_attribute("lang", "en")
    counting.seat.picture("seat-result-english")


def test_the_archive_and_a_receipt_are_checked_in_the_browser_without_the_server(
    counting: SmallSitting, tmp_path: Path
) -> None:
    counting.open(RECORDED)
    for seat in counting.seats:
        seat.tick("clinic")
        seat.confirm()
        seat.stage("receipt")
    tracker = counting.seat.receipt()
    counting.crew.bring(RECORDED, PollState.ANNOUNCED, voted=DELEGATES)
    counting.seat.stage("announced")
    receipt, archive, spoilt = tmp_path / "receipt.json", tmp_path / "level.bel", tmp_path / "spoilt.bel"
    with counting.seat.page.expect_download() as download:
        counting.seat.by("receipt-download").click()
    download.value.save_as(receipt)
    assert json.loads(receipt.read_bytes())["tracker"] == tracker
    record = counting.published(f"/api/polls/{RECORDED}/archive.bel")
    archive.write_bytes(record)
    spoilt.write_bytes(record.replace(b'"height":7,', b'"height":8,', 1))
    auditor = counting.windows.at(Person, counting.hall.url + "/verify")
    auditor.picture("verify-empty")
    auditor.page.route("**/*", lambda route: route.abort())
    auditor.by("archive-file").set_input_files(archive)
    auditor.by("receipts-file").set_input_files(receipt)
    auditor.by("verify-valid").wait_for(timeout=3 * LONG)
    auditor.by("archive-file").set_input_files(spoilt)
    auditor.by("verify-invalid").wait_for(timeout=3 * LONG)
    auditor.picture("verify-invalid")
