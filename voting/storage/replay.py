"""The one fold of a journal: for a server that takes a sitting up, for reports, and for `voting export`."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from voting.record.boards import BoardDiffers, Boards
from voting.record.published import PublishedBoards
from voting.sitting import events as e
from voting.sitting.machine import Sitting, evolve
from voting.storage.journal.chain import JournalBroken, JournalRow
from voting.tally.board.shuffle import mixed_tally
from voting.tally.board.shuffle_owner import read_shuffle_owner, require_named
from voting.tally.errors import TallyError

BallotOf = Callable[[str, str], bytes | None]
"""The stored bytes of the ballot in a poll with a tracker."""


class Replayed(NamedTuple):
    """A sitting after its journal's last event, which happened `at` (Unix ms)."""

    sitting: Sitting
    boards: Boards
    at: int

    @property
    def published(self) -> PublishedBoards:
        """Its boards as anybody may read them: the whole journal is durable."""
        return PublishedBoards(lambda: self.boards, lambda: self.sitting)


def replay(rows: Iterable[JournalRow], ballot_of: BallotOf) -> Replayed | None:
    """Fold a journal; None when it is empty. Raises BoardDiffers, and what reading the rows raises.

    Raises JournalBroken for an event that no sitting could have written there: the fold trusts its events, but whoever
    can write the file can write any chain.
    """
    sitting: Sitting | None = None
    boards, at = Boards(), 0
    for row in rows:
        try:
            sitting, at = evolve(sitting, row.event), row.event.at
            boards.apply(row.event, sitting, _beside(row.event, boards, ballot_of))
        except (LookupError, ValueError, TypeError, AttributeError, TallyError) as error:
            detail = f"{type(row.event).__name__} cannot follow upon the rows before it ({type(error).__name__})"
            raise JournalBroken(row.seq, detail) from error
    return None if sitting is None else Replayed(sitting, boards, at)


def _beside(event: e.AnyEvent, boards: Boards, ballot_of: BallotOf) -> bytes:
    """What `Boards.apply` needs beside the event."""
    match event:
        case e.BallotAccepted():
            raw = ballot_of(event.poll, event.tracker)
            if raw is None:
                raise BoardDiffers(f"poll {event.poll}: the ballot at height {event.height} is missing")
            return raw
        case e.ShufflePosted():
            board, raw = boards[event.poll], event.shuffle.encode()
            try:
                require_named(read_shuffle_owner(board.election, event.owned.encode()), raw)
                return mixed_tally(board.election, board.tally, raw)
            except TallyError as error:
                raise BoardDiffers(f"poll {event.poll}: {error.detail}") from None
    return b""
