"""`voting verify --count`: a signed count is checked with its archive, or alone where hands were counted."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.chamber import Chamber
from tests.support.hand_counts import mixed, two_papers
from tests.support.plans.hands import HANDS, PAPER, PASSED, hands_plan
from tests.support.signer import SIGNER
from voting.cli import cli
from voting.server.services.count_statements import CountStatements

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public files of a motion decided by hands, and of one with papers beside the terminals."""
    chamber = Chamber(hands_plan())
    chamber.sign_in("001", "002")
    chamber.hold_ceremony()
    chamber.by_hand("hands", HANDS, PASSED)
    chamber.sign_in("003")
    mixed(chamber, "mixed")
    chamber.close("mixed")
    chamber.enter_and_confirm("mixed", PAPER, two_papers("mixed"))
    chamber.count("mixed")
    place = tmp_path_factory.mktemp("record")
    statements = CountStatements(chamber.service.boards, SIGNER)
    for poll in ("hands", "mixed"):
        (place / f"{poll}.count.json").write_bytes(statements.of(poll, chamber.service.sitting))
    (place / "mixed.bel").write_bytes(chamber.service.boards["mixed"].archive())
    return place


@pytest.fixture
def run(files: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(files)

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(cli, ["verify", *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


def test_a_mixed_count_is_checked_after_its_archive_and_its_outcome_stated(run: Run) -> None:
    result = run("mixed.bel", "--count", "mixed.count.json")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[-1] == "outcome: not_passed"
    assert "C7 count_outcome              ok           the outcome follows from the count under the rules" in lines
    assert "3 issued, 2 returned, 2 valid, 0 void." in lines
    assert any("entered by 示例监票人1, confirmed by 示例监票人2" in line for line in lines)


def test_the_archive_of_a_mixed_poll_alone_does_not_claim_an_outcome(run: Run) -> None:
    result = run("mixed.bel")
    assert result.exit_code == 3
    assert "This record is valid, but its outcome is not stated:\n  papers_beside: whether papers" in result.stdout
    report = json.loads(run("mixed.bel", "--json").stdout)
    assert (report["valid"], report["verdict"], report["decision"]) == (True, "outcome_not_stated", None)
    assert [one["code"] for one in report["reservations"]] == ["papers_beside"]


def test_a_poll_counted_by_hand_is_checked_without_an_archive(run: Run) -> None:
    result = run("--count", "hands.count.json", "--language", "zh")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "outcome: passed"
    assert "counted: by_hand" in result.stdout
    assert "应表决 2 人，举手 2 人：本次表决有效" in result.stdout


def test_a_program_reads_the_same_in_fields(run: Run) -> None:
    report = json.loads(run("mixed.bel", "--count", "mixed.count.json", "--json").stdout)
    assert (report["valid"], report["count"]["valid"], report["decision"]["outcome"]) == (True, True, "not_passed")
    assert (report["verdict"], report["reservations"]) == ("valid", [])
    assert [(check["number"], check["status"]) for check in report["checks"][-3:]] == [
        (18, "not_applicable"),
        (21, "passed"),
        (22, "passed"),
    ]
    assert [check["number"] for check in report["count"]["checks"]] == [f"C{i}" for i in range(1, 8)]
    assert report["count"]["by_hand"]["figures"]["issued"] == 2
    alone = json.loads(run("--count", "hands.count.json", "--json").stdout)
    assert (alone["valid"], alone["count"]["medium"], alone["decision"]["outcome"]) == (
        True,
        "by_hand",
        "passed",
    )


@pytest.mark.parametrize(
    ("arguments", "check"),
    [
        (("mixed.bel", "--count", "hands.count.json"), "C3 count_archive"),
        (("--count", "mixed.count.json"), "C3 count_archive"),
        (("--count", "altered.json"), "C2 count_signature"),
        (("--count", "mixed.bel"), "C1 count_form"),
    ],
)
def test_what_does_not_hold_is_named_by_its_check(
    run: Run, files: Path, arguments: tuple[str, ...], check: str
) -> None:
    raw = (files / "hands.count.json").read_bytes()
    (files / "altered.json").write_bytes(raw.replace(b'"for":2', b'"for":1'))
    result = run(*arguments)
    assert result.exit_code == 1
    assert f"This count is NOT valid: check {check}: " in result.stdout
    report = json.loads(run(*arguments, "--json").stdout)
    failed = report["count"]["failed"]
    assert (report["valid"], report["decision"], f"{failed['number']} {failed['key']}") == (False, None, check)


@pytest.mark.parametrize("arguments", [(), ("--receipts", "receipts.json", "--count", "hands.count.json")])
def test_without_a_record_there_must_be_a_count_alone(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_missing_statement_is_named(run: Run) -> None:
    result = run("--count", "nowhere.json")
    assert result.exit_code == 1
    assert "nowhere.json cannot be read" in result.output
