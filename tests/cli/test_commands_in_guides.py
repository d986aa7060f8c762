"""Commands that README and guides show: each is one that the program has, with options that it has; some are run."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.support.repository import DOCS, ROOT, SAMPLES
from voting.cli import MODULES, cli

PAGES = (ROOT / "README.md", *sorted(DOCS.glob("*.md")), *sorted((DOCS / "guides").glob("*.md")))
PLACEHOLDERS = {
    "files": (
        "FILE.bel",
        "FILE.csv",
        "FILE",
        "receipts.json",
        "count.json",
        "CERT",
        "KEY",
        "RULES.toml",
        "COUNTS.json",
    ),
    "folders": ("FOLDER", "DIR", "DATA", "config/rules"),
}
"""What guides call what the reader has."""


def shown(page: Path) -> Iterator[str]:
    """Lines of blocks, and code between words."""
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from block.splitlines()
    yield from re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE)
    yield from re.findall(r"`([^`\n]+)`", text)


def commands(program: str) -> list[list[str]]:
    """The words of every command of this program that a page shows, its name first; of choices the first."""
    found = set()
    for page in PAGES:
        for line in shown(page):
            words = re.sub(r"[][]|\|\S+", "", line.removeprefix("$ ").removeprefix(".venv/bin/"))
            if words.split(" ")[0] == program:
                found.add(tuple(shlex.split(words, comments=True)))
    return [list(words) for words in sorted(found)]


def named(words: list[str]) -> str:
    return " ".join(words)


def test_pages_show_commands_of_every_program() -> None:
    assert {program: len(commands(program)) > 2 for program in ("voting", "make")} == {"voting": True, "make": True}
    shown_commands = {words[1] for words in commands("voting") if len(words) > 1}
    assert {"rehearse", "serve", "report", "verify", "decide", "import-roster"} <= shown_commands


@pytest.mark.parametrize("words", commands("voting"), ids=named)
def test_the_program_has_the_command_and_every_option(words: list[str]) -> None:
    _, name, *rest = words
    assert name in MODULES
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in rest if word.startswith("--")} <= options


@pytest.mark.parametrize(
    "words",
    [words for words in commands("voting") if any(part.upper() == part and part.isalpha() for part in words[2:])],
    ids=named,
)
def test_the_command_is_understood_as_it_stands(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in PLACEHOLDERS["folders"]:
        (tmp_path / folder).mkdir(parents=True)
    for file in PLACEHOLDERS["files"]:
        (tmp_path / file).touch()
    monkeypatch.chdir(tmp_path)
    _, name, *rest = words
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    command.make_context(name, rest)  # raises what click has to say about it


@pytest.mark.parametrize("words", commands("make"), ids=named)
def test_there_is_a_rule_to_make_it(words: list[str]) -> None:
    rules = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(words[1:]) <= set(rules)


def test_the_count_that_the_rules_explain_is_decided_as_they_print_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (DOCS / "rules.md").read_text(encoding="utf-8")
    [counts] = re.findall(r"^```json\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    [(command, answer)] = re.findall(r"^```\n\$ voting (decide .*?)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    (tmp_path / "config").symlink_to(ROOT / "config")
    (tmp_path / "counts.json").write_text(counts, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, shlex.split(command))
    assert result.stdout == answer


def test_a_roster_of_a_spreadsheet_is_turned_into_the_plain_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [words] = [words for words in commands("voting") if words[1:2] == ["import-roster"]]
    (tmp_path / "FILE").write_bytes((SAMPLES / "pinghu-2022" / "roster.csv").read_bytes())
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, words[1:])
    assert result.exit_code == 0, result.output
    assert len((tmp_path / "roster.csv").read_text(encoding="utf-8-sig").splitlines()) == 252
