"""The page's verifier refuses what Python refuses at any place, by the same check."""

from collections.abc import Callable, Iterator

import pytest

from tests.support.tally.broken.everywhere import PARTS
from tests.support.tally.broken.forms import Broken
from tests.support.tally.broken.placed_ballots import in_a_record, kind_ballots, recorded_ballots, summed_ballots
from tests.support.tally.broken.places import Placed
from tests.support.tally.kinds import make_kind
from tests.support.tally.scenes import make_scene
from tests.tally_web.tally_page import Page

pytestmark = pytest.mark.long

MOST = 12
"""Of each kind of defect so many, evenly chosen, first and last among them."""


def some(defects: Iterator[Placed]) -> list[Placed]:
    listed = list(defects)
    steps = min(MOST, len(listed)) - 1
    return [listed[place * (len(listed) - 1) // steps] for place in range(steps + 1)]


def assert_refused_alike(page: Page, defects: list[Placed]) -> None:
    records = [Broken.of(defect.build()) for defect in defects]
    requests = [("verifyArchive", {"data": record.archive, "receipts": record.receipts}) for record in records]
    outcomes = page.run(*requests)
    found = {
        defect.name: outcome.refused["check"]["number"] if outcome.refused else None
        for defect, outcome in zip(defects, outcomes, strict=True)
    }
    assert found == {defect.name: defect.number for defect in defects}


@pytest.mark.parametrize("defects", PARTS, ids=lambda made: f"{made.__module__.rsplit('_')[-1]}-{made.__name__}")
def test_the_page_refuses_each_by_the_same_check(page: Page, defects: Callable[[], Iterator[Placed]]) -> None:
    assert_refused_alike(page, some(defects()))


def test_the_page_refuses_ballots_with_any_part_changed(page: Page) -> None:
    summed = make_scene("Ed25519")
    assert_refused_alike(page, some(in_a_record(summed, ballot) for ballot in summed_ballots()))
    for kind in ("ranked", "again"):
        scene = make_kind(kind, "Ed25519")
        assert_refused_alike(page, some(in_a_record(scene, ballot) for ballot in kind_ballots(kind)))
    recorded = make_kind("recorded", "Ed25519")
    assert_refused_alike(page, some(in_a_record(recorded, ballot) for ballot in recorded_ballots()))
