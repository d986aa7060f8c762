"""The auditor's command: exit codes, sentences, JSON, and files that cannot be read."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.repository import ROOT
from tests.support.tally.defects import DEFECTS, honest
from tests.support.tally.scenes import COUNTS, make_scene
from voting.tally.__main__ import main
from voting.tally.board.election import Election


@pytest.fixture
def record(tmp_path: Path) -> Path:
    made = honest(make_scene("Ed25519"))
    path = tmp_path / "poll.bel"
    path.write_bytes(made.archive)
    (tmp_path / "receipts.json").write_text(json.dumps(made.receipts))
    (tmp_path / "receipts.jsonl").write_text("\n".join(map(json.dumps, made.receipts)) + "\n\n")
    return path


def test_a_valid_record_is_reported_in_sentences(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(record)]) == 0
    out = capsys.readouterr().out
    assert "This record is valid" in out
    assert "     3  示例项目一" in out
    assert "Without receipts" in out


@pytest.mark.parametrize("name", ["receipts.json", "receipts.jsonl"])
def test_receipts_are_read_as_a_list_or_line_by_line(
    record: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main([str(record), "--receipts", str(record.with_name(name)), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["valid"] is True
    assert report["record"]["counts"] == list(COUNTS)
    assert report["record"]["receipts"] == 5
    assert {check["number"]: check["status"] for check in report["checks"]} == {
        **dict.fromkeys(range(1, 19), "passed"),
        19: "not_applicable",
        20: "not_applicable",
    }


def test_a_failed_check_is_named_and_the_exit_code_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    defect = next(defect for defect in DEFECTS if defect.name == "a_stuffed_ballot_of_fifteen_votes")
    path = tmp_path / "broken.bel"
    path.write_bytes(defect.build(make_scene("Ed25519")).archive)
    assert main([str(path)]) == 1
    out = capsys.readouterr().out
    assert "NOT valid: check 11 (ballot_proofs)" in out
    assert "18 receipts                   not reached" in out
    assert main([str(path), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["valid"], report["failed"]["number"], report["failed"]["code"]) == (False, 11, "proof_invalid")


@pytest.mark.parametrize("content", [b"", b"rubbish", b"{}" * 4000])
def test_rubbish_is_not_valid_and_leaves_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "rubbish.bel"
    path.write_bytes(content)
    assert main([str(path)]) == 1
    captured = capsys.readouterr()
    assert "check 1 (archive_format)" in captured.out
    assert captured.err == ""


def test_a_missing_file_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "absent.bel")]) == 1
    assert main([str(tmp_path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert [line.count("cannot be read") for line in captured.err.splitlines()] == [1, 1]


@pytest.mark.parametrize("content", [b"nonsense", b"[1]", b"[" * 100_000, b"\xff", b'"x"', b"[{}"])
def test_receipts_that_are_none_are_said_in_one_line(
    record: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = record.with_name("bad.json")
    path.write_bytes(content)
    assert main([str(record), "--receipts", str(path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1


def test_a_records_texts_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scene = make_scene("Ed25519")
    renamed = Election.parse(scene.election.raw.replace("示例表决".encode(), b"\\u001b[2J"))
    path = tmp_path / "escape.bel"
    path.write_bytes(replace(scene, election=renamed).record([]).archive())
    assert main([str(path)]) == 0
    out = capsys.readouterr().out
    assert "Poll: \ufffd[2J" in out
    assert "\x1b" not in out


def test_the_module_runs_as_a_program(record: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "voting.tally", str(record)], cwd=ROOT, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_receipts_of_more_than_64_mib_are_refused_by_the_number(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    most = 64 * 2**20
    path = record.with_name("many.json")
    path.write_bytes(b"[]".ljust(most))
    assert main([str(record), "--receipts", str(path)]) == 0
    path.write_bytes(b"[]".ljust(most + 1))
    assert main([str(record), "--receipts", str(path)]) == 1
    assert f"is larger than {most} bytes" in capsys.readouterr().err
