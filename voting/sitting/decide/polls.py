"""Decisions that move a poll through its states; poll.TRANSITIONS is the only table of what may follow what.

What the shell must know before it computes for a step stands in a function of its own, `may_...`; the step asks it too.
"""

from voting.congress.law.question import Medium
from voting.congress.limits import LONGEST_SECONDS, SHORTEST_SECONDS
from voting.congress.refusal import refuse
from voting.sitting.commands import AnnounceResult, ClosePoll, MoveDeadline, OpenPoll, PreparePoll, SealTally
from voting.sitting.decide.guards import (
    check_alone,
    check_enough_ballots,
    check_enough_ready,
    check_quorum,
    poll_at_step,
)
from voting.sitting.decide.planning import check_amendments_decided
from voting.sitting.events import (
    DeadlineMoved,
    Events,
    PollClosed,
    PollOpened,
    PollPrepared,
    ResultAnnounced,
    TallySealed,
)
from voting.sitting.poll import PollState, PollStep
from voting.sitting.progress import PollProgress, opened_of
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.scrutineers import check_scrutineers, ruled_out_kin
from voting.sitting.state import Sitting, ready_credentials


def may_prepare(state: Sitting, poll: str) -> None:
    """Needs the finished key ceremony and no other running poll; a quorum is needed only to open."""
    progress = poll_at_step(state, poll, PollStep.PREPARE)
    if progress.question.medium is not Medium.BY_HAND and state.ceremony.keys is None:
        raise refuse(ChamberRefusal.CEREMONY_INCOMPLETE)
    check_alone(state, poll)
    check_amendments_decided(state, poll)


def prepare(state: Sitting, command: PreparePoll, now: int) -> Events:
    """Terminals register their credentials from now on."""
    may_prepare(state, command.poll)
    return (PollPrepared(at=now, poll=command.poll, election_uuid=command.election_uuid),)


def may_open(state: Sitting, poll: str, seconds: int | None = None) -> PollProgress:
    """The poll, if it can be opened at the terminals now, with `seconds` of voting time: None as planned, 0 no end."""
    progress = poll_at_step(state, poll, PollStep.OPEN)
    if progress.question.medium is Medium.BY_HAND:
        raise refuse(ChamberRefusal.POLL_BY_HAND, poll=poll)
    if seconds and not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
        limits = {"min": SHORTEST_SECONDS, "max": LONGEST_SECONDS}
        raise refuse(ChamberRefusal.SECONDS_OUT_OF_RANGE, seconds=seconds, **limits)
    if state.ceremony.keys is None:
        raise refuse(ChamberRefusal.CEREMONY_INCOMPLETE)
    check_alone(state, poll)
    check_quorum(state, progress.question)
    check_scrutineers(state.plan, progress.question)
    check_enough_ready(progress, len(ready_credentials(state, progress)))
    return progress


def open_poll(state: Sitting, command: OpenPoll, now: int) -> Events:
    """Freezes question, key and credentials of those present."""
    progress = may_open(state, command.poll, command.seconds)
    ruled_out = ruled_out_kin(progress.question, command.no_kin, now)
    seconds = progress.plan.seconds if command.seconds is None else command.seconds
    opened = PollOpened(
        at=now,
        poll=command.poll,
        election=command.election,
        credentials=command.credentials,
        fingerprint=command.fingerprint,
        issued=len(ready_credentials(state, progress)),
        closes_at=now + 1000 * seconds if seconds else None,
    )
    return (*ruled_out, opened)


def move_deadline(state: Sitting, command: MoveDeadline, now: int) -> Events:
    """Of an open poll with a preset end."""
    progress = poll_at_step(state, command.poll, PollStep.CLOSE)
    if opened_of(progress).closes_at is None:
        return ()
    return (DeadlineMoved(at=now, poll=command.poll, closes_at=command.closes_at),)


def may_close(state: Sitting, poll: str) -> None:
    """Only an open poll."""
    poll_at_step(state, poll, PollStep.CLOSE)


def close(state: Sitting, command: ClosePoll, now: int) -> Events:
    """No further ballots; those stored are still verified."""
    may_close(state, command.poll)
    return (PollClosed(at=now, poll=command.poll, by=command.by),)


def may_seal(state: Sitting, poll: str) -> PollProgress:
    """The poll, if every stored ballot has been verified."""
    progress = poll_at_step(state, poll, PollStep.SEAL)
    if progress.question.medium is Medium.BY_HAND:
        raise refuse(ChamberRefusal.POLL_BY_HAND, poll=poll)
    if progress.pending:
        raise refuse(ChamberRefusal.VERIFICATION_PENDING, poll=poll, pending=len(progress.pending))
    return progress


def seal(state: Sitting, command: SealTally, now: int) -> Events:
    """The encrypted sum is fixed."""
    progress = may_seal(state, command.poll)
    sealed = TallySealed(
        at=now,
        poll=command.poll,
        encrypted_tally=command.encrypted_tally,
        returned=len(progress.returned),
        head=command.head,
    )
    return (sealed,)


def may_announce(state: Sitting, poll: str) -> None:
    """Only what the chief scrutineer confirmed; a box that may not be opened is told as what it is."""
    progress = state.poll(poll)
    if progress.state is PollState.SEALED:
        check_enough_ballots(progress)
    poll_at_step(state, poll, PollStep.ANNOUNCE)


def announce(state: Sitting, command: AnnounceResult, now: int) -> Events:
    """The chair announces it."""
    may_announce(state, command.poll)
    return (ResultAnnounced(at=now, poll=command.poll),)
