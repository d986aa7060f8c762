"""docs/architecture.md names files and functions that exist."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(voting/[\w/]+\.py)`(?:\s+`([\w.]+)`)?")
PLACE = re.compile(r"`(voting/[\w/]+/)`")


def defined(path: Path) -> set[str]:
    """Every name that a module defines at its top, and `Class.method`."""
    names: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef():
                names.add(node.name)
            case ast.ClassDef():
                names |= {node.name} | {
                    f"{node.name}.{part.name}" for part in node.body if isinstance(part, ast.FunctionDef)
                }
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]):
                names.add(name)
    return names


def test_every_file_and_function_that_the_page_names_exists() -> None:
    named = NAMED.findall(PAGE)
    assert len(named) > 20
    missing = [
        f"{file} {name}"
        for file, name in named
        if not (ROOT / file).is_file() or (name and name not in defined(ROOT / file))
    ]
    assert missing == []
    assert [place for place in PLACE.findall(PAGE) if not (ROOT / place).is_dir()] == []


def test_the_page_names_every_room() -> None:
    rooms = {path.parent.name for path in (ROOT / "voting").glob("*/__init__.py")}
    assert [room for room in sorted(rooms) if not re.search(rf"\b{room}\b", PAGE)] == []


def test_a_ballot_takes_at_most_a_dozen_steps() -> None:
    steps = re.findall(r"^(\d+)\. `", PAGE, re.MULTILINE)
    assert steps == [str(n) for n in range(1, len(steps) + 1)]
    assert len(steps) <= 14
