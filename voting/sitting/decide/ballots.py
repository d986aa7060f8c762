"""Decisions on credentials and ballots. The shell has checked the cryptography that a command stands for."""

from voting.congress.law.question import Medium
from voting.congress.refusal import Refusal, RefusalCode, refuse
from voting.sitting.commands import AcceptBallot, RegisterCredential, RejectBallot, StoreBallot
from voting.sitting.decide.attendance import Decision
from voting.sitting.decide.polls import poll_at_step
from voting.sitting.events import BallotAccepted, BallotRejected, BallotStored, CredentialRegistered
from voting.sitting.poll import PollState, PollStep
from voting.sitting.state import PollProgress, Sitting

# Each is kept with its reason and costs a verification; an honest terminal never has one rejected.
MAX_REJECTED_BALLOTS = 5


def _not_a_voter(state: Sitting, number: str) -> Refusal | None:
    if state.plan.roster.delegate(number) is not None:
        return None
    if state.plan.roster.observer(number) is not None:
        return refuse(RefusalCode.OBSERVER_CANNOT_VOTE, observer=number)
    return refuse(RefusalCode.UNKNOWN_DELEGATE, delegate=number)


def _poll_for_voter(state: Sitting, poll: str, delegate: str) -> PollProgress | Refusal:
    progress = state.polls.get(poll)
    if progress is None:
        return refuse(RefusalCode.UNKNOWN_POLL, poll=poll)
    return _not_a_voter(state, delegate) or progress


def register(state: Sitting, command: RegisterCredential, now: int) -> Decision:
    """A present delegate's public credential for a prepared poll; another one replaces it, the same changes nothing."""
    progress = _poll_for_voter(state, command.poll, command.delegate)
    if isinstance(progress, Refusal):
        return progress
    prepared = poll_at_step(state, command.poll, PollStep.OPEN)
    if isinstance(prepared, Refusal):
        return prepared
    if command.delegate not in state.present:
        return refuse(RefusalCode.NOT_SIGNED_IN, delegate=command.delegate)
    if command.delegate in progress.on_paper:
        return refuse(RefusalCode.VOTES_ON_PAPER, delegate=command.delegate)
    if progress.question.medium is Medium.BY_HAND:
        return refuse(RefusalCode.POLL_BY_HAND, poll=command.poll)
    if progress.registered.get(command.delegate) == command.credential:
        return ()
    if command.credential in progress.registered.values():
        return refuse(RefusalCode.CREDENTIAL_TAKEN)
    registered = CredentialRegistered(
        at=now, poll=command.poll, delegate=command.delegate, credential=command.credential
    )
    return (registered,)


def _is_resent(progress: PollProgress, command: StoreBallot) -> bool:
    """The same ballot again, perhaps after closing: its sender only missed the acknowledgement."""
    if progress.registered.get(command.delegate) != command.credential:
        return False
    kept = (
        progress.stored.get(command.delegate),
        progress.accepted.get(command.delegate),
        *progress.superseded.get(command.delegate, ()),
    )
    return command.tracker in kept


def _not_castable(state: Sitting, progress: PollProgress, command: StoreBallot) -> Refusal | None:
    if progress.state is not PollState.OPEN:
        return refuse(RefusalCode.POLL_NOT_OPEN, poll=command.poll, state=progress.state.value)
    if command.delegate not in state.present:
        return refuse(RefusalCode.NOT_SIGNED_IN, delegate=command.delegate)
    if command.delegate in progress.on_paper:
        return refuse(RefusalCode.VOTES_ON_PAPER, delegate=command.delegate)
    own = progress.registered.get(command.delegate)
    if own is None:
        return refuse(RefusalCode.NOT_ON_CREDENTIAL_LIST, delegate=command.delegate)
    if own != command.credential:
        foreign = command.credential in progress.registered.values()
        return refuse(RefusalCode.CREDENTIAL_NOT_YOURS if foreign else RefusalCode.CREDENTIAL_UNKNOWN)
    return _already_voted(progress, command) or _rejected_too_often(progress, command)


def _rejected_too_often(progress: PollProgress, command: StoreBallot) -> Refusal | None:
    if progress.rejections.get(command.delegate, 0) < MAX_REJECTED_BALLOTS:
        return None
    return refuse(RefusalCode.TOO_MANY_REJECTED_BALLOTS, delegate=command.delegate, limit=MAX_REJECTED_BALLOTS)


def _already_voted(progress: PollProgress, command: StoreBallot) -> Refusal | None:
    """One ballot each; where the last one counts, the next is taken once the one before has been verified."""
    voted = command.delegate in progress.stored or command.delegate in progress.accepted
    if not voted:
        return None
    if not progress.question.last_press_counts:
        return refuse(RefusalCode.ALREADY_VOTED, delegate=command.delegate)
    if command.delegate in progress.stored:
        return refuse(RefusalCode.VERIFICATION_PENDING, poll=command.poll, pending=len(progress.stored))
    return None


def store(state: Sitting, command: StoreBallot, now: int) -> Decision:
    """A ballot is durable; a resent one gives no event (and so the same receipt), even after closing."""
    progress = _poll_for_voter(state, command.poll, command.delegate)
    if isinstance(progress, Refusal):
        return progress
    if _is_resent(progress, command):
        return ()
    refusal = _not_castable(state, progress, command)
    return refusal or (BallotStored(at=now, poll=command.poll, delegate=command.delegate, tracker=command.tracker),)


def _pending(state: Sitting, command: AcceptBallot | RejectBallot) -> PollProgress | Refusal:
    """The poll, if this very ballot waits there for verification."""
    progress = state.polls.get(command.poll)
    if progress is None:
        return refuse(RefusalCode.UNKNOWN_POLL, poll=command.poll)
    if progress.state not in (PollState.OPEN, PollState.CLOSED):
        return refuse(RefusalCode.POLL_NOT_OPEN, poll=command.poll, state=progress.state.value)
    if progress.stored.get(command.delegate) != command.tracker:
        return refuse(RefusalCode.BALLOT_WRONG_POLL, poll=command.poll, delegate=command.delegate)
    return progress


def accept(state: Sitting, command: AcceptBallot, now: int) -> Decision:
    """A stored ballot has been verified and appended to the board."""
    progress = _pending(state, command)
    if isinstance(progress, Refusal):
        return progress
    accepted = BallotAccepted(
        at=now,
        poll=command.poll,
        delegate=command.delegate,
        tracker=command.tracker,
        height=command.height,
        head=command.head,
    )
    return (accepted,)


def reject(state: Sitting, command: RejectBallot, now: int) -> Decision:
    """A stored ballot's proofs do not hold; its delegate may cast again while the poll is open, up to a bound."""
    progress = _pending(state, command)
    if isinstance(progress, Refusal):
        return progress
    rejected = BallotRejected(
        at=now,
        poll=command.poll,
        delegate=command.delegate,
        tracker=command.tracker,
        reason=command.reason,
    )
    return (rejected,)
