"""One rehearsal: a real server, a headless terminal per person, every poll held and compared with the choices."""

import asyncio
import contextlib
import multiprocessing
import os
import signal
from collections.abc import Coroutine, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import msgspec

from voting.congress.events import SittingPlan
from voting.congress.poll import PollPlan
from voting.congress.reasons import Reason
from voting.congress.rules import Count
from voting.congress.ruleset import Secrecy
from voting.record.outcome import ArchiveOutcome, outcome_in
from voting.rehearsal.choices import Choices
from voting.rehearsal.report import PollReport, Report, differences, expected_count, report_poll, report_sitting
from voting.rehearsal.server_process import ServerProcess
from voting.rehearsal.steps import Steps
from voting.server.codes import Badge, read_codes
from voting.server.wire import Audience, ConsoleView, PollView, Receipt, Role
from voting.tally.verify import verify_archive
from voting.terminal_client.simulated import (
    BallotChecks,
    Link,
    SimulatedChair,
    SimulatedScrutineer,
    SimulatedSeat,
    open_http,
)

LONGEST_VOTING_SECONDS = 3600
STARTS_AT_ONCE = 32

T = TypeVar("T")


@dataclass(frozen=True)
class RehearsalPlan:
    """What is rehearsed, and how it is made harder.

    ``kill_server_after``: drill, SIGKILL after so many stored ballots, then start again. ``link``: what terminals
    connect with; drills pass one that loses its line.
    """

    plan: SittingPlan
    choices: Choices
    server: ServerProcess
    out: Path
    kill_server_after: int | None = None
    patience: float = 300.0
    link: type[Link] = Link


@dataclass
class RehearsalOutcome:
    """The report, and one sentence for everything that is not as cast; success means none."""

    report: Report
    differences: list[str] = field(default_factory=list)


async def rehearse(rehearsal: RehearsalPlan, steps: Steps) -> RehearsalOutcome:
    """Hold the whole sitting. Raises what server or terminals raise; the server is always ended."""
    server = rehearsal.server
    try:
        await server.start()
        badges = read_codes(server.data_dir / "codes.csv")
        with terminal_pool() as pool:
            async with open_http() as http:
                return await _Hall(rehearsal, steps, pool, http, badges).hold()
    finally:
        await server.stop()


@contextlib.contextmanager
def terminal_pool(processes: int | None = None) -> Iterator[Executor]:
    """Processes for the terminals' cryptography; Ctrl-C is the parent's business."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes or min(2, os.cpu_count() or 1), context, _ignore_interrupt)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class _Hall:
    """The people of one rehearsal."""

    def __init__(
        self,
        rehearsal: RehearsalPlan,
        steps: Steps,
        pool: Executor,
        http: aiohttp.ClientSession,
        badges: Iterable[Badge],
    ) -> None:
        self._rehearsal = rehearsal
        self._plan = rehearsal.plan
        self._choices = rehearsal.choices
        self._steps = steps
        self._pool = pool
        self._http = http
        self._codes = {(badge.person.who.role, badge.person.who.subject): badge.code for badge in badges}
        self._crash = asyncio.Event()
        self._starting = asyncio.Semaphore(STARTS_AT_ONCE)
        self._seats = {number: self._seat(number) for number in self._choices.attending}

    async def hold(self) -> RehearsalOutcome:
        terminals: list[Coroutine[Any, Any, None]] = [self._rehearsal.server.watch(), self._drill()]
        terminals += [scrutineer.run() for scrutineer in self._scrutineers()]
        terminals += [seat.run() for seat in self._seats.values()]
        return await _led_by(self._sitting(), terminals)

    async def _sitting(self) -> RehearsalOutcome:
        async with self._link(Role.CHAIR, "", Audience.CONSOLE) as link:
            return await self._lead(SimulatedChair(link, self._rehearsal.patience))

    async def _lead(self, chair: SimulatedChair) -> RehearsalOutcome:
        present = len(self._choices.attending)
        self._steps.expect("signed_in", "", present)
        await chair.gather(present)
        polls: list[PollReport] = []
        wrong: list[str] = []
        verified: list[asyncio.Future[list[str]]] = []
        view = await chair.until(lambda _: True, "the console")
        for poll in self._polls_in_order(view):
            view = await self._hold_poll(chair, poll, present)
            report, differs, verification = await self._examine(chair.link, view, poll)
            polls.append(report)
            wrong += differs
            verified.append(verification)
        for differs in await asyncio.gather(*verified):
            wrong += differs
        sitting = report_sitting(view)
        if sitting.present != present:
            wrong.append(f"{sitting.present} delegates are present, but {present} signed in")
        return RehearsalOutcome(Report(sitting, tuple(polls)), wrong)

    async def _hold_poll(self, chair: SimulatedChair, poll: PollPlan, present: int) -> ConsoleView:
        ballots = self._choices.pressed(poll.id)
        for step, total in (("registered", present), ("stored", ballots), ("receipt", ballots)):
            self._steps.expect(step, poll.id, total)
        if poll.secrecy is Secrecy.SECRET:
            self._steps.expect("released", poll.id, self._plan.threshold)
        # A preset time is for people; terminals on a slow machine must not be cut off by it.
        seconds = LONGEST_VOTING_SECONDS if poll.seconds is not None else None
        view = await chair.hold(poll.id, present, ballots, seconds)
        await self._steps.until("receipt", poll.id, ballots, self._rehearsal.patience)
        return view

    async def _examine(
        self, link: Link, view: ConsoleView, poll: PollPlan
    ) -> tuple[PollReport, list[str], "asyncio.Future[list[str]]"]:
        """Keep archive and receipts, and compare all figures with the choices.

        The last of the three is the archive's verification, which goes on while the next poll is held.
        """
        out, shown = self._rehearsal.out, view.hall.polls[poll.id]
        if shown.result is None:
            raise RuntimeError("an announced poll shows no result")
        archive = await link.get(f"/api/polls/{poll.id}/archive.bel")
        path = out / poll.id / f"{shown.election_uuid}.bel"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(archive)
        receipts = [msgspec.to_builtins(receipt) for receipt in self._receipts(poll.id)]
        (path.parent / "receipts.json").write_bytes(msgspec.json.format(msgspec.json.encode(receipts), indent=1))
        report = report_poll(poll, view.hall.group, shown.result, path, out)
        expected = expected_count(self._plan, poll, self._choices)
        wrong = differences(poll.id, expected, shown.result.count)
        if {vote.delegate: vote.marks for vote in shown.result.named} != self._named(poll):
            wrong.append(f"poll {poll.id}: the named votes are not as cast")
        if len(receipts) != expected.returned:
            wrong.append(f"poll {poll.id}: {len(receipts)} receipts were given for {expected.returned} ballots")
        if view.archives.get(poll.id) != report.archive_sha256:
            wrong.append(f"poll {poll.id}: the archive is not the one whose hash the console shows")
        verifying = self._verify(poll.id, archive, receipts, expected, shown.result.reasons)
        return report, wrong, asyncio.ensure_future(verifying)

    async def _verify(
        self, poll: str, archive: bytes, receipts: list[dict[str, Any]], expected: Count, reasons: tuple[Reason, ...]
    ) -> list[str]:
        """Verify archive and receipts as anybody could: what differs from what was cast. Raises CheckFailed."""
        found = await asyncio.get_running_loop().run_in_executor(self._pool, _verified_outcome, archive, receipts)
        wrong = [f"the archive of {difference}" for difference in differences(poll, expected, found.count)]
        if found.ruling.reasons != reasons:
            wrong.append(f"poll {poll}: the archive gives other reasons for the outcome than the console")
        return wrong

    def _named(self, poll: PollPlan) -> dict[str, tuple[str, ...]]:
        """Who voted how, where that is recorded."""
        if poll.secrecy is Secrecy.SECRET:
            return {}
        choices = ((number, self._choices.of(poll.id, number)) for number in self._choices.attending)
        return {number: choice for number, choice in choices if choice is not None}

    def _receipts(self, poll: str) -> list[Receipt]:
        """In the order of the board, which tells nothing about who is who."""
        given = (seat.receipts.get(poll) for seat in self._seats.values())
        return sorted((receipt for receipt in given if receipt is not None), key=lambda receipt: receipt.height)

    def _polls_in_order(self, view: ConsoleView) -> list[PollPlan]:
        plans = {poll.id: poll for poll in self._plan.polls}
        return [plans[poll] for item in view.hall.agenda for poll in item.polls]

    # --- people ---

    def _link(self, role: Role, subject: str, audience: Audience) -> Link:
        code, url = self._codes[role, subject], self._rehearsal.server.url
        return self._rehearsal.link(self._http, url, code, audience, self._starting)

    def _seat(self, number: str) -> SimulatedSeat:
        def choose(poll: PollView) -> tuple[str, ...] | None:
            return self._choices.of(poll.id, number)

        return SimulatedSeat(self._link(Role.DELEGATE, number, Audience.SEAT), choose, self._pool, on_step=self._note)

    def _scrutineers(self) -> list[SimulatedScrutineer]:
        threshold = self._plan.threshold
        checks = BallotChecks(self._pool)
        rounds = 1 if threshold == len(self._plan.scrutineers) else 3
        self._steps.expect("ceremony", "", rounds * len(self._plan.scrutineers))
        return [
            SimulatedScrutineer(
                self._link(Role.SCRUTINEER, str(person.index), Audience.SCRUTINEER),
                self._pool,
                checks,
                releases=person.index <= threshold,
                on_step=self._note,
            )
            for person in self._plan.scrutineers
        ]

    def _note(self, step: str, poll: str) -> None:
        self._steps.note(step, poll)
        after = self._rehearsal.kill_server_after
        if step == "stored" and after is not None and self._steps.count(step) >= after:
            self._crash.set()

    async def _drill(self) -> None:
        await self._crash.wait()
        await self._rehearsal.server.kill()
        await self._rehearsal.server.start()
        await asyncio.Event().wait()


async def _led_by(sitting: Coroutine[Any, Any, T], terminals: Iterable[Coroutine[Any, Any, None]]) -> T:
    """The sitting's result while all terminals work, or the first failure of any; on leaving, all have ended."""
    leader = asyncio.ensure_future(sitting)
    tasks: list[asyncio.Future[Any]] = [leader, *map(asyncio.ensure_future, terminals)]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done - {leader}:
            task.result()
        return leader.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _verified_outcome(archive: bytes, receipts: list[dict[str, Any]]) -> ArchiveOutcome:
    verify_archive(archive, receipts)
    return outcome_in(archive)
