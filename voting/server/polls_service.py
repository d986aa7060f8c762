"""Polls from preparation to announcement: joins the chamber's decisions with the public record."""

import msgspec

from voting.congress.commands import (
    AnnounceResult,
    AnnulPoll,
    ClosePoll,
    ConfirmCount,
    CountPoll,
    OpenPoll,
    PreparePoll,
    ReleaseDecryption,
    SealTally,
)
from voting.congress.events import SittingPlan
from voting.congress.poll import PollPlan, PollState
from voting.congress.refusals import RefusalCode, Refused, refuse
from voting.congress.sitting import PollProgress, Sitting, ready_credentials
from voting.server.boards import Boards
from voting.server.ledger import Ledger
from voting.server.proof_workers import ProofWorkers
from voting.server.refusing import checks
from voting.tally.board import Board
from voting.tally.credential import encode_credentials
from voting.tally.election import Question, make_election, make_uuid
from voting.tally.group import Rng, group_by_name

SHORTEST_SECONDS, LONGEST_SECONDS = 10, 3600


class PollsService:
    """Steps of the chair and the scrutineers. rng: the system's randomness."""

    def __init__(self, ledger: Ledger, boards: Boards, workers: ProofWorkers, rng: Rng) -> None:
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
        self._ledger.carry_out(_frozen(self._ledger.decided, poll, seconds))

    def close(self, poll: str, by: str = "chair") -> None:
        """No more ballots. Raises Refused."""
        self._ledger.carry_out(ClosePoll(poll=poll, by=by))

    def announce(self, poll: str) -> None:
        """The chair announces. Raises Refused."""
        self._ledger.carry_out(AnnounceResult(poll=poll))

    def annul(self, poll: str, reason: str) -> None:
        """End a running poll with a reason; its record is kept. Raises Refused."""
        self._ledger.carry_out(AnnulPoll(poll=poll, reason=reason))

    def confirm(self, poll: str, scrutineer: int) -> None:
        """The chief scrutineer confirms the count. Raises Refused."""
        self._ledger.carry_out(ConfirmCount(poll=poll, scrutineer=scrutineer))

    def seal(self, poll: str) -> None:
        """Put the encrypted sum of all ballots on the board. Raises Refused while ballots are unverified."""
        self._ledger.require(SealTally(poll=poll, encrypted_tally="", head=""))
        board = self._boards[poll]
        encrypted_tally = self._workers.sum_ballots(poll, list(board.board.ballots))
        self._ledger.require(SealTally(poll=poll, encrypted_tally="", head=""))
        board.seal(encrypted_tally)
        text = encrypted_tally.decode()
        self._ledger.carry_out(SealTally(poll=poll, encrypted_tally=text, head=board.board.head))

    def release(self, poll: str, scrutineer: int, decryption: str) -> None:
        """Put a scrutineer's partial decryption on the board, once it is checked. Raises Refused."""
        self._require_release(poll, scrutineer)
        sealed = self._ledger.decided.polls[poll].encrypted_tally or ""
        with checks(RefusalCode.DECRYPTION_INVALID, scrutineer=scrutineer):
            self._workers.check_decryption(poll, scrutineer, sealed.encode(), decryption.encode())
        self._require_release(poll, scrutineer)
        board = self._boards[poll].board
        board.append_partial_decryption(scrutineer, decryption.encode())
        self._ledger.carry_out(
            ReleaseDecryption(poll=poll, scrutineer=scrutineer, decryption=decryption, head=board.head)
        )

    def _require_release(self, poll: str, scrutineer: int) -> None:
        self._ledger.require(ReleaseDecryption(poll=poll, scrutineer=scrutineer))
        if self.is_countable(poll):
            # The count is under way with exactly as many as it needs.
            raise Refused(refuse(RefusalCode.POLL_NOT_SEALED, poll=poll, state=PollState.SEALED.value))

    def is_countable(self, poll: str) -> bool:
        """Whether enough scrutineers have released and the count is still to be made."""
        progress = self._ledger.decided.polls[poll]
        return progress.state is PollState.SEALED and len(progress.decryptions) >= self._ledger.decided.plan.threshold

    def count(self, poll: str) -> None:
        """Combine the decryptions into the result and complete the board."""
        progress = self._ledger.decided.polls[poll]
        sealed = (progress.encrypted_tally or "").encode()
        decryptions = {index: text.encode() for index, text in progress.decryptions.items()}
        result, votes = self._workers.compute_result(poll, sealed, len(progress.accepted), decryptions)
        self._ledger.require(CountPoll(poll=poll, votes=votes, result="", head=""))
        board = self._boards[poll].board
        board.append_result(result)
        self._ledger.carry_out(CountPoll(poll=poll, votes=votes, result=result.decode(), head=board.head))


def _frozen(state: Sitting, poll: str, seconds: int | None) -> OpenPoll:
    """The command that opens `poll` with everything frozen into it."""
    progress, trustees = state.polls[poll], state.ceremony.trustees or ""
    election = election_of(state, progress)
    credentials = encode_credentials(ready_credentials(state, progress).values())
    fingerprint = Board.open(election, trustees.encode(), credentials).fingerprint
    return OpenPoll(
        poll=poll,
        election=election.decode(),
        credentials=credentials.decode(),
        fingerprint=fingerprint,
        seconds=seconds,
    )


def election_of(state: Sitting, progress: PollProgress) -> bytes:
    """The election document of a prepared poll; its description states the sitting and the rules."""
    plan = progress.plan
    return make_election(
        uuid=progress.election_uuid or "",
        name=plan.title,
        description=description_of(state.plan, plan),
        question=Question(
            text=plan.title,
            answers=tuple(o.title for o in plan.options),
            min=plan.min_choices,
            max=plan.max_choices,
        ),
        group=group_by_name(state.plan.group),
        public_key=state.ceremony.public_key or "",
    )


def description_of(sitting: SittingPlan, plan: PollPlan) -> str:
    """The rules of the poll, as compact JSON that travels in the public record."""
    poll = {
        "id": plan.id,
        "kind": plan.kind,
        "title": plan.title,
        "seats": plan.seats,
        "options": plan.options,
        "rules": plan.rules,
    }
    content = {"sitting": sitting.titles, "poll": poll, "in_office": sitting.roster.in_office}
    return msgspec.json.encode(content).decode()
