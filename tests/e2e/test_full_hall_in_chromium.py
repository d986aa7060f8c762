"""A poll of 251 delegates in real Chromium: chair, screen, two seats, two scrutineers; the others are simulated."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.crew import Crew
from tests.e2e.hall import Hall
from tests.e2e.people import LONG, PORTRAIT, Chair, Person, Screen, Scrutineer, Seat, make_key
from tests.e2e.small_sitting import Windows
from tests.support.repository import SAMPLES

pytestmark = pytest.mark.browser
POLL = "projects"
DELEGATES = 251
MOST_HAVE_VOTED = 225  # about two in a hundred simulated delegates do not press
MINE = ("elderly-care", "roads", "parking", "schools", "health-care", "relief", "rural-bridges", "fitness")


@pytest.fixture
def full_hall(chromium: Browser, tmp_path: Path, pictures: Path) -> Iterator[Windows]:
    """The sample sitting; the third scrutineer is simulated, and nobody has signed in."""
    hall = Hall(tmp_path, SAMPLES / "pinghu-2022")
    windows = Windows(chromium, hall, pictures)
    crew = Crew(hall.url, hall.data / "codes.csv", {})
    try:
        crew.scrutineers("3")
        yield windows
        windows.close()
    finally:
        crew.end()
        hall.end()


def test_a_full_hall_votes_and_two_scrutineers_count_it_in_their_browsers(full_hall: Windows, tmp_path: Path) -> None:
    chair, screen = full_hall.open(Chair, "chair"), full_hall.open(Screen, "screen")
    seat, tall = full_hall.open(Seat, "delegate", "001"), full_hall.open(Seat, "delegate", "002", PORTRAIT)
    scrutineers = [full_hall.open(Scrutineer, "scrutineer", index) for index in ("1", "2")]
    scrutineers[0].by("passphrase").wait_for()
    scrutineers[0].picture("scrutineer-begin")
    make_key(scrutineers)
    scrutineers[0].picture("scrutineer-key-made")
    for mine in (seat, tall):
        mine.sign_in()
        mine.stage("agenda")
    seat.picture("seat-agenda")
    chair.call("livelihood")
    chair.press("prepare", POLL)
    fill(full_hall, chair)
    seat.picture("seat-ready")
    screen.picture("screen-ready")
    chair.press("open", POLL)
    vote(seat, tall)
    chair.counts("voted", MOST_HAVE_VOTED)
    chair.picture("console-open")
    screen.picture("screen-open")
    chair.press("close", POLL)
    chair.poll_is(POLL, "sealed")
    chair.picture("console-sealed")
    screen.picture("screen-counting")
    for scrutineer in scrutineers:
        scrutineer.check_box(POLL)
        scrutineer.picture("scrutineer-checked")
        scrutineer.release(POLL)
    chair.poll_is(POLL, "counted")
    scrutineers[0].confirm_count(POLL)
    chair.press("announce", POLL)
    screen.by("screen-result").wait_for()
    screen.shows("入选")
    screen.picture("screen-result")
    for mine in (seat, tall):
        mine.stage("announced")
    seat.picture("seat-result")
    chair.picture("console-announced")
    archive = chair.page.request.get(f"{full_hall.hall.url}/api/polls/{POLL}/archive.bel")
    assert archive.ok
    (tmp_path / "projects.bel").write_bytes(archive.body())
    auditor = full_hall.at(Person, full_hall.hall.url + "/verify")
    auditor.by("archive-file").set_input_files(tmp_path / "projects.bel")
    auditor.by("verify-valid").wait_for(timeout=3 * LONG)
    auditor.picture("verify-valid")


def fill(full_hall: Windows, chair: Chair) -> None:
    """Everybody else signs in and gets ready."""
    full_hall.hall.join(leave_free=2)
    chair.reads("attendance-present", str(DELEGATES))
    chair.counts("ready", DELEGATES)
    chair.picture("console-ready")


def vote(seat: Seat, tall: Seat) -> None:
    """Both delegates in Chromium vote; the ballot lets nobody tick more than ten."""
    for mine in (seat, tall):
        mine.stage("vote")
    seat.tick(*MINE)
    expect(seat.by("choices-left")).to_contain_text("2")
    seat.picture("seat-ballot")
    seat.tick("chronic-care", "parcels", "sample-park")
    expect(seat.by("choices-full")).to_be_visible()
    seat.by("review").click()
    expect(seat.by("review-choice")).to_be_visible()
    seat.picture("seat-review")
    seat.by("review-back").click()
    tall.tick("elderly-care")
    tall.picture("seat-ballot-portrait")
    for mine in (seat, tall):
        mine.confirm()
        mine.stage("receipt")
    seat.picture("seat-receipt")
    tall.picture("seat-receipt-portrait")
