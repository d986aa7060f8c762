"""Decisions on credentials and ballots. The shell has checked the cryptography that a command stands for."""

from voting.congress.law.question import Medium
from voting.congress.limits import MAX_REGISTRATIONS, MAX_REJECTED_BALLOTS
from voting.congress.refusal import refuse
from voting.sitting.commands import AcceptBallot, RegisterCredential, RejectBallot, StoreBallot
from voting.sitting.decide.guards import check_delegate, check_present, poll_at_step
from voting.sitting.events import BallotAccepted, BallotRejected, BallotStored, CredentialRegistered, Events
from voting.sitting.poll import VERIFYING, PollState, PollStep
from voting.sitting.progress import PollProgress
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.state import Sitting


def _check_voter(state: Sitting, number: str) -> None:
    if state.plan.roster.observer(number) is not None:
        raise refuse(ChamberRefusal.OBSERVER_CANNOT_VOTE, observer=number)
    check_delegate(state, number)


def _poll_for_voter(state: Sitting, poll: str, delegate: str) -> PollProgress:
    progress = state.poll(poll)
    _check_voter(state, delegate)
    return progress


def register(state: Sitting, command: RegisterCredential, now: int) -> Events:
    """A present delegate's public credential for a prepared poll; another one replaces it, the same changes nothing."""
    progress = _poll_for_voter(state, command.poll, command.delegate)
    poll_at_step(state, command.poll, PollStep.OPEN)
    check_present(state, command.delegate)
    voter = progress.voter(command.delegate)
    if voter.paper is not None:
        raise refuse(ChamberRefusal.VOTES_ON_PAPER, delegate=command.delegate)
    if progress.question.medium is Medium.BY_HAND:
        raise refuse(ChamberRefusal.POLL_BY_HAND, poll=command.poll)
    if voter.credential == command.credential:
        return ()
    if progress.has_registered(command.credential):
        raise refuse(ChamberRefusal.CREDENTIAL_TAKEN)
    if voter.registrations >= MAX_REGISTRATIONS:
        raise refuse(ChamberRefusal.TOO_MANY_REGISTRATIONS, delegate=command.delegate, limit=MAX_REGISTRATIONS)
    registered = CredentialRegistered(
        at=now, poll=command.poll, delegate=command.delegate, credential=command.credential
    )
    return (registered,)


def _is_resent(progress: PollProgress, command: StoreBallot) -> bool:
    """The same ballot again, perhaps after closing: its sender only missed the acknowledgement."""
    voter = progress.voter(command.delegate)
    return voter.credential == command.credential and command.tracker in (voter.stored, *voter.on_board)


def _check_castable(state: Sitting, progress: PollProgress, command: StoreBallot) -> None:
    if progress.state is not PollState.OPEN:
        raise refuse(ChamberRefusal.POLL_NOT_OPEN, poll=command.poll, state=progress.state.value)
    check_present(state, command.delegate)
    voter = progress.voter(command.delegate)
    if voter.paper is not None:
        raise refuse(ChamberRefusal.VOTES_ON_PAPER, delegate=command.delegate)
    if voter.credential is None:
        raise refuse(ChamberRefusal.NOT_ON_CREDENTIAL_LIST, delegate=command.delegate)
    if voter.credential != command.credential:
        foreign = progress.has_registered(command.credential)
        raise refuse(ChamberRefusal.CREDENTIAL_NOT_YOURS if foreign else ChamberRefusal.CREDENTIAL_UNKNOWN)
    _check_not_voted(progress, command)
    if voter.rejections >= MAX_REJECTED_BALLOTS:
        raise refuse(ChamberRefusal.TOO_MANY_REJECTED_BALLOTS, delegate=command.delegate, limit=MAX_REJECTED_BALLOTS)


def _check_not_voted(progress: PollProgress, command: StoreBallot) -> None:
    """One ballot each; where the last one counts, the next is taken once the one before has been verified."""
    voter = progress.voter(command.delegate)
    if not voter.has_cast:
        return
    if not progress.question.last_press_counts:
        raise refuse(ChamberRefusal.ALREADY_VOTED, delegate=command.delegate)
    if voter.stored is not None:
        raise refuse(ChamberRefusal.VERIFICATION_PENDING, poll=command.poll, pending=len(progress.pending))


def store(state: Sitting, command: StoreBallot, now: int) -> Events:
    """A ballot is durable; a resent one gives no event (and so the same receipt), even after closing."""
    progress = _poll_for_voter(state, command.poll, command.delegate)
    if _is_resent(progress, command):
        return ()
    _check_castable(state, progress, command)
    return (BallotStored(at=now, poll=command.poll, delegate=command.delegate, tracker=command.tracker),)


def _check_pending(state: Sitting, command: AcceptBallot | RejectBallot) -> None:
    """This very ballot waits for verification in this poll."""
    progress = state.poll(command.poll)
    if progress.state not in VERIFYING:
        raise refuse(ChamberRefusal.POLL_NOT_OPEN, poll=command.poll, state=progress.state.value)
    if progress.voter(command.delegate).stored != command.tracker:
        raise refuse(ChamberRefusal.BALLOT_WRONG_POLL, poll=command.poll, delegate=command.delegate)


def accept(state: Sitting, command: AcceptBallot, now: int) -> Events:
    """A stored ballot has been verified and appended to the board."""
    _check_pending(state, command)
    accepted = BallotAccepted(
        at=now,
        poll=command.poll,
        delegate=command.delegate,
        tracker=command.tracker,
        height=command.height,
        head=command.head,
    )
    return (accepted,)


def reject(state: Sitting, command: RejectBallot, now: int) -> Events:
    """A stored ballot's proofs do not hold; its delegate may cast again while the poll is open, up to a bound."""
    _check_pending(state, command)
    rejected = BallotRejected(
        at=now,
        poll=command.poll,
        delegate=command.delegate,
        tracker=command.tracker,
        reason=command.reason,
    )
    return (rejected,)
