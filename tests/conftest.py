"""Which tests begin first, so that two processes end at about the same time."""

import pytest
from hypothesis import settings

# Assertions in shared support explain themselves as those in tests do.
pytest.register_assert_rewrite("tests.support")

# No test is about time: a busy machine must not fail one.
settings.register_profile("plenary", deadline=None)
settings.load_profile("plenary")

LONGEST_FIRST = ("rehearsal", "e2e", "tally_web", "faults", "integration", "tally")
"""Folders of the tests that take longest. A module runs as a whole in one process: were a long one left for the end,
the other process would have nothing to do meanwhile."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order by folder; within a folder nothing moves."""
    ranks = {folder: rank for rank, folder in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: ranks.get(item.nodeid.split("/")[1], len(ranks)))
