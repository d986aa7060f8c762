"""The boards of the sitting's polls: what the public record holds, kept in step with the journal.

A board is a fold of the journal like the state is: replaying the same rows gives the same bytes.
"""

import hashlib
from collections.abc import Callable

from voting.congress.law.ruleset import Secrecy
from voting.sitting import events as e
from voting.sitting.machine import Sitting, shuffles_missing
from voting.tally.ballots.by_name import NO_TRUSTEES
from voting.tally.board.chain import Board, BoardEntry
from voting.tally.board.container import Entry, read_container
from voting.tally.board.election import Election
from voting.tally.board.shuffle import mixed_tally
from voting.tally.errors import TallyError

BallotOf = Callable[[str, str], bytes | None]


class BoardDiffers(Exception):  # noqa: N818 - a state of the data directory, named as one
    """The rebuilt board of a poll does not have the head that the journal recorded. Nothing repairs it."""


def trustees_of(state: Sitting, poll: str) -> str:
    """The archived keys of the scrutineers; a recorded poll has none."""
    recorded = state.polls[poll].plan.secrecy is Secrecy.RECORDED
    return NO_TRUSTEES.decode() if recorded else state.ceremony.trustees or ""


class PollBoard:
    """A poll's election and board. places: tracker -> where the ballot stands.

    tally: what is to be shuffled or decrypted next: the encrypted sum, then what each shuffle left of it.
    """

    def __init__(self, opened: e.PollOpened, trustees: str) -> None:
        self.election = Election.parse(opened.election.encode())
        self.board = Board.open(opened.election.encode(), trustees.encode(), opened.credentials.encode())
        self.places: dict[str, BoardEntry] = {}
        self.tally = b""
        self._opened_at = opened.at

    @property
    def timestamp(self) -> int:
        """Seconds since 1970 at which the poll was opened; part of the archive."""
        return self._opened_at // 1000

    def append_ballot(self, raw: bytes) -> BoardEntry:
        """Append a verified ballot."""
        entry = self.board.append_ballot(raw)
        self.places[entry.tracker] = entry
        return entry

    def seal(self, encrypted_tally: bytes) -> None:
        """End the ballots and append their encrypted sum, which a recorded poll does not have."""
        self.board.end_ballots()
        if not self.election.recorded:
            self.board.append_encrypted_tally(encrypted_tally)
        self.tally = encrypted_tally

    def append_shuffle(self, owner: int, raw: bytes, left: bytes, *, last: bool) -> None:
        """Append a checked shuffle, which leaves `left`. last: enough have shuffled now."""
        self.board.append_shuffle(owner, raw)
        if last:
            self.board.end_shuffles()
        self.tally = left

    def archive(self) -> bytes:
        """The `.bel` file as the board stands now."""
        return self.board.to_archive(self.timestamp)

    def records(self) -> tuple[Entry, ...]:
        """The board's documents and events in order, byte-exact."""
        return read_container(self.archive()).entries


class Boards:
    """All boards by poll. ballot_of: the stored bytes of (poll, tracker)."""

    def __init__(self, ballot_of: BallotOf) -> None:
        self._ballot_of = ballot_of
        self._boards: dict[str, PollBoard] = {}
        self._digests: dict[str, str] = {}

    def get(self, poll: str) -> PollBoard | None:
        """The board of a poll that was opened, else None."""
        return self._boards.get(poll)

    def __getitem__(self, poll: str) -> PollBoard:
        return self._boards[poll]

    def open(self, opened: e.PollOpened, state: Sitting) -> None:
        """The poll's board with its first event. Raises BoardDiffers when it is not the one that was announced."""
        if state.ceremony.trustees is None:
            raise BoardDiffers(f"poll {opened.poll}: opened before the key ceremony was complete")
        self._boards[opened.poll] = PollBoard(opened, trustees_of(state, opened.poll))
        self._require_head(opened.poll, opened.fingerprint)

    def digests(self) -> dict[str, str]:
        """sha256 (hex) of the complete archives, by poll."""
        return dict(self._digests)

    def note_complete(self, poll: str) -> None:
        """The poll is counted: its archive is final."""
        self._digests[poll] = hashlib.sha256(self._boards[poll].archive()).hexdigest()

    def replay(self, event: e.AnyEvent, state: Sitting) -> None:
        """Append what `event` put on a board. Raises BoardDiffers when the heads part."""
        match event:
            case e.PollOpened():
                self.open(event, state)
            case e.BallotAccepted():
                self._replay_ballot(event)
            case e.TallySealed():
                self._boards[event.poll].seal(event.encrypted_tally.encode())
                self._require_head(event.poll, event.head)
            case e.ShufflePosted():
                self._replay_shuffle(event, state)
                self._require_head(event.poll, event.head)
            case e.DecryptionReleased():
                board = self._boards[event.poll].board
                board.append_partial_decryption(event.scrutineer, event.decryption.encode())
                self._require_head(event.poll, event.head)
            case e.PollCounted():
                self._boards[event.poll].board.append_result(event.result.encode())
                self._require_head(event.poll, event.head)
                self.note_complete(event.poll)

    def _replay_ballot(self, event: e.BallotAccepted) -> None:
        raw = self._ballot_of(event.poll, event.tracker)
        if raw is None:
            raise BoardDiffers(f"poll {event.poll}: the ballot at height {event.height} is missing")
        entry = self._boards[event.poll].append_ballot(raw)
        if entry.tracker != event.tracker:
            raise BoardDiffers(f"poll {event.poll}: the ballot at height {event.height} is another one")
        self._require_head(event.poll, event.head)

    def _replay_shuffle(self, event: e.ShufflePosted, state: Sitting) -> None:
        """`state` is that after the event."""
        board, raw = self._boards[event.poll], event.shuffle.encode()
        last = not shuffles_missing(state, state.polls[event.poll])
        try:
            left = mixed_tally(board.election, board.tally, raw)
        except TallyError as error:
            raise BoardDiffers(f"poll {event.poll}: {error.detail}") from None
        board.append_shuffle(event.scrutineer, raw, left, last=last)

    def _require_head(self, poll: str, head: str) -> None:
        board = self._boards[poll].board
        if board.head != head:
            raise BoardDiffers(f"poll {poll}: at height {board.height} the head differs from the journal's")
