"""Nothing in a record can be false at any place: whoever holds the keys signs and hashes again, and is found out."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.tally.broken.everywhere import PARTS
from tests.support.tally.broken.places import Placed, refusal_of_record

MANY = ("decryptions", "receipts")
"""Each of its hundreds of defects is decrypted or signed anew."""


def tried(made: Callable[[], Iterator[Placed]]) -> Any:
    marks = [pytest.mark.long] if made.__name__ in MANY else []
    return pytest.param(made, marks=marks, id=f"{made.__module__.rsplit('_')[-1]}-{made.__name__}")


@pytest.mark.parametrize("defects", [tried(made) for made in PARTS])
def test_each_is_refused_by_its_own_check_for_its_own_reason(defects: Callable[[], Iterator[Placed]]) -> None:
    listed = list(defects())
    found = {defect.name: refusal_of_record(defect) for defect in listed}
    assert found == {defect.name: (defect.number, defect.code, True) for defect in listed}
    assert len(found) == len(listed) > 5
