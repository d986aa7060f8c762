"""What the verifier has learned so far; each check may use what the earlier ones established."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from voting.tally.archive import Archive, EventGroup
from voting.tally.ballot import Ballot
from voting.tally.container import Container
from voting.tally.election import Election
from voting.tally.trustees import Trustees


@dataclass
class State:
    """Filled in check by check; reading a field before its check has run is an AttributeError."""

    data: bytes = field(repr=False)
    given_receipts: tuple[Mapping[str, Any], ...] = ()

    container: Container = field(init=False, repr=False)
    groups: list[EventGroup] = field(init=False, repr=False)
    archive: Archive = field(init=False, repr=False)
    election: Election = field(init=False)
    trustees: Trustees = field(init=False)
    credentials: frozenset[str] = field(init=False, repr=False)
    ballots: list[Ballot] = field(init=False, repr=False)
    decryptions: dict[int, bytes] = field(init=False, repr=False)
    counts: tuple[int, ...] = field(init=False)
