"""Terminals that lose the line at the worst moments end with the same receipt and one ballot each."""

import asyncio
import io
from pathlib import Path
from typing import Any, ClassVar

import pytest
from rich.console import Console

from tests.support.repository import HAMLET
from voting.files.session import load_session
from voting.rehearsal.choices import read_choices
from voting.rehearsal.hall import RehearsalOutcome, RehearsalPlan, rehearse
from voting.rehearsal.output import prepare_output
from voting.rehearsal.server_process import ServerProcess
from voting.rehearsal.steps import Steps
from voting.terminal_client.simulated import Link, LinkLost

pytestmark = pytest.mark.rehearsal


class LosesTheReply(Link):
    """The server has stored the ballot, but its answer never arrives."""

    sent: ClassVar[dict[tuple[str, str], list[str]]] = {}

    async def ask(self, name: str, payload: Any) -> dict[str, Any]:
        reply = await super().ask(name, payload)
        if name == "cast" and self.me is not None:
            ballots = self.sent.setdefault((self.me.subject, payload["poll"]), [])
            ballots.append(payload["ballot"])
            if len(ballots) == 1:
                self.break_line()
                raise LinkLost(name)
        return reply


class LosesTheRequest(Link):
    """The line breaks while the request is on its way, whatever the request is, the first time each."""

    broken: ClassVar[set[tuple[str, str]]] = set()

    async def ask(self, name: str, payload: Any) -> dict[str, Any]:
        key = (self.me.subject if self.me is not None else "", name)
        if key not in self.broken:
            self.broken.add(key)
            asyncio.get_running_loop().call_soon(self.break_line)
        return await super().ask(name, payload)


def hold(out: Path, link: type[Link]) -> RehearsalOutcome:
    plan = load_session(HAMLET)
    server = ServerProcess(HAMLET, prepare_output(out, tuple(poll.id for poll in plan.polls)))
    choices = read_choices(HAMLET / "choices.csv", plan)
    rehearsal = RehearsalPlan(plan, choices, server, out, link=link, patience=60.0)

    async def held() -> RehearsalOutcome:
        with Steps(Console(file=io.StringIO())) as steps:
            return await rehearse(rehearsal, steps)

    return asyncio.run(held())


def test_every_count_is_right_though_every_request_breaks_its_line(tmp_path: Path) -> None:
    outcome = hold(tmp_path, LosesTheRequest)
    assert outcome.differences == []
    assert [poll.returned for poll in outcome.report.polls] == [7, 7]


def test_after_a_lost_reply_the_same_bytes_are_sent_again(tmp_path: Path) -> None:
    assert hold(tmp_path, LosesTheReply).differences == []
    assert len(LosesTheReply.sent) == 14
    for ballots in LosesTheReply.sent.values():
        assert len(set(ballots)) == 1
    assert any(len(ballots) > 1 for ballots in LosesTheReply.sent.values())
