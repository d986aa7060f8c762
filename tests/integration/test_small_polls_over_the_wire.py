"""Small secret polls, and counts that are annulled, over real websockets with everybody's terminals."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.figures import ruleset
from tests.support.hall import SECONDS, Hall, sitting
from tests.support.plans.plain import sample_plan
from tests.support.sittings import asking
from voting.record.verification import verify_poll
from voting.sitting.events import SittingPlan
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.terminal_client.simulated import BallotChecks, Link, SimulatedChair, SimulatedScrutineer
from voting.terminal_client.simulated.chair import SittingStalled
from voting.terminal_client.simulated.link import open_http
from voting.wire.refusals import WireRefusal
from voting.wire.requests import PlanPollRequest
from voting.wire.roles import Audience
from voting.wire.views import ChairStep, ConsoleView, ScrutineerView, SeatView

NUMBERS = ("001", "002", "003", "004")


def plan_of_four() -> SittingPlan:
    """Four delegates; secret polls ask for three."""
    plan = sample_plan(4)
    rules = ruleset(ballots={"least_secret": 3})
    return replace(plan, polls=tuple(asking(poll, ruleset=rules) for poll in plan.polls), ruleset=rules)


def test_a_box_of_too_few_ballots_stays_shut_and_the_question_is_put_again(tmp_path: Path) -> None:
    with sitting(tmp_path, plan_of_four()) as hall:
        hall.run(_too_few(hall))
        assert hall.server.complaints() == []


async def _too_few(hall: Hall) -> None:
    await hall.sign_in(NUMBERS)
    await hall.hold_ceremony()
    await hall.chair("prepare_poll", poll="motion")
    await hall.register("motion", NUMBERS[:2])
    refusal = await hall.refusal(hall.chair("open_poll", poll="motion"))
    assert (refusal.code, refusal.params["ready"], refusal.params["needed"]) == (ChamberRefusal.TOO_FEW_READY, 2, 3)
    await hall.register("motion", NUMBERS[2:])
    await hall.chair("open_poll", poll="motion")
    for number in NUMBERS[:2]:
        await hall.cast("motion", number, 1, 0, 0)
    await hall.chair("close_poll", poll="motion")
    view = await hall.until_state("motion", PollState.SEALED)
    why = view.actions["motion"][ChairStep.ANNOUNCE]
    assert (why.code if why else None) == ChamberRefusal.TOO_FEW_BALLOTS
    refusal = await hall.refusal(hall.release("motion", 1))
    assert refusal.code == ChamberRefusal.TOO_FEW_BALLOTS
    async with _scrutineers(hall) as chair:
        with pytest.raises(SittingStalled, match="2 ballots are too few"):
            await chair._state("motion", PollState.COUNTED, "the count")
    view = await hall.until(lambda view: True)
    assert (view.progress["motion"].signed, view.progress["motion"].decryptions) == ((), ())
    await hall.chair("annul_poll", poll="motion", reason="示例原因")
    view = await hall.until_state("motion", PollState.ANNULLED)
    assert "repeat" in view.follow_ups["motion"]


@contextlib.asynccontextmanager
async def _scrutineers(hall: Hall) -> AsyncIterator[SimulatedChair]:
    """Terminals of all scrutineers, with the shares that the hall made; none of them may stop."""
    codes = hall.server.codes()
    with ThreadPoolExecutor(1) as pool:
        async with open_http() as http:
            checks = BallotChecks(pool)
            terminals = [
                SimulatedScrutineer(
                    Link(http, hall.server.url, codes["scrutineer", str(index)], Audience.SCRUTINEER),
                    pool,
                    checks,
                    share=hall.shares[index],
                )
                for index in (1, 2, 3)
            ]
            tasks = [asyncio.create_task(terminal.run()) for terminal in terminals]
            try:
                for terminal in terminals:
                    await terminal.link.until(ScrutineerView, lambda view: view.trustees is not None, SECONDS)
                yield SimulatedChair(await hall.link("chair"), SECONDS)
                assert [task for task in tasks if task.done()] == []
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)


def test_a_known_count_is_annulled_by_two_and_published_all_the_same(tmp_path: Path) -> None:
    with sitting(tmp_path, plan_of_four()) as hall:
        hall.run(_annulled(hall))
        assert hall.server.complaints() == []


async def _annulled(hall: Hall) -> None:
    await hall.sign_in(NUMBERS)
    await hall.hold_ceremony()
    await hall.open("motion", NUMBERS)
    for number in NUMBERS[:3]:
        await hall.cast("motion", number, 1, 0, 0)
    await hall.chair("close_poll", poll="motion")
    await hall.until_state("motion", PollState.SEALED)
    for index in (1, 2):
        await hall.release("motion", index)
    await hall.until_state("motion", PollState.COUNTED)
    alone = await hall.refusal(hall.chair("annul_poll", poll="motion", reason="示例原因"))
    assert alone.code == ChamberRefusal.COUNT_KNOWN
    other = await hall.refusal(hall.ask("scrutineer", "2", "ask_annulment", poll="motion", reason="示例原因"))
    assert other.code == ChamberRefusal.NOT_CHIEF_SCRUTINEER
    seat = await hall.refusal(hall.ask("delegate", "001", "ask_annulment", poll="motion", reason="示例原因"))
    assert seat.code == WireRefusal.NOT_YOUR_ROLE
    await hall.ask("scrutineer", "1", "ask_annulment", poll="motion", reason="示例原因")
    view = await hall.until(lambda view: "motion" in view.annulments)
    asked = view.annulments["motion"]
    assert (asked.asked_by, asked.reason) == (1, "示例原因")
    own = hall.ask("scrutineer", "1", "confirm_annulment", poll="motion", asked_at=asked.asked_at)
    assert (await hall.refusal(own)).code == ChamberRefusal.ANNULMENT_OWN
    status, _ = await hall.get("/api/polls/motion/archive.bel")
    assert status == 403
    await hall.chair("confirm_annulment", poll="motion", asked_at=asked.asked_at)
    view = await hall.until_state("motion", PollState.ANNULLED)
    assert view.hall.polls["motion"].annulled_because == "示例原因"
    status, archive = await hall.get("/api/polls/motion/archive.bel")
    _, count = await hall.get("/api/polls/motion/count.json")
    assert (status, verify_poll(archive, statement=count).stated().count.votes["for"]) == (200, 3)
    seat_view = await hall.link("delegate", "001")
    shown = await seat_view.until(SeatView, lambda view: view.hall.polls["motion"].result is not None, SECONDS)
    result = shown.hall.polls["motion"].result
    assert (result.count.votes["for"] if result else None) == 3
    draft = view.follow_ups["motion"]["repeat"]
    await (await hall.link("chair")).request(PlanPollRequest(item="votes", draft=draft))
    await hall.chair("prepare_poll", poll=draft.id)
    await hall.register(draft.id, NUMBERS[:3])
    view = await hall.until(lambda view: _ready(view, draft.id) == 3)
    assert (view.apart[draft.id].only_then, view.apart[draft.id].only_now) == (("004",), ())
    assert view.progress[draft.id].apart == 1


def _ready(view: ConsoleView, poll: str) -> int:
    return view.progress[poll].ready if poll in view.progress else 0
