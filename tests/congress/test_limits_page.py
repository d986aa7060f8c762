"""docs/limits.md states every limit with its number, and no other number."""

import importlib
import re

import pytest

from tests.support.repository import ROOT
from voting.congress import limits

PAGE = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([\w.]+)` \| `(\w+)` \| ([\d.]+) \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("module", "name", "number"), ROWS, ids=[f"{module}.{name}" for module, name, _ in ROWS])
def test_the_page_says_what_the_program_does(module: str, name: str, number: str) -> None:
    assert str(getattr(importlib.import_module(module), name)) == number


def test_the_page_has_every_limit_of_what_people_enter_and_ask_for() -> None:
    assert {name for module, name, _ in ROWS if module == limits.__name__} == {n for n in vars(limits) if n.isupper()}
