"""A board as tests fill it, and as a terminal rebuilds it."""

from collections.abc import Mapping

from voting.tally.ballots.ballot import tracker_of
from voting.tally.board.chain import Board, BoardEntry, ballot_step
from voting.terminal_client.simulated.board import RebuiltTally, Records, read_board, rebuild


def put_ballot(board: Board, raw: bytes) -> BoardEntry:
    """Append a ballot; where it stands."""
    board.append(ballot_step(raw))
    return BoardEntry(board.height, board.head, tracker_of(raw))


def rebuild_tally(records: Records, fingerprint: str, signers: Mapping[str, str] | None = None) -> RebuiltTally:
    """What a scrutineer's terminal may shuffle or decrypt of a published board."""
    return rebuild(read_board(records), fingerprint, signers or {})
