"""Hands, papers and added polls through the real server: entered, confirmed, joined, stated and verified.

One sitting of five delegates for the whole module; each test leaves its polls ended.
"""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.support.hall import RNG, Hall, sitting
from tests.support.plans.hands import NOBODY, hands_plan
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Medium
from voting.congress.refusal import Refusal
from voting.record.count_checks import StatedCount
from voting.record.questions import answers_of
from voting.record.verification import verify_poll
from voting.sitting.counting import OutcomeKind
from voting.sitting.hand_counts import HandCount
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.tally.ballots.ballot import fill_ballot
from voting.wire.polls import PollDraft
from voting.wire.refusals import WireRefusal
from voting.wire.requests import PlanPollRequest, PreviewPollRequest
from voting.wire.views import ConsoleView, ScrutineerView

NUMBERS = ("001", "002", "003", "004", "005")
REASON = "示例：终端故障"
SECONDS = 20


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with sitting(tmp_path_factory.mktemp("hands"), hands_plan(delegates=5)) as hall:
        hall.run(_gathered(hall))
        yield hall
        assert hall.server.complaints() == []


async def _gathered(hall: Hall) -> None:
    await hall.sign_in(NUMBERS)
    await hall.hold_ceremony()


# --- steps ---


async def _enter(hall: Hall, poll: str, who: int, method: str, **figures: Any) -> None:
    request = {"poll": poll, "method": method, "figures": figures, "reason": REASON}
    await hall.ask("scrutineer", str(who), "enter_hand_count", **request)


async def _entry(hall: Hall, poll: str, who: int) -> HandCount:
    """The entry as this scrutineer sees it."""
    link = await hall.link("scrutineer", str(who))
    view = await link.until(ScrutineerView, lambda view: poll in view.hand_counts, SECONDS)
    return view.hand_counts[poll]


async def _confirm(hall: Hall, poll: str, who: int, entered_at: int | None = None) -> None:
    seen = entered_at or (await _entry(hall, poll, who)).entered_at
    await hall.ask("scrutineer", str(who), "confirm_hand_count", poll=poll, entered_at=seen)


async def _announce(hall: Hall, poll: str) -> ConsoleView:
    await hall.until_state(poll, PollState.COUNTED)
    await hall.ask("scrutineer", "1", "confirm_count", poll=poll)
    await hall.chair("announce_result", poll=poll)
    return await hall.until_state(poll, PollState.ANNOUNCED)


async def _choose(hall: Hall, poll: str, number: str, *choice: str) -> None:
    plan = next(plan for plan in hall.plan.polls if plan.id == poll)
    raw = fill_ballot(await hall.election(poll), hall.credentials[poll, number], answers_of(plan.question, choice), RNG)
    await hall.send(poll, number, raw.decode())
    await hall.receipt_of(number, poll)


async def _open_by_hand(hall: Hall, poll: str) -> None:
    await hall.chair("prepare_poll", poll=poll)
    await hall.chair("open_by_hand", poll=poll, no_kin=True)
    await hall.chair("close_poll", poll=poll)


async def _stated(hall: Hall, poll: str) -> StatedCount:
    """What the public finds out about the poll, from public files alone."""
    status, statement = await hall.get(f"/api/polls/{poll}/count.json")
    assert status == 200
    status, archive = await hall.get(f"/api/polls/{poll}/archive.bel")
    return verify_poll(archive if status == 200 else None, (), statement).stated()


async def _refused(hall: Hall, name: str, who: int = 0, **payload: Any) -> Refusal:
    role, subject = ("scrutineer", str(who)) if who else ("chair", "")
    return await hall.refusal(hall.ask(role, subject, name, **payload))


HANDS: dict[str, Any] = {
    "issued": 5, "returned": 5, "valid": 5, "void": 0, "votes": {"for": 4, "against": 1, "abstain": 0},
}  # fmt: skip
PAPERS: dict[str, Any] = {
    "issued": 2, "returned": 2, "valid": 1, "void": 1, "votes": {"c1": 1, "c2": 1}, "against": {"c1": 0, "c2": 0},
}  # fmt: skip


# --- by hand ---


def test_a_show_of_hands_is_entered_by_one_scrutineer_and_confirmed_by_another(hall: Hall) -> None:
    hall.run(_show_of_hands(hall))


async def _show_of_hands(hall: Hall) -> None:
    await _open_by_hand(hall, "hands")
    enter: dict[str, Any] = {"poll": "hands", "method": "show_of_hands", "reason": REASON}
    too_many = HANDS | {"returned": 6, "valid": 6}
    refusal = await _refused(hall, "enter_hand_count", 1, **enter, figures=too_many)
    assert refusal.code == ChamberRefusal.HAND_COUNT_DOES_NOT_ADD_UP
    impossible = HANDS | {"votes": {"for": 4, "against": 2, "abstain": 0}}
    refusal = await _refused(hall, "enter_hand_count", 1, **enter, figures=impossible)
    assert refusal.code == ChamberRefusal.HAND_COUNT_IMPOSSIBLE
    assert (await _refused(hall, "enter_hand_count", **enter, figures=HANDS)).code == WireRefusal.NOT_YOUR_ROLE

    await _enter(hall, "hands", 1, "show_of_hands", **HANDS)
    first = await _entry(hall, "hands", 2)
    refusal = await _refused(hall, "confirm_hand_count", 1, poll="hands", entered_at=first.entered_at)
    assert refusal.code == ChamberRefusal.SECOND_PERSON_NEEDED
    corrected = HANDS | {"votes": {"for": 3, "against": 2, "abstain": 0}}
    await _enter(hall, "hands", 3, "show_of_hands", **corrected)
    refusal = await _refused(hall, "confirm_hand_count", 2, poll="hands", entered_at=first.entered_at)
    assert refusal.code == ChamberRefusal.HAND_COUNT_CHANGED
    entered_at = (await hall.until(lambda v: v.hand_counts["hands"].entered_by == 3)).hand_counts["hands"].entered_at
    await _confirm(hall, "hands", 2, entered_at)

    view = await _announce(hall, "hands")
    result = view.hall.polls["hands"].result
    assert result is not None
    assert (result.count.medium, result.count.by_hand, result.outcome.kind) == (Medium.BY_HAND, 5, OutcomeKind.PASSED)
    assert view.progress["hands"].hand_count == "confirmed"
    for name in ("setup", "board", "archive.bel"):
        assert (await hall.get(f"/api/polls/hands/{name}"))[0] in (401, 403, 404)
    assert (await hall.get("/api/polls/hands/board"))[0] == 404
    found = await _stated(hall, "hands")
    assert (found.ruling.outcome, found.count.votes["for"]) == (OutcomeKind.PASSED, 3)


def test_two_papers_join_the_votes_of_an_election(hall: Hall) -> None:
    hall.run(_mixed_election(hall))


async def _mixed_election(hall: Hall) -> None:
    await hall.chair("prepare_poll", poll="election")
    await hall.register("election", NUMBERS[:4])
    await hall.chair("issue_paper", poll="election", delegate="005", reason=REASON)
    await hall.chair("open_poll", poll="election", no_kin=True)
    await hall.chair("issue_paper", poll="election", delegate="004", reason=REASON)
    mine = await hall.until_mine("004", "election", lambda mine: mine.on_paper)
    assert mine.receipt is None
    for number in ("004", "005"):
        hall.credentials["election", number] = hall.credentials["election", "004"]
        refusal = await hall.refusal(_choose(hall, "election", number, "c1=for"))
        assert refusal.code == ChamberRefusal.VOTES_ON_PAPER
    for number in NUMBERS[:3]:
        await _choose(hall, "election", number, "c1=for", "c2=for" if number == "001" else "c2=against")
    refusal = await _refused(hall, "issue_paper", poll="election", delegate="001", reason=REASON)
    assert refusal.code == ChamberRefusal.ALREADY_VOTED

    await hall.chair("close_poll", poll="election")
    view = await hall.until_state("election", PollState.SEALED)
    assert (view.progress["election"].papers, view.progress["election"].hand_count) == (2, "missing")
    assert view.papers["election"] == {"004": REASON, "005": REASON}
    refusal = await _refused(
        hall, "enter_hand_count", 2, poll="election", method="paper", reason=REASON, figures=PAPERS | {"issued": 3}
    )
    assert refusal.code == ChamberRefusal.PAPERS_DO_NOT_ADD_UP
    await hall.release("election", 1)
    await _enter(hall, "election", 2, "paper", **PAPERS)
    await _confirm(hall, "election", 3)
    await hall.release("election", 3)
    result = (await _announce(hall, "election")).hall.polls["election"].result
    assert result is not None
    count = result.count
    assert (count.medium, count.issued, count.returned, count.void, count.by_hand) == (Medium.MIXED, 5, 5, 1, 2)
    assert (count.votes, result.outcome.elected, result.outcome.shortfall) == ({"c1": 4, "c2": 2}, ("c1",), 1)
    found = await _stated(hall, "election")
    assert (found.count, found.ruling.elected) == (count, ("c1",))
    assert found.statement.papers_instead == 1


# --- added polls ---


async def _follow(hall: Hall, poll: str, relation: str) -> PollDraft:
    """Put on the agenda what the console is offered."""
    view = await hall.until(lambda view: relation in view.follow_ups.get(poll, {}))
    draft = view.follow_ups[poll][relation]
    console = await hall.link("chair")
    preview = (await console.request(PreviewPollRequest(item="votes", draft=draft))).preview
    await console.request(PlanPollRequest(item="votes", draft=draft))
    view = await hall.until(lambda view: draft.id in view.hall.polls)
    assert view.hall.polls[draft.id] == preview
    return draft


def test_a_tie_is_followed_by_a_run_off_and_stays_as_it_was(hall: Hall) -> None:
    hall.run(_run_off(hall))


async def _run_off(hall: Hall) -> None:
    await hall.open("projects", NUMBERS)
    for number, choices in zip(NUMBERS, ((1, 1, 0), (1, 1, 0), (1, 0, 1), (1, 0, 1), (0, 1, 1)), strict=True):
        await hall.cast("projects", number, *choices)
    assert await hall.finish("projects") == [4, 3, 3]
    draft = await _follow(hall, "projects", "run_off")
    assert ([option.id for option in draft.options], draft.seats) == (["p2", "p3"], 1)
    await hall.open(draft.id, NUMBERS)
    for number, mark in zip(NUMBERS, (1, 1, 1, 0, 0), strict=True):
        await hall.cast(draft.id, number, mark, 1 - mark)
    assert await hall.finish(draft.id) == [3, 2]
    view = await hall.until(lambda view: "projects" in view.hall.polls)
    first, second = view.hall.polls["projects"].result, view.hall.polls[draft.id].result
    assert first is not None
    assert second is not None
    assert (first.outcome.kind, first.outcome.elected) == (OutcomeKind.RUN_OFF, ("p1",))
    assert second.outcome.elected == ("p2",)
    assert view.follow_ups["projects"] == {}
    assert (await _stated(hall, draft.id)).ruling.elected == ("p2",)


def test_an_annulled_poll_is_repeated_and_its_reason_is_kept(hall: Hall) -> None:
    hall.run(_repeat(hall))


async def _repeat(hall: Hall) -> None:
    await hall.chair("prepare_poll", poll="motion")
    await hall.chair("annul_poll", poll="motion", reason="示例原因")
    draft = await _follow(hall, "motion", "repeat")
    await hall.open(draft.id, NUMBERS)
    for number in NUMBERS[:3]:
        await hall.cast(draft.id, number, 1, 0, 0)
    assert await hall.finish(draft.id) == [3, 0, 0]
    polls = (await hall.until(lambda view: True)).hall.polls
    assert polls["motion"].annulled_because == "示例原因"


def test_an_ad_hoc_motion_is_previewed_planned_and_decided_by_hands(hall: Hall) -> None:
    hall.run(_ad_hoc(hall))


async def _ad_hoc(hall: Hall) -> None:
    draft = PollDraft(id="ad-hoc", kind=PollKind.MOTION, title="示例动议", rules="national", medium=Medium.BY_HAND)
    view = await hall.until(lambda view: "national" in view.rulebooks)
    console = await hall.link("chair")
    preview = (await console.request(PreviewPollRequest(item="opening", draft=draft))).preview
    assert (preview.rules, preview.state) == (view.rulebooks["national"], PollState.PLANNED)
    assert "ad-hoc" not in (await hall.until(lambda view: True)).hall.polls
    await console.request(PlanPollRequest(item="opening", draft=draft))
    assert (
        await _refused(hall, "plan_poll", item="opening", draft=msgspec.to_builtins(draft))
    ).code == ChamberRefusal.POLL_ID_TAKEN
    await _open_by_hand(hall, "ad-hoc")
    figures = {"issued": 5, "returned": 5, "valid": 5, "void": 0, "votes": NOBODY | {"for": 2, "against": 3}}
    await _enter(hall, "ad-hoc", 1, "show_of_hands", **figures)
    await _confirm(hall, "ad-hoc", 2)
    result = (await _announce(hall, "ad-hoc")).hall.polls["ad-hoc"].result
    assert result is not None
    assert result.outcome.kind is OutcomeKind.NOT_PASSED
    assert (await _stated(hall, "ad-hoc")).question.ruleset == view.rulebooks["national"]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"secrecy": "recorded"}, "secrecy_forbidden"),
        ({"seats": 3}, "seats_out_of_range"),
        ({"rules": "nowhere"}, "rules_unknown"),
        ({"seconds": 5}, "seconds_out_of_range"),
    ],
)
def test_an_ad_hoc_poll_that_the_rules_forbid_is_refused_in_the_preview_already(
    hall: Hall, changes: dict[str, Any], problem: str
) -> None:
    options = [{"id": "p1", "title": "示例一"}, {"id": "p2", "title": "示例二"}]
    draft = {"id": "forbidden", "kind": PollKind.CHOOSE.value, "title": "示例", "options": options, **changes}
    for name in ("preview_poll", "plan_poll"):
        refusal = hall.run(_refused(hall, name, item="votes", draft=draft))
        assert (refusal.code, refusal.params["problem"]) == (ChamberRefusal.POLL_PLAN_INVALID, problem)


def test_only_the_chair_adds_polls(hall: Hall) -> None:
    draft = {"id": "mine", "kind": "motion", "title": "示例"}
    for role, subject in (("delegate", "001"), ("scrutineer", "1")):
        refusal = hall.run(hall.refusal(hall.ask(role, subject, "plan_poll", item="votes", draft=draft)))
        assert refusal.code == WireRefusal.NOT_YOUR_ROLE


def test_a_power_cut_between_entry_and_confirmation_loses_nothing(tmp_path: Path) -> None:
    with sitting(tmp_path, hands_plan(delegates=3)) as hall:

        async def entered() -> int:
            await hall.sign_in(NUMBERS[:3])
            await _open_by_hand(hall, "hands")
            votes = NOBODY | {"for": 3}
            await _enter(hall, "hands", 1, "show_of_hands", issued=3, returned=3, valid=3, void=0, votes=votes)
            return (await _entry(hall, "hands", 2)).entered_at

        entered_at = hall.run(entered())
        hall.server.end(signal.SIGKILL)
        hall.server.start()

        async def confirmed() -> OutcomeKind:
            await hall.reconnected(("scrutineer", "2"), ("scrutineer", "1"), ("chair", ""))
            await _confirm(hall, "hands", 2, entered_at)
            result = (await _announce(hall, "hands")).hall.polls["hands"].result
            assert result is not None
            return result.outcome.kind

        assert hall.run(confirmed()) is OutcomeKind.PASSED
