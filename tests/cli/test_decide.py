"""`voting decide`: the form of its answer, and what it refuses with file, line and reason."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.support import repository
from voting.cli import cli
from voting.congress.law.bodies import Body
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import DEFAULTS, Ruleset, Section
from voting.files.rules import load_ruleset

PRESETS = sorted(repository.PRESETS.glob("*.toml"))
NATIONAL = next(preset for preset in PRESETS if preset.stem == "national")
TIED: dict[str, Any] = {
    "kind": "choose",
    "in_office": 9,
    "present": 9,
    "issued": 9,
    "returned": 9,
    "void": 0,
    "seats": 2,
    "options": [{"id": "a", "votes": 7}, {"id": "b", "votes": 5}, {"id": "c", "votes": 5}],
    "not_pressed": 0,
}


def decide(tmp_path: Path, counts: object, rules: Path = NATIONAL, *options: str) -> Result:
    file = tmp_path / "counts.json"
    file.write_bytes(counts if isinstance(counts, bytes) else json.dumps(counts).encode())
    result = CliRunner().invoke(cli, ["decide", str(rules), str(file), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def edited(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """The national rules with these texts replaced."""
    text = NATIONAL.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "rules.toml"
    file.write_text(text, encoding="utf-8")
    return file


def line_with(file: Path, text: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_a_name_in_the_figures_cannot_steer_the_terminal(tmp_path: Path) -> None:
    named = {**TIED, "options": [{"id": "a\x1b[2J\nb", "votes": 7}, {"id": "c", "votes": 5}]}
    shown = decide(tmp_path, named).stdout
    assert {c for c in shown if not c.isprintable()} == {"\n"}
    assert "a\ufffd[2J\ufffdb" in shown
    refused = decide(tmp_path, {**named, "options": [{"id": "a\x1b[2J"}]})
    assert refused.exit_code == 2
    assert "\x1b" not in refused.stderr


def test_the_answer_as_json_has_exactly_its_keys(tmp_path: Path) -> None:
    found = json.loads(decide(tmp_path, TIED, NATIONAL, "--json").stdout)
    keys = ["quorum", "majority", "valid_poll", "outcome", "elected", "run_off", "shortfall", "reasons"]
    assert list(found) == keys
    assert {key: found[key] for key in keys[:-1]} == {
        "quorum": 6,
        "majority": 5,
        "valid_poll": True,
        "outcome": "run_off",
        "elected": ["a"],
        "run_off": {"options": ["b", "c"], "seats": 1},
        "shortfall": 0,
    }
    assert "b, c: tied at 5 across the cut line; a run-off among them for 1 seat(s)" in found["reasons"]


def test_the_answer_in_lines_ends_with_the_outcome(tmp_path: Path) -> None:
    result = decide(tmp_path, TIED)
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == "6 of 9 needed for a quorum; 9 present: reached"
    assert result.output.splitlines()[-1] == "outcome: run_off: a"


def test_the_example_of_the_document_is_what_the_command_prints(tmp_path: Path) -> None:
    document = (repository.DOCS / "rules.md").read_text(encoding="utf-8")
    counts = document.split("```json\n", 1)[1].split("```", 1)[0]
    shown = document.split("$ voting decide ", 1)[1].split("\n", 1)[1].split("```", 1)[0]
    assert decide(tmp_path, counts.encode()).output == shown


def test_the_reasons_are_given_in_chinese_on_request(tmp_path: Path) -> None:
    result = decide(tmp_path, TIED, NATIONAL, "--language", "zh")
    assert result.output.splitlines()[0] == "法定人数为 9 人中的 6 人；实到 9 人：符合法定人数"


def test_a_motion_may_be_given_by_the_three_options_of_its_ballot(tmp_path: Path) -> None:
    options = [{"id": "for", "votes": 5}, {"id": "against", "votes": 3}, {"id": "abstain", "votes": 1}]
    result = decide(tmp_path, TIED | {"kind": "motion", "seats": 1, "options": options})
    assert result.output.splitlines()[-1] == "outcome: passed"


@pytest.mark.parametrize("kind", [PollKind.CHOOSE, PollKind.APPROVE_EACH, PollKind.ELECTION])
def test_votes_and_for_mean_the_same(tmp_path: Path, kind: PollKind) -> None:
    with_for = [{"id": o["id"], "for": o["votes"]} for o in TIED["options"]]
    first = decide(tmp_path, TIED | {"kind": kind})
    assert decide(tmp_path, TIED | {"kind": kind, "options": with_for}).output == first.output


@pytest.mark.parametrize(
    ("change", "code", "detail"),
    [
        ({"kind": "lottery"}, "counts_invalid", "Invalid enum value 'lottery'"),
        ({"seats": None}, "counts_invalid", "needs `seats`"),
        ({"issued": None}, "counts_invalid", "`issued` and `returned` are missing"),
        ({"luck": 7}, "counts_invalid", "unknown field `luck`"),
        ({"in_office": 9.5}, "counts_invalid", "$.in_office"),
        ({"options": [{"id": "a"}]}, "counts_invalid", "either `for` or `votes`"),
        ({"options": [{"id": "a", "for": 1, "votes": 1}]}, "counts_invalid", "either `for` or `votes`"),
        ({"options": [{"id": "a", "votes": 1, "satisfied": 1}]}, "counts_invalid", "levels belong to an evaluation"),
        ({"kind": "motion"}, "counts_invalid", "a motion has one option"),
        ({"kind": "evaluation"}, "counts_invalid", "exactly these levels"),
        ({"seats": 4}, "counts_impossible", "seats_out_of_range"),
        ({"void": 3}, "counts_impossible", "votes_more_than_valid"),
        ({"present": 10}, "counts_impossible", "present_more_than_in_office"),
    ],
)
def test_counts_that_are_none_are_refused(tmp_path: Path, change: dict[str, Any], code: str, detail: str) -> None:
    result = decide(tmp_path, TIED | change)
    assert result.exit_code == 2
    assert detail in result.output
    assert f"[{code}]" in result.output


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"null", b"\xff", b'{"kind":"\xff"}'])
def test_counts_that_are_no_document_are_refused(tmp_path: Path, raw: bytes) -> None:
    result = decide(tmp_path, raw)
    assert result.exit_code == 2
    assert "counts.json" in result.output


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    result = decide(tmp_path, TIED, tmp_path / "nowhere.toml")
    assert result.exit_code == 2
    assert "nowhere.toml: No such file or directory [file_unusable]" in result.output


@pytest.mark.parametrize(
    ("old", "new", "written", "reason"),
    [
        ("tie =", "coin =", "coin =", "seats.coin: unknown key; known here: "),
        ("[display]", "[shown]", "[shown]", "shown: unknown key; known here: ballots, "),
        ('tie = "run_off"', 'tie = "by_lot"', "by_lot", "Invalid enum value 'by_lot'; allowed: run_off"),
        ('tie = "run_off"', '"tie" = "by_lot"', "by_lot", "Invalid enum value 'by_lot'"),
        ('"2/3"', '"2:3"', "2:3", "impossible fraction '2:3'"),
        ('"2/3"', '"2/0"', "2/0", "impossible fraction '2/0'"),
        ('"2/3"', "0.67", "0.67", "Expected `str`, got `float`"),
        ('"2/3"', '"3/2"', "3/2", "fraction_impossible: 3/2 of all can never be reached"),
        ('"2/3"', '"2/5"', "2/5", "contradiction: a sitting with only 2/5 present could never reach 1/2"),
        ("levels = 3", "levels = 5", "levels = 5", "Expected `int` <= 4"),
        ('election = "secret"', 'election = "recorded"', 'election = "recorded"', "elections are by secret ballot"),
        ('["motion"]', '["motion", "choose"]', '["motion", "choose"]', "a show of hands is not secret"),
        ('["motion"]', '["motion", "motion"]', '["motion", "motion"]', "a value is given twice"),
        ('shortfall = ["second_round", "next_session"]', "shortfall = []", "shortfall = []", "something must be able"),
        ('title = "国家法律"', "title = 7", "title = 7", "Expected `str`, got `int`"),
    ],
)
def test_rules_that_cannot_be_adopted_are_refused_by_line(
    tmp_path: Path, old: str, new: str, written: str, reason: str
) -> None:
    rules = edited(tmp_path, (old, new))
    result = decide(tmp_path, TIED, rules)
    assert result.exit_code == 2
    assert f"{rules}:{line_with(rules, written)}: " in result.output
    assert reason in result.output
    assert "[rules_invalid]" in result.output


@pytest.mark.parametrize(
    ("fraction", "strictly_more", "reason"),
    [
        ("1/2", "false", "with at least 1/2, a text and its contrary could both pass"),
        ("1/3", "true", "with more than 1/3, a text and its contrary could both pass"),
        ("1/1", "true", "more than 1/1 of all can never be reached"),
    ],
)
def test_an_impossible_majority_is_refused(tmp_path: Path, fraction: str, strictly_more: str, reason: str) -> None:
    section = f'[majority]\nfraction = "{fraction}"\nstrictly_more = {strictly_more}\n'
    rules = tmp_path / "rules.toml"
    rules.write_text(section, encoding="utf-8")
    result = decide(tmp_path, TIED, rules)
    assert f"{rules}:2: majority.fraction: fraction_impossible: {reason}" in result.output


@pytest.mark.parametrize(
    ("section", "base"), [("quorum", "present"), ("participation", "valid"), ("participation", "returned")]
)
def test_a_base_that_measures_itself_is_refused(tmp_path: Path, section: str, base: str) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(f'# made up\n\n[{section}]\nbase = "{base}"\n', encoding="utf-8")
    assert f"{rules}:4: {section}.base: contradiction" in decide(tmp_path, TIED, rules).output


def test_every_problem_is_reported_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    rules = edited(tmp_path, ("tie =", "coin ="), ('"2/3"', '"two thirds"'), ("levels = 3", "levels = 2"))
    lines = [line for line in decide(tmp_path, TIED, rules).output.splitlines() if str(rules) in line]
    numbers = [int(line.split(f"{rules}:")[1].split(":")[0]) for line in lines]
    assert numbers == [line_with(rules, text) for text in ("two thirds", "coin", "levels = 2")]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("quorum.fraction = '9/2'\n", 1, "fraction_impossible"),
        ("\nseats = { tie = 'run_off', coin = true }\n", 2, "seats.coin: unknown key"),
        ("seats.shortfall = [\n'accept_fewer',\n]\nseats.coin = 1", 4, "seats.coin: unknown key"),
        ("title = '''\n[display]\nresults = 1\n'''\n[seats]\ncoin = 1\n", 6, "seats.coin: unknown key"),
        ("display = 7\n", 1, "a section [display] is expected"),
        ("[seats]\ntie = 'run_off'\ntie = 'run_off'\n", 3, "not TOML: "),
        ("[seats\n", 1, "not TOML: "),
        ('title = "', 1, "not TOML: "),
    ],
)
def test_the_line_is_right_however_the_key_is_written(tmp_path: Path, text: str, line: int, reason: str) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(text, encoding="utf-8")
    output = decide(tmp_path, TIED, rules).output
    assert f"{rules}:{line}: " in output
    assert reason in output


def test_rules_that_are_no_text_are_refused(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_bytes(b'title = "\xff"')
    assert f"{rules}:1: not UTF-8" in decide(tmp_path, TIED, rules).output


def test_an_empty_file_is_the_default(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.touch()
    assert load_ruleset(rules) == DEFAULTS


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.stem)
def test_every_preset_states_every_setting(preset: Path) -> None:
    rules, text = load_ruleset(preset), preset.read_text(encoding="utf-8")
    assert rules.title
    assert [key for key in ("title", "body", "deviates") if f"\n{key} = " not in text] == []
    electing = rules.body is Body.CONGRESS
    for name in Ruleset.__struct_fields__:
        section = getattr(rules, name)
        if isinstance(section, Section) and (electing or name != "candidates"):
            assert f"[{name}]" in text
            body = text.split(f"[{name}]", 1)[1].split("\n[", 1)[0]
            assert [s for s in section.__struct_fields__ if f"\n{s} = " not in body] == []


def test_the_presets_are_those_that_are_documented() -> None:
    names = {"national", "zhejiang-county", "guangdong-province", "shanghai", "shanghai-postponing", "township"}
    names |= {"zhejiang-township", "standing-committee", "zhenhai-evaluation", "presidium", "presidium-township"}
    names |= {"projects-order", "projects-each", "preselection", "npc", "npc-constitution"}
    assert {preset.stem for preset in PRESETS} == names
    document = (repository.DOCS / "rules.md").read_text(encoding="utf-8")
    assert [name for name in names if f"`{name}`" not in document] == []


def test_every_setting_is_documented_with_its_source_and_an_example() -> None:
    document = (repository.DOCS / "rules.md").read_text(encoding="utf-8")
    settings = ["body", "deviates"]
    settings += [
        f"{name}.{setting}"
        for name in Ruleset.__struct_fields__
        for setting in getattr(getattr(Ruleset(), name), "__struct_fields__", ())
    ]
    assert len(settings) > 30
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in document.splitlines() if line.startswith("| `")
    ]
    explained = {row[0].strip("`"): row for row in rows if len(row) == 4}
    assert [setting for setting in settings if not all(explained.get(setting, [""]))] == []
