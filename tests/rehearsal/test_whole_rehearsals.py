"""Whole sittings by machine: a real server, real websockets, known choices, exact figures, on both groups."""

import hashlib
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import voting
from tests.support.needed_tools import needed_tool
from tests.support.repository import HAMLET
from voting.rehearsal.output import OutputRefused, prepare_output

pytestmark = pytest.mark.rehearsal

GROUPS = ("Ed25519", "BELENIOS-2048")


@dataclass(frozen=True)
class Held:
    group: str
    out: Path
    said: str

    @property
    def result(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads((self.out / "result.json").read_text(encoding="utf-8"))
        return loaded

    def archive(self, poll: str) -> Path:
        [path] = (self.out / poll).glob("*.bel")
        return path


@pytest.fixture(scope="module", params=GROUPS)
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Held:
    out = tmp_path_factory.mktemp("rehearsal") / "out"
    choices = HAMLET / "choices.csv"
    done = voting("rehearse", HAMLET, "--group", request.param, "--choices", choices, "--out", out)
    assert done.returncode == 0, done.stderr
    return Held(request.param, out, done.stdout)


def option(id_: str, title: str, votes: int, elected: bool = False) -> dict[str, Any]:
    return {"id": id_, "title": title, "votes": votes, "elected": elected}


def test_every_figure_of_the_result_follows_from_the_choices(held: Held) -> None:
    figures = {"entitled": 9, "issued": 8, "returned": 7, "valid": 7, "void": 0}
    expected = [
        {
            "id": "projects",
            "kind": "choose",
            "group": held.group,
            **figures,
            "not_pressed": 1,
            "options": [
                option("bridge-repair", "示例桥梁改造", 5, elected=True),
                option("clinic-hours", "示例门诊延时", 4),
                option("library-room", "示例书房", 2),
            ],
            "outcome": "shortfall",
            "medium": "electronic",
            "by_hand": 0,
        },
        {
            "id": "resolution",
            "kind": "motion",
            "group": held.group,
            **figures,
            "not_pressed": 2,
            "options": [option("for", "赞成", 4), option("against", "反对", 1), option("abstain", "弃权", 1)],
            "outcome": "not_passed",
            "medium": "electronic",
            "by_hand": 0,
        },
    ]
    assert held.result["sitting"] == {"due": 9, "present": 8, "quorum": 6}
    for poll, wanted in zip(held.result["polls"], expected, strict=True):
        extra = {"outcome_detail", "archive", "archive_sha256", "count", "secrecy", "rules", "reasons", "follows"}
        assert {key: value for key, value in poll.items() if key not in extra} == wanted
        assert poll["outcome_detail"]["majority"] == 5


def test_each_poll_leaves_one_archive_with_the_hash_reported(held: Held) -> None:
    for poll in held.result["polls"]:
        archive = held.out / poll["archive"]
        assert archive == held.archive(poll["id"])
        assert hashlib.sha256(archive.read_bytes()).hexdigest() == poll["archive_sha256"]


@pytest.mark.parametrize("poll", ["projects", "resolution"])
def test_the_archive_verifies_against_the_receipts(held: Held, poll: str) -> None:
    done = voting("verify", held.archive(poll), "--receipts", held.out / poll / "receipts.json", "--json")
    assert done.returncode == 0, done.stdout
    assert len(json.loads((held.out / poll / "receipts.json").read_text())) == 7


def test_an_archive_with_one_bit_changed_does_not_verify(held: Held, tmp_path: Path) -> None:
    raw = bytearray(held.archive("projects").read_bytes())
    raw[len(raw) // 2] ^= 1
    (tmp_path / "changed.bel").write_bytes(raw)
    assert voting("verify", tmp_path / "changed.bel").returncode == 1


def test_receipts_of_another_poll_do_not_verify(held: Held) -> None:
    done = voting("verify", held.archive("projects"), "--receipts", held.out / "resolution" / "receipts.json")
    assert done.returncode == 1
    assert "check 18 (receipts)" in done.stdout


def test_the_database_alone_exports_the_same_bytes(held: Held, tmp_path: Path) -> None:
    done = voting("export", "--data", held.out / "server", "projects", "--out", tmp_path / "x.bel")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.bel").read_bytes() == held.archive("projects").read_bytes()


def test_a_poll_that_was_never_held_is_not_exported(held: Held, tmp_path: Path) -> None:
    done = voting("export", "--data", held.out / "server", "budget", "--out", tmp_path / "x.bel")
    assert done.returncode == 1
    assert "[unknown_poll]" in done.stderr


@pytest.mark.belenios
@pytest.mark.parametrize("held", ["BELENIOS-2048"], indirect=True)  # Debian 12's tool does not know Ed25519
@pytest.mark.parametrize("poll", ["projects", "resolution"])
def test_belenios_accepts_the_directory_as_it_is(held: Held, poll: str) -> None:
    tool = needed_tool("belenios-tool")
    checked = subprocess.run(
        [tool, "election", "verify", "--dir", str(held.out / poll)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert checked.returncode == 0, checked.stderr


def test_a_server_killed_among_the_ballots_changes_no_count(tmp_path: Path) -> None:
    done = voting(
        *("rehearse", HAMLET, "--seats", 6, "--seed", 3, "--out", tmp_path / "out"),
        *("--kill-server-after", 3, "--no-follow-ups"),
    )
    assert done.returncode == 0, done.stderr
    assert "the server was killed among the ballots and started again" in done.stderr
    result = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert result["sitting"]["present"] == 6
    assert [poll["issued"] for poll in result["polls"]] == [6, 6]


def test_a_second_rehearsal_replaces_what_the_first_left_and_nothing_else(tmp_path: Path) -> None:
    first = prepare_output(tmp_path, ("projects",))
    (first / "plenary.db").write_text("the first rehearsal")
    made = ("result.json", "projects/one.bel", "projects-2/count.json", "reports/results.csv")
    for left in (*made, "projects-notes/mine.txt", "notes.txt"):
        (tmp_path / left).parent.mkdir(exist_ok=True)
        (tmp_path / left).write_text("left")
    assert prepare_output(tmp_path, ("projects",)) == first
    assert not (first / "plenary.db").exists()
    assert not any((tmp_path / left).exists() for left in made)
    assert (tmp_path / "notes.txt").read_text() == (tmp_path / "projects-notes/mine.txt").read_text() == "left"


@pytest.mark.parametrize("poll", ["server", "reports", "..", "a/b", "/tmp"])
def test_a_poll_id_that_leads_out_of_the_directory_is_refused(tmp_path: Path, poll: str) -> None:
    with pytest.raises(OutputRefused, match="cannot name a directory"):
        prepare_output(tmp_path, (poll,))
