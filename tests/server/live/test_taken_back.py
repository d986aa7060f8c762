"""A line that is still open when its token is taken back carries out nothing more, however fast its terminal is."""

from typing import Any

import pytest

from tests.support.chamber import Chamber
from tests.support.plans.plain import sample_plan
from tests.support.signer import SIGNER
from voting.server.http.access import Principal, ServerSecret, Tokens
from voting.server.live import sockets as module
from voting.server.live.connections import Connection
from voting.server.live.requests import HANDLERS
from voting.server.live.shares import Line, Shares
from voting.server.live.sockets import Sockets
from voting.server.log import Log
from voting.server.services.admissions import generation_in
from voting.server.services.persons import Persons
from voting.wire.refusals import WireRefusal
from voting.wire.replies import DoneReply, RefusedReply
from voting.wire.roles import Audience, Role

SEAT, OTHER = Principal(Role.DELEGATE, "001"), Principal(Role.DELEGATE, "002")


@pytest.mark.parametrize("taken_back", ["log_out_everywhere", "new_code"])
def test_a_request_on_a_line_of_an_earlier_generation_is_refused(
    taken_back: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chamber = Chamber(sample_plan())
    service = chamber.service
    tokens = Tokens(ServerSecret(bytes(64)), lambda who: generation_in(service.sitting, who))
    library: Any = None  # nothing is sent here
    persons, shares = Persons(chamber.plan, service.boards, SIGNER), Shares()
    sockets = Sockets(library, service, tokens, persons, shares, Log(chamber.log))
    for sid, who in (("a", SEAT), ("b", OTHER)):
        sockets.connections.add(Connection(sid, who, Audience.SEAT, Line(shares), tokens.generation(who)))
    getattr(service.admissions, taken_back)(SEAT)
    replies = {}
    for sid in ("a", "b"):
        monkeypatch.setattr(module, "_sid", lambda sid=sid: sid)
        replies[sid] = sockets._responder(HANDLERS["sign_in"])()
    assert replies["b"] == DoneReply()
    assert isinstance(replies["a"], RefusedReply)
    assert replies["a"].refusal.code == WireRefusal.LOGGED_OUT
    assert set(service.sitting.present) == {"002"}
