"""What several decisions ask first. Each raises Refused where the answer is no."""

from voting.congress.law import thresholds
from voting.congress.law.question import Question
from voting.congress.limits import MAX_REASON
from voting.congress.refusal import refuse
from voting.sitting.poll import RUNNING, TRANSITIONS, PollState, PollStep
from voting.sitting.progress import PollProgress
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.state import Sitting

_REFUSED_STEP = {
    PollStep.PREPARE: ChamberRefusal.POLL_NOT_PLANNED,
    PollStep.OPEN: ChamberRefusal.POLL_NOT_PREPARED,
    PollStep.CLOSE: ChamberRefusal.POLL_NOT_OPEN,
    PollStep.SEAL: ChamberRefusal.POLL_NOT_CLOSED,
    PollStep.COUNT: ChamberRefusal.POLL_NOT_SEALED,
    PollStep.CONFIRM: ChamberRefusal.POLL_NOT_COUNTED,
    PollStep.ANNOUNCE: ChamberRefusal.POLL_NOT_CONFIRMED,
}


def poll_at_step(state: Sitting, poll: str, step: PollStep) -> PollProgress:
    """The poll, if it is known and `step` may follow its present state."""
    progress = state.poll(poll)
    if (progress.state, step) in TRANSITIONS:
        return progress
    if step is PollStep.ANNUL:
        planned = progress.state is PollState.PLANNED
        code = ChamberRefusal.POLL_NOT_PREPARED if planned else ChamberRefusal.POLL_ALREADY_ENDED
    else:
        code = _REFUSED_STEP[step]
    raise refuse(code, poll=poll, state=progress.state.value)


def check_delegate(state: Sitting, number: str) -> None:
    """Somebody of the roster who votes."""
    if state.plan.roster.delegate(number) is None:
        raise refuse(ChamberRefusal.UNKNOWN_DELEGATE, delegate=number)


def check_present(state: Sitting, delegate: str) -> None:
    """Signed in, and not departed since."""
    if delegate not in state.present:
        raise refuse(ChamberRefusal.NOT_SIGNED_IN, delegate=delegate)


def check_alone(state: Sitting, poll: str) -> None:
    """No other poll is running; the refusal names it."""
    for other, progress in state.polls.items():
        if other != poll and progress.state in RUNNING:
            raise refuse(ChamberRefusal.ANOTHER_POLL_RUNNING, poll=other)


def check_quorum(state: Sitting, question: Question) -> None:
    """As many are present as the poll's rules ask for."""
    needed = thresholds.quorum(question.ruleset, state.plan.roster.bases)
    if len(state.present) < needed:
        raise refuse(ChamberRefusal.NO_QUORUM, present=len(state.present), needed=needed)


def check_enough_ready(progress: PollProgress, ready: int) -> None:
    """As many will vote at the terminals as a secret poll needs, so that their sum tells nobody's vote."""
    if ready == 0:
        raise refuse(ChamberRefusal.NOBODY_READY, poll=progress.question.id)
    needed = progress.question.least_secret
    if ready < needed:
        raise refuse(ChamberRefusal.TOO_FEW_READY, poll=progress.question.id, ready=ready, needed=needed)


def check_enough_ballots(progress: PollProgress) -> None:
    """The box holds as many ballots as a secret poll needs, so that they may be opened at all."""
    returned, needed = len(progress.returned), progress.question.least_secret
    if returned < needed:
        raise refuse(ChamberRefusal.TOO_FEW_BALLOTS, poll=progress.question.id, returned=returned, needed=needed)


def check_chief(state: Sitting, scrutineer: int) -> None:
    """The chief scrutineer (总监票人), and nobody else."""
    if not state.plan.scrutineer(scrutineer).chief:
        raise refuse(ChamberRefusal.NOT_CHIEF_SCRUTINEER, scrutineer=scrutineer)


def check_reason(reason: str) -> None:
    """A reason is given, and not longer than pages and reports show."""
    if not reason.strip():
        raise refuse(ChamberRefusal.REASON_NEEDED)
    if len(reason) > MAX_REASON:
        raise refuse(ChamberRefusal.REASON_TOO_LONG, length=len(reason), max=MAX_REASON)
