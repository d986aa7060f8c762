"""`voting report` on a database as a sitting leaves it: real ballots, real board, no server."""

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader
from sqlalchemy import text

from tests.support.chamber import Chamber
from tests.support.reports.records import sitting_plan
from voting.cli import cli
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import MOTION_OPTIONS, Option, Question
from voting.congress.roster import Delegate, Roster
from voting.reports import fonts, making
from voting.reports.fonts import BUNDLED, Face
from voting.reports.writing import PollIdUnusable
from voting.sitting.poll import PollPlan
from voting.storage.engine import open_engine, upgrade
from voting.storage.journal.chain import GENESIS, link
from voting.storage.journal.store import JournalWriter, StoredUnits

PROJECTS = PollPlan(
    Question(
        id="projects",
        kind=PollKind.CHOOSE,
        title="示例票决",
        options=(Option("a", "示例甲"), Option("b", "示例乙"), Option("c", "示例丙")),
        seats=2,
    )
)
MOTION = PollPlan(Question(id="motion", kind=PollKind.MOTION, title="示例决议", options=MOTION_OPTIONS))


def stored_sitting(chamber: Chamber, database: Path) -> None:
    """The chamber's journal and ballots as a server would have stored them."""
    engine = open_engine(database)
    upgrade(engine)
    journal, stored = chamber.service._ledger.journal, StoredUnits()
    linked = link(0, GENESIS, tuple(row.event for row in journal.replay()))
    stored.journal = [
        {"seq": row.seq, "hash": row.hash, "event": raw} for row, raw in zip(linked.rows, linked.raws, strict=True)
    ]
    for poll, progress in chamber.service.sitting.polls.items():
        for tracker in progress.returned.values():
            body = journal.ballot(poll, tracker)
            stored.ballots.append({"poll": poll, "tracker": tracker, "body": body})
    writer = JournalWriter(engine)
    writer.write(stored)
    writer.close()
    engine.dispose()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The data directory of a sitting with one announced and one planned poll, and the hash of the archive."""
    small = Roster(3, tuple(Delegate(f"{i:03}", f"示例代表{i:03}", "示例代表团") for i in (1, 2, 3)))
    plan = sitting_plan(PROJECTS, MOTION)
    chamber = Chamber(type(plan)(**{f: getattr(plan, f) for f in plan.__struct_fields__} | {"roster": small}))
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("projects")
    chamber.cast("projects", "001", 1, 1, 0)
    chamber.cast("projects", "002", 1, 0, 0)
    chamber.finish("projects")
    folder = tmp_path_factory.mktemp("data")
    stored_sitting(chamber, folder / "plenary.db")
    return folder, hashlib.sha256(chamber.service.boards["projects"].archive()).hexdigest()


def report(*arguments: object) -> Result:
    result = CliRunner().invoke(cli, ["report", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_whole_sitting_is_reported_without_a_server(data: tuple[Path, str], tmp_path: Path) -> None:
    folder, digest = data
    result = report("--data", folder, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    of_the_poll = ("projects/issue-return", "projects/count", "projects/script")
    papers = ("attendance", "attendance-script", "fingerprints", *of_the_poll)
    assert written == {f"{p}.{suffix}" for p in papers for suffix in ("pdf", "xlsx")} | {"results.csv", "results.json"}
    assert sorted(result.stdout.split()) == sorted(str(tmp_path / name) for name in written)
    reader = PdfReader(io.BytesIO((tmp_path / "projects" / "count.pdf").read_bytes()))
    printed = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    assert digest in printed
    assert "1示例甲2入选" in printed
    polls = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["polls"]
    assert [(p["id"], p["state"], p["archive_sha256"]) for p in polls] == [
        ("projects", "announced", digest),
        ("motion", "planned", None),
    ]


def test_one_poll_alone_is_reported_into_its_folder(data: tuple[Path, str], tmp_path: Path) -> None:
    assert report("--data", data[0], "--poll", "projects", "--out", tmp_path).exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["projects"]
    assert (tmp_path / "projects" / "results.json").is_file()


def test_a_poll_id_that_cannot_name_a_directory_is_told_with_its_code(
    data: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unusable(*_: object) -> None:
        raise PollIdUnusable("示例")

    monkeypatch.setattr(making, "write_reports", unusable)
    with pytest.raises(making.ReportRefused) as refused:
        making.make_reports(data[0], tmp_path)
    assert refused.value.problem is making.ReportProblem.POLL_ID_UNUSABLE


def test_an_error_of_report_making_is_not_told_as_an_unusable_id(
    data: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: object) -> None:
        raise ValueError("a figure that no sheet can hold")

    monkeypatch.setattr(making, "write_reports", wrong)
    with pytest.raises(ValueError, match="a figure that no sheet can hold"):
        making.make_reports(data[0], tmp_path)


def test_the_zip_file_holds_what_was_written(data: tuple[Path, str], tmp_path: Path) -> None:
    out, packed = tmp_path / "out", tmp_path / "reports.zip"
    assert report("--data", data[0], "--out", out, "--zip", packed).exit_code == 0
    written = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with zipfile.ZipFile(packed) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == written


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (("--poll", "budget"), 1, "[unknown_poll]"),
        (("--poll", "motion"), 1, "[not_closed]"),
    ],
)
def test_what_cannot_be_reported_is_refused(
    data: tuple[Path, str], tmp_path: Path, arguments: tuple[str, ...], status: int, code: str
) -> None:
    result = report("--data", data[0], *arguments, "--out", tmp_path / "out")
    assert (result.exit_code, code in result.output) == (status, True)
    assert not (tmp_path / "out").exists()


def test_a_directory_without_a_sitting_is_refused(tmp_path: Path) -> None:
    result = report("--data", tmp_path, "--out", tmp_path / "out")
    assert (result.exit_code, "[no_sitting]" in result.output) == (2, True)


def test_a_journal_that_was_changed_is_not_reported(data: tuple[Path, str], tmp_path: Path) -> None:
    database = tmp_path / "plenary.db"
    source = open_engine(data[0] / "plenary.db")
    with source.connect() as connection:
        connection.execute(text(f"VACUUM INTO '{database}'"))
    source.dispose()
    changed = open_engine(database)
    with changed.begin() as connection:
        [event] = connection.execute(text("SELECT event FROM journal WHERE seq = 2")).scalars()
        changes = {"event": event.replace(b'"001"', b'"003"')}
        connection.execute(text("UPDATE journal SET event = :event WHERE seq = 2"), changes)
    changed.dispose()
    result = report("--data", tmp_path, "--out", tmp_path / "out")
    assert (result.exit_code, "[journal_broken]" in result.output) == (1, True)
    assert not (tmp_path / "out").exists()


def test_without_a_chinese_font_the_package_is_named(
    data: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "MAIN", (Face("Noto Serif SC", BUNDLED / "nowhere", "none.ttf"),))
    fonts.installed_typeface.cache_clear()
    result = report("--data", data[0], "--out", tmp_path / "out")
    fonts.installed_typeface.cache_clear()
    assert (result.exit_code, "[font_missing]" in result.output) == (2, True)
    assert "apt install fonts-noto-cjk" in result.output


def test_a_sitting_that_was_never_convened_is_not_reported(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "plenary.db")
    upgrade(engine)
    engine.dispose()
    result = report("--data", tmp_path, "--out", tmp_path / "out")
    assert (result.exit_code, "[no_sitting]" in result.output) == (2, True)
