"""Officials' requests are all logged; of everybody else's refusals no more than the disk can bear."""

import io
import json

from voting.congress.refusal import Refusal
from voting.server.live.request_log import REFUSED_LINES, RequestLog
from voting.server.log import Log
from voting.wire.refusals import WireRefusal
from voting.wire.roles import Role

REFUSAL = Refusal(WireRefusal.NOT_YOUR_ROLE, {})


class Logged:
    """A log of requests with a clock of its own."""

    def __init__(self) -> None:
        self.now = 0.0
        self._stream = io.StringIO()
        self.requests = RequestLog(Log(self._stream), lambda: self.now)

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self._stream.getvalue().splitlines()]


def test_a_flood_of_refused_requests_gives_few_lines_and_their_number() -> None:
    logged = Logged()
    for _ in range(1000):
        logged.requests.answered("close_poll", Role.PUBLIC, REFUSAL)
    assert len(logged.lines()) == REFUSED_LINES.burst
    logged.now = 1.0
    logged.requests.answered("close_poll", Role.DELEGATE, REFUSAL)
    left_out, last = logged.lines()[-2:]
    assert (left_out["event"], left_out["count"]) == ("lines_left_out", 900)
    assert (last["event"], last["role"]) == ("request", "delegate")


def test_requests_of_officials_are_logged_through_a_flood() -> None:
    logged = Logged()
    for _ in range(200):
        logged.requests.answered("cast", Role.DELEGATE, REFUSAL)
    logged.requests.answered("close_poll", Role.CHAIR, None)
    logged.requests.answered("open_poll", Role.CHAIR, REFUSAL)
    assert [line["code"] for line in logged.lines()[-2:]] == ["ok", "not_your_role"]


def test_what_is_carried_out_for_a_delegate_is_not_logged() -> None:
    logged = Logged()
    logged.requests.answered("cast", Role.DELEGATE, None)
    assert logged.lines() == []
