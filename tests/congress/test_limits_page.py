"""docs/limits.md states every limit with its number, and no other number."""

import ast
import importlib
import re

import pytest

from tests.support.repository import ROOT, modules
from voting.congress import limits

PAGE = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([\w.]+)` \| `(\w+)` \| ([\d.]+) \|", PAGE, re.MULTILINE)

LIMIT = re.compile(r"(?:MAX|MIN|MOST|LEAST|LONGEST|SHORTEST|DEEPEST|[A-Z_]+_PER_(?:SECOND|ADDRESS))(?:_[A-Z_]+)?")
"""By what a public number is called that bounds something."""
OUTSIDE = ("voting.rehearsal", "voting.terminal_client")
"""What only tries the program out asks nothing of anybody."""


def limits_of(module: str, source: bytes) -> set[tuple[str, str]]:
    """The public numbers of a module that are called as limits are."""
    targets = [
        target
        for node in ast.parse(source).body
        for given in (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in (given.elts if isinstance(given, ast.Tuple) else [given])
    ]
    names = {target.id for target in targets if isinstance(target, ast.Name) and LIMIT.fullmatch(target.id)}
    return {(module, name) for name in names if isinstance(getattr(importlib.import_module(module), name), int | float)}


@pytest.mark.parametrize(("module", "name", "number"), ROWS, ids=[f"{module}.{name}" for module, name, _ in ROWS])
def test_the_page_says_what_the_program_does(module: str, name: str, number: str) -> None:
    assert str(getattr(importlib.import_module(module), name)) == number


def test_the_page_has_every_limit_of_what_people_enter_and_ask_for() -> None:
    assert {name for module, name, _ in ROWS if module == limits.__name__} == {n for n in vars(limits) if n.isupper()}


def test_the_page_has_whatever_any_module_calls_a_limit() -> None:
    found = {(".".join(path.relative_to(ROOT).with_suffix("").parts), path.read_bytes()) for path in modules()}
    limits_there = {
        limit for module, source in found if not module.startswith(OUTSIDE) for limit in limits_of(module, source)
    }
    assert len(limits_there) > 40
    assert limits_there - {(module, name) for module, name, _ in ROWS} == set()
