"""Decisions on the count: decryptions, figures, and the chief scrutineer's confirmation."""

from collections import Counter

from voting.congress.law.kind import Answer
from voting.congress.law.kinds import KINDS
from voting.congress.law.ruleset import Secrecy
from voting.congress.refusal import Refusal, RefusalCode, refuse
from voting.sitting.commands import ConfirmCount, CountPoll, PostShuffle, ReleaseDecryption
from voting.sitting.counting import Count, count_of, marks_fit, outcome_of, votes_possible
from voting.sitting.decide.attendance import Decision
from voting.sitting.decide.hands import papers_uncounted
from voting.sitting.decide.polls import no_scrutineer, poll_at_step
from voting.sitting.events import CountConfirmed, DecryptionReleased, PollCounted, ShufflePosted
from voting.sitting.hand_counts import count_by_hand, count_possible, joined
from voting.sitting.poll import PollStep
from voting.sitting.state import PollProgress, Sitting, shuffles_missing


def shuffle(state: Sitting, command: PostShuffle, now: int) -> Decision:
    """A scrutineer mixes what the one before left; once each, and as many as are needed to decrypt."""
    progress = poll_at_step(state, command.poll, PollStep.COUNT)
    if isinstance(progress, Refusal):
        return progress
    if not progress.question.shuffled:
        return refuse(RefusalCode.POLL_NOT_SHUFFLED, poll=command.poll)
    refusal = no_scrutineer(state, command.scrutineer)
    if refusal:
        return refusal
    if command.scrutineer in progress.shuffles:
        return refuse(RefusalCode.SHUFFLE_REPEATED, scrutineer=command.scrutineer)
    if not shuffles_missing(state, progress):
        return refuse(RefusalCode.SHUFFLES_COMPLETE, poll=command.poll, needed=len(progress.shuffles))
    if command.position != len(progress.shuffles):
        return refuse(RefusalCode.SHUFFLE_OVERTAKEN, poll=command.poll, shuffles=len(progress.shuffles))
    posted = ShufflePosted(
        at=now, poll=command.poll, scrutineer=command.scrutineer, shuffle=command.shuffle, head=command.head
    )
    return (posted,)


def release(state: Sitting, command: ReleaseDecryption, now: int) -> Decision:
    """A scrutineer's partial decryption, once each, as long as the poll is not counted."""
    progress = poll_at_step(state, command.poll, PollStep.COUNT)
    if isinstance(progress, Refusal):
        return progress
    refusal = no_scrutineer(state, command.scrutineer)
    if refusal:
        return refusal
    if shuffles_missing(state, progress):
        return refuse(RefusalCode.SHUFFLES_MISSING, have=len(progress.shuffles), need=state.plan.threshold)
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
    electronic = _not_countable(state, progress) or _electronic(state, progress, command)
    if isinstance(electronic, Refusal):
        return electronic
    question, roster, entry = progress.question, state.plan.roster, progress.hand_count
    figures = electronic
    if entry is not None:
        figures = joined(electronic, count_by_hand(question, entry.figures, roster.in_office), progress.papers_instead)
    present, statutory_seats = progress.present_for(figures), roster.statutory_seats
    counted = PollCounted(
        at=now,
        poll=command.poll,
        result=command.result,
        head=command.head,
        count=figures,
        outcome=outcome_of(question, roster.in_office, figures, present=present, statutory_seats=statutory_seats),
        recorded=command.recorded,
        electronic=None if entry is None else electronic,
    )
    return (counted,)


def _not_countable(state: Sitting, progress: PollProgress) -> Refusal | None:
    """Secret votes need the scrutineers' decryptions; papers their confirmed count."""
    question, have, need = progress.question, len(progress.decryptions), state.plan.threshold
    if question.secrecy is Secrecy.SECRET and have < need:
        return refuse(RefusalCode.DECRYPTIONS_MISSING, poll=question.id, have=have, need=need)
    if papers_uncounted(progress):
        return refuse(RefusalCode.HAND_COUNT_MISSING, poll=question.id)
    return None


def _electronic(state: Sitting, progress: PollProgress, command: CountPoll) -> Count | Refusal:
    """The count of what lies on the board, if any ballots could give it."""
    question, returned, roster = progress.question, len(progress.accepted), state.plan.roster
    if not votes_possible(question, returned, command.votes) or not marks_fit(question, command.marks):
        return refuse(RefusalCode.DECRYPTION_INVALID, poll=question.id)
    figures = count_of(
        question,
        entitled=roster.in_office,
        issued=len(progress.registered),
        returned=returned,
        votes=command.votes,
        marks=command.marks,
    )
    if not count_possible(question, roster.in_office, figures, roster.statutory_seats):
        return refuse(RefusalCode.DECRYPTION_INVALID, poll=question.id)
    if not _record_fits(progress, command):
        return refuse(RefusalCode.RECORD_WRONG, poll=question.id)
    return figures


def _record_fits(progress: PollProgress, command: CountPoll) -> bool:
    """A recorded poll names everybody's marks, and they add up; a secret one names nobody's."""
    question, recorded = progress.question, command.recorded
    if question.secrecy is Secrecy.SECRET:
        return not recorded
    if recorded.keys() != progress.accepted.keys():
        return False
    if KINDS[question.kind].answer is not Answer.TICK:
        return True
    marked = Counter(mark for marks in recorded.values() for mark in marks)
    return marked == +Counter(dict(zip((o.id for o in question.options), command.votes, strict=True)))


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
