"""A whole poll through the real server: from sign-in to an archive that anybody can verify."""

import asyncio
import hashlib
import json
from pathlib import Path

from tests.support.hall import Hall, sitting
from tests.support.known import known
from tests.support.plans.plain import sample_plan
from voting.sitting.poll import PollState
from voting.tally.verify.checks import verify_archive
from voting.wire.views import SeatView

NUMBERS = ("001", "002", "003", "004")


def test_from_sign_in_to_an_archive_that_verifies(tmp_path: Path) -> None:
    with sitting(tmp_path, sample_plan(delegates=5)) as hall:
        hall.run(_whole_poll(hall))
        assert hall.server.complaints() == []
        _require_private(hall.server.data, running=True)
        hall.server.stop()
        _require_private(hall.server.data, running=False)


def _require_private(data: Path, running: bool) -> None:
    """Every file is its owner's alone; after a stop the database is one whole file."""
    assert data.stat().st_mode & 0o777 == 0o700
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in data.iterdir()} == {
        path.name: "0o600" for path in data.iterdir()
    }
    assert (data / "plenary.db-wal").exists() is running


async def _whole_poll(hall: Hall) -> None:
    seat = await hall.link("delegate", "001")
    await hall.sign_in(NUMBERS)
    await hall.hold_ceremony()
    await hall.open("projects", NUMBERS)
    for number, choices in zip(NUMBERS, ((1, 1, 0), (1, 0, 0), (0, 0, 0), (1, 1, 0)), strict=True):
        await hall.cast("projects", number, *choices)
    before = await seat.until(SeatView, lambda view: view.hall.polls["projects"].state is PollState.OPEN, 10)
    assert before.hall.polls["projects"].result is None
    assert (await hall.get("/api/polls/projects/archive.bel"))[0] == 403

    assert await hall.finish("projects") == hall.expected("projects") == [3, 2, 0]

    after = await seat.until(SeatView, lambda view: view.hall.polls["projects"].result is not None, 10)
    assert known(after.hall.polls["projects"].result).outcome.elected == ("p1",)
    await _verify(hall)


async def _verify(hall: Hall) -> None:
    status, archive = await hall.get("/api/polls/projects/archive.bel")
    assert status == 200
    receipts = await asyncio.gather(*(hall.receipt_of(number, "projects") for number in NUMBERS))
    verified = verify_archive(archive, receipts)
    assert list(verified.counts) == [3, 2, 0]
    assert (await hall.until(lambda view: bool(view.archives))).archives["projects"] == hashlib.sha256(
        archive
    ).hexdigest()
    status, board = await hall.get("/api/polls/projects/board")
    assert (status, json.loads(board)["records"][-1]["kind"]) == (200, "event")
