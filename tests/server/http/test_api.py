"""Signing in, and who is given which part of a poll's record at which moment."""

import hashlib
import json

import msgspec
import pytest
from flask import Flask, Response

from tests.support.chamber import Chamber
from tests.support.http_client import Client
from tests.support.known import known
from tests.support.plans.hands import hands_plan
from voting.congress.refusal import refuse
from voting.record.boards import closed_board_of
from voting.server.http.access import Principal, ServerSecret, Tokens
from voting.server.http.api import BODY_BYTES, answer_refusals
from voting.server.http.attempts import FREE_ATTEMPTS
from voting.server.http.routes import Route, Routes
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.tally.ballots.ballot import tracker_of
from voting.wire.record import BoardRecords, BoardTrackers, PollSetup
from voting.wire.refusals import WireRefusal
from voting.wire.roles import EVERYBODY, Role

SEAT = Principal(Role.DELEGATE, "001")
CODES = {"12345678": SEAT, "CHAIR23456": Principal(Role.CHAIR)}
OFFICIALS = {Role.CHAIR, Role.SCRUTINEER}
SIGNED_IN = set(Role) - {Role.PUBLIC}
PARTS = ("setup", "board", "archive.bel", "count.json", "trackers")
S = PollState
SHARED: dict[str, set[Role]] = {"setup": SIGNED_IN, "trackers": set(Role)}
GIVEN: dict[PollState, dict[str, set[Role]]] = {
    S.PLANNED: {},
    S.PREPARED: {},
    S.OPEN: {"setup": SIGNED_IN},
    S.SEALED: {**SHARED, "board": OFFICIALS},
    S.COUNTED: {
        "setup": SIGNED_IN,
        "trackers": set(Role),
        "board": OFFICIALS,
        "archive.bel": OFFICIALS,
        "count.json": OFFICIALS,
    },
    S.CONFIRMED: {
        "setup": SIGNED_IN,
        "trackers": set(Role),
        "board": OFFICIALS,
        "archive.bel": OFFICIALS,
        "count.json": OFFICIALS,
    },
    S.ANNOUNCED: {
        "setup": SIGNED_IN,
        "trackers": set(Role),
        "board": set(Role),
        "archive.bel": set(Role),
        "count.json": set(Role),
    },
}
Seen = dict[PollState, dict[str, dict[Role, tuple[int, str]]]]


@pytest.fixture(scope="module")
def chamber() -> Chamber:
    made = Chamber(hands_plan())
    made.sign_in()
    made.hold_ceremony()
    return made


@pytest.fixture(scope="module")
def seen(chamber: Chamber) -> Seen:
    """What every role was answered in every state of a poll."""
    client = Client(chamber)
    found: Seen = {}

    def look() -> None:
        found[chamber.state("motion")] = {part: {role: _answer(client, part, role) for role in Role} for part in PARTS}

    look()
    chamber.service.polls.prepare("motion")
    chamber.register("motion")
    look()
    chamber.service.polls.open("motion", None)
    chamber.choose("motion", "001", "for")
    look()
    chamber.close("motion")
    look()
    chamber.count("motion")
    look()
    chamber.service.polls.confirm("motion", 1)
    look()
    chamber.service.polls.announce("motion")
    look()
    return found


def _answer(client: Client, part: str, role: Role) -> tuple[int, str]:
    answer = client.get(f"/api/polls/motion/{part}", role, "1")
    return answer.status_code, "" if answer.status_code == 200 else answer.get_json()["refusal"]["code"]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("state", GIVEN)
def test_each_part_of_a_record_is_given_to_whom_it_may_be_and_when(seen: Seen, state: PollState, part: str) -> None:
    given = GIVEN[state].get(part, set())
    login_needed = {Role.PUBLIC} if part == "setup" else set()
    for role, answer in seen[state][part].items():
        if role in given:
            assert answer == (200, "")
        elif role in login_needed:
            assert answer == (401, "login_needed")
        else:
            assert answer == (403, "not_public_yet")


def test_a_poll_by_hand_and_one_that_there_is_not_have_no_board(chamber: Chamber) -> None:
    client = Client(chamber)
    for part in ("setup", "board", "archive.bel", "trackers"):
        for poll, code in (("hands", "poll_by_hand"), ("nothing", "unknown_poll")):
            answer = client.get(f"/api/polls/{poll}/{part}", Role.CHAIR)
            assert (answer.status_code, answer.get_json()["refusal"]["code"]) == (404, code)


def test_what_is_given_is_what_was_frozen_and_what_stands_on_the_board(seen: Seen, chamber: Chamber) -> None:
    assert S.ANNOUNCED in seen
    client, board = Client(chamber), chamber.service.boards["motion"]
    setup = known(chamber.service.sitting.polls["motion"].setup)
    keys = known(chamber.service.sitting.ceremony.keys)
    for _ in range(2):
        frozen = msgspec.json.decode(client.get("/api/polls/motion/setup", Role.DELEGATE, "001").data, type=PollSetup)
        assert frozen == PollSetup(setup.election, keys.trustees, setup.credentials, setup.fingerprint)
    records = msgspec.json.decode(client.get("/api/polls/motion/board").data, type=BoardRecords)
    assert records.timestamp == board.timestamp
    assert [(record.kind, record.text) for record in records.records] == [
        (entry.kind, entry.raw.decode()) for entry in board.records()
    ]
    assert client.get("/api/polls/motion/archive.bel").data == board.archive()
    given = msgspec.json.decode(client.get("/api/polls/motion/trackers").data, type=BoardTrackers)
    ballots = [entry for entry in board.records() if entry.raw.startswith(b'{"election_uuid"')]
    assert given.trackers == tuple(tracker_of(ballot.raw) for ballot in ballots)


@pytest.mark.parametrize("part", PARTS)
def test_what_was_given_is_asked_for_again_by_its_tag_and_kept_for_its_asker_alone(
    seen: Seen, chamber: Chamber, part: str
) -> None:
    assert S.ANNOUNCED in seen
    client, path = Client(chamber), f"/api/polls/motion/{part}"
    first = client.get(path, Role.CHAIR)
    board = chamber.service.boards["motion"]
    digest = hashlib.sha256(first.data).hexdigest()
    fingerprint = known(chamber.service.sitting.polls["motion"].setup).fingerprint
    closed = known(closed_board_of(chamber.service.sitting.polls["motion"]))
    tag = {"setup": fingerprint, "board": board.head, "trackers": closed.head}.get(part, digest)
    assert (first.headers["ETag"], first.headers["Cache-Control"]) == (f'"{tag}"', "private, no-cache")
    assert client.get(path, Role.CHAIR, **{"If-None-Match": f'"{tag}"'}).status_code == 304
    assert client.get(path, Role.CHAIR, **{"If-None-Match": '"another"'}).status_code == 200
    names = {"archive.bel": "motion.bel", "count.json": "motion.count.json"}
    named = f"attachment; filename={names[part]}" if part in names else None
    assert first.headers.get("Content-Disposition") == named
    types = {"archive.bel": "application/octet-stream"}
    assert first.content_type == types.get(part, "application/json")


def code(text: str) -> bytes:
    return json.dumps({"code": text}).encode()


def test_a_code_is_given_a_token_of_its_holder_and_no_other_is(chamber: Chamber) -> None:
    client = Client(chamber, CODES)
    for text, who in CODES.items():
        answer = client.sign_in(code(text))
        told = answer.get_json()
        assert (answer.status_code, told["role"], told["subject"]) == (200, who.role.value, who.subject)
        assert client.holder(told["token"]) == who
    wrong = client.sign_in(code("12345679"))
    assert (wrong.status_code, wrong.get_json()["refusal"]["code"]) == (401, "code_unknown")


def test_guessing_is_slowed_down_and_locks_nobody_out(chamber: Chamber) -> None:
    client = Client(chamber, CODES)
    for _ in range(FREE_ATTEMPTS):
        assert client.sign_in(code("00000000")).status_code == 401
    answer = client.sign_in(code("00000000"))
    assert (answer.status_code, answer.get_json()["refusal"]["code"]) == (429, "too_many_attempts")
    assert client.sign_in(code("12345678")).status_code == 200
    assert client.sign_in(code("00000000"), address="192.0.2.2").status_code == 401


def test_behind_a_trusted_proxy_each_device_waits_for_itself(chamber: Chamber) -> None:
    client = Client(chamber, CODES, trusted_proxies=frozenset({"192.0.2.1"}))
    for _ in range(FREE_ATTEMPTS):
        client.sign_in(code("00000000"), forwarded="198.51.100.1")
    assert client.sign_in(code("00000000"), forwarded="198.51.100.1").status_code == 429
    assert client.sign_in(code("00000000"), forwarded="198.51.100.2").status_code == 401


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"code":1}', b'{"code":"1","more":1}', b"\xff", b'{"code":"\xff"}', b"[" * BODY_BYTES]
)
def test_what_is_no_code_is_told_so(chamber: Chamber, body: bytes) -> None:
    answer = Client(chamber, CODES).sign_in(body)
    assert (answer.status_code, answer.get_json()["refusal"]["code"]) == (400, "frame_malformed")


def test_nobody_makes_the_server_read_more_than_a_code_needs(chamber: Chamber) -> None:
    client = Client(chamber, CODES)
    assert client.sign_in(code("1" * (BODY_BYTES - 12))).status_code == 401
    answer = client.sign_in(code("1" * (BODY_BYTES - 11)))
    assert (answer.status_code, answer.get_json()["refusal"]) == (
        413,
        {"code": "frame_too_large", "params": {"limit": 4096}},
    )


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (WireRefusal.LOGIN_NEEDED, 401),
        (WireRefusal.CODE_UNKNOWN, 401),
        (WireRefusal.TOO_MANY_ATTEMPTS, 429),
        (WireRefusal.TOO_MANY_REQUESTS, 429),
        (WireRefusal.FRAME_MALFORMED, 400),
        (WireRefusal.FRAME_TOO_LARGE, 413),
        (ChamberRefusal.UNKNOWN_POLL, 404),
        (ChamberRefusal.POLL_BY_HAND, 404),
        (WireRefusal.REPORTS_BUSY, 503),
        (WireRefusal.REPORTS_FAILED, 500),
        (WireRefusal.REPORT_FONT_MISSING, 500),
        (WireRefusal.NOT_YOUR_ROLE, 403),
        (ChamberRefusal.ALREADY_VOTED, 403),
    ],
)
def test_a_refusal_is_answered_with_its_status(code: WireRefusal | ChamberRefusal, status: int) -> None:
    app = Flask("refusing", static_folder=None)
    answer_refusals(app)

    def refusing() -> Response:
        raise refuse(code, poll="motion")

    Routes(app, Tokens(ServerSecret(bytes(64)), lambda _: 0)).add(
        (Route("refusing", "/refusing", EVERYBODY, refusing),)
    )
    answer = app.test_client().get("/refusing")
    refusal = {"code": code.value, "params": {"poll": "motion"}}
    assert (answer.status_code, answer.get_json()) == (status, {"ok": False, "refusal": refusal})


def test_what_is_not_there_is_told_in_plain_text(chamber: Chamber) -> None:
    answer = Client(chamber).get("/nowhere")
    assert (answer.status_code, answer.text) == (404, "404 Not Found\n")
    assert answer.content_type == "text/plain; charset=utf-8"
