"""Nothing in a record can be false at any place: whoever holds the keys signs and hashes again, and is found out."""

from collections.abc import Callable, Iterator

import pytest

from tests.support.tally.broken import (
    placed_counts,
    placed_documents,
    placed_headers,
    placed_keys,
    placed_setups,
    placed_shuffles,
)
from tests.support.tally.broken.places import Placed, refusal_of_record

PARTS: list[Callable[[], Iterator[Placed]]] = [
    placed_headers.headers,
    placed_documents.chains,
    placed_documents.grammars,
    placed_documents.spellings,
    placed_setups.elections,
    placed_setups.credentials,
    placed_keys.certificates,
    placed_keys.dealings,
    placed_keys.verification_keys,
    placed_keys.blocks,
    placed_keys.singles,
    placed_counts.sums,
    placed_shuffles.numbers_and_elements,
    placed_shuffles.shapes,
    placed_counts.decryptions,
    placed_counts.factors_outside_the_group,
    placed_counts.owners,
    placed_counts.results,
    placed_counts.receipts,
]


@pytest.mark.parametrize("defects", PARTS, ids=lambda made: f"{made.__module__.rsplit('_')[-1]}-{made.__name__}")
def test_each_is_refused_by_its_own_check_for_its_own_reason(defects: Callable[[], Iterator[Placed]]) -> None:
    listed = list(defects())
    found = {defect.name: refusal_of_record(defect) for defect in listed}
    assert found == {defect.name: (defect.number, defect.code, True) for defect in listed}
    assert len(found) == len(listed) > 5
