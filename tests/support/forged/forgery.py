"""One forged record, and by which check it is refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.support.whole_sitting import Whole

Build = Callable[[], Whole]
"""Makes a sitting whose statement names its files as they are."""


@dataclass(frozen=True)
class Files:
    """What is handed to a verifier. record: of a poll (.bel) or a sitting (.zip); count: a signed count."""

    record: bytes | None
    count: bytes | None = None
    receipts: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True)
class Forgery:
    """check: the number of the check that refuses it (14, C5, Z3); None: an honest one, whose verdict is valid.

    poll: where, when it is a check of a sitting.
    """

    name: str
    check: str | None
    build: Callable[[], Files]
    poll: str = ""
