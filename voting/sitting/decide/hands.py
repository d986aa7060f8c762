"""Decisions on papers and counts by hand: entered by one scrutineer, confirmed by another, marked for ever."""

from voting.congress.law.question import Medium
from voting.congress.refusal import refuse
from voting.sitting.commands import ConfirmHandCount, EnterHandCount, IssuePaper, OpenByHand
from voting.sitting.counting import outcome_of
from voting.sitting.decide.guards import (
    check_alone,
    check_delegate,
    check_present,
    check_quorum,
    check_reason,
    poll_at_step,
)
from voting.sitting.events import (
    Events,
    HandCountConfirmed,
    HandCountEntered,
    PaperIssued,
    PollCountedByHand,
    PollOpenedByHand,
)
from voting.sitting.hand_counts import (
    HandFigures,
    adds_up,
    count_by_hand,
    figures_possible,
    methods_of,
    readable,
    spelled,
)
from voting.sitting.poll import PollState, PollStep
from voting.sitting.progress import PollProgress, opened_of
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.scrutineers import check_scrutineers, ruled_out_kin
from voting.sitting.state import Sitting, bases_for


def may_open_by_hand(state: Sitting, poll: str) -> None:
    """A poll that was planned by hand needs a quorum, but neither credentials nor a key."""
    progress = poll_at_step(state, poll, PollStep.OPEN)
    if progress.question.medium is not Medium.BY_HAND:
        raise refuse(ChamberRefusal.POLL_NOT_BY_HAND, poll=poll)
    check_alone(state, poll)
    check_quorum(state, progress.question)
    check_scrutineers(state.plan, progress.question)


def open_by_hand(state: Sitting, command: OpenByHand, now: int) -> Events:
    """Hands or papers are counted; nothing is issued at terminals."""
    may_open_by_hand(state, command.poll)
    ruled_out = ruled_out_kin(state.poll(command.poll).question, command.no_kin, now)
    return (
        *ruled_out,
        PollOpenedByHand(at=now, poll=command.poll),
    )


def issue_paper(state: Sitting, command: IssuePaper, now: int) -> Events:
    """A paper instead of the terminal, for a delegate present who has no ballot on the board; again changes nothing."""
    progress = state.poll(command.poll)
    if progress.question.medium is not Medium.MIXED:
        raise refuse(ChamberRefusal.POLL_NOT_BY_HAND, poll=command.poll)
    if progress.state not in (PollState.PREPARED, PollState.OPEN):
        raise refuse(ChamberRefusal.POLL_NOT_OPEN, poll=command.poll, state=progress.state.value)
    check_delegate(state, command.delegate)
    check_present(state, command.delegate)
    voter = progress.voter(command.delegate)
    if voter.paper is not None:
        return ()
    if voter.has_cast:
        raise refuse(ChamberRefusal.ALREADY_VOTED, delegate=command.delegate)
    check_reason(command.reason)
    return (PaperIssued(at=now, poll=command.poll, delegate=command.delegate, reason=command.reason),)


def _awaiting_hand_count(state: Sitting, poll: str, scrutineer: int) -> PollProgress:
    progress = state.poll(poll)
    if not progress.has_hand_count:
        raise refuse(ChamberRefusal.POLL_NOT_BY_HAND, poll=poll)
    mixed = progress.question.medium is Medium.MIXED
    if progress.state is not PollState.CLOSED and not (mixed and progress.state is PollState.SEALED):
        raise refuse(ChamberRefusal.POLL_NOT_CLOSED, poll=poll, state=progress.state.value)
    state.plan.scrutineer(scrutineer)
    if progress.hand_count is not None and progress.hand_count.confirmed_by is not None:
        raise refuse(ChamberRefusal.HAND_COUNT_CONFIRMED, poll=poll)
    return progress


def enter(state: Sitting, command: EnterHandCount, now: int) -> Events:
    """A scrutineer's figures, if they can be true; a new entry replaces one that nobody has confirmed."""
    progress = _awaiting_hand_count(state, command.poll, command.scrutineer)
    question, figures = progress.question, spelled(progress.question, command.figures)
    if command.method not in methods_of(question):
        raise refuse(ChamberRefusal.METHOD_NOT_ALLOWED, poll=command.poll, method=command.method.value)
    _check_figures(state, progress, figures)
    check_reason(command.reason)
    before = progress.hand_count
    entered = HandCountEntered(
        # Who confirms names the entry by its time, so no two may have the same one.
        at=now if before is None else max(now, before.entered_at + 1),
        poll=command.poll,
        scrutineer=command.scrutineer,
        method=command.method,
        figures=figures,
        reason=command.reason,
    )
    return (entered,)


def _check_figures(state: Sitting, progress: PollProgress, figures: HandFigures) -> None:
    question = progress.question
    if not adds_up(figures):
        raise refuse(
            ChamberRefusal.HAND_COUNT_DOES_NOT_ADD_UP,
            issued=figures.issued,
            returned=figures.returned,
            valid=figures.valid,
            void=figures.void,
        )
    mixed = question.medium is Medium.MIXED
    most = len(progress.papers) if mixed else _there_since_opening(state, progress)
    if figures.issued > most or (mixed and figures.issued < most):
        raise refuse(ChamberRefusal.PAPERS_DO_NOT_ADD_UP, issued=figures.issued, papers=most)
    named = bool(question.eligible) or readable(figures)
    if not named or not figures_possible(question, figures, state.plan.roster.bases):
        raise refuse(ChamberRefusal.HAND_COUNT_IMPOSSIBLE, poll=question.id)


def _there_since_opening(state: Sitting, progress: PollProgress) -> int:
    """How many delegates can have voted by hand: those present now, and who left after the poll was opened."""
    opened_at = opened_of(progress).at
    return len(state.present) + sum(left_at >= opened_at for left_at in state.departed.values())


def confirm(state: Sitting, command: ConfirmHandCount, now: int) -> Events:
    """A second scrutineer confirms the entry as seen; a poll counted by hand alone is counted with that."""
    progress = _awaiting_hand_count(state, command.poll, command.scrutineer)
    entry = progress.hand_count
    if entry is None:
        raise refuse(ChamberRefusal.HAND_COUNT_MISSING, poll=command.poll)
    if entry.entered_by == command.scrutineer:
        raise refuse(ChamberRefusal.SECOND_PERSON_NEEDED, scrutineer=command.scrutineer)
    if entry.entered_at != command.entered_at:
        raise refuse(ChamberRefusal.HAND_COUNT_CHANGED, poll=command.poll)
    confirmed = HandCountConfirmed(
        at=now, poll=command.poll, scrutineer=command.scrutineer, entered_at=command.entered_at
    )
    if progress.question.medium is Medium.MIXED:
        return (confirmed,)
    question, roster = progress.question, state.plan.roster
    count = count_by_hand(question, entry.figures, roster.in_office)
    outcome = outcome_of(question, count, bases_for(state, progress, count))
    return (confirmed, PollCountedByHand(at=now, poll=command.poll, count=count, outcome=outcome))
