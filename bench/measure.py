"""A measured row and the stopwatch."""

import time
from collections.abc import Callable
from typing import NamedTuple


class Row(NamedTuple):
    """What was measured and its seconds per item."""

    what: str
    seconds: float


def measure(what: str, items: int, action: Callable[[], object]) -> Row:
    """Run `action`, which handles `items` items, once to warm up and three times for the best of them."""
    action()
    best = min(_elapsed(action) for _ in range(3))
    return Row(what, best / items)


def _elapsed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
