"""A board as tests fill it, and as a terminal rebuilds it."""

from collections.abc import Mapping
from dataclasses import replace

from voting.tally.ballots.ballot import tracker_of
from voting.tally.board.chain import Board, BoardEntry, ballot_step
from voting.terminal_client.simulated.board import (
    Agreement,
    Known,
    RebuiltTally,
    Records,
    read_board,
    rebuild,
    release,
    sign,
)


def put_ballot(board: Board, raw: bytes) -> BoardEntry:
    """Append a ballot; where it stands."""
    board.append(ballot_step(raw))
    return BoardEntry(board.height, board.head, tracker_of(raw))


def signed_and_released(records: Records, known: Known, share: str) -> tuple[int, str]:
    """What a scrutineer releases who signed the closed board, and compared its head aloud."""
    made = sign(records, known, share)
    return release(
        records, replace(known, kept={made.uuid: made.raw}), share, Agreement((made.raw,), compared=made.closed.head)
    )


def rebuild_tally(records: Records, fingerprint: str, signers: Mapping[str, str] | None = None) -> RebuiltTally:
    """What a scrutineer's terminal may shuffle or decrypt of a published board."""
    return rebuild(read_board(records), fingerprint, signers or {})
