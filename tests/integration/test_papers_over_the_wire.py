"""Ballots that are read one by one, over real websockets: shuffled by the scrutineers' terminals, counted, verified."""

import asyncio
import contextlib
import hashlib
import json
import signal
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.support.hall import RNG, SECONDS, Hall, sitting
from tests.support.plans.singly import FOUND, PAPER_POLLS, PAPERS, papers_plan
from tests.support.tally.boards import rebuild_tally
from tests.support.tally.lacking import published
from voting.record.outcome import outcome_in
from voting.record.questions import answers_of
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.tally.ballots.ballot import fill_ballot
from voting.tally.board.result import partial_decrypt
from voting.tally.board.shuffle import make_shuffle
from voting.tally.board.shuffle_owner import sign_shuffle
from voting.tally.verify.checks import verify_archive
from voting.terminal_client.simulated import BallotChecks, Link, SimulatedChair, SimulatedScrutineer, SimulatedSeat
from voting.terminal_client.simulated.link import open_http
from voting.wire.polls import PollView
from voting.wire.record import BoardRecords
from voting.wire.refusals import WireRefusal
from voting.wire.roles import Audience
from voting.wire.views import ScrutineerView

pytestmark = pytest.mark.long

NUMBERS = ("001", "002", "003")
POLLS = {poll.id: poll for poll in PAPER_POLLS}


# --- with everybody's terminals ---


def test_terminals_hold_every_poll_that_is_read_one_by_one(tmp_path: Path) -> None:
    steps: list[tuple[str, str]] = []
    with sitting(tmp_path, papers_plan()) as hall:
        hall.run(_held_by_terminals(hall, steps))
        assert hall.server.complaints() == []
    shuffled = sorted(poll for step, poll in steps if step == "shuffled")
    assert shuffled == sorted(poll.id for poll in PAPER_POLLS if poll.question.shuffled for _ in range(2))


async def _held_by_terminals(hall: Hall, steps: list[tuple[str, str]]) -> None:
    async with _terminals(hall, steps) as chair:
        await chair.gather(len(NUMBERS))
        for poll in PAPER_POLLS:
            view = await chair.hold(poll.id, ready=len(NUMBERS), ballots=len(NUMBERS))
            _require_found(view.hall.polls[poll.id])
            await _require_record(hall, view.hall.polls[poll.id])


@contextlib.asynccontextmanager
async def _terminals(hall: Hall, steps: list[tuple[str, str]]) -> AsyncIterator[SimulatedChair]:
    """Everybody's terminals at work; leads by the chair's. What ends one of them ends the test."""
    codes = hall.server.codes()
    with ThreadPoolExecutor(2) as pool:
        async with open_http() as http:

            def link(role: str, subject: str, audience: Audience) -> Link:
                return Link(http, hall.server.url, codes[role, subject], audience)

            def choose(number: str) -> Any:
                return lambda poll: PAPERS[poll.id][number]

            checks = BallotChecks(pool)
            seats = [SimulatedSeat(link("delegate", n, Audience.SEAT), choose(n), pool) for n in NUMBERS]
            scrutineers = [
                SimulatedScrutineer(
                    link("scrutineer", str(index), Audience.SCRUTINEER),
                    pool,
                    checks,
                    releases=index != 3,
                    on_step=lambda *step: steps.append(step),
                )
                for index in (1, 2, 3)
            ]
            terminals: tuple[SimulatedSeat | SimulatedScrutineer, ...] = (*seats, *scrutineers)
            tasks = [asyncio.create_task(terminal.run()) for terminal in terminals]
            try:
                async with link("chair", "", Audience.CONSOLE) as console:
                    yield SimulatedChair(console, SECONDS)
                assert [task for task in tasks if task.done()] == []
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)


def _require_found(poll: PollView) -> None:
    votes, void, elected = FOUND[poll.id]
    assert poll.result is not None
    count = poll.result.count
    assert (count.votes, count.void, count.returned) == (votes, void, 3)
    assert poll.result.outcome.elected == elected


async def _require_record(hall: Hall, poll: PollView) -> None:
    status, archive = await hall.get(f"/api/polls/{poll.id}/archive.bel")
    assert status == 200
    assert poll.result is not None
    verified = verify_archive(archive)
    found = outcome_in(verified)
    assert verified.archive_sha256 == hashlib.sha256(archive).hexdigest()
    assert len(verified.shufflers) == (2 if poll.shuffled else 0)
    assert found.count == poll.result.count
    assert (found.ruling.outcome, found.ruling.elected) == (poll.result.outcome.kind, poll.result.outcome.elected)
    assert found.ruling.reasons == poll.result.reasons


# --- by hand, with a power cut between two shuffles ---


def test_killed_between_shuffles_the_sitting_goes_on_with_the_same_board(tmp_path: Path) -> None:
    with sitting(tmp_path, papers_plan()) as hall:
        hall.run(_killed_between_shuffles(hall))
        assert hall.server.complaints() == []


async def _killed_between_shuffles(hall: Hall) -> None:
    await _sealed(hall, "text")
    await _shuffle(hall, "text", 2)
    before = await _board(hall, "text", 1)
    await _kill_and_start(hall)
    assert await _board(hall, "text", 1) == before
    late = await hall.refusal(hall.ask("scrutineer", "1", "release_decryption", poll="text", decryption="{}"))
    assert (late.code, late.params) == (ChamberRefusal.SHUFFLES_MISSING, {"have": 1, "need": 2})
    await _shuffle(hall, "text", 3)
    await _kill_and_start(hall)
    again = await hall.refusal(
        hall.ask("scrutineer", "1", "post_shuffle", poll="text", position=2, shuffle="{}", owned="{}")
    )
    assert again.code == ChamberRefusal.SHUFFLES_COMPLETE
    for index in (1, 3):
        await _release(hall, "text", index)
    view = await hall.until_state("text", PollState.COUNTED)
    _require_found(view.hall.polls["text"])


def test_a_shuffle_that_does_not_hold_is_refused_over_the_wire(tmp_path: Path) -> None:
    with sitting(tmp_path, papers_plan()) as hall:
        hall.run(_refused_shuffles(hall))
        assert hall.server.complaints() == []


async def _refused_shuffles(hall: Hall) -> None:
    await _sealed(hall, "rank")
    raw, owned = await _made_shuffle(hall, "rank", 1)
    made = json.loads(raw)
    made["ciphertexts"][0].reverse()
    codes = []
    changed = json.dumps(made, separators=(",", ":")).encode()
    signed = sign_shuffle(await hall.election("rank"), hall.shares[1], changed, RNG).decode()
    for wrong in ((changed.decode(), signed), ("[]", owned), ("示例", owned), (raw, "{}"), (raw, signed)):
        request = hall.ask("scrutineer", "1", "post_shuffle", poll="rank", position=0, shuffle=wrong[0], owned=wrong[1])
        codes.append((await hall.refusal(request)).code)
    assert codes == [ChamberRefusal.SHUFFLE_INVALID] * 5
    not_theirs = hall.ask("delegate", "001", "post_shuffle", poll="rank", position=0, shuffle="{}", owned="{}")
    assert (await hall.refusal(not_theirs)).code == WireRefusal.NOT_YOUR_ROLE
    await _shuffle(hall, "rank", 1)
    stale = hall.ask("scrutineer", "2", "post_shuffle", poll="rank", position=0, shuffle="{}", owned="{}")
    assert (await hall.refusal(stale)).code == ChamberRefusal.SHUFFLE_OVERTAKEN


async def _sealed(hall: Hall, poll: str, numbers: Sequence[str] = NUMBERS) -> None:
    await hall.sign_in(numbers)
    await hall.hold_ceremony()
    election = await hall.open(poll, numbers)
    for number in numbers:
        answers = answers_of(POLLS[poll].question, PAPERS[poll][number])
        await hall.send(poll, number, fill_ballot(election, hall.credentials[poll, number], answers, RNG).decode())
        await hall.receipt_of(number, poll)
    await hall.chair("close_poll", poll=poll)
    await hall.until_state(poll, PollState.SEALED)


async def _board(hall: Hall, poll: str, index: int) -> list[tuple[str, str]]:
    link = await hall.link("scrutineer", str(index))
    board = msgspec.json.decode(await link.get(f"/api/polls/{poll}/board"), type=BoardRecords)
    return [(record.kind, record.text) for record in board.records]


async def _left(hall: Hall, poll: str, index: int) -> bytes:
    """What may be shuffled or decrypted, as the terminal rebuilds it."""
    link = await hall.link("scrutineer", str(index))
    view = await link.until(ScrutineerView, lambda view: view.hall.polls[poll].state is PollState.SEALED, SECONDS)
    return rebuild_tally(await _board(hall, poll, index), view.hall.polls[poll].fingerprint or "").encrypted_tally


async def _made_shuffle(hall: Hall, poll: str, index: int) -> tuple[str, str]:
    election = await hall.election(poll)
    raw = make_shuffle(election, await _left(hall, poll, index), RNG)
    return raw.decode(), sign_shuffle(election, hall.shares[index], raw, RNG).decode()


async def _shuffle(hall: Hall, poll: str, index: int) -> None:
    shuffle, owned = await _made_shuffle(hall, poll, index)
    events = [text for kind, text in await _board(hall, poll, index) if kind == "event"]
    position = sum('"type":"Shuffle"' in text for text in events)
    posted = {"poll": poll, "position": position, "shuffle": shuffle, "owned": owned}
    await hall.ask("scrutineer", str(index), "post_shuffle", **posted)
    link = await hall.link("scrutineer", str(index))
    await link.until(ScrutineerView, lambda view: index in view.progress[poll].shuffles, SECONDS)


async def _release(hall: Hall, poll: str, index: int) -> None:
    """First without the proofs of the whole statements, which is refused."""
    left = await _left(hall, poll, index)
    raw = partial_decrypt(await hall.election(poll), hall.shares[index], left, RNG)
    unproven = {"poll": poll, "decryption": published(raw).decode()}
    refused = await hall.refusal(hall.ask("scrutineer", str(index), "release_decryption", **unproven))
    assert refused.code == ChamberRefusal.DECRYPTION_INVALID
    decryption = raw.decode()
    await hall.ask("scrutineer", str(index), "release_decryption", poll=poll, decryption=decryption)


async def _kill_and_start(hall: Hall) -> None:
    hall.server.end(signal.SIGKILL)
    hall.server.start()
    await hall.reconnected()
