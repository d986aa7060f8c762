"""Counts by hand through the service: what waits for what, what a restart takes up, and what is refused."""

from collections.abc import Callable
from functools import partial

import pytest
from msgspec.structs import replace

from tests.support.chamber import Chamber, CutJournal
from tests.support.hand_counts import MIXED, REASON, VOTES, mixed, seated, two_papers
from tests.support.http_client import Client
from tests.support.plans.hands import CANDIDATES, HANDS, PAPER, PASSED, hands_plan
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Medium, Question
from voting.congress.refusal import Refused
from voting.server.live.views import Scene, view_of
from voting.sitting.agenda import AgendaItem
from voting.sitting.events import BallotStored, HandCountConfirmed, PaperIssued, PollOpenedByHand
from voting.sitting.hand_counts import HandFigures
from voting.sitting.poll import PollPlan, PollState
from voting.sitting.progress import setup_of
from voting.sitting.refusals import ChamberRefusal
from voting.storage.journal.group_commit import JournalRow
from voting.wire.roles import Audience, Role
from voting.wire.views import ConsoleView


def release(chamber: Chamber, poll: str, *indices: int) -> None:
    for index in indices:
        if index not in chamber.service.sitting.polls[poll].decryptions:
            chamber.service.polls.release(poll, index, chamber.decryption(poll, index))


def settle(chamber: Chamber) -> None:
    """Let everything happen that follows by itself."""
    chamber.until(lambda: not chamber.service._clerk._busy)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


def test_a_poll_by_hand_is_neither_opened_on_a_board_nor_sealed() -> None:
    chamber = Chamber(hands_plan())
    chamber.sign_in("001", "002")
    chamber.service.polls.prepare("hands")
    assert refusal(lambda: chamber.service.polls.open("hands", None)) is ChamberRefusal.POLL_BY_HAND
    chamber.service.hands.open("hands")
    chamber.service.polls.close("hands")
    settle(chamber)
    assert (chamber.state("hands"), chamber.service.boards.get("hands")) == (PollState.CLOSED, None)
    assert chamber.log.getvalue() == ""
    assert refusal(lambda: chamber.service.polls.seal("hands")) is ChamberRefusal.POLL_BY_HAND
    chamber.enter_and_confirm("hands", HANDS, PASSED)
    assert chamber.state("hands") is PollState.COUNTED


@pytest.mark.parametrize("poll", MIXED)
def test_a_mixed_poll_is_counted_when_ballots_and_papers_are(poll: str) -> None:
    chamber = mixed(seated(), poll)
    chamber.close(poll)
    if poll != "mixed-named":
        release(chamber, poll, 1, 3)
    settle(chamber)
    assert chamber.state(poll) is PollState.SEALED
    chamber.enter_and_confirm(poll, PAPER, two_papers(poll))
    chamber.until(lambda: chamber.state(poll) is PollState.COUNTED)
    count = chamber.service.sitting.polls[poll].count
    assert count is not None
    assert (count.medium, count.issued, count.returned, count.by_hand) == (Medium.MIXED, 3, 2, 1)
    assert chamber.service.boards.digests().keys() == {poll}


def test_papers_may_be_counted_before_the_decryptions() -> None:
    chamber = mixed(seated(), "mixed")
    chamber.close("mixed")
    chamber.enter_and_confirm("mixed", PAPER, two_papers("mixed"))
    settle(chamber)
    assert chamber.state("mixed") is PollState.SEALED
    chamber.count("mixed")
    assert chamber.service.sitting.polls["mixed"].count is not None


def test_no_more_decryptions_are_taken_than_the_waiting_count_needs() -> None:
    chamber = mixed(seated(), "mixed")
    chamber.close("mixed")
    release(chamber, "mixed", 1, 3)
    assert refusal(lambda: release(chamber, "mixed", 2)) is ChamberRefusal.DECRYPTIONS_COMPLETE


def test_there_is_nothing_to_decrypt_in_a_vote_by_name() -> None:
    chamber = mixed(seated(), "mixed-named")
    chamber.close("mixed-named")
    assert refusal(lambda: chamber.service.polls.release("mixed-named", 1, "{}")) is ChamberRefusal.POLL_NOT_DECRYPTED


@pytest.mark.parametrize("poll", MIXED)
def test_a_mixed_poll_without_papers_is_an_electronic_one(poll: str) -> None:
    chamber = seated()
    chamber.open(poll)
    chamber.choose(poll, "001", *VOTES[poll])
    chamber.finish(poll)
    count = chamber.service.sitting.polls[poll].count
    assert count is not None
    assert (count.medium, count.by_hand) == (Medium.ELECTRONIC, 0)


def test_a_paper_takes_the_place_at_the_board() -> None:
    chamber = mixed(seated(), "mixed")
    frozen = setup_of(chamber.service.sitting.polls["mixed"])
    keys = {number: chamber.credentials["mixed", number].public for number in ("001", "002", "003")}
    assert keys["003"] not in frozen.credentials
    assert keys["001"] in frozen.credentials
    for number in ("002", "003"):
        # Each holds a credential; that of 002 is even on the frozen list.
        assert refusal(partial(chamber.choose, "mixed", number, "for")) is ChamberRefusal.VOTES_ON_PAPER
    assert refusal(lambda: chamber.service.hands.issue_paper("mixed", "001", REASON)) is ChamberRefusal.ALREADY_VOTED


def test_a_poll_is_annulled_for_a_reason_of_reasonable_length() -> None:
    """Every seat and the hall screen show it."""
    chamber = seated()
    chamber.service.polls.prepare("mixed")
    annul = chamber.service.polls.annul
    assert refusal(lambda: annul("mixed", "长" * 301)) is ChamberRefusal.REASON_TOO_LONG
    annul("mixed", "长" * 300)
    assert chamber.state("mixed") is PollState.ANNULLED


def test_a_paper_is_handed_out_for_a_reason_of_reasonable_length() -> None:
    chamber = seated()
    chamber.service.polls.prepare("mixed")
    issue = chamber.service.hands.issue_paper
    assert refusal(lambda: issue("mixed", "001", " ")) is ChamberRefusal.REASON_NEEDED
    assert refusal(lambda: issue("mixed", "001", "长" * 301)) is ChamberRefusal.REASON_TOO_LONG


def console(chamber: Chamber) -> ConsoleView:
    view = view_of(Audience.CONSOLE, Scene(chamber.service.sitting))
    assert isinstance(view, ConsoleView)
    return view


@pytest.mark.parametrize("name", ["示例\u03a9", "示例\u0561", "示例\U0001f600"])
def test_a_name_that_no_reader_of_the_count_agrees_on_is_not_entered(name: str) -> None:
    """Letters that can be shown, and that are not in the closed list of what names are written with."""
    by_hand = PollPlan(
        Question(
            id="names",
            kind=PollKind.ELECTION,
            title="示例选举",
            options=CANDIDATES,
            seats=1,
            medium=Medium.BY_HAND,
            write_ins=True,
        )
    )
    chamber = Chamber(
        replace(hands_plan(), polls=(by_hand,), agenda=(AgendaItem(id="votes", title="表决", polls=("names",)),))
    )
    chamber.sign_in()
    chamber.service.polls.prepare("names")
    chamber.service.hands.open("names", no_kin=True)
    chamber.service.polls.close("names")

    def enter(written: str) -> None:
        votes = {"c1": 1, "c2": 0, written: 1}
        nothing = {"c1": 0, "c2": 0}
        figures = HandFigures(
            issued=2, returned=2, valid=2, void=0, votes=votes, against=nothing, abstain=nothing, write_ins=(written,)
        )
        chamber.service.hands.enter("names", 1, PAPER, figures, "示例：没有终端")

    assert refusal(lambda: enter(name)) is ChamberRefusal.HAND_COUNT_IMPOSSIBLE
    assert chamber.service.sitting.polls["names"].hand_count is None
    enter("示例甲")
    assert chamber.service.sitting.polls["names"].hand_count is not None


def test_nobody_is_waited_for_who_holds_a_paper() -> None:
    chamber = seated()
    chamber.service.polls.prepare("mixed")
    chamber.register("mixed", "001", "002")
    assert console(chamber).waiting == {"mixed": {"003": True}}
    chamber.service.hands.issue_paper("mixed", "003", REASON)
    assert console(chamber).waiting == {"mixed": {}}
    chamber.service.polls.open("mixed", None)
    chamber.service.hands.issue_paper("mixed", "002", REASON)
    assert console(chamber).waiting == {"mixed": {"001": True}}
    assert console(chamber).papers == {"mixed": {"003": REASON, "002": REASON}}


def test_of_a_poll_by_hand_the_views_know_what_was_counted_and_wait_for_nobody() -> None:
    chamber = seated()
    chamber.service.polls.prepare("hands")
    chamber.service.hands.open("hands")
    shown = console(chamber)
    assert (shown.waiting, shown.hall.polls["hands"].issued, shown.progress["hands"].needed) == ({"hands": {}}, None, 0)
    chamber.service.polls.close("hands")
    assert (console(chamber).hall.polls["hands"].returned, console(chamber).progress["hands"].hand_count) == (
        None,
        "missing",
    )
    chamber.enter_and_confirm("hands", HANDS, PASSED)
    counted = console(chamber)
    assert (counted.hall.polls["hands"].issued, counted.hall.polls["hands"].returned) == (2, 2)
    assert counted.hand_counts["hands"].confirmed_by == 2
    result = counted.hall.polls["hands"].result
    assert result is not None
    assert result.method is HANDS


def carry_on(chamber: Chamber, poll: str) -> None:
    """Do whatever is still missing after a restart, each step only where it was not made before the crash."""
    progress = chamber.service.sitting.polls[poll]
    if progress.state is PollState.OPEN:
        chamber.service.polls.close(poll)
    if progress.question.medium is Medium.BY_HAND:
        settle(chamber)
    else:
        chamber.until(lambda: chamber.state(poll) not in (PollState.OPEN, PollState.CLOSED))
        if chamber.state(poll) is PollState.SEALED and poll == "mixed":
            release(chamber, poll, 1, 3)
    entry = chamber.service.sitting.polls[poll].hand_count
    if entry is None:
        chamber.service.hands.enter(poll, 1, HANDS if poll == "hands" else PAPER, figures_for(poll), REASON)
        entry = chamber.service.sitting.polls[poll].hand_count
    assert entry is not None
    if entry.confirmed_by is None:
        chamber.service.hands.confirm(poll, 2, entry.entered_at)
    chamber.until(lambda: chamber.state(poll) not in (PollState.CLOSED, PollState.SEALED))


def figures_for(poll: str) -> HandFigures:
    return PASSED if poll == "hands" else two_papers(poll)


@pytest.mark.parametrize("poll", ["hands", "mixed", "mixed-named"])
def test_after_a_crash_at_any_point_the_same_count_is_reached(poll: str) -> None:
    whole = seated()
    if poll == "hands":
        whole.service.polls.prepare(poll)
        whole.service.hands.open(poll)
    else:
        mixed(whole, poll)
    whole.service.polls.close(poll)
    carry_on(whole, poll)
    rows = list(whole.journal.replay())
    for end in range(last_preparation(rows), len(rows)):
        if poll == "hands" and isinstance(rows[end].event, HandCountConfirmed):
            continue  # it is one unit of the journal with the count
        again = Chamber(hands_plan(), journal=CutJournal(whole.journal, rows[: end + 1]))
        again.shares, again.credentials = whole.shares, whole.credentials
        carry_on(again, poll)
        assert again.service.sitting.polls[poll].count == whole.service.sitting.polls[poll].count
        assert again.state(poll) is PollState.COUNTED


def last_preparation(rows: list[JournalRow]) -> int:
    """The row from which on everything but the count is given: the last ballot, paper or opening."""
    given = (BallotStored, PollOpenedByHand, PaperIssued)
    return max(number for number, row in enumerate(rows) if isinstance(row.event, given))


# --- HTTP ---


@pytest.fixture(scope="module")
def decided() -> Chamber:
    chamber = seated()
    chamber.by_hand("hands", HANDS, PASSED)
    return chamber


@pytest.mark.parametrize("name", ["setup", "board", "archive.bel"])
def test_a_poll_by_hand_has_no_record_to_fetch_and_says_so(decided: Chamber, name: str) -> None:
    answer = Client(decided).get(f"/api/polls/hands/{name}", Role.CHAIR)
    assert (answer.status_code, answer.get_json()["refusal"]["code"]) == (404, "poll_by_hand")
