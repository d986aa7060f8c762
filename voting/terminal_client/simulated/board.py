"""What a scrutineer's terminal computes by itself, as plain functions that run in a process pool.

It rebuilds the board, the encrypted sum and what every shuffle left of it from the ballots before it shuffles or
decrypts, and takes nobody's word for anything of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from voting.record.description import read_description
from voting.record.spelling import Misspelled
from voting.tally.ballots.ballot import tracker_of
from voting.tally.board.agreement import ClosedBoard, check_closed_board, require_agreement, sign_closed_board
from voting.tally.board.archive import EventGroup, OwnedDocument, check_chain, check_order
from voting.tally.board.chain import END_BALLOTS, END_SHUFFLES, Board, ballot_step, shuffle_step
from voting.tally.board.container import make_entry
from voting.tally.board.election import Election
from voting.tally.board.encrypted_tally import sum_ballots
from voting.tally.board.result import partial_decrypt
from voting.tally.board.shuffle import make_shuffle, mixed_so_far, tally_to_decrypt
from voting.tally.board.shuffle_owner import OWNED_SHUFFLE_FORM, sign_shuffle
from voting.tally.errors import CheckFailed, TallyError
from voting.tally.json_form import load, load_canonical, sha256_hex
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

    shuffles: in order; mixed: whether they are ended; closed_head: the hash of the event that ends the ballots; head:
    that of the last of these events.
    """

    setup: Setup
    ballots: tuple[bytes, ...]
    shuffles: tuple[OwnedDocument, ...]
    mixed: bool
    closed_head: str
    head: str


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
    hashes of the shuffles made here; kept: election's uuid -> raw signature that was made here on its closed board.
    """

    fingerprint: str
    trustees: bytes
    index: int
    signers: Mapping[str, str]
    made: frozenset[str] = frozenset()
    kept: Mapping[str, str] = field(default_factory=dict)


def read_board(records: Records) -> PublishedBoard:
    """What a board's records say, chained and in order as an archive's must be. Raises TerminalDistrust."""
    try:
        groups = check_chain([make_entry(kind, text.encode()) for kind, text in records])
        check_order(groups)
    except CheckFailed as failed:
        raise TerminalDistrust(f"the board is not written as a record is: {failed}") from None
    known = [group for group in groups if group.type not in _FROM_DECRYPTIONS]
    if known[-1].type not in _SUMMED:
        raise TerminalDistrust("the board does not hold the encrypted sum of its ballots")
    election, trustees, credentials, _ = (document.raw for document in known[0].data)
    return PublishedBoard(
        setup=Setup(election, trustees, credentials),
        ballots=tuple(group.data[0].raw for group in known if group.type == "Ballot"),
        shuffles=tuple(_owned(group) for group in known if group.type == "Shuffle"),
        mixed=known[-1].type == "EndShuffles",
        closed_head=next(group.digest for group in known if group.type == "EndBallots"),
        head=known[-1].digest,
    )


_FROM_DECRYPTIONS = frozenset({"PartialDecryption", "Result"})
_SUMMED = frozenset({"EncryptedTally", "Shuffle", "EndShuffles"})


def _owned(group: EventGroup) -> OwnedDocument:
    document, owned = group.data
    try:
        load_canonical(owned.raw, OWNED_SHUFFLE_FORM, "the owner of a shuffle")
    except TallyError as error:
        raise TerminalDistrust(f"a shuffle names no owner: {error}") from None
    return OwnedDocument(owned.raw, document.raw)


def _owner(made: OwnedDocument) -> int:
    return int(load(made.owned)["owner"])


def rebuild(board: PublishedBoard, fingerprint: str, known: Mapping[str, str]) -> RebuiltTally:
    """Every ballot and shuffle checked, the sum taken anew, and the board made of them compared with the published one.

    Of fewer ballots than the poll's frozen rules ask for, nothing is rebuilt.

    ``known``: the signers of `Known`. Raises TerminalDistrust or TallyError.
    """
    election, _ = check_setup(board.setup, fingerprint)
    fresh = check_ballots(board.setup, fingerprint, [b for b in board.ballots if tracker_of(b) not in known])
    signed = {(known.get(tracker_of(ballot)) or fresh[tracker_of(ballot)]) for ballot in board.ballots}
    if len(signed) != len(board.ballots) and not election.terms.last_counts:
        raise TerminalDistrust("one credential cast more than one ballot")
    _require_enough(election, len(signed))
    _compare(board, sum_ballots(election, board.ballots))
    trustees = Trustees.parse(election.group, board.setup.trustees)
    left = (tally_to_decrypt if board.mixed else mixed_so_far)(election, trustees, board.ballots, board.shuffles)
    return RebuiltTally(board.setup, len(signed), left)


def _require_enough(election: Election, ballots: int) -> None:
    try:
        least = read_description(election.description).poll.question.least_secret
    except Misspelled as error:
        raise TerminalDistrust(f"the poll does not state its rules as it must: {error}") from None
    if ballots < least:
        raise TerminalDistrust(f"{ballots} ballots are not opened; the poll's rules ask for {least}")


class SignedBoard(NamedTuple):
    """A closed board signed here. uuid: of its election, under which the terminal keeps `raw`."""

    uuid: str
    closed: ClosedBoard
    raw: str


def sign(records: Records, known: Known, share: str) -> SignedBoard:
    """Rebuild, and only then sign the closed board; what was signed before is answered again.

    Raises TerminalDistrust, also for another board than the one signed before, or TallyError.
    """
    board = _own_board(records, known)
    election, closed = _closed(board, rebuild(board, known.fingerprint, known.signers), known)
    private = PrivateShare.from_json(share)
    kept = known.kept.get(election.uuid)
    raw = sign_closed_board(election, private, closed, random_bytes).decode() if kept is None else kept
    return SignedBoard(election.uuid, closed, raw)


class MadeShuffle(NamedTuple):
    """A shuffle made here. position: how many lie before it; raw, owned: the shuffle, and its signed owner."""

    ballots: int
    position: int
    raw: str
    owned: str


def shuffle(records: Records, known: Known, share: str) -> MadeShuffle | None:
    """Rebuild, and only then shuffle and sign.

    None when this board needs no shuffle from this scrutineer any more. Raises TerminalDistrust or TallyError.
    """
    board = _own_board(records, known)
    if board.mixed or any(_owner(made) == known.index for made in board.shuffles):
        return None
    rebuilt = rebuild(board, known.fingerprint, known.signers)
    election = Election.parse(board.setup.election)
    raw = make_shuffle(election, rebuilt.encrypted_tally, random_bytes)
    owned = sign_shuffle(election, PrivateShare.from_json(share), raw, random_bytes)
    return MadeShuffle(rebuilt.ballots, len(board.shuffles), raw.decode(), owned.decode())


class Agreement(NamedTuple):
    """What stands for a closed board. signed: raw signatures of scrutineers, as carried by the server; compared: the
    head that the scrutineer compared with the hall screen aloud, None where nobody did."""

    signed: tuple[str, ...]
    compared: str | None = None


def release(records: Records, known: Known, share: str, agreement: Agreement) -> tuple[int, str]:
    """Rebuild, and only then decrypt one's part: (number of ballots, raw partial decryption).

    Raises TerminalDistrust, also for a board that this terminal has not signed, or TallyError, also where too few have.
    """
    board = _own_board(records, known)
    election = Election.parse(board.setup.election)
    if bool(election.mixed) != board.mixed:
        raise TerminalDistrust("this scrutineer is asked to decrypt what is not shuffled to the end")
    rebuilt = rebuild(board, known.fingerprint, known.signers)
    _, closed = _closed(board, rebuilt, known)
    if election.uuid not in known.kept:
        raise TerminalDistrust("this terminal has not signed the closed board")
    trustees = Trustees.parse(election.group, known.trustees)
    require_agreement(election, trustees, closed, [text.encode() for text in agreement.signed], agreement.compared)
    private = PrivateShare.from_json(share)
    return rebuilt.ballots, partial_decrypt(election, private, rebuilt.encrypted_tally, random_bytes).decode()


def shuffle_hash(raw: str) -> str:
    """How a terminal remembers a shuffle that it made."""
    return sha256_hex(raw.encode())


def _closed(board: PublishedBoard, rebuilt: RebuiltTally, known: Known) -> tuple[Election, ClosedBoard]:
    """The closed board as rebuilt, when no other one of this poll was signed here. Raises TerminalDistrust."""
    election = Election.parse(board.setup.election)
    closed = ClosedBoard(board.closed_head, rebuilt.ballots)
    kept = known.kept.get(election.uuid)
    if kept is None:
        return election, closed
    try:
        found = check_closed_board(election, Trustees.parse(election.group, known.trustees), kept.encode())
    except TallyError as error:
        raise TerminalDistrust(f"what this terminal keeps of the closed board is not its own: {error}") from None
    if found != (known.index, closed):
        raise TerminalDistrust("this terminal signed another board of this poll")
    return election, closed


def _own_board(records: Records, known: Known) -> PublishedBoard:
    """The board, if its key is the scrutineers' and nobody shuffled under this one's name. Raises TerminalDistrust."""
    board = read_board(records)
    if board.setup.trustees != known.trustees:
        raise TerminalDistrust("the poll's key is not the one the scrutineers made together")
    own = {shuffle_hash(made.raw.decode()) for made in board.shuffles if _owner(made) == known.index}
    if own - known.made:
        raise TerminalDistrust("the board holds a shuffle under this scrutineer's name that was made elsewhere")
    return board


def _compare(published: PublishedBoard, encrypted: bytes) -> None:
    setup = published.setup
    board = Board.open(setup.election, setup.trustees, setup.credentials)
    board.append(*map(ballot_step, published.ballots), END_BALLOTS)
    board.append(board.encrypted_tally_step(encrypted))
    ends = (END_SHUFFLES,) if published.mixed else ()
    board.append(*(shuffle_step(*made) for made in published.shuffles), *ends)
    if board.head != published.head:
        raise TerminalDistrust("the board rebuilt from the ballots is not the board the server published")
