"""The boards as far as they are committed: all of them that may leave the server.

Law: nothing here reaches past the head that the committed state names, however far the boards have grown since.
"""

import hashlib
from collections.abc import Callable

from voting.record.boards import Boards, PollBoard
from voting.sitting.machine import PollProgress, Sitting
from voting.tally.board.chain import BoardEntry
from voting.tally.board.container import Entry
from voting.tally.board.election import Election


class PublishedBoard:
    """One board up to and including the event hashed `head`."""

    def __init__(self, board: PollBoard, head: str) -> None:
        self._board = board
        self.head = head

    @property
    def election(self) -> Election:
        """What is voted on."""
        return self._board.election

    @property
    def timestamp(self) -> int:
        """Seconds since 1970 at which the poll was opened; part of the archive."""
        return self._board.timestamp

    def records(self) -> tuple[Entry, ...]:
        """Its documents and events in order, byte-exact."""
        return self._board.board.entries(self.head)

    def archive(self) -> bytes:
        """The `.bel` file."""
        return self._board.board.to_archive(self.timestamp, self.head)

    def trackers(self) -> tuple[str, ...]:
        """Of the ballots that stand here, in the order of their heights."""
        height = self._board.board.height_of(self.head)
        placed = sorted(self._board.places.values())
        return tuple(place.tracker for place in placed if place.height <= height)

    def place(self, tracker: str) -> BoardEntry:
        """Where a ballot stands. Raises KeyError when it does not stand here yet."""
        place = self._board.places[tracker]
        if place.height > self._board.board.height_of(self.head):
            raise KeyError(tracker)
        return place


class PublishedBoards:
    """sitting: the committed state, now."""

    def __init__(self, boards: Callable[[], Boards], sitting: Callable[[], Sitting]) -> None:
        self._boards = boards
        self._sitting = sitting
        self._digests: dict[str, str] = {}  # by head

    def get(self, poll: str) -> PublishedBoard | None:
        """The board of a poll that was opened for terminals, else None."""
        progress = self._sitting().polls.get(poll)
        return None if progress is None else self._published(poll, progress)

    def __getitem__(self, poll: str) -> PublishedBoard:
        board = self.get(poll)
        if board is None:
            raise KeyError(poll)
        return board

    def digests(self) -> dict[str, str]:
        """sha256 (hex) of the complete archives, by poll: of those that are counted and have a board."""
        counted = {poll: progress for poll, progress in self._sitting().polls.items() if progress.count is not None}
        boards = {poll: self._published(poll, progress) for poll, progress in counted.items()}
        return {poll: self._digest(board) for poll, board in boards.items() if board is not None}

    def _published(self, poll: str, progress: PollProgress) -> PublishedBoard | None:
        return None if progress.head is None else PublishedBoard(self._boards()[poll], progress.head)

    def _digest(self, board: PublishedBoard) -> str:
        """The whole archive is hashed once."""
        if board.head not in self._digests:
            self._digests[board.head] = hashlib.sha256(board.archive()).hexdigest()
        return self._digests[board.head]
