"""Drills: real server processes on loopback, harmed on purpose. Each shows its line, also where it passes."""

import sys
from collections.abc import Callable

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/faults/" in item.nodeid:
            item.add_marker(pytest.mark.drill)


@pytest.fixture
def show(capfd: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print in the midst of a captured test."""

    def printed(line: str) -> None:
        with capfd.disabled():
            sys.stdout.write(f"\n{line}\n")

    return printed
