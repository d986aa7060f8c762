"""Hostile frames and requests of every role, in every state of a poll: nothing comes of them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.hall import sitting
from tests.support.hostile.siege import LONGEST_SECONDS, MEMORY_MB, STATES, besieged, siege_plan, told

SEED = int(os.environ.get("SEED", "1"))


@pytest.mark.parametrize(
    "tries", [pytest.param(3_000, id="short"), pytest.param(100_000, marks=pytest.mark.long_drill, id="whole")]
)
def test_a_sitting_under_siege(tmp_path: Path, tries: int, show: Callable[[str], None]) -> None:
    said: list[str] = []
    with sitting(tmp_path, siege_plan()) as hall:
        result = hall.run(besieged(hall, tries, SEED, said.append), LONGEST_SECONDS)
    show("\n".join((*said, told(result))))
    assert len(said) == len(STATES)
    assert sum(result.tries.values()) >= tries
    assert result.faults() == []
    assert result.memory_mb[1] - result.memory_mb[0] < MEMORY_MB
