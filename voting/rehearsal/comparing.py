"""After each poll: what is kept of it, and every figure and file that is not as cast."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import msgspec

from voting.congress.poll import Medium, PollPlan
from voting.congress.reasons import Reason
from voting.congress.rules import Count
from voting.congress.ruleset import Secrecy
from voting.record.outcome import ArchiveOutcome, outcome_in
from voting.rehearsal.expected import differences, expected_count
from voting.rehearsal.people import People
from voting.rehearsal.plan import RehearsalPlan
from voting.rehearsal.report import Kept, PollReport, report_poll
from voting.server.wire import ConsoleView, ResultView
from voting.tally.verify import verify_archive
from voting.terminal_client.simulated import Link

Receipts = Sequence[dict[str, Any]]


class Comparison:
    """Of one rehearsal. The verification of archives goes on while the next poll is held; see `finished`."""

    def __init__(self, rehearsal: RehearsalPlan, people: People, pool: Executor) -> None:
        self.reports: list[PollReport] = []
        self._rehearsal = rehearsal
        self._people = people
        self._pool = pool
        self._wrong: list[str] = []
        self._verifying: list[asyncio.Future[list[str]]] = []

    async def examine(self, link: Link, view: ConsoleView, poll: PollPlan) -> None:
        """Keep an announced poll's files, and compare all its figures with the choices."""
        result = view.hall.polls[poll.id].result
        if result is None:
            raise RuntimeError("an announced poll shows no result")
        expected = expected_count(self._rehearsal.plan, poll, self._people.choices)
        self._wrong += differences(poll.id, expected, result.count)
        if {vote.delegate: vote.marks for vote in result.named} != self._named(poll):
            self._wrong.append(f"poll {poll.id}: the named votes are not as cast")
        place = self._rehearsal.out / poll.id
        place.mkdir(exist_ok=True)
        kept = Kept()
        if poll.medium is not Medium.BY_HAND:
            kept = Kept(await self._keep_archive(link, view, poll, place))
            if view.archives.get(poll.id) != kept.archive_sha256:
                self._wrong.append(f"poll {poll.id}: the archive is not the one whose hash the console shows")
            self._verify_meanwhile(poll, kept, self._keep_receipts(poll, place), expected, result)
        self.reports.append(report_poll(poll, view.hall.group, result, kept, self._rehearsal.out))

    async def finished(self) -> list[str]:
        """One sentence for everything that is not as cast. Raises CheckFailed when an archive does not verify."""
        for differs in await asyncio.gather(*self._verifying):
            self._wrong += differs
        return self._wrong

    async def _keep_archive(self, link: Link, view: ConsoleView, poll: PollPlan, place: Path) -> Path:
        path = place / f"{view.hall.polls[poll.id].election_uuid}.bel"
        path.write_bytes(await link.get(f"/api/polls/{poll.id}/archive.bel"))
        return path

    def _keep_receipts(self, poll: PollPlan, place: Path) -> Receipts:
        receipts = [msgspec.to_builtins(receipt) for receipt in self._people.receipts(poll.id)]
        (place / "receipts.json").write_bytes(msgspec.json.format(msgspec.json.encode(receipts), indent=1))
        cast = self._people.choices.cast(poll.id)
        if len(receipts) != cast:
            self._wrong.append(f"poll {poll.id}: {len(receipts)} receipts were given for {cast} ballots")
        return receipts

    def _verify_meanwhile(
        self, poll: PollPlan, kept: Kept, receipts: Receipts, expected: Count, result: ResultView
    ) -> None:
        if kept.archive is None:
            return
        verifying = self._verify(poll, kept.archive.read_bytes(), receipts, expected, result.reasons)
        self._verifying.append(asyncio.ensure_future(verifying))

    async def _verify(
        self, poll: PollPlan, archive: bytes, receipts: Receipts, expected: Count, reasons: tuple[Reason, ...]
    ) -> list[str]:
        """Verify archive and receipts as anybody could: what differs from what was cast. Raises CheckFailed."""
        run, loop = self._pool, asyncio.get_running_loop()
        if poll.medium is Medium.MIXED:  # what was counted by hand stands beside the archive, not in it
            await loop.run_in_executor(run, verify_archive, archive, receipts)
            return []
        found = await loop.run_in_executor(run, _verified_outcome, archive, receipts)
        wrong = [f"the archive of {difference}" for difference in differences(poll.id, expected, found.count)]
        if found.ruling.reasons != reasons:
            wrong.append(f"poll {poll.id}: the archive gives other reasons for the outcome than the console")
        return wrong

    def _named(self, poll: PollPlan) -> dict[str, tuple[str, ...]]:
        """Who voted how, where that is recorded."""
        choices = self._people.choices
        if poll.secrecy is Secrecy.SECRET or poll.medium is Medium.BY_HAND:
            return {}
        papers = choices.papers(poll.id)
        voted = ((number, choices.of(poll.id, number)) for number in choices.attending if number not in papers)
        return {number: choice for number, choice in voted if choice is not None}


def _verified_outcome(archive: bytes, receipts: Receipts) -> ArchiveOutcome:
    verify_archive(archive, receipts)
    return outcome_in(archive)
