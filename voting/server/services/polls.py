"""Polls from preparation to announcement: joins the chamber's decisions with the public record."""

from collections.abc import Callable

from msgspec.structs import replace

from voting.congress.refusal import refuse
from voting.record.boards import closed_board_of, trustees_of
from voting.record.questions import figures_in
from voting.server.proofs.port import Prover
from voting.server.services.ledger import Ledger
from voting.server.services.public_record import frozen, recorded_choices
from voting.server.services.refusing import checks
from voting.server.services.room import require_room
from voting.sitting.alarms import Alarm
from voting.sitting.commands import (
    AnnounceResult,
    AnnulPoll,
    AskAnnulment,
    ClosePoll,
    CompareClosedHead,
    ConfirmAnnulment,
    ConfirmCount,
    CountPoll,
    MoveDeadline,
    PostShuffle,
    PreparePoll,
    RaiseAlarm,
    ReleaseDecryption,
    SealTally,
    SignClosedBoard,
)
from voting.sitting.decide.counts import may_release, may_shuffle
from voting.sitting.decide.polls import may_open, may_seal
from voting.sitting.machine import decryptions_missing, papers_uncounted, shuffles_missing
from voting.sitting.poll import ClosedBy, PollState
from voting.sitting.refusals import ChamberRefusal
from voting.tally.ballots.by_name import count_recorded
from voting.tally.board.agreement import check_closed_board
from voting.tally.board.archive import OwnedDocument
from voting.tally.board.election import make_uuid
from voting.tally.board.result import read_result
from voting.tally.groups.choice import Rng
from voting.tally.trustees.document import Trustees


class PollsService:
    """Steps of the chair and the scrutineers. rng, server_key, free_bytes: see Surroundings."""

    def __init__(
        self, ledger: Ledger, workers: Prover, rng: Rng, server_key: str, free_bytes: Callable[[], int]
    ) -> None:
        self._server_key = server_key
        self._free_bytes = free_bytes
        self._ledger = ledger
        self._workers = workers
        self._rng = rng

    def prepare(self, poll: str) -> None:
        """Terminals may register credentials from now on. Raises Refused."""
        self._ledger.carry_out(PreparePoll(poll=poll, election_uuid=make_uuid(self._rng)))

    def open(self, poll: str, seconds: int | None, no_kin: bool = False) -> None:
        """Freeze question, rules, key and credentials. seconds: None as planned, 0 until the chair closes.

        no_kin: in an election, that no scrutineer is close kin of a candidate. Raises Refused.
        """
        seen = self._ledger.decided
        may_open(seen, poll, seconds)
        require_room(self._free_bytes)
        opening = replace(frozen(seen, poll, seconds, self._server_key), no_kin=no_kin)
        self._ledger.carry_out(opening, seen=seen)

    def close(self, poll: str, by: ClosedBy = ClosedBy.CHAIR) -> None:
        """No more ballots. Raises Refused."""
        self._ledger.carry_out(ClosePoll(poll=poll, by=by))

    def move_deadline(self, poll: str, closes_at: int) -> None:
        """closes_at: Unix ms. Raises Refused."""
        self._ledger.carry_out(MoveDeadline(poll=poll, closes_at=closes_at))

    def announce(self, poll: str) -> None:
        """The chair announces. Raises Refused."""
        self._ledger.carry_out(AnnounceResult(poll=poll))

    def annul(self, poll: str, reason: str) -> None:
        """End a running poll that is not counted, with a reason; its record is kept. Raises Refused."""
        self._ledger.carry_out(AnnulPoll(poll=poll, reason=reason))

    def ask_annulment(self, poll: str, reason: str, scrutineer: int | None) -> None:
        """Of a counted poll, by the chair (None) or the chief scrutineer. Raises Refused."""
        self._ledger.carry_out(AskAnnulment(poll=poll, reason=reason, scrutineer=scrutineer))

    def confirm_annulment(self, poll: str, asked_at: int, scrutineer: int | None) -> None:
        """The other one of the two agrees: the poll ends, and its count is published. Raises Refused."""
        self._ledger.carry_out(ConfirmAnnulment(poll=poll, asked_at=asked_at, scrutineer=scrutineer))

    def confirm(self, poll: str, scrutineer: int) -> None:
        """The chief scrutineer confirms the count. Raises Refused."""
        self._ledger.carry_out(ConfirmCount(poll=poll, scrutineer=scrutineer))

    def seal(self, poll: str) -> None:
        """End the ballots; in a secret poll, put their encrypted sum on the board.

        Raises Refused while ballots are unverified.
        """
        may_seal(self._ledger.decided, poll)
        board = self._ledger.boards[poll]
        tally = b"" if board.election.recorded else self._workers.sum_ballots(poll, list(board.board.ballots))
        seen = self._ledger.decided
        head = board.with_seal(tally).head
        self._ledger.carry_out(SealTally(poll=poll, encrypted_tally=tally.decode(), head=head), seen=seen)

    def sign_closed_board(self, poll: str, scrutineer: int, signed: str) -> None:
        """Keep a scrutineer's signature on the closed board, once it is checked. Raises Refused."""
        command = SignClosedBoard(poll=poll, scrutineer=scrutineer, signed=signed)
        self._ledger.require(command)
        state = self._ledger.decided
        board, closed = self._ledger.boards[poll], closed_board_of(state.polls[poll])
        with checks(ChamberRefusal.CLOSED_BOARD_INVALID, scrutineer=scrutineer):
            trustees = Trustees.parse(board.election.group, trustees_of(state, poll).encode())
            owner, theirs = check_closed_board(board.election, trustees, signed.encode())
        if owner != scrutineer or theirs != closed:
            raise refuse(ChamberRefusal.CLOSED_BOARD_INVALID, scrutineer=scrutineer)
        self._ledger.carry_out(command)

    def compare_closed_head(self, poll: str, scrutineer: int, head: str) -> None:
        """Record that a scrutineer compared the closed head aloud. Raises Refused, where it is another head, too."""
        command = CompareClosedHead(poll=poll, scrutineer=scrutineer, head=head)
        self._ledger.require(command)
        closed = closed_board_of(self._ledger.decided.polls[poll])
        if closed is None or closed.head != head:
            raise refuse(ChamberRefusal.CLOSED_HEAD_DIFFERS, scrutineer=scrutineer)
        self._ledger.carry_out(command)

    def raise_alarm(self, poll: str, scrutineer: int, alarm: Alarm) -> None:
        """Tell everybody what a scrutineer's terminal found. Raises Refused."""
        self._ledger.carry_out(RaiseAlarm(poll=poll, scrutineer=scrutineer, alarm=alarm))

    def post_shuffle(self, poll: str, scrutineer: int, position: int, shuffle: str, owned: str) -> None:
        """Put a scrutineer's shuffle on the board, once it is checked; the last needed one ends it. Raises Refused."""
        may_shuffle(self._ledger.decided, poll, scrutineer, position)
        board, made = self._ledger.boards[poll], OwnedDocument(owned.encode(), shuffle.encode())
        with checks(ChamberRefusal.SHUFFLE_INVALID, scrutineer=scrutineer):
            left = self._workers.check_shuffle(poll, scrutineer, board.tally, made)
        seen = self._ledger.decided
        last = shuffles_missing(seen, seen.polls[poll]) == 1
        head = board.with_shuffle(*made, last=last).head
        posted = PostShuffle(
            poll=poll, scrutineer=scrutineer, position=position, shuffle=shuffle, owned=owned, head=head
        )
        self._ledger.carry_out(posted, beside=left, seen=seen)

    def release(self, poll: str, scrutineer: int, decryption: str) -> None:
        """Put a scrutineer's partial decryption on the board, once it is checked. Raises Refused."""
        may_release(self._ledger.decided, poll, scrutineer)
        board, raw = self._ledger.boards[poll], decryption.encode()
        with checks(ChamberRefusal.DECRYPTION_INVALID, scrutineer=scrutineer):
            self._workers.check_decryption(poll, scrutineer, board.tally, raw)
        seen = self._ledger.decided
        head = board.with_decryption(scrutineer, raw).head
        released = ReleaseDecryption(poll=poll, scrutineer=scrutineer, decryption=decryption, head=head)
        self._ledger.carry_out(released, seen=seen)

    def is_countable(self, poll: str) -> bool:
        """Whether the count is still to be made and nothing is missing for it."""
        state = self._ledger.decided
        progress = state.polls[poll]
        opened = progress.state is PollState.SEALED and not decryptions_missing(state, progress)
        return opened and not papers_uncounted(progress)

    def count(self, poll: str) -> None:
        """Combine the decryptions, or add up recorded votes, into the result and complete the board."""
        progress, board = self._ledger.decided.polls[poll], self._ledger.boards[poll]
        recorded = recorded_choices(progress, board)
        if board.election.recorded:
            document, _ = count_recorded(board.election, board.board.ballots)
        else:
            decryptions = {index: text.encode() for index, text in progress.decryptions.items()}
            document = self._workers.compute_result(poll, board.tally, board.board.n_counted, decryptions)
        votes, marks = figures_in(progress.question, read_result(board.election, document))
        seen = self._ledger.decided
        head = board.with_result(document).head
        counted = CountPoll(poll=poll, votes=votes, marks=marks, recorded=recorded, result=document.decode(), head=head)
        self._ledger.carry_out(counted, seen=seen)
