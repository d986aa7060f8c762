"""Polls that the agenda did not foresee, through the browser: a run-off among the tied, the same question again after a
mistake, and one that the chair composes on the spot."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.crew import Marks
from tests.e2e.people import LONG, Scrutineer
from tests.e2e.small_sitting import DELEGATES, MINE, Expected, SmallHall, SmallSitting, read_result, small_hall
from tests.support.known import known
from voting.congress.law.ruleset import Relation
from voting.record.verification import verify_poll
from voting.record.whole.verification import Open
from voting.sitting.poll import PollState

pytestmark = pytest.mark.browser

ADDED = "选举示例委员（临时增加）"
TIED: Mapping[str, tuple[str, ...]] = {
    "001": ("clinic", "roads"),
    "002": ("clinic", "water"),
    "003": ("clinic", "roads"),
    "004": ("clinic", "water"),
    "005": ("roads", "water"),
}
MARKS: Marks = {
    "tie": TIED,
    "level": TIED,
    "level-2": {"001": ("roads",), "002": ("water",), "003": ("roads",), "004": ("water",), "005": ("roads",)},
    "mistaken": {"001": ("for",), "002": None, "003": ("for",), "004": ("against",), "005": None},
    "withdrawn-2": {"001": ("for",), "002": ("against",), "003": ("abstain",), "004": ("against",), "005": ("for",)},
    "few": {"001": ("for",), "002": ("for",), "003": ("for",), "004": ("against",), "005": None},
    "regretted": dict.fromkeys(("001", "002", "003", "004", "005"), ("for",)),
    ADDED: {
        "001": ("o1=for", "o2=for"),
        "002": ("o1=for", "o3=for"),
        "003": ("o1=for", "o3=for"),
        "004": ("o1=against", "o2=for", "o3=abstain"),
        "005": ("o1=for", "o2=for", "o3=against"),
    },
}
TIE = Expected("run_off", {"clinic": [4], "roads": [3], "water": [3]}, elected=("clinic",), tied=("roads", "water"))
RUN_OFF = Expected("elected", {"roads": [3], "water": [2]}, elected=("roads",))
REPEATED = Expected("not_passed", {"for": [2], "against": [2], "abstain": [1]})
COMPOSED = Expected("elected", {"o1": [4, 1, 0], "o2": [3, 0, 0], "o3": [2, 1, 1]}, elected=("o1", "o2"))
REASON = "题目有误，改正后重新表决"


@pytest.fixture(scope="module")
def small(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Iterator[SmallHall]:
    with small_hall(chromium, tmp_path_factory.mktemp("following"), pictures, MARKS) as small:
        small.crew.scrutineers("1", "2", "3", releases=("1", "2"))
        small.gather()
        small.crew.key_made()
        yield small


def test_two_projects_tie_for_one_seat_and_nothing_breaks_the_tie(sitting: SmallSitting) -> None:
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


def test_the_chair_plans_the_run_off_that_the_rules_ask_for(sitting: SmallSitting) -> None:
    sitting.crew.sign_in(*MINE)
    sitting.crew.bring("level", PollState.ANNOUNCED, ready=DELEGATES, voted=DELEGATES)
    sitting.crew.leave(*MINE)
    chair = sitting.chair
    chair.by("follow-run_off-level").click()
    expect(chair.by("composer")).to_contain_text("农村道路（示例）")
    expect(chair.by("composer")).not_to_contain_text("村卫生室（示例）")
    expect(chair.by("compose-preview").get_by_test_id("ballot")).to_have_attribute("data-preview", "true")
    chair.picture("level-console-run-off")
    assert chair.add_poll() == "level-2"
    expect(chair.by("follows")).to_be_visible()
    sitting.open("level-2", called=True)
    sitting.seat.tick("roads")
    sitting.tall.tick("water")
    sitting.seat.picture("level-2-seat-ballot")
    for each in sitting.seats:
        each.confirm()
    sitting.receipts("level-2")
    sitting.close("level-2")
    sitting.announce("level-2")
    sitting.shows("level-2", RUN_OFF)
    sitting.record_says("level-2", RUN_OFF)
    chair.by("go-level").click()
    read_result(chair, TIE)  # stays as it was


def test_a_mistaken_poll_is_annulled_with_a_reason_that_everybody_reads(sitting: SmallSitting) -> None:
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


def test_the_same_question_is_put_again_and_the_annulled_poll_stays_on_record(sitting: SmallSitting) -> None:
    sitting.crew.bring("withdrawn", PollState.PREPARED)
    sitting.crew.annul("withdrawn", REASON)
    chair = sitting.chair
    chair.by("follow-repeat-withdrawn").click()
    chair.picture("withdrawn-console-repeat")
    assert chair.add_poll() == "withdrawn-2"
    sitting.open("withdrawn-2", called=True)
    sitting.seat.press_key("for")
    sitting.tall.press_key("against")
    sitting.receipts("withdrawn-2")
    sitting.close("withdrawn-2")
    sitting.announce("withdrawn-2")
    sitting.shows("withdrawn-2", REPEATED)
    sitting.record_says("withdrawn-2", REPEATED)
    chair.by("go-withdrawn").click()
    chair.poll_is("withdrawn", "annulled")
    expect(chair.by("annulled")).to_contain_text(REASON)


def test_a_box_of_too_few_ballots_stays_shut_and_everybody_in_charge_reads_why(sitting: SmallSitting) -> None:
    """Five could vote and four did; the rules ask for five."""
    scrutineer = sitting.windows.open(Scrutineer, "scrutineer", "3")
    sitting.open("few")
    sitting.seat.press_key("for")
    sitting.tall.press_key("for")
    sitting.receipts("few")
    chair = sitting.chair
    chair.counts("voted", 4)
    chair.by("close-few").click()
    expect(chair.by("too-few")).to_contain_text("5")
    chair.picture("few-console-close")
    chair.by("confirm").click()
    chair.poll_is("few", "sealed")
    expect(chair.by("too-few")).to_be_visible(timeout=LONG)
    expect(chair.by("why-not")).to_have_attribute("data-code", "too_few_ballots")
    card = scrutineer.page.locator('[data-testid="poll-few"]')
    expect(card.locator('[data-testid="too-few"]')).to_be_visible(timeout=LONG)
    expect(card.locator('[data-testid="check-board-few"]')).to_have_count(0)
    chair.picture("few-console-shut")
    scrutineer.picture("few-scrutineer-shut")
    chair.by("annul-few").click()
    chair.by("annul-reason").fill(REASON)
    chair.by("confirm").click()
    chair.poll_is("few", "annulled")
    expect(chair.by("follow-repeat-few")).to_be_visible()


def test_a_known_count_is_annulled_by_two_and_its_repeat_tells_whose_part_differs(sitting: SmallSitting) -> None:
    chief = sitting.windows.open(Scrutineer, "scrutineer", "1")
    sitting.open("regretted")
    for seat in sitting.seats:
        seat.press_key("for")
    sitting.receipts("regretted")
    sitting.close("regretted")
    chair = sitting.chair
    chair.poll_is("regretted", "confirmed")
    chair.by("ask_annulment-regretted").click()
    chair.picture("regretted-console-ask")
    chair.by("annul-reason").fill(REASON)
    chair.by("confirm").click()
    expect(chair.by("annulment-asked")).to_contain_text(REASON)
    chief.by("confirm-annulment-regretted").wait_for(timeout=LONG)
    chair.picture("regretted-console-asked")
    chief.picture("regretted-scrutineer-asked")
    chief.by("confirm-annulment-regretted").click()
    chair.poll_is("regretted", "annulled")
    for shown in (sitting.screen, *sitting.seats):
        expect(shown.by("annulled-count")).to_be_visible(timeout=LONG)
    for name, person in sitting.everybody.items():
        person.picture(f"regretted-{name}-annulled")
    archive = sitting.published("/api/polls/regretted/archive.bel")
    assert verify_poll(archive, statement=sitting.published("/api/polls/regretted/count.json")).stated()
    chair.by("follow-repeat-regretted").click()
    assert chair.add_poll() == "regretted-2"
    sitting.crew.leave("005")
    chair.press("prepare", "regretted-2")
    chair.counts("ready", 4)
    expect(chair.by("only-then").first).to_contain_text("示例代表", timeout=LONG)
    chair.picture("regretted-2-console-apart")
    sitting.crew.annul("regretted-2", REASON)
    sitting.crew.sign_in("005")


def test_a_poll_is_composed_previewed_refused_in_words_and_held(sitting: SmallSitting) -> None:
    chair = sitting.chair
    chair.call("floor")
    chair.by("compose-floor").click()
    candidates = "1. 示例候选人癸\n2. 示例候选人子\n3. 示例候选人丑"
    chair.compose(ADDED, "election", options=candidates, rules="national", post="deputy", seats="3")
    chair.by("compose-title").click()
    expect(chair.by("composer").get_by_test_id("problem")).to_contain_text(re.compile("候选人.*4"), timeout=LONG)
    expect(chair.by("compose-add")).to_be_disabled()
    chair.picture("added-console-refused")
    chair.by("seats-fewer").click()
    preview = chair.by("compose-preview")
    expect(preview.get_by_test_id("option-o3-for")).to_be_visible(timeout=LONG)
    expect(preview.get_by_test_id("ballot")).to_have_attribute("inert", "")
    chair.picture("added-console-preview")
    added = chair.add_poll()
    sitting.open(added, called=True)
    for number, seat in zip(MINE, sitting.seats, strict=True):
        for text in known(MARKS[ADDED][number]):
            seat.mark(*text.split("="))
    sitting.seat.picture("added-seat-ballot")
    for seat in sitting.seats:
        seat.confirm()
    sitting.receipts(added)
    sitting.close(added)
    sitting.announce(added)
    sitting.shows(added, COMPOSED)
    sitting.record_says(added, COMPOSED)


def test_the_whole_sitting_is_fetched_and_verified_on_the_page(sitting: SmallSitting, tmp_path: Path) -> None:
    """A run-off, an annulled poll and its repeat stand in it; polls that were never held are named."""
    found = sitting.whole_sitting(tmp_path)
    assert {one.code for one in found.reservations} <= {Open.NOT_ENDED}
    assert {one.reason for one in found.annulled} == {REASON}
    follows = {one.poll.id: one.poll.follows.relation for one in known(found.statement).polls if one.poll.follows}
    assert {Relation.RUN_OFF, Relation.REPEAT} == set(follows.values())
