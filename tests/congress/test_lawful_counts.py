"""Counts with the outcome that the law gives them, each under a preset, as `voting decide` states it.

A row: what is counted; the preset; the counts; what the answer must hold. Whoever knows another adds a row.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from voting.cli import cli
from voting.files.rules import PRESETS


def motion(in_office: int, votes: int, against: int = 0, **other: Any) -> dict[str, Any]:
    """A motion on which everybody present was given a ballot and cast one."""
    present = other.get("present", in_office)
    everybody = {"in_office": in_office, "present": present, "issued": present, "returned": present}
    options = [{"id": "motion", "for": votes, "against": against, "abstain": 0}]
    return {"kind": "motion", "options": options} | everybody | other


def choice(kind: str, in_office: int, seats: int, votes: list[int], **other: Any) -> dict[str, Any]:
    """Options a, b, c ... with these votes; everybody present returned a valid ballot."""
    everybody = {"in_office": in_office, "present": in_office, "issued": in_office, "returned": in_office}
    options = [{"id": chr(ord("a") + place), "for": number} for place, number in enumerate(votes)]
    return {"kind": kind, "seats": seats, "options": options} | everybody | other


def election_with_name(in_office: int, against: int, name: int) -> dict[str, Any]:
    """One candidate, against whom so many were, and a name that so many wrote."""
    options = [
        {"id": "a", "for": in_office - against, "against": against},
        {"id": "示例人", "for": name, "write_in": True},
    ]
    return choice("election", in_office, 1, []) | {"options": options}


Row = tuple[str, str, dict[str, Any], dict[str, Any]]
ROWS: list[Row] = [
    ("126 of 251: 组 25", "national", motion(251, 126, 125), {"majority": 126, "outcome": "passed"}),
    (
        "half of 250 is not more than half",
        "national",
        motion(250, 125, 125),
        {"majority": 126, "outcome": "not_passed"},
    ),
    (
        "two thirds include the number: 组 14(4)",
        "national",
        motion(252, 168, present=168),
        {"quorum": 168, "outcome": "passed"},
    ),
    ("one short of two thirds", "national", motion(252, 167, present=167), {"quorum": 168, "outcome": "no_quorum"}),
    (
        "a committee's half is no quorum: 组 51(3)",
        "standing-committee",
        motion(34, 17, present=17),
        {"quorum": 18, "outcome": "no_quorum"},
    ),
    (
        "one more than half of a committee",
        "standing-committee",
        motion(34, 18, present=18),
        {"quorum": 18, "majority": 18, "outcome": "passed"},
    ),
    (
        "half of an odd committee",
        "standing-committee",
        motion(35, 17, present=17),
        {"quorum": 18, "outcome": "no_quorum"},
    ),
    (
        "a presidium of a province: 浙江 12(2)",
        "presidium",
        motion(30, 16, present=20),
        {"quorum": 20, "majority": 16, "outcome": "passed"},
    ),
    (
        "a presidium of a township: 浙江乡镇 24(2)",
        "presidium-township",
        motion(8, 4, present=4),
        {"quorum": 5, "outcome": "no_quorum"},
    ),
    (
        "the constitution: 宪法 64, N规 59(2)",
        "npc-constitution",
        motion(2980, 1986, 994),
        {"majority": 1987, "outcome": "not_passed"},
    ),
    ("the constitution with one more", "npc-constitution", motion(2980, 1987, 993), {"outcome": "passed"}),
    (
        "postponed by half of those present: 上海 68(1)",
        "shanghai-postponing",
        motion(860, 301, 299, present=600),
        {"majority": 301, "outcome": "passed"},
    ),
    (
        "too few took part: 广东 60(1)",
        "guangdong-province",
        motion(251, 120, returned=120, not_pressed=131),
        {"outcome": "void", "valid_poll": False},
    ),
    (
        "enough took part and too few are for it: 广东 60(1)",
        "guangdong-province",
        motion(251, 120, 10, returned=130, not_pressed=121),
        {"outcome": "not_passed", "valid_poll": True},
    ),
    (
        "projects by the order of votes alone",
        "projects-order",
        choice("choose", 251, 2, [120, 90, 40]),
        {"outcome": "elected", "elected": ["a", "b"]},
    ),
    (
        "the same votes under the law",
        "national",
        choice("choose", 251, 2, [120, 90, 40]),
        {"outcome": "shortfall", "elected": []},
    ),
    (
        "more than half for three, two seats: 组 29(1)",
        "national",
        choice("election", 251, 2, [140, 135, 130]),
        {"outcome": "elected", "elected": ["a", "b"]},
    ),
    (
        "two tied for the second seat above half: 组 29(1)",
        "national",
        choice("election", 251, 2, [140, 130, 130]),
        {"outcome": "run_off", "elected": ["a"], "run_off": {"options": ["b", "c"], "seats": 1}},
    ),
    (
        "three tied for two seats above half: 组 29(1)",
        "national",
        choice("election", 251, 2, [130, 130, 130]),
        {"outcome": "run_off", "elected": [], "run_off": {"options": ["a", "b", "c"], "seats": 2}},
    ),
    (
        "most votes win where the tied are voted on again: 组 29(1), 选 45(3)",
        "national",
        choice("election", 251, 1, [120, 110], follows="run_off"),
        {"outcome": "elected", "elected": ["a"]},
    ),
    (
        "the same in a committee, whose law has no such words: 组 51(4)",
        "standing-committee",
        choice("election", 35, 1, [17, 15], follows="run_off"),
        {"outcome": "shortfall", "elected": [], "shortfall": 1},
    ),
    (
        "projects keep their majority where they are voted on again: 组 25",
        "national",
        choice("choose", 251, 1, [120, 110], follows="run_off"),
        {"outcome": "shortfall", "elected": []},
    ),
    (
        "a tie below half is no tie: 组 29(2)",
        "national",
        choice("election", 251, 1, [120, 120]),
        {"outcome": "shortfall", "elected": [], "run_off": None, "shortfall": 1},
    ),
    (
        "a name written in by who was against: 组 28, 代 17(6)",
        "national",
        election_with_name(251, against=140, name=130),
        {"outcome": "elected", "elected": ["示例人"]},
    ),
    (
        "an equal election that fails: 组 25",
        "national",
        choice("election", 251, 1, [125]),
        {"outcome": "shortfall", "elected": [], "shortfall": 1},
    ),
    (
        "delegates above are elected again by half of all: 选 45(5)",
        "national",
        choice("election", 251, 1, [125, 100], follows="second_round"),
        {"outcome": "shortfall", "elected": []},
    ),
    (
        "ten of twelve, the tenth above half: 组 25",
        "national",
        choice("choose", 251, 10, [*[200] * 9, 126, 110, 90]),
        {"outcome": "elected", "elected": list("abcdefghij"), "shortfall": 0},
    ),
    (
        "ten of twelve, the tenth one short of it: 组 25",
        "national",
        choice("choose", 251, 10, [*[200] * 9, 125, 110, 90]),
        {"outcome": "shortfall", "elected": list("abcdefghi"), "shortfall": 1},
    ),
    (
        "each item by itself, one that nobody is for: 祯埠乡 2017",
        "projects-each",
        choice("approve_each", 43, 0, [43, 43, 43, 43, 0]),
        {
            "outcome": "decided",
            "majority": 22,
            "elected": [],
            "shortfall": 0,
            "verdicts": dict.fromkeys("abcd", "passed") | {"e": "not_passed"},
        },
    ),
    (
        "each item by itself, all of them: 白沙埠镇 2021",
        "projects-each",
        choice("approve_each", 63, 0, [63, 63, 63, 32]),
        {"outcome": "decided", "majority": 32, "verdicts": dict.fromkeys("abcd", "passed")},
    ),
    (
        "each item by itself under a floor that is set aside: 组 25",
        "projects-order",
        choice("approve_each", 251, 0, [126, 125]),
        {"outcome": "decided", "verdicts": {"a": "passed", "b": "not_passed"}},
    ),
    (
        "nominees become candidates by the order of votes: 组 27(1), 选 32(2)",
        "preselection",
        choice("preselection", 251, 5, [120, 110, 90, 60, 40, 20, 10, 0]),
        {"outcome": "preselected", "elected": list("abcde"), "run_off": None, "shortfall": 0},
    ),
    (
        "the same votes elect nobody: 组 25",
        "national",
        choice("election", 251, 5, [120, 110, 90, 60, 40, 20, 10, 0]),
        {"outcome": "shortfall", "elected": [], "shortfall": 5},
    ),
    (
        "nominees tied for the last place: 组 27(1)",
        "preselection",
        choice("preselection", 251, 2, [100, 60, 60, 20]),
        {"outcome": "run_off", "elected": ["a"], "run_off": {"options": ["b", "c"], "seats": 1}},
    ),
    (
        "suspended delegates stay in the base: 代 61(1)",
        "national",
        motion(251, 125, 120, present=245),
        {"majority": 126, "outcome": "not_passed"},
    ),
    (
        "delegates in office, not seats by law: 组 25",
        "national",
        motion(251, 126, 125, statutory_seats=255),
        {"majority": 126, "outcome": "passed"},
    ),
    (
        "one subject with 122 marks where others have 222: 宁海 2021",
        "national",
        choice("evaluation", 231, 0, [], issued=222, returned=222)
        | {
            "options": [
                {"id": "a", "satisfied": 200, "basically_satisfied": 20, "dissatisfied": 2},
                {"id": "b", "satisfied": 95, "basically_satisfied": 27, "dissatisfied": 0},
            ]
        },
        {
            "outcome": "evaluated",
            "verdicts": {"a": "satisfied", "b": "basically_satisfied"},
            "reasons": [
                "154 of 231 needed for a quorum; 231 present: reached",
                "222 ballots issued, 222 returned, 222 valid, 0 void: the poll is valid",
                "attention: b has 122 marks in all, fewer than nine tenths of the 222 of another subject",
                "a: 116 of 231 needed; 200 satisfied: satisfied",
                "b: 116 of 231 needed; 95 satisfied, 122 with basically: basically satisfied",
            ],
        },
    ),
    (
        "half of a committee is satisfied: 镇海",
        "zhenhai-evaluation",
        choice("evaluation", 34, 0, [], present=29, issued=29, returned=29)
        | {"options": [{"id": "office", "satisfied": 17, "basically_satisfied": 8, "dissatisfied": 4}]},
        {"quorum": 18, "majority": 17, "verdicts": {"office": "satisfied"}},
    ),
]


@pytest.mark.parametrize(("preset", "counts", "lawful"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_count_is_decided_as_the_law_has_it(
    tmp_path: Path, preset: str, counts: dict[str, Any], lawful: dict[str, Any]
) -> None:
    file = tmp_path / "counts.json"
    file.write_text(json.dumps(counts), encoding="utf-8")
    done = CliRunner().invoke(cli, ["decide", str(PRESETS / f"{preset}.toml"), str(file), "--json"])
    assert done.exit_code in (0, 1), done.output
    found = json.loads(done.output)
    assert {key: found[key] for key in lawful} == lawful
    assert ("deviate" in found["reasons"][0]) == (preset in {"projects-order", "shanghai-postponing"})


@pytest.mark.parametrize(("name", "doubted"), [(140, False), (141, True)])
def test_more_names_than_votes_against_candidates_raise_a_doubt(tmp_path: Path, name: int, doubted: bool) -> None:
    file = tmp_path / "counts.json"
    file.write_text(json.dumps(election_with_name(251, against=140, name=name)), encoding="utf-8")
    done = CliRunner().invoke(cli, ["decide", str(PRESETS / "national.toml"), str(file), "--json"])
    assert (f"{name} votes for names written in" in done.output) == doubted
