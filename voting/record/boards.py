"""The boards of the sitting's polls: what the public record holds, a fold of the journal like the state is.

Law: `Boards.apply` is the one thing that ever appends to a board. It is given events that were decided, live and in
replay alike; what a step would append is asked of `PollBoard.with_...` before, and changes nothing.
"""

from voting.congress.law.ruleset import Secrecy
from voting.sitting import events as e
from voting.sitting.machine import PollProgress, Sitting, shuffles_missing
from voting.sitting.state import keys_of
from voting.tally.ballots.ballot import tracker_of
from voting.tally.ballots.by_name import NO_TRUSTEES
from voting.tally.board import chain
from voting.tally.board.agreement import ClosedBoard
from voting.tally.board.chain import Board, BoardEntry, Growth
from voting.tally.board.election import Election


class BoardDiffers(Exception):
    """The rebuilt board of a poll does not have the head that the journal recorded. Nothing repairs it."""


def trustees_of(state: Sitting, poll: str) -> str:
    """The archived keys of the scrutineers; a recorded poll has none. Raises ValueError before the key ceremony."""
    recorded = state.polls[poll].question.secrecy is Secrecy.RECORDED
    return NO_TRUSTEES.decode() if recorded else keys_of(state).trustees


def closed_board_of(progress: PollProgress) -> ClosedBoard | None:
    """The head once voting had ended and how many ballots count; None before that, and for a poll without a board."""
    sealed = progress.sealed
    if sealed is None:
        return None
    cast = sum(len(voter.on_board) for voter in progress.voters.values())
    return ClosedBoard(chain.closed_head_of(sealed.last_ballot, cast), len(progress.returned))


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

    def with_ballot(self, raw: bytes) -> Growth:
        """What a verified ballot would append."""
        return self.board.next(chain.ballot_step(raw))

    def with_seal(self, encrypted_tally: bytes) -> Growth:
        """What the end of the ballots would append, and their encrypted sum, which a recorded poll does not have."""
        if self.election.recorded:
            return self.board.next(chain.END_BALLOTS)
        return self.board.next(chain.END_BALLOTS, self.board.encrypted_tally_step(encrypted_tally))

    def with_shuffle(self, owned: bytes, raw: bytes, *, last: bool) -> Growth:
        """What a checked shuffle would append. owned: whose it is, signed; last: enough have shuffled with it."""
        ends = (chain.END_SHUFFLES,) if last else ()
        return self.board.next(chain.shuffle_step(owned, raw), *ends)

    def with_decryption(self, owner: int, raw: bytes) -> Growth:
        """What a checked partial decryption would append."""
        return self.board.next(chain.decryption_step(owner, raw))

    def with_result(self, raw: bytes) -> Growth:
        """What the result would append."""
        return self.board.next(chain.result_step(raw))


class Boards:
    """All boards by poll, as of everything decided. What may leave the server is read through `PublishedBoards`."""

    def __init__(self) -> None:
        self._boards: dict[str, PollBoard] = {}

    def get(self, poll: str) -> PollBoard | None:
        """The board of a poll that was opened, else None."""
        return self._boards.get(poll)

    def __getitem__(self, poll: str) -> PollBoard:
        return self._boards[poll]

    def apply(self, event: e.AnyEvent, state: Sitting, beside: bytes = b"") -> None:
        """Append what `event` put on a board; most events put nothing there. state: that after the event.

        beside: what the event names but does not hold: a ballot's bytes, or the tally that a shuffle left. Raises
        BoardDiffers, and has then changed nothing, when the head is not the event's.
        """
        match event:
            case e.PollOpened():
                self._open(event, state)
            case e.BallotAccepted():
                self._take_ballot(event, beside)
            case e.TallySealed():
                tally = event.encrypted_tally.encode()
                board = self._take(event, self[event.poll].with_seal(tally))
                board.tally = tally
            case e.ShufflePosted():
                last = not shuffles_missing(state, state.polls[event.poll])
                growth = self[event.poll].with_shuffle(event.owned.encode(), event.shuffle.encode(), last=last)
                self._take(event, growth).tally = beside
            case e.DecryptionReleased():
                self._take(event, self[event.poll].with_decryption(event.scrutineer, event.decryption.encode()))
            case e.PollCounted():
                self._take(event, self[event.poll].with_result(event.result.encode()))

    def _open(self, event: e.PollOpened, state: Sitting) -> None:
        if state.ceremony.keys is None:
            raise BoardDiffers(f"poll {event.poll}: opened before the key ceremony was complete")
        opened = PollBoard(event, trustees_of(state, event.poll))
        _require_head(event.poll, 0, opened.board.head, event.fingerprint)
        self._boards[event.poll] = opened

    def _take_ballot(self, event: e.BallotAccepted, raw: bytes) -> None:
        place = BoardEntry(event.height, event.head, event.tracker)
        growth = self[event.poll].with_ballot(raw)
        if growth.height != event.height or tracker_of(raw) != event.tracker:
            raise BoardDiffers(f"poll {event.poll}: the ballot at height {event.height} is another one")
        self._take(event, growth).places[event.tracker] = place

    def _take(self, event: "_Appending", growth: Growth) -> PollBoard:
        _require_head(event.poll, growth.height, growth.head, event.head)
        board = self[event.poll]
        board.board.take(growth)
        return board


_Appending = e.BallotAccepted | e.TallySealed | e.ShufflePosted | e.DecryptionReleased | e.PollCounted


def _require_head(poll: str, height: int, found: str, head: str) -> None:
    if found != head:
        raise BoardDiffers(f"poll {poll}: at height {height} the head differs from the journal's")
