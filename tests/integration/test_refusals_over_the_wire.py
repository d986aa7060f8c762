"""Whatever a terminal sends wrongly gets a coded refusal, and the poll goes on.

One sitting for the whole module: the motion was voted and announced, the projects are open. 001 to 007 registered, 008
signed in after the opening, 009 never did; L01 is an observer.
"""

import json
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest

from tests.support.hall import RNG, Hall, sitting
from tests.support.plans.plain import sample_plan
from voting.server.live.websocket import MAX_FRAME_BYTES
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.tally.ballots.ballot import MAX_BALLOT_BYTES, make_ballot, sign_content
from voting.tally.ballots.credential import make_credential
from voting.tally.board.election import Question
from voting.tally.groups.choice import group_by_name
from voting.wire.refusals import WireRefusal

REGISTERED = tuple(f"{i:03}" for i in range(1, 8))


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with sitting(tmp_path_factory.mktemp("refusals"), sample_plan(delegates=9)) as hall:
        hall.run(_until_projects_are_open(hall))
        yield hall


async def _until_projects_are_open(hall: Hall) -> None:
    await hall.sign_in(REGISTERED)
    await hall.hold_ceremony()
    await hall.open("motion", REGISTERED)
    await hall.cast("motion", "001", 1, 0, 0)
    assert await hall.finish("motion") == [1, 0, 0]
    await hall.open("projects", REGISTERED)
    await hall.sign_in(["008"])


def _refused(hall: Hall, number: str, poll: str, ballot: str) -> str:
    return hall.run(hall.refusal(hall.seat(number, "cast", poll=poll, ballot=ballot))).code


def test_a_ballot_with_wider_bounds_is_refused(hall: Hall) -> None:
    question = Question("示例票决", ("示例项目1", "示例项目2", "示例项目3"), 0, 3)
    ballot = hall.run(hall.ballot("projects", "001", (1, 1, 1), questions=(question,)))
    assert _refused(hall, "001", "projects", ballot) == ChamberRefusal.BALLOT_MALFORMED


def test_three_ticks_behind_a_proof_cut_to_the_bounds_are_rejected(hall: Hall) -> None:
    question = Question("示例票决", ("示例项目1", "示例项目2", "示例项目3"), 0, 3)
    ballot = json.loads(hall.run(hall.ballot("projects", "001", (1, 1, 1), questions=(question,))))
    ballot["answers"][0]["overall_proof"].pop()
    assert hall.run(_rejection(hall, "001", ballot)) == "ballot_proof_invalid"


OUTSIDE = bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")[::-1].hex()
"""Well spelled, of order 8, and so not in the group."""


@pytest.mark.parametrize(
    ("number", "path"),
    [
        ("001", ("individual_proofs", 0, 0, "response")),
        ("001", ("individual_proofs", 2, 1, "challenge")),
        ("002", ("overall_proof", 0, "response")),
        ("002", ("overall_proof", 2, "challenge")),
        ("003", ("choices", 0, "alpha")),
        ("003", ("choices", 2, "beta")),
    ],
)
def test_a_ballot_whose_owner_signed_it_with_a_part_exchanged_is_rejected(
    hall: Hall, number: str, path: tuple[str | int, ...]
) -> None:
    """The signature holds: nothing but the proofs, or the elements themselves, can refuse it."""
    ballot = json.loads(hall.run(hall.ballot("projects", number, (1, 0, 0))))
    part = ballot["answers"][0]
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = str(int(part[path[-1]]) + 1) if path[0] != "choices" else OUTSIDE
    assert hall.run(_rejection(hall, number, ballot)) == "ballot_proof_invalid"


def test_a_ballot_that_its_owner_did_not_sign_so_is_rejected(hall: Hall) -> None:
    """Another response: the signature alone does not hold."""
    ballot = json.loads(hall.run(hall.ballot("projects", "004", (1, 0, 0))))
    proof = ballot["signature"]["proof"]
    proof["response"] = str(int(proof["response"]) ^ 1)
    assert hall.run(_sent(hall, "004", json.dumps(ballot, separators=(",", ":")))) == "ballot_proof_invalid"


async def _rejection(hall: Hall, number: str, ballot: dict[str, Any]) -> str | None:
    """Of a ballot that its owner signs as it is now."""
    del ballot["signature"]
    signed = sign_content(group_by_name(hall.plan.group), ballot, hall.credentials["projects", number], RNG)
    return await _sent(hall, number, signed.decode())


async def _sent(hall: Hall, number: str, ballot: str) -> str | None:
    assert await hall.send("projects", number, ballot)
    return (await hall.until_mine(number, "projects", lambda mine: mine.rejected is not None)).rejected


def test_a_ballot_of_another_poll_is_refused(hall: Hall) -> None:
    ballot = hall.run(hall.ballot("motion", "002", (1, 0, 0)))
    assert _refused(hall, "002", "projects", ballot) == ChamberRefusal.BALLOT_WRONG_POLL


def test_a_closed_poll_takes_no_ballot(hall: Hall) -> None:
    ballot = hall.run(hall.ballot("motion", "002", (1, 0, 0)))
    assert _refused(hall, "002", "motion", ballot) == ChamberRefusal.POLL_NOT_OPEN


def test_a_poll_that_does_not_exist_takes_no_ballot(hall: Hall) -> None:
    ballot = hall.run(hall.ballot("motion", "002", (1, 0, 0)))
    assert _refused(hall, "002", "another", ballot) == ChamberRefusal.UNKNOWN_POLL


def test_an_unknown_credential_is_refused(hall: Hall) -> None:
    election = hall.run(hall.election("projects"))
    ballot = make_ballot(election, make_credential(election.group, RNG), (1, 0, 0), RNG).decode()
    assert _refused(hall, "002", "projects", ballot) == ChamberRefusal.CREDENTIAL_UNKNOWN


def test_a_borrowed_credential_is_refused(hall: Hall) -> None:
    ballot = hall.run(hall.ballot("projects", "003", (1, 0, 0)))
    assert _refused(hall, "002", "projects", ballot) == ChamberRefusal.CREDENTIAL_NOT_YOURS


def test_a_second_ballot_is_refused(hall: Hall) -> None:
    hall.run(hall.cast("projects", "004", 1, 1, 0))
    ballot = hall.run(hall.ballot("projects", "004", (0, 0, 1)))
    assert _refused(hall, "004", "projects", ballot) == ChamberRefusal.ALREADY_VOTED


def test_a_ballot_sent_again_by_its_owner_gets_the_same_receipt(hall: Hall) -> None:
    receipts = hall.run(_send_twice(hall, "005"))
    assert receipts[0] == receipts[1]


async def _send_twice(hall: Hall, number: str) -> list[dict[str, Any]]:
    ballot = await hall.ballot("projects", number, (0, 1, 0))
    hall.choices["projects", number] = (0, 1, 0)
    first = await hall.send("projects", number, ballot)
    receipts = [await hall.receipt_of(number, "projects")]
    assert await hall.send("projects", number, ballot) == first
    return [*receipts, await hall.receipt_of(number, "projects")]


def test_a_ballot_replayed_by_another_delegate_is_refused(hall: Hall) -> None:
    ballot = hall.run(hall.ballot("projects", "006", (0, 1, 1)))
    hall.run(hall.send("projects", "006", ballot))
    hall.choices["projects", "006"] = (0, 1, 1)
    assert _refused(hall, "007", "projects", ballot) == ChamberRefusal.CREDENTIAL_NOT_YOURS


def test_a_delegate_who_registered_too_late_cannot_vote(hall: Hall) -> None:
    refusal = hall.run(hall.refusal(hall.register("projects", ["008"])))
    assert refusal.code == ChamberRefusal.POLL_NOT_PREPARED
    ballot = hall.run(hall.ballot("projects", "008", (1, 0, 0)))
    assert _refused(hall, "008", "projects", ballot) == ChamberRefusal.NOT_ON_CREDENTIAL_LIST


def test_a_delegate_who_has_not_signed_in_cannot_vote(hall: Hall) -> None:
    ballot = hall.run(hall.ballot("projects", "003", (1, 0, 0)))
    assert _refused(hall, "009", "projects", ballot) == ChamberRefusal.NOT_SIGNED_IN


def test_an_observer_cannot_vote(hall: Hall) -> None:
    hall.run(hall.ask("observer", "L01", "sign_in"))
    ballot = hall.run(hall.ballot("projects", "003", (1, 0, 0)))
    for name, payload in (("cast", {"ballot": ballot}), ("register_credential", {"credential": "00" * 32})):
        refusal = hall.run(hall.refusal(hall.ask("observer", "L01", name, poll="projects", **payload)))
        assert refusal.code == ChamberRefusal.OBSERVER_CANNOT_VOTE


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("close_poll", {"poll": "projects"}),
        ("annul_poll", {"poll": "projects", "reason": "示例"}),
        ("sign_in_for", {"person": "009"}),
        ("release_decryption", {"poll": "projects", "decryption": "{}"}),
        ("confirm_count", {"poll": "projects"}),
    ],
)
def test_a_seat_that_acts_as_chair_or_scrutineer_is_refused(hall: Hall, name: str, payload: dict[str, str]) -> None:
    refusal = hall.run(hall.refusal(hall.seat("003", name, **payload)))
    assert refusal.code == WireRefusal.NOT_YOUR_ROLE


def test_the_chair_cannot_vote(hall: Hall) -> None:
    refusal = hall.run(hall.refusal(hall.chair("cast", poll="projects", ballot="{}")))
    assert refusal.code == WireRefusal.NOT_YOUR_ROLE


def test_an_oversize_ballot_is_refused_with_the_limit(hall: Hall) -> None:
    refusal = hall.run(hall.refusal(hall.seat("003", "cast", poll="projects", ballot="x" * (MAX_BALLOT_BYTES + 1))))
    assert (refusal.code, refusal.params["limit"]) == (ChamberRefusal.BALLOT_TOO_LARGE, MAX_BALLOT_BYTES)


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"poll": "projects"},
        {"poll": 1, "ballot": "{}"},
        {"poll": "projects", "ballot": "{}", "more": 1},
        [],
        "text",
        7,
    ],
)
def test_a_request_of_the_wrong_form_is_refused(hall: Hall, payload: Any) -> None:
    link = hall.run(hall.link("delegate", "003"))
    assert hall.run(hall.refusal(link.ask("cast", payload))).code == WireRefusal.FRAME_MALFORMED


@pytest.mark.parametrize("ballot", ["", "{", "null", "[]", '{"election_uuid":1}', "\ud7ff", "[" * 5000])
def test_a_ballot_that_is_no_ballot_is_refused(hall: Hall, ballot: str) -> None:
    assert _refused(hall, "003", "projects", ballot) == ChamberRefusal.BALLOT_MALFORMED


@pytest.mark.parametrize(
    "frame",
    [
        '421["cast",{"poll":',
        '421["cast"',
        '421{"cast":1}',
        "421[]",
        "421[{}]",
        '421["cast",{},{}]',
        '421["no_such_request",{}]',
        '421["disconnect"]',
        '421["connect",{}]',
        "421" + "[" * 2000,
    ],
)
def test_a_broken_frame_is_answered_by_a_refusal_on_a_line_that_stays(hall: Hall, frame: str) -> None:
    answers = hall.run(_raw(hall, "003", frame, '422["resync",{}]'))
    assert json.loads(answers["431"])[0]["refusal"]["code"] == "frame_malformed"
    assert json.loads(answers["432"])[0]["ok"] is True


@pytest.mark.parametrize("frame", ["", "x", "9", "4", "4x", '451-["cast",{"_placeholder":true,"num":0}]', b"\x04\xff"])
def test_what_is_no_packet_at_all_ends_its_own_line_only(hall: Hall, frame: str | bytes) -> None:
    assert "closed" in hall.run(_raw(hall, "003", frame))


def test_an_oversize_frame_ends_its_own_line_only(hall: Hall) -> None:
    answers = hall.run(_raw(hall, "003", '421["cast",{"poll":"projects","ballot":"' + "x" * MAX_FRAME_BYTES + '"}]'))
    assert answers["closed"] == "1009"


async def _raw(hall: Hall, number: str, *frames: str | bytes) -> dict[str, str]:
    """Send frames on a websocket of their own; acks by their prefix, or "closed" with the close code."""
    link = await hall.link("delegate", number)
    assert link.login is not None
    url = hall.server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    answers: dict[str, str] = {}
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as ws:
        await ws.receive_str()
        await ws.send_str("40" + json.dumps({"token": link.login.token, "audience": "seat"}))
        while not (await ws.receive_str()).startswith('42["me"'):
            pass
        for frame in frames:
            await (ws.send_bytes(frame) if isinstance(frame, bytes) else ws.send_str(frame))
        while len(answers) < len(frames):
            message = await ws.receive()
            if message.type is not aiohttp.WSMsgType.TEXT:
                return {"closed": str(ws.close_code)}
            if message.data.startswith("43"):
                answers[message.data[:3]] = message.data[3:]
    return answers


def test_two_lines_with_bad_credentials_are_turned_away(hall: Hall) -> None:
    for auth, code in (({"token": "forged"}, "login_needed"), ({"audience": "console"}, "login_needed")):
        assert json.loads(hall.run(_connect_error(hall, auth))["message"])["code"] == code


def test_a_seats_token_does_not_open_the_console(hall: Hall) -> None:
    link = hall.run(hall.link("delegate", "003"))
    assert link.login is not None
    error = hall.run(_connect_error(hall, {"token": link.login.token, "audience": "console"}))
    assert error["data"]["code"] == "not_your_role"


async def _connect_error(hall: Hall, auth: dict[str, str]) -> dict[str, Any]:
    url = hall.server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as ws:
        await ws.receive_str()
        await ws.send_str("40" + json.dumps(auth))
        answer = await ws.receive_str()
    assert answer.startswith("44")
    refused: dict[str, Any] = json.loads(answer[2:])
    return refused


def test_after_all_of_it_the_poll_counts_exactly_the_good_ballots(hall: Hall) -> None:
    view = hall.run(hall.until_state("projects", PollState.OPEN))
    assert view.hall.polls["projects"].state is PollState.OPEN
    for number, choices in (("001", (1, 0, 1)), ("002", (0, 0, 1)), ("003", (0, 1, 0))):
        hall.run(hall.cast("projects", number, *choices))
    assert hall.run(hall.finish("projects")) == hall.expected("projects")
    assert hall.server.complaints() == []
