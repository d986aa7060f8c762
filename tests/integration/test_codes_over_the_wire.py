"""Who guesses codes locks nobody out, and whoever was shut out at the console stays out: at the log-in, on a line that
is open, and at a handshake.
"""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest

from tests.support.hall import SECONDS, Hall, sitting
from tests.support.plans.plain import sample_plan
from voting.congress.refusal import Refused
from voting.server.http.attempts import ALARM_AT, FREE_ATTEMPTS
from voting.server.services.codes import SEAT_DIGITS
from voting.sitting.refusals import ChamberRefusal
from voting.terminal_client.simulated.link import LoginRefused
from voting.wire.refusals import WireRefusal
from voting.wire.views import AttendanceState, ConsoleView

PROXY, STRANGER = "127.0.0.2", "127.0.0.3"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Nobody is signed in. 127.0.0.2 is a proxy that the server trusts."""
    with sitting(
        tmp_path_factory.mktemp("codes"), sample_plan(delegates=9), options=("--trusted-proxy", PROXY)
    ) as hall:
        yield hall


async def _log_in(hall: Hall, code: str, source: str = "127.0.0.1", forwarded: str | None = None) -> int:
    """Log in from this address of the machine; the status."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    connector = aiohttp.TCPConnector(local_addr=(source, 0))
    async with (
        aiohttp.ClientSession(connector=connector) as session,
        session.post(hall.server.url + "/api/login", json={"code": code}, headers=headers) as answer,
    ):
        return answer.status


async def _connect(hall: Hall, token: str, audience: str = "seat") -> dict[str, Any]:
    """The answer to a handshake with this token, or the refusal."""
    url = hall.server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as ws:
        await ws.receive_str()
        await ws.send_str("40" + json.dumps({"token": token, "audience": audience}))
        answer = await ws.receive_str()
        told: dict[str, Any] = json.loads(answer[2:])
        return told


async def _desk(hall: Hall, name: str, number: str) -> dict[str, Any]:
    """What the console does about a delegate's log-in."""
    return await (await hall.link("chair")).ask(name, {"role": "delegate", "subject": number})


def _token(link: Any) -> str:
    token: str = link.login.token
    return token


async def _until_logged_out(link: Any) -> Refused:
    """The line was ended, and the terminal told why when it came back."""
    with pytest.raises(Refused) as refused:
        await _until_terminals(link, None)
    return refused.value


def test_a_device_waits_for_itself_as_far_as_a_trusted_proxy_tells_them_apart(hall: Hall) -> None:
    async def guessed() -> None:
        for _ in range(FREE_ATTEMPTS):
            assert await _log_in(hall, "x", PROXY, "198.51.100.1") == 401
            assert await _log_in(hall, "x", STRANGER, "198.51.100.1") == 401
        assert await _log_in(hall, "x", PROXY, "198.51.100.1") == 429
        assert await _log_in(hall, "x", PROXY, "198.51.100.2") == 401
        assert await _log_in(hall, "x", STRANGER, "198.51.100.2") == 429
        for n in range(FREE_ATTEMPTS):
            assert await _log_in(hall, "x", PROXY, f"2001:db8:1:2::{n + 1}") == 401
        assert await _log_in(hall, "x", PROXY, "2001:db8:1:2:ffff::1") == 429
        assert await _log_in(hall, "x", PROXY, "2001:db8:1:3::1") == 401

    hall.run(guessed())


def test_a_right_code_passes_while_wrong_ones_pour_in_from_the_same_address(hall: Hall) -> None:
    async def flooded() -> list[int]:
        right, wrong = hall.server.codes()["delegate", "009"], {"code": "000000000000"}
        assert (await hall.post("/api/login", wrong))[0] == 401
        flood = [hall.post("/api/login", wrong) for _ in range(ALARM_AT)]
        answers = await asyncio.gather(
            hall.post("/api/login", {"code": right}), *flood, hall.post("/api/login", {"code": right})
        )
        assert {status for status, _ in answers[1:-1]} == {401, 429}
        return [answers[0][0], answers[-1][0]]

    view = hall.run(hall.until(lambda view: view.wrong_codes is None))
    assert view.wrong_codes is None
    assert hall.run(flooded()) == [200, 200]
    assert hall.run(hall.until(lambda view: view.wrong_codes is not None)).wrong_codes == "127.0.0.1"


def test_a_second_terminal_of_one_person_is_shown_at_both_and_at_the_console(hall: Hall) -> None:
    async def twice() -> None:
        one = await hall.link("delegate", "001")
        other = await hall.link("delegate", "001", fresh=True)
        assert (await hall.until(lambda view: "001" in view.doubled)).doubled == {"001": True}
        for link in (one, other):
            await _until_terminals(link, 2)
        await hall.close_link(other)
        await hall.until(lambda view: view.doubled == {})
        await _until_terminals(one, 1)

    hall.run(twice())


async def _until_terminals(link: Any, n: int | None) -> None:
    while link.me is None or link.me.terminals != n:
        await asyncio.wait_for(link.next_change(), SECONDS)
        link.changed.clear()


def test_logged_out_everywhere_ends_open_lines_and_their_token_opens_none(hall: Hall) -> None:
    async def shut_out() -> None:
        link, neighbour = await hall.link("delegate", "002"), await hall.link("delegate", "003")
        old = _token(link)
        await _desk(hall, "log_out_everywhere", "002")
        refused = await _until_logged_out(link)
        assert refused.refusal.code == WireRefusal.LOGGED_OUT
        assert (await _connect(hall, old))["data"]["code"] == WireRefusal.LOGGED_OUT
        await neighbour.ask("sign_in", {})
        assert await _log_in(hall, hall.server.codes()["delegate", "002"]) == 200

    hall.run(shut_out())


def test_a_new_code_is_a_badge_to_print_and_ends_the_old_one(hall: Hall) -> None:
    async def replaced() -> None:
        link, old = await hall.link("delegate", "004"), hall.server.codes()["delegate", "004"]
        answer = await _desk(hall, "new_code", "004")
        assert (len(answer["code"]), answer["code"].isdigit()) == (SEAT_DIGITS, True)
        assert answer["qr"].startswith("data:image/svg+xml")
        assert isinstance(await _until_logged_out(link), LoginRefused)
        assert await _log_in(hall, old) in (401, 429)
        status, body = await hall.post("/api/login", {"code": answer["code"]})
        assert (status, body["subject"]) == (200, "004")
        assert "sid" in await _connect(hall, body["token"])

    hall.run(replaced())


def test_who_departed_comes_back_by_the_desk_and_not_by_the_tablet_left_behind(hall: Hall) -> None:
    async def departed() -> None:
        left_behind = await hall.link("delegate", "005")
        await left_behind.ask("sign_in", {})
        old = _token(left_behind)
        await hall.chair("record_departure", delegate="005")
        assert (await _until_logged_out(left_behind)).refusal.code == WireRefusal.LOGGED_OUT
        assert (await _connect(hall, old))["data"]["code"] == WireRefusal.LOGGED_OUT
        again = await hall.link("delegate", "005", fresh=True)
        refusal = await hall.refusal(again.ask("sign_in", {}))
        assert refusal.code == ChamberRefusal.DEPARTED
        await hall.chair("sign_in_for", person="005")
        await hall.until(lambda view: _is_present(view, "005"))

    hall.run(departed())


def _is_present(view: ConsoleView, number: str) -> bool:
    return view.people[number].attendance is AttendanceState.PRESENT


@pytest.mark.parametrize("name", ["new_code", "log_out_everywhere"])
def test_a_seat_shuts_out_nobody(hall: Hall, name: str) -> None:
    link = hall.run(hall.link("delegate", "006"))
    refusal = hall.run(hall.refusal(link.ask(name, {"role": "delegate", "subject": "007"})))
    assert refusal.code == WireRefusal.NOT_YOUR_ROLE


def test_what_was_taken_back_stays_so_after_a_restart(hall: Hall) -> None:
    async def prepared() -> tuple[str, str]:
        link = await hall.link("delegate", "008")
        await _desk(hall, "log_out_everywhere", "008")
        await _until_logged_out(link)
        new: str = (await _desk(hall, "new_code", "008"))["code"]
        return _token(link), new

    old, new = hall.run(prepared())
    hall.server.stop()
    hall.server.start()
    assert hall.run(_connect(hall, old))["data"]["code"] == WireRefusal.LOGGED_OUT
    assert hall.run(_log_in(hall, hall.server.codes()["delegate", "008"])) == 401
    assert hall.run(_log_in(hall, new)) == 200
    assert hall.server.complaints() == []
