"""docs/threat-model.md: everything that it says cannot be done names tests, and they exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.support.repository import DOCS, ROOT, WEB

PAGE = (DOCS / "threat-model.md").read_text(encoding="utf-8")
CANNOT, NOT = "## What holds", "## What does not hold"
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`|`(web/[\w/]+\.test\.ts)::([^`]+)`")


def section(title: str) -> str:
    """From a heading of the second level to the next one."""
    return PAGE.split(f"{title}\n", 1)[1].split("\n## ", 1)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of every row of every table, without heads and rules."""
    tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for t in tables for line in t.splitlines()[2:]]


ROWS = rows(section(CANNOT))
NAMED = sorted({match.groups("") for match in TEST.finditer(PAGE)})


@cache
def functions(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.FunctionDef)}


def exists(python: str, function: str, web: str, title: str) -> bool:
    if python:
        path = ROOT / "tests" / python
        return path.is_file() and path.name.startswith("test_") and function in functions(path)
    page = WEB / "tests" / web.removeprefix("web/")
    return page.is_file() and f'it("{title}"' in page.read_text(encoding="utf-8")


def test_there_are_rows_for_everybody_who_is_named() -> None:
    actors = re.findall(r"^### (.+)$", section(CANNOT), re.MULTILINE)
    assert len(actors) >= 8
    assert len(ROWS) >= 50
    assert all(rows(part) for part in section(CANNOT).split("\n### ")[1:])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_whatever_cannot_be_done_says_why_and_names_a_test(row: list[str]) -> None:
    goal, because, tests = row
    assert goal
    assert because
    assert TEST.search(tests), f"{goal!r} names no test"
    assert TEST.sub("", tests).replace(",", "").strip() == ""


@pytest.mark.parametrize(("python", "function", "web", "title"), NAMED, ids=lambda part: str(part)[-60:])
def test_every_test_that_is_named_exists(python: str, function: str, web: str, title: str) -> None:
    assert exists(python, function, web, title)


def test_nothing_looks_like_a_test_and_is_none() -> None:
    assert PAGE.count("::") == len(TEST.findall(PAGE))


def test_what_does_not_hold_is_said_too() -> None:
    assert len(re.findall(r"^- \*\*", section(NOT), re.MULTILINE)) >= 12
