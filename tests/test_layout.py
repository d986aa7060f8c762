"""The layout of the tests: folders mirror voting/, and what several of them need stands in tests/support."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.repository import ROOT

TESTS = ROOT / "tests"
BESIDES = {
    *("cli", "contracts", "e2e", "faults", "fuzz", "integration", "kept", "mutants", "support", "tally_web", "vectors"),
}
"""Folders that test no one room: commands as run, backends, the whole product, shared support, the pages' own code,
and what is published for other verifiers."""


SHARED = {"support", "vectors"}
"""What is published for other verifiers is tried with both of ours."""


def folders() -> list[str]:
    return sorted(path.parent.name for path in TESTS.glob("*/__init__.py"))


def imported(path: Path) -> Iterator[str]:
    """Modules that this file imports, with the names taken from them."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def foreign(path: Path) -> list[str]:
    """What a file takes from another folder of tests than its own and the shared ones, or from any test module."""
    own = path.relative_to(TESTS).parts[0]
    parts = [name.split(".") for name in imported(path) if name.startswith("tests.")]
    return [".".join(p) for p in parts if p[1] not in {own, *SHARED} or any(q.startswith("test_") for q in p)]


@pytest.mark.parametrize("folder", [*folders(), "."])
def test_a_folder_of_tests_takes_only_from_itself_and_from_what_is_shared(folder: str) -> None:
    files = TESTS.glob("*.py") if folder == "." else (TESTS / folder).rglob("*.py")
    assert {str(path.relative_to(ROOT)): found for path in files if (found := foreign(path))} == {}


def test_folders_mirror_the_rooms() -> None:
    rooms = {path.parent.name for path in (ROOT / "voting").glob("*/__init__.py")}
    assert set(folders()) - BESIDES <= rooms


def test_every_folder_of_the_server_s_tests_is_a_room_of_the_server() -> None:
    rooms = {path.parent.name for path in (ROOT / "voting" / "server").glob("*/__init__.py")}
    assert {path.parent.name for path in (TESTS / "server").glob("*/__init__.py")} <= rooms
