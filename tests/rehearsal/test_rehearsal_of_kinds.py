"""The sample with every kind of poll, held by few delegates with given choices: figures, outcomes, records."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.rehearsal.test_whole_rehearsals import voting

SAMPLE = Path(__file__).parents[2] / "config" / "samples" / "all-kinds"
CHOICES = """poll,delegate,options
amendment,001,for
amendment,002,against
amendment,003,against
amendment,004,abstain
resolution,001,for
resolution,002,for
resolution,003,for
resolution,004,
projects,001,clinic roads water
projects,002,clinic roads
projects,003,clinic roads parks
projects,004,-
projects-each,001,canteen=for parking=for lamps=for bridge=against
projects-each,002,canteen=for parking=for lamps=abstain
projects-each,003,canteen=for parking=for
chair,001,candidate-a=for
chair,002,candidate-a=for
chair,003,candidate-a=against
chair,004,
vice-chairs,001,candidate-b=for candidate-c=for
vice-chairs,002,candidate-b=for candidate-c=for
vice-chairs,003,candidate-b=for candidate-c=for
vice-chairs,004,candidate-b=abstain candidate-c=against
evaluation,001,works=satisfied schools=basically_satisfied health=dissatisfied
evaluation,002,works=satisfied schools=satisfied health=dissatisfied
evaluation,003,works=dissatisfied schools=dissatisfied
named-resolution,001,for
named-resolution,002,for
named-resolution,003,for
named-resolution,004,against
"""


@dataclass(frozen=True)
class Held:
    out: Path

    def poll(self, poll: str) -> dict[str, Any]:
        polls = json.loads((self.out / "result.json").read_text(encoding="utf-8"))["polls"]
        found: dict[str, Any] = next(p for p in polls if p["id"] == poll)
        return found

    def decision(self, poll: str) -> dict[str, Any]:
        archive, receipts = self.out / self.poll(poll)["archive"], self.out / poll / "receipts.json"
        done = voting("verify", archive, "--receipts", receipts, "--json")
        assert done.returncode == 0, done.stdout
        decision: dict[str, Any] = json.loads(done.stdout)["decision"]
        return decision


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    place = tmp_path_factory.mktemp("kinds")
    session = place / "session"
    shutil.copytree(SAMPLE, session)
    roster = (session / "roster.csv").read_text(encoding="utf-8-sig").splitlines()
    (session / "roster.csv").write_text("\n".join(roster[:6]) + "\n", encoding="utf-8")
    (place / "choices.csv").write_text(CHOICES, encoding="utf-8")
    done = voting("rehearse", session, "--choices", place / "choices.csv", "--out", place / "out")
    assert done.returncode == 0, done.stderr
    return Held(place / "out")


@pytest.mark.parametrize(
    ("poll", "outcome", "elected"),
    [
        ("amendment", "not_passed", []),
        ("resolution", "passed", []),
        ("projects", "shortfall", ["clinic", "roads"]),
        ("projects-each", "elected", ["canteen", "parking"]),
        ("chair", "shortfall", []),
        ("vice-chairs", "elected", ["candidate-b", "candidate-c"]),
        ("evaluation", "evaluated", []),
        ("named-resolution", "passed", []),
    ],
)
def test_the_record_alone_states_the_outcome_of_the_sitting(
    held: Held, poll: str, outcome: str, elected: list[str]
) -> None:
    reported, decided = held.poll(poll), held.decision(poll)
    assert (reported["outcome"], reported["outcome_detail"]["elected"]) == (outcome, elected)
    assert (decided["outcome"], decided["elected"], decided["reasons"]) == (outcome, elected, reported["reasons"])


def test_options_answered_by_themselves_have_three_figures(held: Held) -> None:
    figures = {o["id"]: (o["votes"], o["against"], o["abstain"]) for o in held.poll("projects-each")["options"]}
    assert figures == {"canteen": (3, 0, 0), "parking": (3, 0, 0), "lamps": (1, 0, 1), "bridge": (0, 1, 0)}


def test_every_subject_has_its_levels_and_verdict(held: Held) -> None:
    found = {o["id"]: (o["levels"], o["verdict"]) for o in held.poll("evaluation")["options"]}
    assert found == {
        "works": ([2, 0, 1], "dissatisfied"),
        "schools": ([1, 1, 1], "dissatisfied"),
        "health": ([0, 0, 2], "dissatisfied"),
    }


def test_a_recorded_poll_is_verified_with_everybodys_name(held: Held) -> None:
    done = voting("verify", held.out / held.poll("named-resolution")["archive"])
    assert "  004 示例代表004: 反对" in done.stdout.splitlines()
    assert done.stdout.splitlines()[-1] == "outcome: passed"


@pytest.mark.parametrize("poll", ["evaluation", "named-resolution"])
def test_the_database_alone_gives_the_same_record(held: Held, tmp_path: Path, poll: str) -> None:
    done = voting("export", "--data", held.out / "server", poll, "--out", tmp_path / "again.bel")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "again.bel").read_bytes() == (held.out / held.poll(poll)["archive"]).read_bytes()
