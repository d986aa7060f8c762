"""`voting verify SITTING.zip`: three exit statuses, every check by its number, and coverage by receipts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.statements import OTHER
from tests.support.whole_sitting import Whole, ended_sitting, receipts_of
from voting.cli import cli
from voting.sitting.poll import PollState

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def invoke(raw: bytes, *arguments: str) -> Result:
        (tmp_path / "sitting.zip").write_bytes(raw)
        (tmp_path / "receipts.json").write_text(json.dumps(receipts_of(ended_sitting(), "motion-2")))
        result = CliRunner().invoke(cli, ["verify", "sitting.zip", *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


def test_an_ended_sitting_is_valid_with_every_outcome_and_annulment(run: Run) -> None:
    result = run(Whole(ended_sitting()).packed())
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert sum(line.startswith("Z") and "  ok  " in line for line in lines) == 14
    assert "Poll motion (示例决议): annulled because: 示例原因" in lines
    assert "This sitting is valid." in lines
    assert lines.count("  outcome: passed") == 2


def test_coverage_by_receipts_is_stated_and_may_be_asked_for(run: Run) -> None:
    whole = Whole(ended_sitting()).packed()
    enough = run(whole, "--receipts", "receipts.json", "--require-receipts", "2")
    assert enough.exit_code == 0
    assert enough.stdout.splitlines()[-1] == "The 2 receipts given cover 2 of 3 ballots on all boards."
    fewer = run(whole, "--receipts", "receipts.json", "--require-receipts", "3")
    assert (fewer.exit_code, "receipts_too_few" in fewer.stdout) == (3, True)


def test_a_poll_that_has_not_ended_leaves_the_sitting_open(run: Run) -> None:
    result = run(Whole(ended_sitting()).listing("motion-2", state=PollState.COUNTED).packed(), "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["valid"], report["verdict"]) == (3, True, "outcome_not_stated")
    assert [(one["code"], one["poll"]) for one in report["reservations"]] == [("not_ended", "motion-2")]


def test_a_forged_sitting_is_named_by_its_check(run: Run) -> None:
    result = run(Whole(ended_sitting()).packed(OTHER.sign), "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["failed"]["number"], report["failed"]["key"]) == (1, "Z3", "sitting_signature")
    assert [one["status"] for one in report["checks"]] == ["ok", "ok", "FAILED"] + ["not reached"] * 11
    assert run(b"no zip").stdout.splitlines()[-1].startswith("This sitting is NOT valid: check Z1 sitting_container")


def test_a_sitting_holds_its_counts(run: Run) -> None:
    assert run(b"", "--count", "count.json").exit_code == 2
