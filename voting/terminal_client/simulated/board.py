"""What a scrutineer's terminal computes by itself, as plain functions that run in a process pool.

It rebuilds the board, the encrypted sum and what every shuffle left of it from the ballots before it shuffles or
decrypts, and takes nobody's word for anything of it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voting.tally.ballots.ballot import tracker_of
from voting.tally.board.chain import Board
from voting.tally.board.election import Election
from voting.tally.board.encrypted_tally import sum_ballots
from voting.tally.board.result import partial_decrypt
from voting.tally.board.shuffle import make_shuffle, mixed_so_far, tally_to_decrypt
from voting.tally.trustees.document import Trustees
from voting.tally.trustees.private_share import PrivateShare
from voting.terminal_client.simulated.crypto import (
    Setup,
    TerminalDistrust,
    check_ballots,
    check_setup,
    random_bytes,
)

Records = Sequence[tuple[str, str]]
"""A board as the server publishes it: (kind, text) of every document and event."""


@dataclass(frozen=True)
class PublishedBoard:
    """A board as published up to its encrypted sum and shuffles.

    shuffles: (owner, document) in order; mixed: whether they are ended; heads: hash of each event.
    """

    setup: Setup
    ballots: tuple[bytes, ...]
    shuffles: tuple[tuple[int, bytes], ...]
    mixed: bool
    heads: tuple[str, ...]


@dataclass(frozen=True)
class RebuiltTally:
    """A board as rebuilt from its ballots. ``ballots``: how many count.

    ``encrypted_tally``: what may be shuffled or decrypted next; the sum, or what the shuffles left of it.
    """

    setup: Setup
    ballots: int
    encrypted_tally: bytes


@dataclass(frozen=True)
class Known:
    """What a scrutineer's terminal knows by itself.

    fingerprint: as shown in the hall; trustees: as this scrutineer assembled them from the ceremony; signers: what
    check_ballots gave for this fingerprint, other ballots are checked anew; index, made: this scrutineer's, and the
    hashes of the shuffles made here.
    """

    fingerprint: str
    trustees: bytes
    index: int
    signers: Mapping[str, str]
    made: frozenset[str] = frozenset()


def read_board(records: Records) -> PublishedBoard:
    """What a board's records say, in the one order they may have. Raises TerminalDistrust."""
    data = {_sha256(text): text.encode() for kind, text in records if kind == "data"}
    events = [json.loads(text) for kind, text in records if kind == "event"]
    kinds = [event["type"] for event in events]
    head = _head(kinds)
    try:
        payloads = [event.get("payload") for event in events[: len(head)]]
        documents = {kind: [data[p] for k, p in zip(head, payloads, strict=True) if k == kind] for kind in _WITH_DATA}
        shuffles = tuple(_owned(data, owned) for owned in documents["Shuffle"])
        setup = _read_setup(data, documents["Setup"][0])
    except (KeyError, TypeError):
        raise TerminalDistrust("a document of the board is missing") from None
    return PublishedBoard(
        setup=setup,
        ballots=tuple(documents["Ballot"]),
        shuffles=shuffles,
        mixed="EndShuffles" in head,
        heads=tuple([_sha256(text) for kind, text in records if kind == "event"][: len(head)]),
    )


_WITH_DATA = ("Setup", "Ballot", "Shuffle")


def _head(kinds: Sequence[str]) -> list[str]:
    """The events up to the encrypted sum and the end of its shuffles. Raises TerminalDistrust."""
    ballots, shuffles, ended = (kinds.count(kind) for kind in ("Ballot", "Shuffle", "EndShuffles"))
    head = ["Setup", *["Ballot"] * ballots, "EndBallots", "EncryptedTally"]
    head += ["Shuffle"] * shuffles + ["EndShuffles"] * ended
    in_order = list(kinds[: len(head)]) == head and ended <= min(1, shuffles)
    if not in_order or set(kinds[len(head) :]) - {"PartialDecryption", "Result"}:
        raise TerminalDistrust("the board's events do not follow one another as they must")
    return head


def rebuild_tally(records: Records, fingerprint: str, signers: Mapping[str, str] | None = None) -> RebuiltTally:
    """Rebuild the board: every ballot and shuffle checked, the sum taken anew, every event compared.

    ``signers``: see Known. Raises TerminalDistrust or TallyError.
    """
    return _rebuild(read_board(records), fingerprint, signers or {})


def _rebuild(board: PublishedBoard, fingerprint: str, known: Mapping[str, str]) -> RebuiltTally:
    election, _ = check_setup(board.setup, fingerprint)
    fresh = check_ballots(board.setup, fingerprint, [b for b in board.ballots if tracker_of(b) not in known])
    signed = {(known.get(tracker_of(ballot)) or fresh[tracker_of(ballot)]) for ballot in board.ballots}
    if len(signed) != len(board.ballots) and not election.terms.last_counts:
        raise TerminalDistrust("one credential cast more than one ballot")
    _compare_heads(board, sum_ballots(election, board.ballots))
    trustees = Trustees.parse(election.group, board.setup.trustees)
    left = (tally_to_decrypt if board.mixed else mixed_so_far)(election, trustees, board.ballots, board.shuffles)
    return RebuiltTally(board.setup, len(signed), left)


def shuffle(records: Records, known: Known) -> tuple[int, int, str] | None:
    """Rebuild, and only then shuffle: (number of ballots, how many shuffles lie before, raw shuffle).

    None when this board needs no shuffle from this scrutineer any more. Raises TerminalDistrust or TallyError.
    """
    board = _own_board(records, known)
    if board.mixed or any(owner == known.index for owner, _ in board.shuffles):
        return None
    rebuilt = _rebuild(board, known.fingerprint, known.signers)
    raw = make_shuffle(Election.parse(board.setup.election), rebuilt.encrypted_tally, random_bytes)
    return rebuilt.ballots, len(board.shuffles), raw.decode()


def release(records: Records, known: Known, share: str) -> tuple[int, str]:
    """Rebuild, and only then decrypt one's part: (number of ballots, raw partial decryption).

    Raises TerminalDistrust or TallyError.
    """
    board = _own_board(records, known)
    election = Election.parse(board.setup.election)
    if bool(election.mixed) != board.mixed:
        raise TerminalDistrust("this scrutineer is asked to decrypt what is not shuffled to the end")
    rebuilt = _rebuild(board, known.fingerprint, known.signers)
    private = PrivateShare.from_json(share)
    return rebuilt.ballots, partial_decrypt(election, private, rebuilt.encrypted_tally, random_bytes).decode()


def shuffle_hash(raw: str) -> str:
    """How a terminal remembers a shuffle that it made."""
    return _sha256(raw)


def _own_board(records: Records, known: Known) -> PublishedBoard:
    """The board, if its key is the scrutineers' and nobody shuffled under this one's name. Raises TerminalDistrust."""
    board = read_board(records)
    if board.setup.trustees != known.trustees:
        raise TerminalDistrust("the poll's key is not the one the scrutineers made together")
    own = {shuffle_hash(raw.decode()) for owner, raw in board.shuffles if owner == known.index}
    if own - known.made:
        raise TerminalDistrust("the board holds a shuffle under this scrutineer's name that was made elsewhere")
    return board


def _owned(data: Mapping[str, bytes], owned: bytes) -> tuple[int, bytes]:
    named = json.loads(owned)
    return int(named["owner"]), data[named["payload"]]


def _read_setup(data: Mapping[str, bytes], payload: bytes) -> Setup:
    names = json.loads(payload)
    return Setup(data[names["election"]], data[names["trustees"]], data[names["credentials"]])


def _compare_heads(published: PublishedBoard, encrypted: bytes) -> None:
    setup = published.setup
    board = Board.open(setup.election, setup.trustees, setup.credentials)
    heads = [board.head]
    try:
        for ballot in published.ballots:
            board.append_ballot(ballot)
            heads.append(board.head)
        board.end_ballots()
        heads.append(board.head)
        board.append_encrypted_tally(encrypted)
        heads.append(board.head)
        for owner, raw in published.shuffles:
            board.append_shuffle(owner, raw)
            heads.append(board.head)
        if published.mixed:
            board.end_shuffles()
            heads.append(board.head)
    except ValueError as error:
        raise TerminalDistrust(f"the board holds an event that this poll cannot have: {error}") from None
    if heads != list(published.heads):
        raise TerminalDistrust("the board rebuilt from the ballots is not the board the server published")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
