"""What a terminal computes by itself, as plain functions that run in a process pool: pure but for randomness.

A seat checks what it is about to vote on before it encrypts, and takes nobody's word for anything it can compute.
What a scrutineer's terminal does with a board: board.py.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import msgspec

from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Question
from voting.congress.law.ruleset import Secrecy
from voting.record.description import Description
from voting.record.questions import answers_of, questions_of
from voting.tally.ballots.ballot import check_ballot, fill_ballot
from voting.tally.ballots.by_name import read_voters
from voting.tally.ballots.credential import SigningCredential, read_credentials
from voting.tally.ballots.terms import stated_server_key
from voting.tally.board.chain import Board
from voting.tally.board.election import Election
from voting.tally.board.receipt import check_receipt
from voting.tally.trustees.document import Trustees


class TerminalDistrust(Exception):
    """What the server published does not agree with what this terminal computed: it refuses to go on."""


@dataclass(frozen=True)
class Setup:
    """The three archived texts frozen when a poll opens."""

    election: bytes
    trustees: bytes
    credentials: bytes


ShownPoll = tuple[PollKind, Secrecy, tuple[str, ...]]
"""What a terminal shows of a poll: its kind, its secrecy and the ids of its options in order."""


class SeatKeys(NamedTuple):
    """The keys that a seat was shown first, which it keeps. key: of secret ballots; server_key: of receipts."""

    key: str | None = None
    server_key: str | None = None

    def seeing(self, key: str | None, server_key: str) -> "SeatKeys":
        """With what is shown now where nothing was shown before."""
        return SeatKeys(self.key or key, self.server_key or server_key)

    def require(self, election: Election) -> None:
        """Raise TerminalDistrust for an election by other keys."""
        if not election.recorded and election.public_key != self.key:
            raise TerminalDistrust("the ballots would be encrypted to another key than this terminal was shown first")
        if stated_server_key(election.description) != self.server_key:
            raise TerminalDistrust("receipts would be signed with another key than this terminal was shown first")


def random_bytes(count: int) -> bytes:
    """The system's randomness in the form the tally protocol takes it."""
    return os.urandom(count)


@lru_cache(maxsize=4)
def check_setup(setup: Setup, fingerprint: str) -> tuple[Election, frozenset[str]]:
    """The election and its credentials, when all of it hangs together. Raises TerminalDistrust or TallyError."""
    election = Election.parse(setup.election)
    if not election.strict:
        raise TerminalDistrust("the record would not be held to every law of this house")
    if not election.recorded and Trustees.parse(election.group, setup.trustees).public_key != election.public_key:
        raise TerminalDistrust("the ballots would be encrypted to a key that is not the scrutineers'")
    credentials = _credentials(election, setup.credentials)
    if Board.open(setup.election, setup.trustees, setup.credentials).fingerprint != fingerprint:
        raise TerminalDistrust("the fingerprint shown in the hall is not that of what was published")
    return election, credentials


def cast_ballot(
    setup: Setup,
    fingerprint: str,
    keys: SeatKeys,
    credential: SigningCredential,
    poll: ShownPoll,
    choice: Sequence[str],
) -> bytes:
    """Check the setup and one's own place in it, then encrypt, prove, sign. Raises TerminalDistrust or TallyError.

    ``choice``: as voting.record.questions writes it. In a recorded poll nothing is encrypted.
    """
    election, credentials = check_setup(setup, fingerprint)
    keys.require(election)
    if credential.public not in credentials:
        raise TerminalDistrust("this terminal's credential is not in the frozen list")
    question = _frozen_question(election, poll)
    return fill_ballot(election, credential, answers_of(question, choice), random_bytes)


def _frozen_question(election: Election, poll: ShownPoll) -> Question:
    """The poll as it is frozen, when that is what the terminal shows. Raises TerminalDistrust."""
    frozen = msgspec.json.decode(election.description, type=Description).poll
    if (frozen.kind, frozen.secrecy, tuple(option.id for option in frozen.options)) != poll:
        raise TerminalDistrust("the question that was frozen is not the one this terminal shows")
    if election.questions != questions_of(frozen.question) or election.recorded != (frozen.secrecy is Secrecy.RECORDED):
        raise TerminalDistrust("the ballot does not ask what the frozen rules say")
    return frozen.question


def _credentials(election: Election, raw: bytes) -> frozenset[str]:
    if election.recorded:
        return frozenset(voter.credential for voter in read_voters(election.group, raw))
    return read_credentials(election.group, raw)


def check_own_receipt(
    receipt: dict[str, object], uuid: str, fingerprint: str, tracker: str, server_key: str | None
) -> None:
    """A receipt is signed with the key shown first, for exactly this ballot. Raises TerminalDistrust or TallyError."""
    check_receipt(receipt)
    mine = {"election_uuid": uuid, "fingerprint": fingerprint, "tracker": tracker, "server_key": server_key}
    for field, value in mine.items():
        if receipt.get(field) != value:
            raise TerminalDistrust(f"the receipt's {field} is not the one that this terminal expects")


def check_ballots(setup: Setup, fingerprint: str, ballots: Sequence[bytes]) -> dict[str, str]:
    """Check ballots completely: tracker -> credential that signed. Raises TerminalDistrust or TallyError."""
    election, credentials = check_setup(setup, fingerprint)
    checked = [check_ballot(election, credentials, ballot) for ballot in ballots]
    return {ballot.tracker: ballot.credential for ballot in checked}
