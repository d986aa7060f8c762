"""`voting verify --receipts`: what the receipts cover is said, and can be asked for."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.recorded import Recorded
from voting.cli import cli
from voting.words import fingerprint_words

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of two ballots, with both receipts, with one of them twice, and with none."""
    made = Recorded()
    place, archive = tmp_path_factory.mktemp("record"), made.archive()
    (place / "poll.bel").write_bytes(archive)
    first, second = made.receipts(archive)
    for name, receipts in {"both": [first, second], "twice": [first, first], "none": []}.items():
        (place / f"{name}.json").write_text(json.dumps(receipts))
    return place


@pytest.fixture
def run(files: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(files)
    return lambda *arguments: CliRunner().invoke(cli, ["verify", *arguments])


def test_receipts_that_cover_what_is_asked_for_make_a_record_valid(run: Run) -> None:
    result = run("poll.bel", "--receipts", "both.json", "--require-receipts", "2")
    assert result.exit_code == 0
    assert "The receipts cover 2 of 2 ballots on the board." in result.stdout


@pytest.mark.parametrize(("file", "asked", "covered"), [("both", 3, 2), ("twice", 2, 1), ("none", 1, 0)])
def test_too_few_receipts_leave_a_record_short_of_valid(run: Run, file: str, asked: int, covered: int) -> None:
    arguments = ("poll.bel", "--receipts", f"{file}.json", "--require-receipts", str(asked))
    result = run(*arguments)
    assert result.exit_code == 3
    said = f"  receipts_too_few: the receipts cover {covered} ballots, and {asked} were asked for"
    assert f"This record is valid, but not all that was asked for was shown:\n{said}\n" in result.stdout
    report = json.loads(run(*arguments, "--json").stdout)
    assert (report["valid"], report["verdict"], report["receipts_cover"]) == (True, "outcome_not_stated", covered)
    assert [one["code"] for one in report["reservations"]] == ["receipts_too_few"]


def test_receipts_are_asked_for_without_any_file_of_them(run: Run) -> None:
    assert run("poll.bel", "--require-receipts", "1").exit_code == 3
    assert run("poll.bel").exit_code == 0


def test_a_file_of_no_receipts_is_said_to_hold_none(run: Run) -> None:
    result = run("poll.bel", "--receipts", "none.json")
    assert result.exit_code == 0
    assert "The file of receipts holds none, so none was checked." in result.stdout
    assert "cover" not in result.stdout


@pytest.mark.parametrize(
    "arguments", [("--count", "count.json", "--require-receipts", "1"), ("poll.bel", "--require-receipts", "0")]
)
def test_a_demand_that_nothing_can_meet_is_a_wrong_call(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_the_fingerprint_is_told_in_the_words_of_the_hall_screen(run: Run) -> None:
    fingerprint = json.loads(run("poll.bel", "--json").stdout)["record"]["fingerprint"]
    words = " ".join(word.text for word in fingerprint_words(fingerprint))
    assert f"Fingerprint in words: {words}" in run("poll.bel").stdout
