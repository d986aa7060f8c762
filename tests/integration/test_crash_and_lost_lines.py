"""Power cuts and lost networks: every acknowledged ballot is counted once, and nobody votes twice."""

import asyncio
import contextlib
import signal
from pathlib import Path

import msgspec
import pytest

from tests.support.hall import Hall, sitting
from tests.support.known import known
from tests.support.plans.plain import sample_plan
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.storage.data_dir import DataDir
from voting.tally.verify.checks import verify_archive
from voting.terminal_client.simulated.link import LinkLost
from voting.wire.requests import CastRequest

pytestmark = pytest.mark.long

NUMBERS = tuple(f"{i:03}" for i in range(1, 10))
CHOICES = ((1, 1, 0), (1, 0, 0), (0, 1, 1), (0, 0, 0), (1, 0, 1), (0, 1, 0), (0, 0, 1), (1, 1, 0), (1, 0, 0))


@pytest.mark.parametrize("acknowledged", [1, 6])
def test_killed_in_a_burst_of_casts_every_acknowledged_ballot_is_counted_once(
    tmp_path: Path, acknowledged: int
) -> None:
    with sitting(tmp_path, sample_plan(delegates=9)) as hall:
        hall.run(_killed_in_a_burst(hall, acknowledged))
        assert hall.server.complaints() == []


async def _killed_in_a_burst(hall: Hall, enough: int) -> None:
    await hall.sign_in(NUMBERS)
    await hall.hold_ceremony()
    await hall.open("projects", NUMBERS)
    ballots = {n: await hall.ballot("projects", n, choices) for n, choices in zip(NUMBERS, CHOICES, strict=True)}
    acknowledged: dict[str, str] = {}
    killed = asyncio.Event()

    async def cast(number: str) -> None:
        with contextlib.suppress(LinkLost):
            acknowledged[number] = await hall.send("projects", number, ballots[number])
        if len(acknowledged) >= enough and not killed.is_set():
            killed.set()
            hall.server.end(signal.SIGKILL)

    await asyncio.gather(*(cast(number) for number in NUMBERS))
    assert killed.is_set()
    before = dict(acknowledged)

    hall.server.start()
    await hall.reconnected()
    for number, tracker in before.items():
        assert (await hall.receipt_of(number, "projects"))["tracker"] == tracker
    for number in NUMBERS:
        tracker = await hall.send("projects", number, ballots[number])
        assert before.get(number, tracker) == tracker
    hall.choices = {("projects", n): choices for n, choices in zip(NUMBERS, CHOICES, strict=True)}
    receipts = [await hall.receipt_of(number, "projects") for number in NUMBERS]
    assert await hall.finish("projects") == hall.expected("projects")
    _, archive = await hall.get("/api/polls/projects/archive.bel")
    assert verify_archive(archive, receipts).n_ballots == len(NUMBERS)


def test_killed_at_every_stage_the_sitting_goes_on_where_it_was(tmp_path: Path) -> None:
    with sitting(tmp_path, sample_plan(delegates=3)) as hall:
        hall.run(_killed_at_every_stage(hall))
        assert hall.server.complaints() == []


async def _killed_at_every_stage(hall: Hall) -> None:
    numbers = NUMBERS[:3]
    await hall.sign_in(numbers)
    await hall.hold_ceremony()
    await hall.chair("prepare_poll", poll="projects")
    await hall.register("projects", numbers)
    await _kill_and_start(hall)
    await hall.chair("open_poll", poll="projects")
    for number in numbers:
        await hall.cast("projects", number, 1, 0, 1)
    await hall.chair("close_poll", poll="projects")
    await _kill_and_start(hall)
    await hall.until_state("projects", PollState.SEALED)
    await hall.release("projects", 2)
    await _kill_and_start(hall)
    await hall.release("projects", 3)
    await hall.until_state("projects", PollState.COUNTED)
    await hall.ask("scrutineer", "1", "confirm_count", poll="projects")
    await hall.chair("announce_result", poll="projects")
    before = await hall.get("/api/polls/projects/archive.bel")
    await _kill_and_start(hall)
    assert await hall.get("/api/polls/projects/archive.bel") == before
    view = await hall.until_state("projects", PollState.ANNOUNCED)
    assert known(view.hall.polls["projects"].result).count.votes == {"p1": 3, "p2": 0, "p3": 3}


async def _kill_and_start(hall: Hall) -> None:
    hall.server.end(signal.SIGKILL)
    hall.server.start()
    await hall.reconnected()


def test_a_terminal_that_loses_its_line_gets_the_same_receipt_and_no_second_ballot(tmp_path: Path) -> None:
    with sitting(tmp_path, sample_plan(delegates=3)) as hall:
        hall.run(_lost_line(hall))
        assert hall.server.complaints() == []


async def _lost_line(hall: Hall) -> None:
    numbers = NUMBERS[:3]
    await hall.sign_in(numbers)
    await hall.hold_ceremony()
    await hall.open("projects", numbers)
    ballot = await hall.ballot("projects", "001", (1, 0, 0))
    link = await hall.link("delegate", "001")
    unanswered = asyncio.ensure_future(link.request(CastRequest(poll="projects", ballot=ballot)))
    await hall.until(lambda view: view.progress["projects"].stored + view.progress["projects"].verified == 1)
    link.break_line()
    with contextlib.suppress(LinkLost):
        await unanswered
    await hall.reconnected(("delegate", "001"))

    receipt = await hall.receipt_of("001", "projects")
    assert await hall.send("projects", "001", ballot) == receipt["tracker"]
    assert await hall.receipt_of("001", "projects") == receipt
    another = await hall.ballot("projects", "001", (0, 1, 0))
    refusal = await hall.refusal(hall.seat("001", "cast", poll="projects", ballot=another))
    assert refusal.code == ChamberRefusal.ALREADY_VOTED
    assert await hall.finish("projects") == [1, 0, 0]


def test_a_terminal_whose_token_is_known_no_more_logs_in_again_with_its_code(tmp_path: Path) -> None:
    with sitting(tmp_path, sample_plan(delegates=1)) as hall:
        hall.run(_forgotten_token(hall))
        assert hall.server.complaints() == []


async def _forgotten_token(hall: Hall) -> None:
    link = await hall.link("delegate", "001")
    assert link.login is not None
    link.login = msgspec.structs.replace(link.login, token="forgotten")
    link.break_line()
    await hall.reconnected(("delegate", "001"))
    assert link.login.token != "forgotten"


def test_a_stopped_server_resumes_with_the_same_codes_and_refuses_another_plan(tmp_path: Path) -> None:
    with sitting(tmp_path, sample_plan(delegates=3)) as hall:
        hall.run(hall.sign_in(["002"]))
        codes = hall.server.codes()
        assert DataDir(hall.server.data).listening.exists()
        assert hall.server.end(signal.SIGTERM) == 0
        assert not DataDir(hall.server.data).listening.exists()
        hall.server.start()
        hall.run(hall.reconnected())
        assert hall.server.codes() == codes
        assert hall.run(hall.until(lambda _: True)).people["002"].attendance == "present"
        hall.server.stop()
        assert "start a new sitting with another --data" in hall.server.refused_start(sample_plan(delegates=4))
        hall.server.start()
