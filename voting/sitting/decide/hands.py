"""Decisions on papers and counts by hand: entered by one scrutineer, confirmed by another, marked for ever."""

from voting.congress.law.question import Medium
from voting.congress.refusal import Refusal, RefusalCode, refuse
from voting.sitting.commands import ConfirmHandCount, EnterHandCount, IssuePaper, OpenByHand
from voting.sitting.counting import outcome_of
from voting.sitting.decide.attendance import Decision
from voting.sitting.decide.polls import no_quorum, no_scrutineer, not_alone, poll_at_step
from voting.sitting.events import (
    HandCountConfirmed,
    HandCountEntered,
    PaperIssued,
    PollCountedByHand,
    PollOpenedByHand,
)
from voting.sitting.hand_counts import HandMethod, adds_up, count_by_hand, count_possible, names_fit
from voting.sitting.poll import PollState, PollStep
from voting.sitting.state import PollProgress, Sitting


def open_by_hand(state: Sitting, command: OpenByHand, now: int) -> Decision:
    """Opens a poll that was planned by hand; it needs a quorum, but neither credentials nor a key."""
    progress = poll_at_step(state, command.poll, PollStep.OPEN)
    if isinstance(progress, Refusal):
        return progress
    if progress.question.medium is not Medium.BY_HAND:
        return refuse(RefusalCode.POLL_NOT_BY_HAND, poll=command.poll)
    refusal = not_alone(state, command.poll) or no_quorum(state, progress.question)
    return refusal or (PollOpenedByHand(at=now, poll=command.poll),)


def issue_paper(state: Sitting, command: IssuePaper, now: int) -> Decision:
    """A paper instead of the terminal, for a delegate present who has no ballot on the board; again changes nothing."""
    progress = state.polls.get(command.poll)
    if progress is None:
        return refuse(RefusalCode.UNKNOWN_POLL, poll=command.poll)
    if progress.question.medium is not Medium.MIXED:
        return refuse(RefusalCode.POLL_NOT_BY_HAND, poll=command.poll)
    if progress.state not in (PollState.PREPARED, PollState.OPEN):
        return refuse(RefusalCode.POLL_NOT_OPEN, poll=command.poll, state=progress.state.value)
    if state.plan.roster.delegate(command.delegate) is None:
        return refuse(RefusalCode.UNKNOWN_DELEGATE, delegate=command.delegate)
    if command.delegate not in state.present:
        return refuse(RefusalCode.NOT_SIGNED_IN, delegate=command.delegate)
    if command.delegate in progress.on_paper:
        return ()
    if command.delegate in progress.stored or command.delegate in progress.accepted:
        return refuse(RefusalCode.ALREADY_VOTED, delegate=command.delegate)
    if not command.reason.strip():
        return refuse(RefusalCode.REASON_NEEDED)
    return (PaperIssued(at=now, poll=command.poll, delegate=command.delegate, reason=command.reason),)


def papers_uncounted(progress: PollProgress) -> bool:
    """Whether papers were handed out whose count a second scrutineer has not confirmed."""
    entry = progress.hand_count
    return bool(progress.on_paper) and (entry is None or entry.confirmed_by is None)


def _awaiting_hand_count(state: Sitting, poll: str, scrutineer: int) -> PollProgress | Refusal:
    progress = state.polls.get(poll)
    if progress is None:
        return refuse(RefusalCode.UNKNOWN_POLL, poll=poll)
    if not progress.has_hand_count:
        return refuse(RefusalCode.POLL_NOT_BY_HAND, poll=poll)
    mixed = progress.question.medium is Medium.MIXED
    if progress.state is not PollState.CLOSED and not (mixed and progress.state is PollState.SEALED):
        return refuse(RefusalCode.POLL_NOT_CLOSED, poll=poll, state=progress.state.value)
    refusal = no_scrutineer(state, scrutineer)
    if refusal:
        return refusal
    if progress.hand_count is not None and progress.hand_count.confirmed_by is not None:
        return refuse(RefusalCode.HAND_COUNT_CONFIRMED, poll=poll)
    return progress


def enter(state: Sitting, command: EnterHandCount, now: int) -> Decision:
    """A scrutineer's figures, if they can be true; a new entry replaces one that nobody has confirmed."""
    progress = _awaiting_hand_count(state, command.poll, command.scrutineer)
    if isinstance(progress, Refusal):
        return progress
    refusal = _method_refusal(progress, command.method) or _figures_refusal(state, progress, command)
    if refusal:
        return refusal
    if not command.reason.strip():
        return refuse(RefusalCode.REASON_NEEDED)
    before = progress.hand_count
    entered = HandCountEntered(
        # Who confirms names the entry by its time, so no two may have the same one.
        at=now if before is None else max(now, before.entered_at + 1),
        poll=command.poll,
        scrutineer=command.scrutineer,
        method=command.method,
        figures=command.figures,
        reason=command.reason,
    )
    return (entered,)


def _method_refusal(progress: PollProgress, method: HandMethod) -> Refusal | None:
    question, fallback = progress.question, progress.question.ruleset.fallback
    by_hands = method is HandMethod.SHOW_OF_HANDS
    kinds = fallback.show_of_hands if by_hands else fallback.paper
    if question.kind not in kinds or (by_hands and question.medium is Medium.MIXED):
        return refuse(RefusalCode.METHOD_NOT_ALLOWED, poll=question.id, method=method.value)
    return None


def _figures_refusal(state: Sitting, progress: PollProgress, command: EnterHandCount) -> Refusal | None:
    question, figures = progress.question, command.figures
    if not adds_up(figures):
        return refuse(
            RefusalCode.HAND_COUNT_DOES_NOT_ADD_UP,
            issued=figures.issued,
            returned=figures.returned,
            valid=figures.valid,
            void=figures.void,
        )
    mixed = question.medium is Medium.MIXED
    most = len(progress.on_paper) if mixed else _there_since_opening(state, progress)
    if figures.issued > most or (mixed and figures.issued < most):
        return refuse(RefusalCode.PAPERS_DO_NOT_ADD_UP, issued=figures.issued, papers=most)
    roster = state.plan.roster
    possible = names_fit(question, figures) and count_possible(
        question, roster.in_office, count_by_hand(question, figures, roster.in_office), roster.statutory_seats
    )
    return None if possible else refuse(RefusalCode.HAND_COUNT_IMPOSSIBLE, poll=question.id)


def _there_since_opening(state: Sitting, progress: PollProgress) -> int:
    """How many delegates can have voted by hand: those present now, and who left after the poll was opened."""
    opened_at = progress.opened_at or 0
    return len(state.present) + sum(left_at >= opened_at for left_at in state.departed.values())


def confirm(state: Sitting, command: ConfirmHandCount, now: int) -> Decision:
    """A second scrutineer confirms the entry as seen; a poll counted by hand alone is counted with that."""
    progress = _awaiting_hand_count(state, command.poll, command.scrutineer)
    if isinstance(progress, Refusal):
        return progress
    entry = progress.hand_count
    if entry is None:
        return refuse(RefusalCode.HAND_COUNT_MISSING, poll=command.poll)
    if entry.entered_by == command.scrutineer:
        return refuse(RefusalCode.SECOND_PERSON_NEEDED, scrutineer=command.scrutineer)
    if entry.entered_at != command.entered_at:
        return refuse(RefusalCode.HAND_COUNT_CHANGED, poll=command.poll)
    confirmed = HandCountConfirmed(
        at=now, poll=command.poll, scrutineer=command.scrutineer, entered_at=command.entered_at
    )
    if progress.question.medium is Medium.MIXED:
        return (confirmed,)
    question, roster = progress.question, state.plan.roster
    count = count_by_hand(question, entry.figures, roster.in_office)
    outcome = outcome_of(
        question,
        roster.in_office,
        count,
        present=progress.present_for(count),
        statutory_seats=roster.statutory_seats,
    )
    return (confirmed, PollCountedByHand(at=now, poll=command.poll, count=count, outcome=outcome))
