"""What `voting rehearse` says before and after the sitting: quorum by the adopted rules, choices, papers to sign."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.repository import HAMLET
from voting.cli import cli
from voting.commands import rehearse
from voting.commands.stop import Failed
from voting.reports.database import RecordRefused
from voting.reports.fonts import FontMissing
from voting.storage.reading import ReadingProblem


def rehearsed(session: Path, *options: object) -> Result:
    arguments = ["rehearse", session, "--out", session.parent / "out", *options]
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HAMLET, tmp_path / "session"))


def test_each_polls_own_rules_say_how_many_must_attend(session: Path) -> None:
    (session / "rules" / "strict.toml").write_text(
        'deviates = ["组 14"]\n[quorum]\nfraction = "8/9"\n', encoding="utf-8"
    )
    agenda = (session / "agenda.toml").read_text(encoding="utf-8")
    adopted = agenda.replace('kind = "motion"\n', 'kind = "motion"\nrules = "strict"\n')
    (session / "agenda.toml").write_text(adopted, encoding="utf-8")
    done = rehearsed(session, "--seats", 7, "--seed", 1)
    assert done.exit_code == 1
    assert "poll resolution: 7 of 9 delegates attend, but a sitting needs 8 [no_quorum]" in done.output


def test_choices_in_the_session_are_read_and_refused_like_any_other(session: Path) -> None:
    (session / "choices.csv").write_text("poll,delegate,options\nprojects,701,market\n", encoding="utf-8")
    done = rehearsed(session, "--seed", 1)
    assert done.exit_code == 2
    assert 'row 2, column options: poll "projects" has no option "market" [choices_invalid]' in done.output
    assert not (session.parent / "out").exists()


def test_choices_of_the_session_and_the_seed_of_all_others_are_named(session: Path) -> None:
    (session / "choices.csv").write_text("poll,delegate,options\nresolution,701,for\n", encoding="utf-8")
    done = rehearsed(session, "--seed", 4, "--seats", 1)
    assert f"Choices in resolution are those of {session / 'choices.csv'}; all others are drawn with --seed 4." in (
        done.output
    )


def test_without_a_chinese_font_there_are_no_reports_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(*_: object) -> None:
        raise FontMissing("install fonts")

    monkeypatch.setattr(rehearse, "read_record", lambda _: None)
    monkeypatch.setattr(rehearse, "write_reports", missing)
    rehearse._write_reports(tmp_path)
    assert capsys.readouterr().err == "No reports were written: install fonts\n"


def test_a_record_that_does_not_hold_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Path) -> None:
        raise RecordRefused(ReadingProblem.JOURNAL_BROKEN, "the journal does not hold")

    monkeypatch.setattr(rehearse, "read_record", broken)
    with pytest.raises(Failed, match="the journal does not hold"):
        rehearse._write_reports(tmp_path)
