"""What the verifier has learned so far; each check may use what the earlier ones established."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from voting.tally.ballots.ballot import Ballot
from voting.tally.ballots.by_name import Voter
from voting.tally.board.archive import Archive, EventGroup
from voting.tally.board.container import Container
from voting.tally.board.election import Election
from voting.tally.board.encrypted_tally import counted
from voting.tally.board.result import Result
from voting.tally.errors import TallyError
from voting.tally.trustees.document import Trustees
from voting.tally.verify.laws import Law


@dataclass
class State:
    """Filled in check by check; reading a field before its check has run is an AttributeError.

    ``ballots`` are all on the board, ``tally`` is what gets decrypted: the archived one, after shuffles the mixed one.
    """

    data: bytes = field(repr=False)
    given_receipts: tuple[Mapping[str, Any], ...] = ()

    container: Container = field(init=False, repr=False)
    groups: list[EventGroup] = field(init=False, repr=False)
    archive: Archive = field(init=False, repr=False)
    election: Election = field(init=False)
    trustees: Trustees | None = field(init=False, default=None)
    voters: tuple[Voter, ...] = field(init=False, default=(), repr=False)
    credentials: frozenset[str] = field(init=False, repr=False)
    ballots: list[Ballot] = field(init=False, repr=False)
    tally: bytes = field(init=False, repr=False)
    shufflers: list[int] = field(init=False, default_factory=list)
    decryptions: dict[int, bytes] = field(init=False, default_factory=dict, repr=False)
    result: Result = field(init=False)
    lacking: list[Law] = field(init=False, default_factory=list)

    @contextmanager
    def law(self, law: Law) -> Iterator[None]:
        """A refusal inside stands where our format 2 is claimed; any other record is noted to lack the law."""
        try:
            yield
        except TallyError:
            if self.election.strict:
                raise
            self.lacking.append(law)

    @property
    def counted(self) -> list[Ballot]:
        """The ballots that count, by the election's frozen terms."""
        return counted(self.election, self.ballots)

    @property
    def keys(self) -> Trustees:
        """The scrutineers' keys of a secret poll."""
        if self.trustees is None:
            raise ValueError("a recorded poll has no scrutineers' keys")
        return self.trustees
