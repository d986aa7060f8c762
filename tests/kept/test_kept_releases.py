"""What every kept release wrote is replayed, upgraded, taken up, exported, reported and verified by this one."""

import json
import shutil
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from tests.support.chamber import Chamber
from tests.support.repository import ROOT
from voting.cli import cli
from voting.files.session import load_session
from voting.reports.making import make_reports
from voting.server.services.ledger import OnCommit
from voting.sitting.earlier import as_of_first_release
from voting.sitting.events import (
    AlarmRaised,
    AnnulmentAsked,
    AnnulmentConfirmed,
    AnyEvent,
    ClosedBoardSigned,
    ClosedHeadCompared,
    CodeReplaced,
    DeadlineMoved,
    KinRuledOut,
    LoggedOutEverywhere,
    RollbackAccepted,
)
from voting.sitting.poll import PollState
from voting.storage.data_dir import DataDir
from voting.storage.database import Database
from voting.storage.engine import open_engine
from voting.storage.journal.chain import check_chain
from voting.storage.journal.group_commit import Journal
from voting.storage.reading import read_sitting
from voting.storage.server_key import ReceiptSigner
from voting.storage.tables.journal import read_rows

KEPT = Path(__file__).parent
THIS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
RELEASES = sorted(path.parent.name for path in KEPT.glob("*/session"))
RECORDS = [(release, path.stem) for release in RELEASES for path in sorted((KEPT / release).glob("records/*.bel"))]
COUNTS = [
    (release, path.name.removesuffix(".count.json"))
    for release in RELEASES
    for path in sorted((KEPT / release).glob("records/*.count.json"))
]


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest) -> Path:
    return KEPT / str(request.param)


@pytest.fixture
def data(release: Path, tmp_path: Path) -> DataDir:
    """A copy of what the release left, to be upgraded."""
    shutil.copytree(release / "data", tmp_path / "data")
    return DataDir(tmp_path / "data")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_something_is_kept_of_this_release() -> None:
    assert THIS in RELEASES


def test_the_session_folder_is_still_the_plan_of_the_sitting(release: Path, data: DataDir) -> None:
    assert as_of_first_release(load_session(release / "session")) == read_sitting(data.database).sitting.plan


def test_the_journal_gives_the_same_boards_byte_for_byte(release: Path, data: DataDir) -> None:
    replayed = read_sitting(data.database)
    states = {poll: progress.state for poll, progress in replayed.sitting.polls.items()}
    assert states.pop("added") is PollState.ANNULLED
    assert set(states.values()) == {PollState.ANNOUNCED}
    kept = {path.stem: path.read_bytes() for path in (release / "records").glob("*.bel")}
    assert {poll: replayed.published[poll].archive() for poll in replayed.published.digests()} == kept


SINCE = {
    AlarmRaised,
    AnnulmentAsked,
    AnnulmentConfirmed,
    ClosedBoardSigned,
    ClosedHeadCompared,
    CodeReplaced,
    DeadlineMoved,
    KinRuledOut,
    LoggedOutEverywhere,
    RollbackAccepted,
}
"""Events that came after the release was kept."""


def test_the_journal_of_this_release_holds_every_kind_of_event(tmp_path: Path) -> None:
    shutil.copytree(KEPT / THIS / "data", tmp_path / "data")
    engine = open_engine(DataDir(tmp_path / "data").database)
    assert {type(row.event) for row in check_chain(read_rows(engine))} == set(get_args(AnyEvent)) - SINCE
    engine.dispose()


def test_the_database_is_upgraded_and_the_sitting_taken_up(release: Path, data: DataDir) -> None:
    before = read_sitting(data.database)
    database, engine = Database(data.database, data.high_water), open_engine(data.database)
    with engine.connect() as connection:
        places = connection.execute(text("select count(*) from board where press > 0")).scalar_one()
        badges = connection.execute(text("select count(*) from access")).scalar_one()

    def open_journal(on_commit: OnCommit) -> Journal:
        return database.open_journal(on_commit, lambda error: pytest.fail(repr(error)))

    chamber = Chamber(load_session(release / "session"), journal_type=open_journal)
    assert chamber.service.sitting == before.sitting
    chamber.service.call_item("opening")
    chamber.service.stop()
    engine.dispose()
    database.settle()
    assert read_sitting(data.database).sitting.current_item == "opening"
    ballots = sum(len(progress.returned) for progress in before.sitting.polls.values())
    assert (places >= ballots > 0, badges > 0) == (True, True)


def test_the_reports_hold_the_same_figures(release: Path, data: DataDir, tmp_path: Path) -> None:
    make_reports(data.path, tmp_path / "reports")
    made = json.loads((tmp_path / "reports" / "results.json").read_text(encoding="utf-8"))
    kept = json.loads((release / "records" / "results.json").read_text(encoding="utf-8"))
    assert len(made["polls"]) == len(kept["polls"])
    for one, other in zip(made["polls"], kept["polls"], strict=True):
        assert {name: one[name] for name in other} == other


def test_a_damaged_key_is_named_by_the_reports(release: Path, data: DataDir, tmp_path: Path) -> None:
    assert release.is_dir()
    data.signing_key.write_bytes(b"nothing")
    done = run("report", "--data", data.path, "--out", tmp_path / "reports")
    assert (done.exit_code, "[key_damaged]" in done.output) == (1, True)


@pytest.mark.parametrize(("release", "poll"), RECORDS, indirect=["release"])
def test_the_archive_is_exported_as_it_was(release: Path, data: DataDir, poll: str, tmp_path: Path) -> None:
    done = run("export", "--data", data.path, poll, "--out", tmp_path / "again.bel")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "again.bel").read_bytes() == (release / "records" / f"{poll}.bel").read_bytes()


def test_the_whole_sitting_is_exported_and_valid_as_far_as_that_release_went(
    release: Path, data: DataDir, tmp_path: Path
) -> None:
    assert release.is_dir()
    ReceiptSigner.load(data.signing_key)
    done = run("export", "--data", data.path, "--out", tmp_path / "sitting.zip")
    assert done.exit_code == 0, done.output
    verified = run("verify", tmp_path / "sitting.zip", "--json")
    report = json.loads(verified.stdout)
    assert (verified.exit_code, report["verdict"]) == (3, "outcome_not_stated")
    assert {one["code"] for one in report["reservations"]} == {"poll_not_stated"}
    assert [one["poll"] for one in report["annulled"]] == ["added"]


def test_a_sitting_whose_key_is_gone_is_not_exported_as_a_whole(release: Path, data: DataDir, tmp_path: Path) -> None:
    assert release.is_dir()
    data.signing_key.unlink(missing_ok=True)
    done = run("export", "--data", data.path, "--out", tmp_path / "sitting.zip")
    assert (done.exit_code, "[key_missing]" in done.output) == (1, True)


@pytest.mark.parametrize(("release", "poll"), COUNTS)
def test_the_record_and_its_signed_count_are_valid_as_far_as_that_release_went(release: str, poll: str) -> None:
    """A poll counted by hand has no record that could lack a law."""
    records = KEPT / release / "records"
    archive, receipts = records / f"{poll}.bel", records / f"{poll}.receipts.json"
    given = [archive, "--receipts", receipts] if archive.is_file() else []
    done = run("verify", *given, "--count", records / f"{poll}.count.json", "--json")
    assert done.exit_code == (3 if given else 0), done.output
    report = json.loads(done.stdout)
    assert {"description"} <= {one["code"] for one in report["reservations"]} if given else poll == "hands"
    assert report["count"]["valid"]
    assert json.loads(receipts.read_text(encoding="utf-8")) if given else poll == "hands"
