"""Polls from preparation to announcement: joins the chamber's decisions with the public record."""

from msgspec.structs import replace

from voting.congress.law.ruleset import Secrecy
from voting.congress.refusal import RefusalCode, Refused, refuse
from voting.record.boards import Boards
from voting.record.questions import figures_in
from voting.server.proofs.port import Prover
from voting.server.services.ledger import Ledger
from voting.server.services.public_record import frozen, recorded_choices
from voting.server.services.refusing import checks, within_limit
from voting.sitting.commands import (
    AnnounceResult,
    AnnulPoll,
    ClosePoll,
    ConfirmCount,
    CountPoll,
    OpenPoll,
    PostShuffle,
    PreparePoll,
    ReleaseDecryption,
    SealTally,
)
from voting.sitting.decide.hands import papers_uncounted
from voting.sitting.machine import shuffles_missing
from voting.sitting.plan_checks import LONGEST_SECONDS
from voting.sitting.poll import PollState
from voting.tally.ballots.by_name import count_recorded
from voting.tally.board.election import make_uuid
from voting.tally.board.result import read_result
from voting.tally.groups.choice import Rng

SHORTEST_SECONDS = 10


class PollsService:
    """Steps of the chair and the scrutineers. rng: the system's randomness."""

    def __init__(self, ledger: Ledger, boards: Boards, workers: Prover, rng: Rng) -> None:
        self._ledger = ledger
        self._boards = boards
        self._workers = workers
        self._rng = rng

    def prepare(self, poll: str) -> None:
        """Terminals may register credentials from now on. Raises Refused."""
        self._ledger.carry_out(PreparePoll(poll=poll, election_uuid=make_uuid(self._rng)))

    def open(self, poll: str, seconds: int | None) -> None:
        """Freeze question, rules, key and credentials. seconds: None as planned, 0 until the chair closes."""
        if seconds and not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
            limits = {"min": SHORTEST_SECONDS, "max": LONGEST_SECONDS}
            raise Refused(refuse(RefusalCode.FRAME_MALFORMED, field="seconds", **limits))
        self._ledger.require(OpenPoll(poll=poll, seconds=seconds))
        # Nothing gives way between here and the decision, so what is opened is what was frozen.
        self._ledger.carry_out(frozen(self._ledger.decided, poll, seconds))

    def close(self, poll: str, by: str = "chair") -> None:
        """No more ballots. Raises Refused."""
        self._ledger.carry_out(ClosePoll(poll=poll, by=by))

    def announce(self, poll: str) -> None:
        """The chair announces. Raises Refused."""
        self._ledger.carry_out(AnnounceResult(poll=poll))

    def annul(self, poll: str, reason: str) -> None:
        """End a running poll with a reason; its record is kept. Raises Refused."""
        self._ledger.carry_out(AnnulPoll(poll=poll, reason=within_limit(reason)))

    def confirm(self, poll: str, scrutineer: int) -> None:
        """The chief scrutineer confirms the count. Raises Refused."""
        self._ledger.carry_out(ConfirmCount(poll=poll, scrutineer=scrutineer))

    def seal(self, poll: str) -> None:
        """End the ballots; in a secret poll, put their encrypted sum on the board.

        Raises Refused while ballots are unverified.
        """
        self._ledger.require(SealTally(poll=poll, encrypted_tally="", head=""))
        board = self._boards[poll]
        recorded = board.election.recorded
        encrypted_tally = b"" if recorded else self._workers.sum_ballots(poll, list(board.board.ballots))
        self._ledger.require(SealTally(poll=poll, encrypted_tally="", head=""))
        board.seal(encrypted_tally)
        text = encrypted_tally.decode()
        self._ledger.carry_out(SealTally(poll=poll, encrypted_tally=text, head=board.board.head))

    def post_shuffle(self, poll: str, scrutineer: int, position: int, shuffle: str) -> None:
        """Put a scrutineer's shuffle on the board, once it is checked; the last needed one ends it. Raises Refused."""
        command = PostShuffle(poll=poll, scrutineer=scrutineer, position=position)
        self._ledger.require(command)
        board = self._boards[poll]
        with checks(RefusalCode.SHUFFLE_INVALID, scrutineer=scrutineer):
            left = self._workers.check_shuffle(poll, board.tally, shuffle.encode())
        self._ledger.require(command)
        last = shuffles_missing(self._ledger.decided, self._ledger.decided.polls[poll]) == 1
        board.append_shuffle(scrutineer, shuffle.encode(), left, last=last)
        self._ledger.carry_out(replace(command, shuffle=shuffle, head=board.board.head))

    def release(self, poll: str, scrutineer: int, decryption: str) -> None:
        """Put a scrutineer's partial decryption on the board, once it is checked. Raises Refused."""
        self._require_release(poll, scrutineer)
        with checks(RefusalCode.DECRYPTION_INVALID, scrutineer=scrutineer):
            self._workers.check_decryption(poll, scrutineer, self._boards[poll].tally, decryption.encode())
        self._require_release(poll, scrutineer)
        board = self._boards[poll].board
        board.append_partial_decryption(scrutineer, decryption.encode())
        self._ledger.carry_out(
            ReleaseDecryption(poll=poll, scrutineer=scrutineer, decryption=decryption, head=board.head)
        )

    def _require_release(self, poll: str, scrutineer: int) -> None:
        self._ledger.require(ReleaseDecryption(poll=poll, scrutineer=scrutineer))
        if self._is_opened(poll):
            # The count is under way, or waits for papers, with exactly as many as it needs.
            raise Refused(refuse(RefusalCode.POLL_NOT_SEALED, poll=poll, state=PollState.SEALED.value))

    def is_countable(self, poll: str) -> bool:
        """Whether the count is still to be made and nothing is missing for it."""
        progress = self._ledger.decided.polls[poll]
        return progress.state is PollState.SEALED and self._is_opened(poll) and not papers_uncounted(progress)

    def _is_opened(self, poll: str) -> bool:
        """Whether enough scrutineers have released their part; recorded votes need none."""
        progress = self._ledger.decided.polls[poll]
        recorded = progress.plan.secrecy is Secrecy.RECORDED
        return recorded or len(progress.decryptions) >= self._ledger.decided.plan.threshold

    def count(self, poll: str) -> None:
        """Combine the decryptions, or add up recorded votes, into the result and complete the board."""
        progress, board = self._ledger.decided.polls[poll], self._boards[poll]
        recorded = recorded_choices(progress, board)
        if board.election.recorded:
            document, _ = count_recorded(board.election, board.board.ballots)
        else:
            decryptions = {index: text.encode() for index, text in progress.decryptions.items()}
            document = self._workers.compute_result(poll, board.tally, board.board.n_counted, decryptions)
        votes, marks = figures_in(progress.plan, read_result(board.election, document))
        counted = CountPoll(poll=poll, votes=votes, marks=marks, recorded=recorded, result=document.decode(), head="")
        self._ledger.require(counted)
        board.board.append_result(document)
        self._ledger.carry_out(replace(counted, head=board.board.head))
