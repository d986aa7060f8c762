"""What a terminal computes by itself, as plain functions that run in a process pool: pure but for randomness.

A seat checks what it is about to vote on before it encrypts; a scrutineer rebuilds the board and the encrypted sum from
the ballots before it decrypts. Neither takes the server's word for anything it can compute.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from voting.congress.poll import PollKind, PollPlan
from voting.congress.ruleset import Secrecy
from voting.record.description import Description
from voting.record.questions import answers_of, questions_of
from voting.tally.ballot import check_ballot, fill_ballot, tracker_of
from voting.tally.board import Board
from voting.tally.credential import SigningCredential, read_credentials
from voting.tally.election import Election
from voting.tally.private_share import PrivateShare
from voting.tally.receipt import check_receipt
from voting.tally.recorded import read_voters
from voting.tally.result import partial_decrypt, sum_ballots
from voting.tally.trustees import Trustees


class TerminalDistrust(Exception):  # noqa: N818 - what the terminal says, not a fault of the program
    """What the server published does not agree with what this terminal computed: it refuses to go on."""


@dataclass(frozen=True)
class Setup:
    """The three archived texts frozen when a poll opens."""

    election: bytes
    trustees: bytes
    credentials: bytes


ShownPoll = tuple[PollKind, Secrecy, tuple[str, ...]]
"""What a terminal shows of a poll: its kind, its secrecy and the ids of its options in order."""


@dataclass(frozen=True)
class PublishedBoard:
    """A board as published up to its encrypted sum. heads: hash of each event."""

    setup: Setup
    ballots: tuple[bytes, ...]
    heads: tuple[str, ...]


@dataclass(frozen=True)
class RebuiltTally:
    """A board as rebuilt from its ballots, up to and including the encrypted sum. ``ballots``: those that count."""

    setup: Setup
    ballots: int
    encrypted_tally: bytes


def random_bytes(count: int) -> bytes:
    """The system's randomness in the form the tally protocol takes it."""
    return os.urandom(count)


@lru_cache(maxsize=4)
def check_setup(setup: Setup, fingerprint: str) -> tuple[Election, frozenset[str]]:
    """The election and its credentials, when all of it hangs together. Raises TerminalDistrust or TallyError."""
    election = Election.parse(setup.election)
    if not election.recorded and Trustees.parse(election.group, setup.trustees).public_key != election.public_key:
        raise TerminalDistrust("the ballots would be encrypted to a key that is not the scrutineers'")
    credentials = _credentials(election, setup.credentials)
    if Board.open(setup.election, setup.trustees, setup.credentials).fingerprint != fingerprint:
        raise TerminalDistrust("the fingerprint shown in the hall is not that of what was published")
    return election, credentials


def cast_ballot(
    setup: Setup, fingerprint: str, credential: SigningCredential, poll: ShownPoll, choice: Sequence[str]
) -> bytes:
    """Check the setup and one's own place in it, then encrypt, prove, sign. Raises TerminalDistrust or TallyError.

    ``choice``: as voting.record.questions writes it. In a recorded poll nothing is encrypted.
    """
    election, credentials = check_setup(setup, fingerprint)
    if credential.public not in credentials:
        raise TerminalDistrust("this terminal's credential is not in the frozen list")
    plan = _frozen_plan(election, poll)
    return fill_ballot(election, credential, answers_of(plan, choice), random_bytes)


def _frozen_plan(election: Election, poll: ShownPoll) -> PollPlan:
    """The poll as it is frozen, when that is what the terminal shows. Raises TerminalDistrust."""
    frozen = msgspec.json.decode(election.description, type=Description).poll
    if (frozen.kind, frozen.secrecy, tuple(option.id for option in frozen.options)) != poll:
        raise TerminalDistrust("the question that was frozen is not the one this terminal shows")
    if election.questions != questions_of(frozen.plan) or election.recorded != (frozen.secrecy is Secrecy.RECORDED):
        raise TerminalDistrust("the ballot does not ask what the frozen rules say")
    return frozen.plan


def _credentials(election: Election, raw: bytes) -> frozenset[str]:
    if election.recorded:
        return frozenset(voter.credential for voter in read_voters(election.group, raw))
    return read_credentials(election.group, raw)


def check_own_receipt(receipt: dict[str, object], uuid: str, fingerprint: str, tracker: str) -> None:
    """A receipt must be signed and speak of exactly this ballot. Raises TerminalDistrust or TallyError."""
    check_receipt(receipt)
    mine = {"election_uuid": uuid, "fingerprint": fingerprint, "tracker": tracker}
    for field, value in mine.items():
        if receipt.get(field) != value:
            raise TerminalDistrust(f"the receipt's {field} is not that of the ballot this terminal cast")


def read_board(records: Sequence[tuple[str, str]]) -> PublishedBoard:
    """What a board's records (kind, text) say, in the one order they may have. Raises TerminalDistrust."""
    data = {_sha256(text): text.encode() for kind, text in records if kind == "data"}
    events = [text for kind, text in records if kind == "event"]
    kinds = [json.loads(text)["type"] for text in events]
    count = kinds.count("Ballot")
    head = ["Setup", *["Ballot"] * count, "EndBallots", "EncryptedTally"]
    if kinds[: len(head)] != head or set(kinds[len(head) :]) - {"PartialDecryption", "Result"}:
        raise TerminalDistrust("the board's events do not follow one another as they must")
    payloads = [json.loads(text).get("payload") for text in events]
    return PublishedBoard(
        setup=_read_setup(data, data[payloads[0]]),
        ballots=tuple(data[payload] for payload in payloads[1 : count + 1]),
        heads=tuple(_sha256(text) for text in events[: len(head)]),
    )


def check_ballots(setup: Setup, fingerprint: str, ballots: Sequence[bytes]) -> dict[str, str]:
    """Check ballots completely: tracker -> credential that signed. Raises TerminalDistrust or TallyError."""
    election, credentials = check_setup(setup, fingerprint)
    checked = [check_ballot(election, credentials, ballot) for ballot in ballots]
    return {ballot.tracker: ballot.credential for ballot in checked}


def rebuild_tally(
    records: Sequence[tuple[str, str]], fingerprint: str, signers: Mapping[str, str] | None = None
) -> RebuiltTally:
    """Rebuild the board from its records (kind, text): every ballot checked, the sum taken anew, every event compared.

    ``signers``: what check_ballots gave for this fingerprint; other ballots are checked here.
    Raises TerminalDistrust or TallyError.
    """
    board, known = read_board(records), signers or {}
    election, _ = check_setup(board.setup, fingerprint)
    fresh = check_ballots(board.setup, fingerprint, [b for b in board.ballots if tracker_of(b) not in known])
    signed = {(known.get(tracker_of(ballot)) or fresh[tracker_of(ballot)]) for ballot in board.ballots}
    if len(signed) != len(board.ballots) and not election.terms.last_counts:
        raise TerminalDistrust("one credential cast more than one ballot")
    encrypted = sum_ballots(election, list(board.ballots))
    _compare_heads(board.setup, board.ballots, encrypted, board.heads)
    return RebuiltTally(board.setup, len(signed), encrypted)


def release(
    records: Sequence[tuple[str, str]],
    fingerprint: str,
    trustees: bytes,
    share: str,
    signers: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Rebuild, and only then decrypt one's part: (number of ballots, raw partial decryption).

    ``trustees``: as this scrutineer assembled them from the ceremony. ``signers``: see rebuild_tally.
    Raises TerminalDistrust or TallyError.
    """
    rebuilt = rebuild_tally(records, fingerprint, signers)
    if rebuilt.setup.trustees != trustees:
        raise TerminalDistrust("the poll's key is not the one the scrutineers made together")
    election = Election.parse(rebuilt.setup.election)
    private = PrivateShare.from_json(share)
    return rebuilt.ballots, partial_decrypt(election, private, rebuilt.encrypted_tally, random_bytes).decode()


def _read_setup(data: dict[str, bytes], payload: bytes) -> Setup:
    names = json.loads(payload)
    return Setup(data[names["election"]], data[names["trustees"]], data[names["credentials"]])


def _compare_heads(setup: Setup, ballots: Sequence[bytes], encrypted: bytes, published: Sequence[str]) -> None:
    board = Board.open(setup.election, setup.trustees, setup.credentials)
    heads = [board.head]
    for ballot in ballots:
        board.append_ballot(ballot)
        heads.append(board.head)
    board.end_ballots()
    heads.append(board.head)
    board.append_encrypted_tally(encrypted)
    heads.append(board.head)
    if heads != list(published):
        raise TerminalDistrust("the board rebuilt from the ballots is not the board the server published")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
