"""The sample with every kind of poll, held by few delegates: figures, outcomes, records, papers to sign."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.support.commands import voting
from tests.support.repository import SAMPLES
from voting.cli import cli
from voting.congress.law.poll_kinds import PollKind

pytestmark = pytest.mark.rehearsal

SAMPLE = SAMPLES / "all-kinds"
DELEGATES = 18
GIVEN = {
    "projects-ranked": [
        *["ferry=1 well=2 court-lane=3"] * 16,
        "ferry=3 well=2 court-lane=1",
        "ferry=1 well=2",  # not every project has a place: void
    ],
    "deputy": [*["candidate-d=for candidate-e=against"] * 16, "candidate-d=for candidate-e=for", "-"],
    "court": [*["candidate-f=for"] * 17, "candidate-f=against +示例公民003"],
    "secretary": [*["candidate-h=for"] * 14, *["candidate-i=for"] * 3, "candidate-h=for candidate-i=for"],
    "hands": [*["for"] * 11, *["against"] * 5, "abstain", ""],
    "last-press": ["for"] * DELEGATES,
}
BY_HAND = ("secretary", "hands")


@dataclass(frozen=True)
class Held:
    out: Path
    said: str

    @property
    def polls(self) -> dict[str, dict[str, Any]]:
        polls = json.loads((self.out / "result.json").read_text(encoding="utf-8"))["polls"]
        return {poll["id"]: poll for poll in polls}

    def votes(self, poll: str) -> dict[str, int]:
        return {option["id"]: option["votes"] for option in self.polls[poll]["options"]}

    def decision(self, poll: str) -> dict[str, Any]:
        """What `voting verify` says of the record and the signed count."""
        reported = self.polls[poll]
        record = [self.out / reported["archive"], "--receipts", self.out / poll / "receipts.json"]
        arguments = ["verify", *(record if reported["archive"] else []), "--count", self.out / reported["count"]]
        done = CliRunner().invoke(cli, [*map(str, arguments), "--json"])
        assert done.exit_code == 0, done.output
        decision: dict[str, Any] = json.loads(done.stdout)["decision"]
        return decision


def cut_down(session: Path) -> None:
    """The sample with its first delegates, and their choices in some polls more."""
    shutil.copytree(SAMPLE, session)
    roster = (session / "roster.csv").read_text(encoding="utf-8-sig").splitlines()[: DELEGATES + 1]
    (session / "roster.csv").write_text("\n".join(roster) + "\n", encoding="utf-8")
    rows = (session / "choices.csv").read_text(encoding="utf-8").splitlines()[: DELEGATES + 1]
    for poll, cells in GIVEN.items():
        rows += [f"{poll},{number:03d},{cell}" for number, cell in enumerate(cells, start=1)]
    (session / "choices.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    place = tmp_path_factory.mktemp("kinds")
    cut_down(place / "session")
    done = voting("rehearse", place / "session", "--seed", 18, "--out", place / "out")
    assert done.returncode == 0, done.stderr
    return Held(place / "out", done.stderr)


def test_a_poll_of_every_kind_is_held_and_every_count_is_as_cast(held: Held) -> None:
    assert {poll["kind"] for poll in held.polls.values()} == {kind.value for kind in PollKind}
    assert {poll["medium"] for poll in held.polls.values()} == {"electronic", "by_hand", "mixed"}
    assert {poll["secrecy"] for poll in held.polls.values()} == {"secret", "recorded"}
    assert "Choices in projects-tie, projects-ranked, deputy, court, secretary, hands, last-press are" in held.said
    assert "all others are drawn with --seed 18" in held.said


@pytest.mark.parametrize(
    "poll",
    [
        "amendment",
        "projects-tie",
        "projects-tie-2",
        "projects-alone",
        "projects-strict",
        "projects-ranked",
        "projects-mixed",
        "court",
        "procurator",
        "secretary",
        "upper-nominees",
        "upper-delegates",
        "evaluation-four",
        "named-resolution",
        "hands",
        "last-press",
    ],
)
def test_record_and_signed_count_alone_state_the_outcome_of_the_sitting(held: Held, poll: str) -> None:
    reported, decided = held.polls[poll], held.decision(poll)
    assert decided["outcome"] == reported["outcome"]
    assert decided["elected"] == reported["outcome_detail"]["elected"]
    assert decided["reasons"] == reported["reasons"]


def test_a_tie_across_the_cut_line_leads_to_a_run_off_among_the_tied(held: Held) -> None:
    tie, run_off = held.polls["projects-tie"], held.polls["projects-tie-2"]
    assert (tie["outcome"], tie["outcome_detail"]["elected"]) == ("run_off", ["school-bus"])
    assert held.votes("projects-tie") == {"school-bus": 16, "nursery": 10, "market": 10}
    assert run_off["follows"] == {"poll": "projects-tie", "relation": "run_off"}
    assert set(held.votes("projects-tie-2")) == {"nursery", "market"}


def test_rankings_are_summed_and_an_incomplete_one_is_void(held: Held) -> None:
    ranked = held.polls["projects-ranked"]
    assert held.votes("projects-ranked") == {"ferry": 19, "well": 34, "court-lane": 49}
    assert (ranked["returned"], ranked["void"], ranked["outcome_detail"]["elected"]) == (18, 1, ["ferry"])


def test_a_ballot_for_too_many_candidates_is_void(held: Held) -> None:
    deputy = held.polls["deputy"]
    assert (deputy["issued"], deputy["returned"], deputy["valid"], deputy["void"]) == (18, 17, 16, 1)
    assert held.votes("deputy") == {"candidate-d": 16, "candidate-e": 0}


def test_a_name_that_a_ballot_adds_is_counted_beside_the_candidates(held: Held) -> None:
    assert held.votes("court") == {"candidate-f": 17, "示例公民003": 1}
    assert [option.get("write_in", False) for option in held.polls["court"]["options"]] == [False, True]


@pytest.mark.parametrize(
    ("poll", "figures", "votes"),
    [
        ("secretary", (18, 18, 17, 1, 18), {"candidate-h": 14, "candidate-i": 3}),
        ("hands", (18, 17, 17, 0, 17), {"for": 11, "against": 5, "abstain": 1}),
    ],
)
def test_what_is_counted_by_hand_has_no_archive_but_a_signed_count(
    held: Held, poll: str, figures: tuple[int, ...], votes: dict[str, int]
) -> None:
    found = held.polls[poll]
    assert tuple(found[name] for name in ("issued", "returned", "valid", "void", "by_hand")) == figures
    assert held.votes(poll) == votes
    assert [path.name for path in (held.out / poll).iterdir()] == ["count.json"]


def test_papers_of_a_mixed_poll_are_part_of_its_one_count(held: Held) -> None:
    mixed = held.polls["projects-mixed"]
    receipts = json.loads((held.out / "projects-mixed" / "receipts.json").read_text(encoding="utf-8"))
    assert mixed["issued"] == 18
    assert 0 < mixed["by_hand"] <= 2
    assert len(receipts) == mixed["returned"] - mixed["by_hand"]


def test_every_ballot_that_was_replaced_keeps_its_receipt(held: Held) -> None:
    receipts = json.loads((held.out / "last-press" / "receipts.json").read_text(encoding="utf-8"))
    assert held.polls["last-press"]["returned"] == 18
    assert len({receipt["tracker"] for receipt in receipts}) == len(receipts) > 18


def test_a_recorded_poll_is_verified_with_everybodys_name(held: Held) -> None:
    done = CliRunner().invoke(cli, ["verify", str(held.out / held.polls["named-resolution"]["archive"])])
    assert "示例代表004" in done.stdout


@pytest.mark.parametrize("poll", ["evaluation", "named-resolution", "projects-ranked"])
def test_the_database_alone_gives_the_same_record(held: Held, tmp_path: Path, poll: str) -> None:
    done = voting("export", "--data", held.out / "server", poll, "--out", tmp_path / "again.bel")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "again.bel").read_bytes() == (held.out / held.polls[poll]["archive"]).read_bytes()


def test_papers_to_sign_are_written_for_every_poll(held: Held) -> None:
    reports = held.out / "reports"
    assert {path.name for path in reports.iterdir() if path.is_dir()} == set(held.polls)
    assert all((reports / poll / "count.pdf").read_bytes().startswith(b"%PDF") for poll in held.polls)
