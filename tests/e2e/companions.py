"""Simulated delegates and scrutineers who fill a small hall: `python -m tests.e2e.companions URL CODES.csv TASKS.json`.

TASKS: {"choices": {delegate: {poll: [choice texts] or null}}, "scrutineers": {index: whether this one shuffles and
decrypts}}. A delegate presses nothing in a poll that is null or not named. A poll added later is named by its title.
"""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from voting.commands.serving import serve_until_interrupted
from voting.rehearsal.hall import terminal_pool
from voting.server.services.codes import read_codes
from voting.terminal_client.simulated import BallotChecks, Link, SimulatedScrutineer, SimulatedSeat, open_http
from voting.wire.base import Audience, Role
from voting.wire.polls import PollView

Choices = dict[str, tuple[str, ...] | None]


class Tasks(msgspec.Struct, frozen=True):
    """What the simulated people do."""

    choices: dict[str, Choices] = {}
    scrutineers: dict[str, bool] = {}


async def join(url: str, codes_file: Path, tasks: Tasks) -> None:
    """Take part until cancelled. Raises what the first terminal that fails raises."""
    codes = {(badge.person.who.role, badge.person.who.subject): badge.code for badge in read_codes(codes_file)}
    async with open_http() as http:
        with terminal_pool(processes=1) as pool:
            checks = BallotChecks(pool)

            def link(role: Role, subject: str, audience: Audience) -> Link:
                return Link(http, url, codes[role, subject], audience)

            async with asyncio.TaskGroup() as people:
                for index, releases in tasks.scrutineers.items():
                    line = link(Role.SCRUTINEER, index, Audience.SCRUTINEER)
                    people.create_task(SimulatedScrutineer(line, pool, checks, releases=releases).run())
                for number, choices in tasks.choices.items():
                    line = link(Role.DELEGATE, number, Audience.SEAT)
                    people.create_task(SimulatedSeat(line, _chooser(choices), pool).run())


def _chooser(choices: Choices) -> Callable[[PollView], tuple[str, ...] | None]:
    def choose(poll: PollView) -> tuple[str, ...] | None:
        return choices.get(poll.id, choices.get(poll.title))

    return choose


if __name__ == "__main__":
    _, address, codes_csv, tasks_json = sys.argv
    told = msgspec.json.decode(Path(tasks_json).read_bytes(), type=Tasks)
    serve_until_interrupted(join(address, Path(codes_csv), told))
