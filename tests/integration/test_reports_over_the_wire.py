"""The papers of a running sitting: made beside the server from its live database, for those who may see them."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator

import aiohttp
import msgspec
import pytest

from tests.support.hall import Hall, sitting
from tests.support.plans.hands import hands_plan
from voting.sitting.counting import Count
from voting.sitting.poll import PollState
from voting.wire.views import ScrutineerView

NUMBERS = ("001", "002", "003", "004", "005")
FIGURES = {"issued": 5, "returned": 5, "valid": 5, "void": 0, "votes": {"for": 4, "against": 1, "abstain": 0}}
SITTING, POLL = "/api/reports.zip", "/api/polls/hands/reports.zip"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with sitting(tmp_path_factory.mktemp("reports"), hands_plan(delegates=5)) as hall:
        hall.run(_counted(hall))
        yield hall
        assert hall.server.complaints() == []


async def _counted(hall: Hall) -> None:
    """One poll counted by hand, and not announced."""
    await hall.sign_in(NUMBERS)
    for step in ("prepare_poll", "open_by_hand", "close_poll"):
        await hall.chair(step, poll="hands")
    entry = {"poll": "hands", "method": "show_of_hands", "figures": FIGURES, "reason": "示例：终端故障"}
    await hall.ask("scrutineer", "1", "enter_hand_count", **entry)
    link = await hall.link("scrutineer", "2")
    view = await link.until(ScrutineerView, lambda view: "hands" in view.hand_counts, 20)
    entered_at = view.hand_counts["hands"].entered_at
    await hall.ask("scrutineer", "2", "confirm_hand_count", poll="hands", entered_at=entered_at)
    await hall.until_state("hands", PollState.COUNTED)


async def _get(hall: Hall, path: str, role: str = "", subject: str = "") -> tuple[int, str, bytes]:
    """Status, content type and body, as somebody logged in with this role, or as the public."""
    async with aiohttp.ClientSession(hall.server.url) as http:
        headers = {}
        if role:
            async with http.post("/api/login", json={"code": hall.server.codes()[role, subject]}) as answer:
                headers = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        async with http.get(path, headers=headers) as answer:
            return answer.status, answer.content_type, await answer.read()


def unzipped(hall: Hall, path: str, role: str = "chair", subject: str = "") -> dict[str, bytes]:
    status, content_type, body = hall.run(_get(hall, path, role, subject))
    assert (status, content_type) == (200, "application/zip"), body[:500]
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def counted(hall: Hall) -> Count:
    """The count in the journal as it lies on disk."""
    [event] = hall.server.journal("poll_counted_by_hand")
    return msgspec.convert(event["count"], Count)


def test_the_zip_of_the_sitting_holds_the_papers_and_the_figures_of_the_journal(hall: Hall) -> None:
    files = unzipped(hall, SITTING)
    papers = ("attendance", "attendance-script", "fingerprints", "hands/count", "hands/script")
    assert set(files) == {f"{p}.{end}" for p in papers for end in ("pdf", "xlsx")} | {"results.csv", "results.json"}
    assert all(files[f"{paper}.pdf"].startswith(b"%PDF") for paper in papers)
    found, count = json.loads(files["results.json"]), counted(hall)
    assert (found["attendance"]["due"], found["attendance"]["present"]) == (5, 5)
    [poll] = [poll for poll in found["polls"] if poll["id"] == "hands"]
    assert (poll["state"], poll["count"]["votes"]) == ("counted", count.votes)
    rows = csv.DictReader(io.StringIO(files["results.csv"].decode("utf-8-sig"), newline=""))
    assert {row["option"]: int(row["votes"]) for row in rows} == count.votes


def test_one_poll_alone_is_given_to_the_chair_and_to_scrutineers(hall: Hall) -> None:
    of_chair, of_scrutineer = unzipped(hall, POLL), unzipped(hall, POLL, "scrutineer", "2")
    assert set(of_chair) == set(of_scrutineer) == {
        *(f"hands/{paper}.{end}" for paper in ("count", "script") for end in ("pdf", "xlsx")),
        "hands/results.csv",
        "hands/results.json",
    }  # fmt: skip
    assert of_chair["hands/count.pdf"] == of_scrutineer["hands/count.pdf"]


def test_the_count_report_carries_the_hash_of_the_signed_count_that_the_server_gives(hall: Hall) -> None:
    status, _, statement = hall.run(_get(hall, "/api/polls/hands/count.json", "chair"))
    assert status == 200
    digest = hashlib.sha256(statement).hexdigest()
    with zipfile.ZipFile(io.BytesIO(unzipped(hall, POLL)["hands/count.xlsx"])) as book:
        assert any(digest.encode() in book.read(name) for name in book.namelist())


@pytest.mark.parametrize(
    ("path", "role", "subject", "status", "code"),
    [
        (SITTING, "", "", 403, "login_needed"),
        (SITTING, "delegate", "001", 403, "not_your_role"),
        (SITTING, "scrutineer", "1", 403, "not_your_role"),
        (SITTING, "screen", "", 403, "not_your_role"),
        (POLL, "", "", 403, "login_needed"),
        (POLL, "delegate", "001", 403, "not_your_role"),
        (POLL, "screen", "", 403, "not_your_role"),
        ("/api/polls/nothing/reports.zip", "chair", "", 404, "unknown_poll"),
        ("/api/polls/motion/reports.zip", "chair", "", 403, "poll_not_counted"),
    ],
)
def test_who_may_not_see_a_result_gets_no_papers(
    hall: Hall, path: str, role: str, subject: str, status: int, code: str
) -> None:
    answered, _, body = hall.run(_get(hall, path, role, subject))
    assert json.loads(body)["refusal"]["code"] == code
    assert answered == (401 if code == "login_needed" else status)


def test_no_paper_stays_behind(hall: Hall) -> None:
    unzipped(hall, POLL)
    assert not [path for path in hall.server.data.rglob("*") if path.suffix in {".pdf", ".zip", ".xlsx"}]
