"""The plan names what there is, and every fault leaves a module that can be read."""

import ast
import tomllib

import pytest

from tests.mutants.__main__ import EQUIVALENTS, ROOT, names
from tests.mutants.operators import mutants_of
from tests.mutants.plan import ROOMS, rooms_by_file

PURE = ("congress", "sitting", "record", "tally", "server/services", "storage/journal")
FILES = rooms_by_file(ROOT)


def test_every_module_of_the_core_is_tried_by_tests_that_there_are() -> None:
    modules = {str(path.relative_to(ROOT)) for room in PURE for path in (ROOT / "voting" / room).rglob("*.py")}
    assert {module for module in modules if not module.endswith("__init__.py")} <= FILES.keys()
    assert [test for room in ROOMS for test in room.tests if not (ROOT / test).exists()] == []


@pytest.mark.parametrize("file", ["voting/tally/verify/checks.py", "voting/congress/law/seating.py"])
def test_a_module_can_be_read_with_each_of_its_faults(file: str) -> None:
    source = (ROOT / file).read_bytes()
    faults = mutants_of(ROOT, file)
    assert len(faults) > 10
    for fault in faults:
        ast.parse(fault.put_into(source))
        assert fault.put_into(source) != source


def test_what_cannot_be_noticed_says_why() -> None:
    for entry in tomllib.loads(EQUIVALENTS.read_text("utf-8")).get("equivalent", []):
        assert entry["file"] in FILES
        assert entry.keys() - {"code"} == {"file", "inside", "change", "reason"}
        assert len(entry["reason"]) > 20
        assert [mutant for mutant in mutants_of(ROOT, entry["file"]) if names(entry, mutant)] != []
