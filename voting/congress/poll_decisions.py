"""Decisions that move a poll through its states; poll.TRANSITIONS is the only table of what may follow what."""

from collections import Counter

from voting.congress.attendance_decisions import Decision
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
from voting.congress.events import (
    CountConfirmed,
    DecryptionReleased,
    PollAnnulled,
    PollClosed,
    PollCounted,
    PollOpened,
    PollPrepared,
    ResultAnnounced,
    TallySealed,
)
from voting.congress.hand_counts import count_by_hand, count_possible, joined
from voting.congress.planning_decisions import amendments_first, text_under_way
from voting.congress.poll import RUNNING, TRANSITIONS, Medium, PollKind, PollPlan, PollState, PollStep
from voting.congress.refusals import Refusal, RefusalCode, refuse
from voting.congress.rules import Count, count_of, marks_fit, outcome_of, votes_possible
from voting.congress.ruleset import Base, Secrecy, least
from voting.congress.state import PollProgress, Sitting, ready_credentials

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
    if progress.plan.medium is not Medium.BY_HAND and state.ceremony.trustees is None:
        return refuse(RefusalCode.CEREMONY_INCOMPLETE)
    refusal = (
        not_alone(state, command.poll) or amendments_first(state, command.poll) or text_under_way(state, progress.plan)
    )
    return refusal or (PollPrepared(at=now, poll=command.poll, election_uuid=command.election_uuid),)


def no_quorum(state: Sitting, plan: PollPlan) -> Refusal | None:
    """The refusal when fewer are present than the poll's rules ask for."""
    roster, rule = state.plan.roster, plan.adopted.quorum
    base = roster.statutory_seats if rule.base is Base.STATUTORY_SEATS else roster.in_office
    needed = least(rule.fraction, base, strictly_more=False)
    if len(state.present) < needed:
        return refuse(RefusalCode.NO_QUORUM, present=len(state.present), needed=needed)
    return None


def _not_openable(state: Sitting, progress: PollProgress) -> Refusal | None:
    if progress.plan.medium is Medium.BY_HAND:
        return refuse(RefusalCode.POLL_BY_HAND, poll=progress.plan.id)
    if state.ceremony.trustees is None:
        return refuse(RefusalCode.CEREMONY_INCOMPLETE)
    refusal = not_alone(state, progress.plan.id) or no_quorum(state, progress.plan)
    if refusal:
        return refusal
    if not ready_credentials(state, progress):
        return refuse(RefusalCode.NOBODY_READY, poll=progress.plan.id)
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
    if progress.plan.medium is Medium.BY_HAND:
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


def release(state: Sitting, command: ReleaseDecryption, now: int) -> Decision:
    """A scrutineer's partial decryption, once each, as long as the poll is not counted."""
    progress = poll_at_step(state, command.poll, PollStep.COUNT)
    if isinstance(progress, Refusal):
        return progress
    if all(s.index != command.scrutineer for s in state.plan.scrutineers):
        return refuse(RefusalCode.UNKNOWN_SCRUTINEER, scrutineer=command.scrutineer)
    if command.scrutineer in progress.decryptions:
        return refuse(RefusalCode.DECRYPTION_REPEATED, scrutineer=command.scrutineer)
    released = DecryptionReleased(
        at=now,
        poll=command.poll,
        scrutineer=command.scrutineer,
        decryption=command.decryption,
        head=command.head,
    )
    return (released,)


def count(state: Sitting, command: CountPoll, now: int) -> Decision:
    """Turns decrypted votes into the count report and its outcome; impossible figures are refused."""
    progress = poll_at_step(state, command.poll, PollStep.COUNT)
    if isinstance(progress, Refusal):
        return progress
    figures = _not_countable(state, progress) or _electronic(state, progress, command)
    if isinstance(figures, Refusal):
        return figures
    plan, roster, entry = progress.plan, state.plan.roster, progress.hand_count
    if entry is not None:
        figures = joined(figures, count_by_hand(plan, entry.figures, roster.in_office))
    present, statutory_seats = progress.present_at_opening, roster.statutory_seats
    counted = PollCounted(
        at=now,
        poll=command.poll,
        result=command.result,
        head=command.head,
        count=figures,
        outcome=outcome_of(plan, roster.in_office, figures, present=present, statutory_seats=statutory_seats),
        recorded=command.recorded,
    )
    return (counted,)


def _not_countable(state: Sitting, progress: PollProgress) -> Refusal | None:
    """Secret votes need the scrutineers' decryptions; papers their confirmed count."""
    plan, have, need = progress.plan, len(progress.decryptions), state.plan.threshold
    if plan.secrecy is Secrecy.SECRET and have < need:
        return refuse(RefusalCode.DECRYPTIONS_MISSING, poll=plan.id, have=have, need=need)
    entry = progress.hand_count
    if progress.on_paper and (entry is None or entry.confirmed_by is None):
        return refuse(RefusalCode.HAND_COUNT_MISSING, poll=plan.id)
    return None


def _electronic(state: Sitting, progress: PollProgress, command: CountPoll) -> Count | Refusal:
    """The count of what lies on the board, if any ballots could give it."""
    plan, returned, roster = progress.plan, len(progress.accepted), state.plan.roster
    if not votes_possible(plan, returned, command.votes) or not marks_fit(plan, command.marks):
        return refuse(RefusalCode.DECRYPTION_INVALID, poll=plan.id)
    figures = count_of(
        plan,
        entitled=roster.in_office,
        issued=progress.issued,
        returned=returned,
        votes=command.votes,
        marks=command.marks,
    )
    if not count_possible(plan, roster.in_office, figures, roster.statutory_seats):
        return refuse(RefusalCode.DECRYPTION_INVALID, poll=plan.id)
    if not _record_fits(progress, command):
        return refuse(RefusalCode.RECORD_WRONG, poll=plan.id)
    return figures


def _record_fits(progress: PollProgress, command: CountPoll) -> bool:
    """A recorded poll names everybody's marks, and they add up; a secret one names nobody's."""
    plan, recorded = progress.plan, command.recorded
    if plan.secrecy is Secrecy.SECRET:
        return not recorded
    if recorded.keys() != progress.accepted.keys():
        return False
    if plan.kind not in (PollKind.MOTION, PollKind.CHOOSE):
        return True
    marked = Counter(mark for marks in recorded.values() for mark in marks)
    return marked == +Counter(dict(zip((o.id for o in plan.options), command.votes, strict=True)))


def confirm(state: Sitting, command: ConfirmCount, now: int) -> Decision:
    """Only the chief scrutineer (总监票人) confirms the count."""
    progress = poll_at_step(state, command.poll, PollStep.CONFIRM)
    if isinstance(progress, Refusal):
        return progress
    scrutineer = next((s for s in state.plan.scrutineers if s.index == command.scrutineer), None)
    if scrutineer is None:
        return refuse(RefusalCode.UNKNOWN_SCRUTINEER, scrutineer=command.scrutineer)
    if not scrutineer.chief:
        return refuse(RefusalCode.NOT_CHIEF_SCRUTINEER, scrutineer=command.scrutineer)
    return (CountConfirmed(at=now, poll=command.poll, scrutineer=command.scrutineer),)


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
