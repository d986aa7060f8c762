"""What cannot be used is refused in one clear line with a code, before anything is started or written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.repository import HAMLET
from voting.cli import cli

HEADER = "poll,delegate,options\n"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: object) -> Result:
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return invoke


def rehearse_with(run: Run, tmp_path: Path, rows: str) -> Result:
    (tmp_path / "choices.csv").write_text(rows, encoding="utf-8")
    result = run("rehearse", HAMLET, "--choices", "choices.csv", "--out", "out")
    assert not (tmp_path / "out").exists()
    return result


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("projects,701,bridge-repair clinic-hours library-room\n", "row 2, column options: 3 options"),
        ("resolution,701,for against\n", "row 2, column options: 2 options"),
        ("projects,701,bridge-repair bridge-repair\n", 'row 2, column options: option "bridge-repair" is given twice'),
        ("projects,701,\nprojects,702,market\n", 'row 3, column options: poll "projects" has no option "market"'),
        ("budget,701,\n", 'row 2, column poll: the session has no poll "budget"'),
        ("projects,710,\n", 'row 2, column delegate: the roster has no delegate "710"'),
        ("projects,G1,\n", 'row 2, column delegate: "G1" is an observer'),
        ("projects,701,-\n\nprojects,701,\n", 'row 4, column delegate: delegate "701" in poll "projects"'),
        ("projects,701\n", "row 2: 2 cells where 3 are expected"),
        ('projects,701,"\n', "row 2: not a row of comma-separated values"),
    ],
)
def test_choices_that_cannot_be_cast_are_refused_by_row_and_column(
    run: Run, tmp_path: Path, rows: str, place: str
) -> None:
    result = rehearse_with(run, tmp_path, HEADER + rows)
    assert result.exit_code == 2
    assert place in result.output
    assert "[choices_invalid]" in result.output


@pytest.mark.parametrize("text", ["", "delegate,options\n701,\n", "poll;delegate;options\n"])
def test_choices_without_their_header_are_refused(run: Run, tmp_path: Path, text: str) -> None:
    result = rehearse_with(run, tmp_path, text)
    assert result.exit_code == 2
    assert "row 1: " in result.output


def test_choices_of_too_few_delegates_fail_for_want_of_a_quorum(run: Run, tmp_path: Path) -> None:
    five = "".join(f"projects,70{number},-\n" for number in range(1, 6))
    result = rehearse_with(run, tmp_path, HEADER + five)
    assert result.exit_code == 1
    assert "5 of 9 delegates attend, but a sitting needs 6 [no_quorum]" in result.output


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        (["--seats", "5"], 1, "no_quorum"),
        (["--seats", "10"], 2, "too_many_seats"),
        (["--choices", HAMLET / "choices.csv", "--seed", "1"], 2, "options_conflict"),
        (["--choices", HAMLET / "choices.csv", "--seats", "7"], 2, "options_conflict"),
    ],
)
def test_impossible_numbers_of_seats_are_refused(run: Run, options: list[object], status: int, code: str) -> None:
    result = run("rehearse", HAMLET, *options, "--out", "out")
    assert result.exit_code == status
    assert f"[{code}]" in result.output


def test_a_directory_that_no_rehearsal_made_is_left_alone(run: Run, tmp_path: Path) -> None:
    treasure = tmp_path / "out" / "server" / "plenary.db"
    treasure.parent.mkdir(parents=True)
    treasure.write_text("a real sitting")
    result = run("rehearse", HAMLET, "--out", "out")
    assert result.exit_code == 2
    assert "[out_unusable]" in result.output
    assert treasure.read_text() == "a real sitting"


def test_a_poll_directory_with_other_files_is_left_alone(run: Run, tmp_path: Path) -> None:
    treasure = tmp_path / "out" / "projects" / "notes.txt"
    treasure.parent.mkdir(parents=True)
    treasure.write_text("mine")
    assert run("rehearse", HAMLET, "--out", "out").exit_code == 2
    assert treasure.read_text() == "mine"


@pytest.mark.parametrize("command", [["rehearse", "--out", "out"], ["serve", "--data", "data"], ["run"]])
def test_a_session_that_cannot_be_loaded_is_refused_by_file(run: Run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "session").mkdir()
    result = run(*command, "session")
    assert result.exit_code == 2
    assert "session.toml" in result.output
    assert "[session_invalid]" in result.output


def test_half_a_certificate_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cert.pem").touch()
    result = run("serve", HAMLET, "--data", "data", "--tls-cert", "cert.pem")
    assert result.exit_code == 2
    assert "--tls-cert and --tls-key belong together" in result.output


def test_an_empty_directory_exports_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    result = run("export", "--data", "data", "projects", "--out", "x.bel")
    assert result.exit_code == 2
    assert "[no_sitting]" in result.output
    assert not (tmp_path / "x.bel").exists()


def test_a_file_that_is_no_database_exports_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plenary.db").write_bytes(b"not a database at all" * 100)
    result = run("export", "--data", tmp_path, "projects", "--out", "x.bel")
    assert result.exit_code == 1
    assert "[database_unusable]" in result.output


def test_codes_that_are_damaged_simulate_nobody(run: Run, tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_bytes(b"\xff\xfe\x00")
    result = run("simulate", "http://127.0.0.1:1", "--data", tmp_path)
    assert (result.exit_code, "[codes_damaged]" in result.output) == (2, True)


def test_a_data_directory_that_cannot_be_made_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run("serve", HAMLET, "--data", tmp_path / "file" / "data", "--port", "0")
    assert (result.exit_code, "[server_failed]" in result.output) == (1, True)
    assert "cannot be used: Not a directory" in result.output


@pytest.mark.parametrize("content", [b"", b"not an archive"])
def test_a_file_that_is_no_archive_fails_the_first_check(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.bel").write_bytes(content)
    result = run("verify", "x.bel")
    assert result.exit_code == 1
    assert "check 1 (archive_format)" in result.output


def test_a_missing_archive_is_named(run: Run) -> None:
    result = run("verify", "nowhere.bel")
    assert result.exit_code == 1
    assert "nowhere.bel" in result.output


def test_a_good_roster_is_written_anew(run: Run, tmp_path: Path) -> None:
    result = run("import-roster", HAMLET / "roster.csv", "--out", "roster.csv")
    assert result.exit_code == 0
    assert "roster.csv: 9 delegates" in result.output
    assert "示例代表009" in (tmp_path / "roster.csv").read_text(encoding="utf-8-sig")


def test_a_roster_with_a_repeated_number_is_refused_by_row(run: Run, tmp_path: Path) -> None:
    (tmp_path / "twice.csv").write_text("编号,姓名,代表团\n1,示例代表001,东\n1,示例代表002,东\n", encoding="utf-8")
    result = run("import-roster", "twice.csv")
    assert result.exit_code == 2
    assert "row 3" in result.output
    assert "[roster_invalid]" in result.output
    assert not (tmp_path / "roster.csv").exists()


def test_codes_of_no_sitting_cannot_be_simulated(run: Run, tmp_path: Path) -> None:
    result = run("simulate", "http://127.0.0.1:9", "--data", tmp_path)
    assert result.exit_code == 2
    assert "[no_sitting]" in result.output
