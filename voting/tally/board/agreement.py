"""Scrutineers agree on a closed board before anybody decrypts: each signs its head and number of ballots.

``{"owner":n,"closed_head":HEX,"ballots":N,"signature":{"challenge":…,"response":…}}``, ours (docs/protocol.md). Law: an
honest terminal signs one closed board of a poll and no other, and decrypts only that one. `signatures_needed` is so
many that two sets of signers share at least a threshold of scrutineers: where fewer than that are dishonest, an honest
one stands in both sets, so that there cannot be two boards of one poll that both are decrypted.
"""

from collections.abc import Iterable
from typing import NamedTuple

from voting.tally.board.election import Election
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Rng
from voting.tally.groups.proofs import PROOF_FORM, knowledge_holds, prove_knowledge, read_proof
from voting.tally.json_form import dump, load_canonical
from voting.tally.trustees.document import Trustees
from voting.tally.trustees.private_share import PrivateShare

CLOSED_BOARD_FORM = {"owner": "int", "closed_head": "string", "ballots": "int", "signature": PROOF_FORM}


class ClosedBoard(NamedTuple):
    """What is agreed on. head: hex hash of the event that ends the ballots; ballots: how many count."""

    head: str
    ballots: int


def signatures_needed(scrutineers: int, threshold: int) -> int:
    """How many must sign one closed board: half of scrutineers and threshold together, rounded up.

    Two sets of so many share at least `threshold` scrutineers. Where t of n is 2 of 3 or n of n, all are needed.
    """
    return (scrutineers + threshold + 1) // 2


def sign_closed_board(election: Election, private: PrivateShare, closed: ClosedBoard, rng: Rng) -> bytes:
    """The scrutineer's signature on what their terminal rebuilt itself. Raises ValueError for an unfinished share."""
    secret = private.decryption_in(election.group)
    public = election.group.encode(election.group.secret_power_g(secret))
    prefix = closed_board_prefix(election, public, private.index, closed)
    signature = prove_knowledge(election.group, secret, prefix, rng)
    value = {"owner": private.index, "closed_head": closed.head, "ballots": closed.ballots}
    return dump({**value, "signature": signature.to_json()})


def check_closed_board(election: Election, trustees: Trustees, signed: bytes) -> tuple[int, ClosedBoard]:
    """Who signed which closed board, by a signature that holds.

    Raises TallyError: document_malformed, document_not_canonical, scalar_malformed, decryption_invalid for a scrutineer
    whom nobody knows, board_disputed for a signature that does not hold.
    """
    value = load_canonical(signed, CLOSED_BOARD_FORM, "a signature on a closed board")
    owner, closed = value["owner"], ClosedBoard(value["closed_head"], value["ballots"])
    public = trustees.verification_key(owner)
    signature = read_proof(election.group, value["signature"])
    prefix = closed_board_prefix(election, public, owner, closed)
    if not knowledge_holds(election.group, election.group.decode(public), signature, prefix):
        raise TallyError(TallyCode.BOARD_DISPUTED, f"scrutineer {owner}'s signature on a closed board does not hold")
    return owner, closed


def signers_of(election: Election, trustees: Trustees, closed: ClosedBoard, signed: Iterable[bytes]) -> frozenset[int]:
    """The scrutineers who signed this closed board.

    Raises TallyError: as `check_closed_board`, and board_disputed where one of them signed another board of the poll.
    """
    found = [check_closed_board(election, trustees, one) for one in signed]
    for owner, other in found:
        require_same(closed, other, f"scrutineer {owner} signed another board of this poll")
    return frozenset(owner for owner, _ in found)


def require_agreement(
    election: Election, trustees: Trustees, closed: ClosedBoard, signed: Iterable[bytes], compared: str | None
) -> None:
    """Raise TallyError unless this board may be decrypted: enough signed it, or its head was compared aloud.

    compared: the head that the scrutineer compared with the hall screen; None where nobody did. Raises as `signers_of`;
    agreement_missing where too few signed and nothing was compared, board_disputed where another head was.
    """
    have = len(signers_of(election, trustees, closed, signed))
    need = signatures_needed(trustees.size, trustees.threshold)
    if compared is not None and compared != closed.head:
        raise TallyError(TallyCode.BOARD_DISPUTED, "the head that was compared is not that of the board rebuilt here")
    if compared is None and have < need:
        raise TallyError(TallyCode.AGREEMENT_MISSING, f"{have} of {need} scrutineers signed the closed board")


def require_same(closed: ClosedBoard, other: ClosedBoard, detail: str) -> None:
    """Raise TallyError(board_disputed) unless they are one and the same."""
    if closed != other:
        raise TallyError(TallyCode.BOARD_DISPUTED, detail)


def closed_board_prefix(election: Election, public: str, owner: int, closed: ClosedBoard) -> str:
    """Prefix for the signature: this election, whose key, which scrutineer, which head, and how many ballots."""
    return f"closed|{election.hash}|{public}|{owner}|{closed.head}|{closed.ballots}|"
