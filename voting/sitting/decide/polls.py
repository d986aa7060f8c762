"""Decisions that move a poll through its states; poll.TRANSITIONS is the only table of what may follow what."""

from voting.congress.law import thresholds
from voting.congress.law.question import Medium, Question
from voting.congress.refusal import Refusal, RefusalCode, refuse
from voting.sitting.commands import (
    AnnounceResult,
    AnnulPoll,
    ClosePoll,
    OpenPoll,
    PreparePoll,
    SealTally,
)
from voting.sitting.decide.attendance import Decision
from voting.sitting.decide.planning import amendments_first, text_under_way
from voting.sitting.events import (
    PollAnnulled,
    PollClosed,
    PollOpened,
    PollPrepared,
    ResultAnnounced,
    TallySealed,
)
from voting.sitting.poll import RUNNING, TRANSITIONS, PollState, PollStep
from voting.sitting.state import PollProgress, Sitting, ready_credentials

_REFUSED_STEP = {
    PollStep.PREPARE: RefusalCode.POLL_NOT_PLANNED,
    PollStep.OPEN: RefusalCode.POLL_NOT_PREPARED,
    PollStep.CLOSE: RefusalCode.POLL_NOT_OPEN,
    PollStep.SEAL: RefusalCode.POLL_NOT_CLOSED,
    PollStep.COUNT: RefusalCode.POLL_NOT_SEALED,
    PollStep.CONFIRM: RefusalCode.POLL_NOT_COUNTED,
    PollStep.ANNOUNCE: RefusalCode.POLL_NOT_CONFIRMED,
}


def poll_at_step(state: Sitting, poll: str, step: PollStep) -> PollProgress | Refusal:
    """The poll, if it is known and `step` may follow its present state."""
    progress = state.polls.get(poll)
    if progress is None:
        return refuse(RefusalCode.UNKNOWN_POLL, poll=poll)
    if (progress.state, step) in TRANSITIONS:
        return progress
    if step is PollStep.ANNUL:
        planned = progress.state is PollState.PLANNED
        code = RefusalCode.POLL_NOT_PREPARED if planned else RefusalCode.POLL_ALREADY_ENDED
    else:
        code = _REFUSED_STEP[step]
    return refuse(code, poll=poll, state=progress.state.value)


def no_scrutineer(state: Sitting, index: int) -> Refusal | None:
    """The refusal when nobody of this number is a scrutineer."""
    if any(scrutineer.index == index for scrutineer in state.plan.scrutineers):
        return None
    return refuse(RefusalCode.UNKNOWN_SCRUTINEER, scrutineer=index)


def not_alone(state: Sitting, poll: str) -> Refusal | None:
    """The refusal that names another poll still running, if there is one."""
    for other, progress in state.polls.items():
        if other != poll and progress.state in RUNNING:
            return refuse(RefusalCode.ANOTHER_POLL_RUNNING, poll=other)
    return None


def prepare(state: Sitting, command: PreparePoll, now: int) -> Decision:
    """Needs the finished key ceremony and no other running poll; a quorum is needed only to open."""
    progress = poll_at_step(state, command.poll, PollStep.PREPARE)
    if isinstance(progress, Refusal):
        return progress
    if progress.question.medium is not Medium.BY_HAND and state.ceremony.trustees is None:
        return refuse(RefusalCode.CEREMONY_INCOMPLETE)
    refusal = not_alone(state, command.poll) or amendments_first(state, command.poll)
    refusal = refusal or text_under_way(state, progress.question)
    return refusal or (PollPrepared(at=now, poll=command.poll, election_uuid=command.election_uuid),)


def no_quorum(state: Sitting, question: Question) -> Refusal | None:
    """The refusal when fewer are present than the poll's rules ask for."""
    needed = thresholds.quorum(question.ruleset, state.plan.roster.bases)
    if len(state.present) < needed:
        return refuse(RefusalCode.NO_QUORUM, present=len(state.present), needed=needed)
    return None


def _not_openable(state: Sitting, progress: PollProgress) -> Refusal | None:
    if progress.question.medium is Medium.BY_HAND:
        return refuse(RefusalCode.POLL_BY_HAND, poll=progress.question.id)
    if state.ceremony.trustees is None:
        return refuse(RefusalCode.CEREMONY_INCOMPLETE)
    refusal = not_alone(state, progress.question.id) or no_quorum(state, progress.question)
    if refusal:
        return refusal
    if not ready_credentials(state, progress):
        return refuse(RefusalCode.NOBODY_READY, poll=progress.question.id)
    return None


def open_poll(state: Sitting, command: OpenPoll, now: int) -> Decision:
    """Freezes question, key and credentials of those present. seconds: None as planned, 0 the chair closes by hand."""
    progress = poll_at_step(state, command.poll, PollStep.OPEN)
    if isinstance(progress, Refusal):
        return progress
    refusal = _not_openable(state, progress)
    if refusal:
        return refusal
    seconds = progress.plan.seconds if command.seconds is None else command.seconds
    opened = PollOpened(
        at=now,
        poll=command.poll,
        election=command.election,
        credentials=command.credentials,
        fingerprint=command.fingerprint,
        issued=len(ready_credentials(state, progress)),
        closes_at=now + 1000 * seconds if seconds and seconds > 0 else None,
    )
    return (opened,)


def close(state: Sitting, command: ClosePoll, now: int) -> Decision:
    """No further ballots; those stored are still verified."""
    progress = poll_at_step(state, command.poll, PollStep.CLOSE)
    if isinstance(progress, Refusal):
        return progress
    return (PollClosed(at=now, poll=command.poll, by=command.by),)


def seal(state: Sitting, command: SealTally, now: int) -> Decision:
    """The encrypted sum is fixed when every stored ballot has been verified."""
    progress = poll_at_step(state, command.poll, PollStep.SEAL)
    if isinstance(progress, Refusal):
        return progress
    if progress.question.medium is Medium.BY_HAND:
        return refuse(RefusalCode.POLL_BY_HAND, poll=command.poll)
    if progress.stored:
        return refuse(RefusalCode.VERIFICATION_PENDING, poll=command.poll, pending=len(progress.stored))
    sealed = TallySealed(
        at=now,
        poll=command.poll,
        encrypted_tally=command.encrypted_tally,
        returned=len(progress.accepted),
        head=command.head,
    )
    return (sealed,)


def announce(state: Sitting, command: AnnounceResult, now: int) -> Decision:
    """The chair announces what the chief scrutineer confirmed."""
    progress = poll_at_step(state, command.poll, PollStep.ANNOUNCE)
    if isinstance(progress, Refusal):
        return progress
    return (ResultAnnounced(at=now, poll=command.poll),)


def annul(state: Sitting, command: AnnulPoll, now: int) -> Decision:
    """Ends a running poll with a reason; ballots and record are kept."""
    progress = poll_at_step(state, command.poll, PollStep.ANNUL)
    if isinstance(progress, Refusal):
        return progress
    if not command.reason.strip():
        return refuse(RefusalCode.REASON_NEEDED)
    return (PollAnnulled(at=now, poll=command.poll, reason=command.reason),)
