"""The chair's steps, what the public may read when, and logging in."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest

from tests.support.hall import Hall, sitting
from tests.support.known import known
from tests.support.plans.plain import sample_plan
from voting.congress.refusal import Refusal, Refused
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.wire.views import ChairStep, SeatView

NUMBERS = tuple(f"{i:03}" for i in range(1, 10))


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Nine delegates, five signed in: one less than the quorum of six. The projects are prepared."""
    with sitting(tmp_path_factory.mktemp("chair"), sample_plan(delegates=9)) as hall:
        hall.run(_until_prepared(hall))
        yield hall
        assert hall.server.complaints() == []


async def _until_prepared(hall: Hall) -> None:
    await hall.sign_in(NUMBERS[:5])
    assert (await hall.refusal(hall.chair("prepare_poll", poll="projects"))).code == ChamberRefusal.CEREMONY_INCOMPLETE
    await hall.hold_ceremony()
    await hall.chair("prepare_poll", poll="projects")
    await hall.register("projects", NUMBERS[:5])


def test_without_a_quorum_a_poll_cannot_open(hall: Hall) -> None:
    refusal = hall.run(hall.refusal(hall.chair("open_poll", poll="projects")))
    assert (refusal.code, refusal.params) == (ChamberRefusal.NO_QUORUM, {"present": 5, "needed": 6})
    view = hall.run(hall.until_state("projects", PollState.PREPARED))
    assert view.actions["projects"][ChairStep.OPEN] == refusal


@pytest.mark.parametrize("seconds", [1, 9, 3601, -5])
def test_a_voting_time_out_of_bounds_is_refused(hall: Hall, seconds: int) -> None:
    refusal = hall.run(hall.refusal(hall.chair("open_poll", poll="projects", seconds=seconds)))
    assert (refusal.code, refusal.params["min"]) == (ChamberRefusal.SECONDS_OUT_OF_RANGE, 10)


def test_two_consoles_that_press_at_once_open_and_close_one_poll(hall: Hall) -> None:
    hall.run(_two_consoles(hall))


async def _two_consoles(hall: Hall) -> None:
    await hall.sign_in(["006"])
    await hall.until_state("projects", PollState.PREPARED)
    consoles = [await hall.link("chair"), await hall.link("chair", fresh=True)]
    assert (await hall.get("/api/polls/projects/setup"))[0] == 401
    for name, code in (("open_poll", ChamberRefusal.POLL_NOT_PREPARED), ("close_poll", ChamberRefusal.POLL_NOT_OPEN)):
        asked = (console.ask(name, {"poll": "projects"}) for console in consoles)
        answers = await asyncio.gather(*asked, return_exceptions=True)
        assert sorted(map(_told, answers)) == sorted(["ok", code.value])
    view = await hall.until_state("projects", PollState.SEALED)
    assert view.hall.polls["projects"].issued == 5


def _told(answer: dict[str, Any] | BaseException) -> str:
    if isinstance(answer, Refused):
        return answer.refusal.code
    assert answer == {"ok": True}
    return "ok"


def test_the_record_is_closed_to_the_public_until_the_announcement(hall: Hall) -> None:
    hall.run(hall.until_state("projects", PollState.SEALED))
    for path in ("board", "archive.bel"):
        status, body = hall.run(hall.get(f"/api/polls/projects/{path}"))
        assert (status, json.loads(body)["refusal"]["code"]) == (403, "not_public_yet")
    status, body = hall.run(hall.get("/api/polls/nothing/board"))
    assert (status, json.loads(body)["refusal"]["code"]) == (404, "unknown_poll")


def test_only_the_chief_scrutineer_confirms_and_an_empty_poll_counts_nothing(hall: Hall) -> None:
    hall.run(_count_nothing(hall))


async def _count_nothing(hall: Hall) -> None:
    for index in (2, 3):
        await hall.release("projects", index)
    await hall.until_state("projects", PollState.COUNTED)
    seat = await hall.link("delegate", "001")
    assert (
        await hall.refusal(hall.chair("announce_result", poll="projects"))
    ).code == ChamberRefusal.POLL_NOT_CONFIRMED
    refusal = await hall.refusal(hall.ask("scrutineer", "2", "confirm_count", poll="projects"))
    assert refusal.code == ChamberRefusal.NOT_CHIEF_SCRUTINEER
    view = await seat.until(SeatView, lambda view: view.hall.polls["projects"].state is PollState.COUNTED, 60)
    assert view.hall.polls["projects"].result is None
    await hall.ask("scrutineer", "1", "confirm_count", poll="projects")
    await hall.chair("announce_result", poll="projects")
    view = await seat.until(SeatView, lambda view: view.hall.polls["projects"].result is not None, 60)
    assert known(view.hall.polls["projects"].result).count.votes == {"p1": 0, "p2": 0, "p3": 0}


def test_an_annulled_poll_keeps_its_reason_and_another_may_be_prepared(hall: Hall) -> None:
    hall.run(_annul(hall))


async def _annul(hall: Hall) -> None:
    await hall.until_state("projects", PollState.ANNOUNCED)
    await hall.open("motion", NUMBERS[:6])
    await hall.cast("motion", "001", 1, 0, 0)
    assert (
        await hall.refusal(hall.chair("annul_poll", poll="motion", reason=" "))
    ).code == ChamberRefusal.REASON_NEEDED
    await hall.chair("annul_poll", poll="motion", reason="示例原因")
    view = await hall.until_state("motion", PollState.ANNULLED)
    assert view.hall.polls["motion"].annulled_because == "示例原因"


def test_the_desk_keeps_attendance(hall: Hall) -> None:
    hall.run(_desk(hall))


async def _desk(hall: Hall) -> None:
    await hall.chair("sign_in_for", person="L01")
    await hall.chair("record_leave", delegate="008")
    await hall.chair("record_departure", delegate="002")
    await hall.chair("call_item", item="votes")
    view = await hall.until(lambda view: view.hall.current_item == "votes")
    shown = {number: person.attendance for number, person in view.people.items()}
    assert (shown["L01"], shown["008"], shown["002"], shown["009"]) == ("present", "on_leave", "departed", "absent")
    refusal: Refusal = await hall.refusal(hall.chair("sign_in_for", person="777"))
    assert refusal.code == ChamberRefusal.UNKNOWN_DELEGATE


def test_the_console_sees_whose_terminal_is_connected(hall: Hall) -> None:
    hall.run(_come_and_go(hall))


async def _come_and_go(hall: Hall) -> None:
    terminal = await hall.link("delegate", "007", fresh=True)
    await hall.until(lambda view: "007" in view.online)
    await terminal.__aexit__(None, None, None)
    await hall.until(lambda view: "007" not in view.online)


def test_the_public_follows_without_a_login(hall: Hall) -> None:
    view = hall.run(_public_view(hall))
    assert view["hall"]["polls"]["projects"]["title"] == "示例票决"
    assert "people" not in view


async def _public_view(hall: Hall) -> dict[str, Any]:
    url = hall.server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as ws:
        await ws.receive_str()
        await ws.send_str("40")
        assert (await ws.receive_str()).startswith("40")
        snapshot = json.loads((await ws.receive_str()).removeprefix("42"))
    assert (snapshot[0], snapshot[1]["audience"]) == ("snapshot", "public")
    view: dict[str, Any] = snapshot[1]["view"]
    return view


def test_a_code_is_typed_with_spaces_and_hyphens_and_wrong_ones_are_slowed_down(hall: Hall) -> None:
    hall.run(_log_in(hall))


async def _log_in(hall: Hall) -> None:
    code = hall.server.codes()["delegate", "009"]
    status, body = await hall.post("/api/login", {"code": f"{code[:4]}-{code[4:]} "})
    assert (status, body["role"], body["subject"], body["name"]) == (200, "delegate", "009", "示例代表009")
    assert _code(await hall.post("/api/login", {"code": code, "more": 1})) == (400, "frame_malformed")
    assert _code(await hall.post("/api/login", {"code": "x" * 5000})) == (413, "frame_too_large")
    wrong = [_code(await hall.post("/api/login", {"code": "not-a-code"})) for _ in range(6)]
    assert wrong == [(401, "code_unknown")] * 5 + [(429, "too_many_attempts")]
    assert (await hall.post("/api/login", {"code": code}))[0] == 200


def _code(answer: tuple[int, dict[str, Any]]) -> tuple[int, str]:
    return answer[0], answer[1]["refusal"]["code"]


def test_the_server_answers_and_sends_its_security_headers(hall: Hall) -> None:
    assert hall.run(hall.get("/healthz")) == (200, b'{"ok":true}')
    headers = hall.run(hall.headers("/seat"))
    assert "script-src 'self' 'wasm-unsafe-eval'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_code_token_or_ballot_is_in_the_log(hall: Hall) -> None:
    log = (hall.server.data / "plenary.log").read_text(encoding="utf-8")
    secrets = [*hall.server.codes().values(), *(credential.public for credential in hall.credentials.values())]
    assert '"event": "serving"' in log
    assert not [secret for secret in secrets if secret in log]
