"""What the garbage collector is told to leave alone, and when."""

import gc
from collections.abc import Iterator

import pytest

from tests.support.chamber import Chamber
from tests.support.plans.plain import sample_plan
from voting.server.gc_tuning import settle_memory, settle_when_prepared


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_lives_when_a_poll_is_prepared_is_left_out_of_later_collections() -> None:
    chamber = Chamber(sample_plan(), on_commit=settle_when_prepared)
    chamber.sign_in()
    chamber.hold_ceremony()
    assert gc.get_freeze_count() == 0
    chamber.service.polls.prepare("projects")
    assert gc.get_freeze_count() > 0


def test_what_was_frozen_and_is_unused_now_is_collected_at_the_next_settling() -> None:
    class Ring:
        def __init__(self) -> None:
            self.me = self
            living.append(id(self))

        def __del__(self) -> None:
            living.remove(id(self))

    living: list[int] = []
    ring = Ring()
    settle_memory()
    del ring
    assert living
    settle_memory()
    assert not living
