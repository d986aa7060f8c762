"""Credentials and ballots: stored durably first, then verified by a worker, then on the board."""

from voting.congress.refusal import refuse
from voting.server.proofs.port import Prover
from voting.server.services.ledger import Ledger
from voting.server.services.refusing import ballot_checks, ballot_refusal, checks
from voting.sitting.commands import AcceptBallot, RegisterCredential, RejectBallot, StoreBallot
from voting.sitting.poll import VERIFYING
from voting.sitting.refusals import ChamberRefusal
from voting.storage.journal.group_commit import BallotRow, BoardRow
from voting.tally.ballots.ballot import MAX_BALLOT_BYTES, read_ballot, tracker_of
from voting.tally.ballots.credential import check_public_credential
from voting.tally.errors import TallyError
from voting.tally.groups.choice import group_by_name


class BallotsService:
    """What a delegate's terminal asks for, and the verification of what it sent."""

    def __init__(self, ledger: Ledger, workers: Prover) -> None:
        self._ledger = ledger
        self._workers = workers
        self._in_hand: dict[tuple[str, str], bytes] = {}  # (poll, tracker) -> a ballot on its way to verification

    def register(self, delegate: str, poll: str, credential: str) -> None:
        """Register the public half of the terminal's credential for a prepared poll. Raises Refused."""
        command = RegisterCredential(poll=poll, delegate=delegate, credential=credential)
        self._ledger.require(command)
        with checks(ChamberRefusal.CREDENTIAL_MALFORMED):
            check_public_credential(group_by_name(self._ledger.decided.plan.group), credential)
        self._ledger.carry_out(command)

    def cast(self, delegate: str, poll: str, ballot: str) -> str:
        """Store a ballot durably; its tracker. The same ballot again is the same answer. Raises Refused."""
        raw = ballot.encode()
        command = self._read(delegate, poll, raw)
        tracker = command.tracker
        if not self._waits(poll, delegate, tracker):
            self._in_hand[poll, tracker] = raw
        try:
            self._ledger.carry_out(command, ballots=(BallotRow(poll=poll, tracker=tracker, body=raw),))
        finally:
            if not self._waits(poll, delegate, tracker):
                self._in_hand.pop((poll, tracker), None)
        return tracker

    def _waits(self, poll: str, delegate: str, tracker: str) -> bool:
        """Whether this ballot is to be verified: not any more once the poll is annulled, durably or not."""
        progress = self._ledger.decided.polls.get(poll)
        return progress is not None and progress.state in VERIFYING and progress.voter(delegate).stored == tracker

    def _read(self, delegate: str, poll: str, raw: bytes) -> StoreBallot:
        if len(raw) > MAX_BALLOT_BYTES:
            raise refuse(ChamberRefusal.BALLOT_TOO_LARGE, limit=MAX_BALLOT_BYTES)
        if self._ledger.decided.plan.roster.observer(delegate) is not None:
            raise refuse(ChamberRefusal.OBSERVER_CANNOT_VOTE, observer=delegate)
        board = self._ledger.boards.get(poll)
        if board is None:
            return StoreBallot(poll=poll, delegate=delegate, credential="", tracker=tracker_of(raw))
        with ballot_checks():
            read = read_ballot(board.election, raw)
        return StoreBallot(poll=poll, delegate=delegate, credential=read.credential, tracker=read.tracker)

    def verify(self, poll: str, delegate: str, tracker: str) -> None:
        """Check a stored ballot completely: onto the board with it, or reject it with the reason."""
        raw = self._in_hand.pop((poll, tracker), None) or self._ledger.journal.ballot(poll, tracker)
        if raw is None:
            raise RuntimeError(f"the ballot stored in poll {poll} is missing from the journal")
        try:
            self._workers.check_ballot(poll, raw)
        except TallyError as error:
            reason = ballot_refusal(error).refusal.code
            self._ledger.carry_out(RejectBallot(poll=poll, delegate=delegate, tracker=tracker, reason=reason))
        else:
            self._accept(poll, delegate, tracker, raw)

    def _accept(self, poll: str, delegate: str, tracker: str, raw: bytes) -> None:
        seen, growth = self._ledger.decided, self._ledger.boards[poll].with_ballot(raw)
        voter = seen.polls[poll].voters[delegate]
        if voter.credential is None:
            raise RuntimeError(f"a ballot is stored in poll {poll} of somebody without a credential")
        press = 1 + len(voter.on_board)
        place = BoardRow(poll=poll, height=growth.height, credential=voter.credential, tracker=tracker, press=press)
        command = AcceptBallot(poll=poll, delegate=delegate, tracker=tracker, height=growth.height, head=growth.head)
        self._ledger.carry_out(command, board=(place,), beside=raw, seen=seen)
