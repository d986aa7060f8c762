"""Every kind of defect at every place, in the order of the checks that find them."""

from collections.abc import Callable, Iterator

from tests.support.tally.broken import (
    placed_counts,
    placed_documents,
    placed_headers,
    placed_keys,
    placed_setups,
    placed_shuffles,
)
from tests.support.tally.broken.places import Placed

PARTS: list[Callable[[], Iterator[Placed]]] = [
    placed_headers.headers,
    placed_headers.contents,
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
    placed_keys.weaknesses,
    placed_counts.sums,
    placed_shuffles.numbers_and_elements,
    placed_shuffles.shapes,
    placed_counts.decryptions,
    placed_counts.factors_outside_the_group,
    placed_counts.owners,
    placed_counts.results,
    placed_counts.receipts,
]
