"""After each poll: what is kept of it, and every figure and file that is not as cast."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import msgspec

from voting.congress.law.question import Medium, Question
from voting.congress.law.reasons import Reason
from voting.congress.law.ruleset import Secrecy
from voting.record.count_checks import StatedCount
from voting.record.verification import verify_poll
from voting.rehearsal.expected import differences, expected_count
from voting.rehearsal.people import People
from voting.rehearsal.plan import RehearsalPlan
from voting.rehearsal.report import Kept, PollReport, report_poll
from voting.sitting.counting import Count
from voting.terminal_client.simulated import Link
from voting.wire.views import ConsoleView

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

    async def examine(self, link: Link, view: ConsoleView, poll: Question) -> None:
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
        kept = Kept(await self._keep_count(link, poll, place), await self._keep_archive(link, view, poll, place))
        receipts = self._keep_receipts(poll, place) if kept.archive else []
        if view.archives.get(poll.id, "") != kept.archive_sha256:
            self._wrong.append(f"poll {poll.id}: the archive is not the one whose hash the console shows")
        self._verifying.append(asyncio.ensure_future(self._verify(poll, kept, receipts, expected, result.reasons)))
        self.reports.append(report_poll(poll, view.hall.group, result, kept, self._rehearsal.out))

    async def finished(self) -> list[str]:
        """One sentence for everything that is not as cast. Raises what a verification raises."""
        for differs in await asyncio.gather(*self._verifying):
            self._wrong += differs
        return self._wrong

    async def _keep_count(self, link: Link, poll: Question, place: Path) -> Path:
        path = place / "count.json"
        path.write_bytes(await link.get(f"/api/polls/{poll.id}/count.json"))
        return path

    async def _keep_archive(self, link: Link, view: ConsoleView, poll: Question, place: Path) -> Path | None:
        if poll.medium is Medium.BY_HAND:
            return None
        path = place / f"{view.hall.polls[poll.id].election_uuid}.bel"
        path.write_bytes(await link.get(f"/api/polls/{poll.id}/archive.bel"))
        return path

    def _keep_receipts(self, poll: Question, place: Path) -> Receipts:
        receipts = [msgspec.to_builtins(receipt) for receipt in self._people.receipts(poll.id)]
        (place / "receipts.json").write_bytes(msgspec.json.format(msgspec.json.encode(receipts), indent=1))
        cast = self._people.choices.cast(poll.id)
        if len(receipts) != cast:
            self._wrong.append(f"poll {poll.id}: {len(receipts)} receipts were given for {cast} ballots")
        return receipts

    async def _verify(
        self, poll: Question, kept: Kept, receipts: Receipts, expected: Count, reasons: tuple[Reason, ...]
    ) -> list[str]:
        """Verify archive, receipts and signed count as anybody could: what differs from what was cast.

        Raises CheckFailed, CountRefused or NotStated.
        """
        archive = kept.archive.read_bytes() if kept.archive else None
        run = asyncio.get_running_loop().run_in_executor
        stated = await run(self._pool, _verified, archive, receipts, kept.count.read_bytes())
        wrong = [f"the signed count of {difference}" for difference in differences(poll.id, expected, stated.count)]
        if stated.ruling.reasons != reasons:
            wrong.append(f"poll {poll.id}: the signed count gives other reasons for the outcome than the console")
        return wrong

    def _named(self, poll: Question) -> dict[str, tuple[str, ...]]:
        """Who voted how, where that is recorded."""
        choices = self._people.choices
        if poll.secrecy is Secrecy.SECRET or poll.medium is Medium.BY_HAND:
            return {}
        papers = choices.papers(poll.id)
        voted = ((number, choices.of(poll.id, number)) for number in choices.attending if number not in papers)
        return {number: choice for number, choice in voted if choice is not None}


def _verified(archive: bytes | None, receipts: Receipts, statement: bytes) -> StatedCount:
    return verify_poll(archive, receipts, statement).stated()
