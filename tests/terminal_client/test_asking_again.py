"""What came too fast for the server was not looked at: a headless terminal asks again, and gives up nothing else."""

import asyncio
from typing import Any

import pytest

from voting.congress.refusal import Refused
from voting.terminal_client.simulated import link as module
from voting.terminal_client.simulated.link import Link, open_http
from voting.wire.roles import Audience

JsonObject = dict[str, Any]
DONE: JsonObject = {"ok": True}


def refusal(code: str) -> JsonObject:
    return {"ok": False, "refusal": {"code": code, "params": {}}}


class Scripted:
    """Stands for the socket library: answers one after another."""

    def __init__(self, *answers: JsonObject) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    async def call(self, name: str, _payload: object, **_: Any) -> JsonObject:
        self.asked.append(name)
        return self._answers.pop(0)


async def on_line(scripted: Scripted, *pushes: JsonObject) -> Any:
    async with open_http() as http:
        link = Link(http, "http://127.0.0.1:9", "", Audience.PUBLIC)
        link._socket = scripted
        if not pushes:
            return await link.ask("cast", {})
        link._on_snapshot(pushes[0])
        for push in pushes[1:]:
            link._on_patch(push)
        assert link._resyncing is not None
        return await link._resyncing


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUDGET_PAUSE", 0)


def test_what_came_too_fast_is_asked_again_until_it_is_looked_at() -> None:
    scripted = Scripted(refusal("too_many_requests"), refusal("too_many_requests"), DONE)
    assert asyncio.run(on_line(scripted)) == DONE
    assert scripted.asked == ["cast"] * 3


def test_every_other_refusal_is_an_answer() -> None:
    scripted = Scripted(refusal("poll_not_open"))
    with pytest.raises(Refused, match="poll_not_open"):
        asyncio.run(on_line(scripted))


def test_a_resync_that_came_too_fast_is_asked_for_again() -> None:
    scripted = Scripted(refusal("too_many_requests"), DONE)
    snapshot: JsonObject = {"audience": "public", "seq": 3, "server_time": 0, "view": {"n": 1}}
    gap: JsonObject = {"base": 5, "seq": 6, "ops": []}
    asyncio.run(on_line(scripted, snapshot, gap))
    assert scripted.asked == ["resync"] * 2
