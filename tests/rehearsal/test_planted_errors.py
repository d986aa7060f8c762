"""A rehearsal finds what is not as cast: a seat that votes otherwise, scrutineers who count otherwise."""

import asyncio
import io
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.console import Console

from tests.support.repository import HAMLET
from voting.congress.law.question import Question
from voting.files.session import load_session
from voting.rehearsal import people
from voting.rehearsal.choices import Choices, PollChoices, Ticks
from voting.rehearsal.expected import hand_figures
from voting.rehearsal.hall import RehearsalOutcome, RehearsalPlan, rehearse
from voting.rehearsal.output import prepare_output
from voting.rehearsal.server_process import ServerProcess
from voting.rehearsal.steps import Steps
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.terminal_client.simulated import TerminalDistrust
from voting.terminal_client.simulated.hands import HandCounter

pytestmark = pytest.mark.rehearsal

SESSION = """statutory_seats = 3
roster = "roster.csv"
threshold = 2
[titles]
congress = "示例"
session = "示例"
sitting = "示例"
[[scrutineers]]
name = "示例监票人一"
chief = true
[[scrutineers]]
name = "示例监票人二"
"""
AGENDA = """[[items]]
id = "votes"
title = "表决"
polls = ["pressed", "raised"]
[[polls]]
id = "pressed"
kind = "motion"
title = "示例决议"
rules = "few"
[[polls]]
id = "raised"
kind = "motion"
title = "示例举手表决"
rules = "few"
medium = "by_hand"
"""
BALLOTS: dict[str, Ticks] = {"1": ("for",), "2": ("for",), "3": ("against",)}


def hold(place: Path) -> RehearsalOutcome:
    session, out = place / "session", place / "out"
    shutil.copytree(HAMLET / "rules", session / "rules")
    (session / "session.toml").write_text(SESSION, encoding="utf-8")
    (session / "agenda.toml").write_text(AGENDA, encoding="utf-8")
    roster = "编号,姓名,代表团,座位\n" + "".join(f"{n},示例代表{n},示例团,\n" for n in BALLOTS)
    (session / "roster.csv").write_text(roster, encoding="utf-8")
    plan = load_session(session)
    choices = Choices(tuple(BALLOTS), {poll.id: PollChoices(BALLOTS) for poll in plan.polls})
    server = ServerProcess(session, prepare_output(out, tuple(poll.id for poll in plan.polls)))

    async def held() -> RehearsalOutcome:
        with Steps(Console(file=io.StringIO())) as steps:
            return await rehearse(RehearsalPlan(plan, choices, server, out, patience=120.0), steps)

    return asyncio.run(held())


def counted_otherwise(poll: Question, choices: Choices) -> HandFigures:
    found = hand_figures(poll, choices)
    return replace(found, votes=found.votes | {"for": 1, "against": 2})


def test_a_vote_cast_otherwise_and_hands_counted_otherwise_are_both_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def otherwise(self: Choices, poll: str, delegate: str) -> Ticks:
        return ("abstain",) if delegate == "1" else self.of(poll, delegate)

    monkeypatch.setattr(Choices, "at_terminal", otherwise)
    monkeypatch.setattr(people, "hand_figures", counted_otherwise)
    found = hold(tmp_path).differences
    assert "poll pressed: votes for for is 1, but 2 follows from the choices" in found
    assert "poll pressed: votes for abstain is 1, but 0 follows from the choices" in found
    assert "poll raised: votes for for is 1, but 2 follows from the choices" in found
    assert "the signed count of poll raised: votes for against is 2, but 1 follows from the choices" in found


def test_a_second_scrutineer_who_counted_otherwise_does_not_confirm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def two_minds(self: people.People, index: int) -> HandCounter:
        def found(poll: str) -> tuple[HandMethod, HandFigures]:
            figures = hand_figures if index == 1 else counted_otherwise
            return HandMethod.SHOW_OF_HANDS, figures(self.polls[poll].question, self.choices)

        return HandCounter(found, enters=index == 1)

    monkeypatch.setattr(people.People, "_counter", two_minds)
    with pytest.raises(TerminalDistrust, match="poll raised: scrutineer 1 entered figures that nobody found"):
        hold(tmp_path)
