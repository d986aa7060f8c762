"""Defects at every place: what a document is made of, and each part of it replaced by its nearest neighbour.

A neighbour is as well formed as what it replaces: another member of the group, the next number mod q. So a
document that was changed at one place fails for that place alone, and whoever holds the keys signs it again.
"""

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.support.tally.broken.forms import Broken
from voting.tally.errors import CheckFailed, TallyCode
from voting.tally.groups.choice import Element, Group
from voting.tally.verify.checks import verify_archive

Refusal = tuple[int | None, TallyCode, bool] | None
"""Number and code of the check that refused, and whether it said what was expected; None: nothing was refused."""

Path = tuple[str | int, ...]

SCALARS = ("challenge", "response")
TORSION = Element(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"))
"""A point of Ed25519 of order 8: what is multiplied with it leaves the group."""


@dataclass(frozen=True)
class Placed:
    """A defect at one place; the check with this number refuses it, with this code and in words like ``says``."""

    name: str
    number: int
    code: TallyCode
    says: str
    build: Callable[[], bytes | Broken]


def ends(count: int) -> list[int]:
    """The first, a middle and the last of so many places."""
    return sorted({0, count // 2, count - 1})


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """The places of all texts and numbers in a document."""
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(part, (*path, key))
    else:
        yield path


def at(value: Any, path: Sequence[str | int]) -> Any:
    """The part of a document at this place."""
    for key in path:
        value = value[key]
    return value


def replaced(value: Any, path: Path, new: Any) -> Any:
    """A copy with another part at this place."""
    made = copy.deepcopy(value)
    at(made, path[:-1])[path[-1]] = new
    return made


def with_neighbour(group: Group, value: Any, path: Path) -> Any:
    """A copy in which the element or number at this place is its neighbour."""
    return replaced(value, path, neighbour(group, path, at(value, path)))


def neighbour(group: Group, path: Path, text: str) -> str:
    """The next number, or another member of the group."""
    if path[-1] in SCALARS:
        return str((int(text) + 1) % group.q)
    return group.encode(group.multiply(group.decode(text), group.g))


def called(path: Path) -> str:
    """A place as part of a test's name."""
    return ".".join(map(str, path))


def refusal_of_record(defect: Placed, *says: str) -> Refusal:
    """How the record with this defect is refused, if it is."""
    broken = Broken.of(defect.build())
    try:
        verify_archive(broken.archive, broken.receipts)
    except CheckFailed as failed:
        return failed.number, failed.code, all(part in failed.detail for part in (defect.says, *says))
    return None
