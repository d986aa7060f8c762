"""`voting decide` gives the published outcome for every figure reported from a real sitting.

Where a report leaves a figure out (how many were in office, the votes of the others), one that fits is taken and the
row says so.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.support.repository import PRESETS
from voting.cli import cli


def decided(tmp_path: Path, counts: dict[str, Any], preset: str = "national") -> dict[str, Any]:
    file = tmp_path / "counts.json"
    file.write_text(json.dumps(counts), encoding="utf-8")
    result = CliRunner().invoke(cli, ["decide", str(PRESETS / f"{preset}.toml"), str(file), "--json"])
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def motion(in_office: int, present: int, votes: tuple[int, int, int], not_pressed: int = 0) -> dict[str, Any]:
    votes_for, against, abstain = votes
    return {
        "kind": "motion",
        "in_office": in_office,
        "present": present,
        "issued": present,
        "returned": sum(votes),
        "void": 0,
        "seats": 1,
        "options": [{"id": "motion", "for": votes_for, "against": against, "abstain": abstain}],
        "not_pressed": not_pressed,
    }


def choice(kind: str, in_office: int, seats: int, options: list[dict[str, Any]], returned: int) -> dict[str, Any]:
    return {
        "kind": kind,
        "in_office": in_office,
        "present": returned,
        "issued": returned,
        "returned": returned,
        "void": 0,
        "seats": seats,
        "options": options,
        "not_pressed": 0,
    }


@pytest.mark.parametrize(
    ("case", "due", "present", "quorum", "majority"),
    [("丽水 2025", 327, 314, 218, 164), ("宁海 2012", 258, 253, 172, 130), ("嘉兴 2017", 395, 387, 264, 198)],
)
def test_quorum_and_majority(tmp_path: Path, case: str, due: int, present: int, quorum: int, majority: int) -> None:
    found = decided(tmp_path, motion(due, present, (present, 0, 0)))
    assert (found["quorum"], found["majority"], found["valid_poll"]) == (quorum, majority, True), case


def test_丽水_2025_was_a_valid_poll_with_314_issued_and_314_returned(tmp_path: Path) -> None:  # noqa: N802 - a place
    found = decided(tmp_path, motion(327, 314, (314, 0, 0)))
    assert "314 ballots issued, 314 returned, 314 valid, 0 void: the poll is valid" in found["reasons"]


def test_嘉兴_2017_passed_by_a_show_of_hands_without_papers(tmp_path: Path) -> None:  # noqa: N802 - a place
    found = decided(tmp_path, motion(395, 387, (387, 0, 0)) | {"issued": 0, "returned": 0})  # votes: not reported
    assert (found["outcome"], found["quorum"], found["majority"]) == ("passed", 264, 198)


def test_广州_2011_reports_374_of_495_cast(tmp_path: Path) -> None:  # noqa: N802 - a place
    found = decided(tmp_path, motion(496, 496, (374, 87, 34), 1))  # in office: not reported
    assert found["outcome"] == "passed"
    assert "374 for, 87 against, 34 abstained, 1 not pressed; 75.6% of those cast for" in found["reasons"]


def test_npc_2012_counts_2856_cast_of_2872_present(tmp_path: Path) -> None:
    counts = motion(2872, 2872, (2639, 160, 57), 16)  # in office: not reported
    assert counts["returned"] + counts["not_pressed"] == 2872
    found = decided(tmp_path, counts)
    assert found["outcome"] == "passed"
    assert not any("attention" in line for line in found["reasons"])


def test_四屏镇_2023_chose_one_of_two_with_93_3_per_cent(tmp_path: Path) -> None:  # noqa: N802 - a place
    options = [{"id": "p1", "votes": 42}, {"id": "p2", "votes": 3}]  # in office and the other's votes: not reported
    found = decided(tmp_path, choice("choose", 45, 1, options, 45), "township")
    assert (found["outcome"], found["elected"]) == ("elected", ["p1"])
    assert "p1: 23 of 45 needed; 42 for (93.3% of those returned): reached" in found["reasons"]


def test_祯埠乡_2017_passed_four_items_and_not_the_fifth(tmp_path: Path) -> None:  # noqa: N802 - a place
    passed = [{"id": f"p{i}", "for": 43, "against": 0, "abstain": 0} for i in range(1, 5)]  # theirs: not reported
    failed = {"id": "p5", "for": 0, "against": 43, "abstain": 0}
    found = decided(tmp_path, choice("approve_each", 43, 5, [*passed, failed], 43), "township")
    assert (found["elected"], found["shortfall"]) == (["p1", "p2", "p3", "p4"], 1)
    assert "p5: 22 of 43 needed; 0 for (0.0% of those returned): not reached" in found["reasons"]


@pytest.mark.parametrize("votes", [(281, 1, 0), (276, 6, 0)])
def test_东阳_2017_both_sum_to_282(tmp_path: Path, votes: tuple[int, int, int]) -> None:  # noqa: N802 - a place
    found = decided(tmp_path, motion(282, 282, votes))  # in office: not reported
    assert (found["outcome"], found["majority"]) == ("passed", 142)
    assert "282 ballots issued, 282 returned, 282 valid, 0 void: the poll is valid" in found["reasons"]


@pytest.mark.parametrize(("votes", "outcome"), [(125, "not_passed"), (126, "passed")])
def test_of_251_125_fail_and_126_pass(tmp_path: Path, votes: int, outcome: str) -> None:
    found = decided(tmp_path, motion(251, 251, (votes, 251 - votes, 0)))
    assert (found["outcome"], found["quorum"]) == (outcome, 168)


@pytest.mark.parametrize(("present", "outcome"), [(167, "no_quorum"), (168, "passed")])
def test_of_251_168_are_the_quorum(tmp_path: Path, present: int, outcome: str) -> None:
    assert decided(tmp_path, motion(251, present, (150, 0, 0)))["outcome"] == outcome


def test_镇海_2022_was_satisfied_with_all_eight_projects(tmp_path: Path) -> None:  # noqa: N802 - a place
    # 29 of the members were present; how many there are was not reported.
    reported = [(28, 1, 0), (20, 8, 1), (26, 3, 0), (29, 0, 0), (17, 11, 1), (26, 3, 0), (17, 11, 1), (28, 1, 0)]
    names = ("satisfied", "basically_satisfied", "dissatisfied")
    options = [{"id": f"s{i}", **dict(zip(names, levels, strict=True))} for i, levels in enumerate(reported)]
    counts = choice("evaluation", 34, 0, options, 29)
    found = decided(tmp_path, counts, "zhenhai-evaluation")
    assert found["outcome"] == "evaluated"
    assert set(found["verdicts"].values()) == {"satisfied"}
