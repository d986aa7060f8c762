"""Decisions on the count: decryptions, figures, and the chief scrutineer's confirmation."""

from collections import Counter

from voting.congress.law.kind import Answer
from voting.congress.law.kinds import KINDS
from voting.congress.law.ruleset import Secrecy
from voting.congress.refusal import refuse
from voting.sitting.commands import ConfirmCount, CountPoll, PostShuffle, ReleaseDecryption
from voting.sitting.counting import Count, count_of, marks_fit, outcome_of, votes_possible
from voting.sitting.decide.guards import check_chief, check_enough_ballots, poll_at_step
from voting.sitting.events import CountConfirmed, DecryptionReleased, Events, PollCounted, ShufflePosted
from voting.sitting.hand_counts import count_by_hand, count_possible, joined
from voting.sitting.poll import PollStep
from voting.sitting.progress import PollProgress, papers_uncounted
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.state import Sitting, bases_for, decryptions_missing, shuffles_missing


def may_shuffle(state: Sitting, poll: str, scrutineer: int, position: int) -> None:
    """Of enough ballots; each scrutineer once, on what the one before left (`position`), as many as needed."""
    progress = poll_at_step(state, poll, PollStep.COUNT)
    if not progress.question.shuffled:
        raise refuse(ChamberRefusal.POLL_NOT_SHUFFLED, poll=poll)
    check_enough_ballots(progress)
    state.plan.scrutineer(scrutineer)
    if scrutineer in progress.shuffles:
        raise refuse(ChamberRefusal.SHUFFLE_REPEATED, scrutineer=scrutineer)
    if not shuffles_missing(state, progress):
        raise refuse(ChamberRefusal.SHUFFLES_COMPLETE, poll=poll, needed=len(progress.shuffles))
    if position != len(progress.shuffles):
        raise refuse(ChamberRefusal.SHUFFLE_OVERTAKEN, poll=poll, shuffles=len(progress.shuffles))


def shuffle(state: Sitting, command: PostShuffle, now: int) -> Events:
    """A scrutineer has mixed the ballots of a sealed poll."""
    may_shuffle(state, command.poll, command.scrutineer, command.position)
    posted = ShufflePosted(
        at=now,
        poll=command.poll,
        scrutineer=command.scrutineer,
        shuffle=command.shuffle,
        owned=command.owned,
        head=command.head,
    )
    return (posted,)


def may_release(state: Sitting, poll: str, scrutineer: int) -> None:
    """Of enough ballots, each scrutineer once, after the shuffles, and no more than the count goes on with.

    Votes that are recorded by name are never encrypted.
    """
    progress = poll_at_step(state, poll, PollStep.COUNT)
    if progress.question.secrecy is Secrecy.RECORDED:
        raise refuse(ChamberRefusal.POLL_NOT_DECRYPTED, poll=poll)
    check_enough_ballots(progress)
    state.plan.scrutineer(scrutineer)
    if shuffles_missing(state, progress):
        raise refuse(ChamberRefusal.SHUFFLES_MISSING, have=len(progress.shuffles), need=state.plan.threshold)
    if scrutineer in progress.decryptions:
        raise refuse(ChamberRefusal.DECRYPTION_REPEATED, scrutineer=scrutineer)
    if not decryptions_missing(state, progress):
        raise refuse(ChamberRefusal.DECRYPTIONS_COMPLETE, poll=poll, have=len(progress.decryptions))


def release(state: Sitting, command: ReleaseDecryption, now: int) -> Events:
    """A scrutineer's partial decryption, as long as the poll is not counted."""
    may_release(state, command.poll, command.scrutineer)
    released = DecryptionReleased(
        at=now,
        poll=command.poll,
        scrutineer=command.scrutineer,
        decryption=command.decryption,
        head=command.head,
    )
    return (released,)


def count(state: Sitting, command: CountPoll, now: int) -> Events:
    """Turns decrypted votes into the count report and its outcome; impossible figures are refused."""
    progress = poll_at_step(state, command.poll, PollStep.COUNT)
    _check_countable(state, progress)
    electronic = _electronic(state, progress, command)
    question, roster, entry = progress.question, state.plan.roster, progress.hand_count
    figures = electronic
    if entry is not None:
        figures = joined(electronic, count_by_hand(question, entry.figures, roster.in_office), progress.papers_instead)
    counted = PollCounted(
        at=now,
        poll=command.poll,
        result=command.result,
        head=command.head,
        count=figures,
        outcome=outcome_of(question, figures, bases_for(state, progress, figures)),
        recorded=command.recorded,
        electronic=None if entry is None else electronic,
    )
    return (counted,)


def _check_countable(state: Sitting, progress: PollProgress) -> None:
    """Secret votes need the scrutineers' decryptions; papers their confirmed count."""
    question, have, need = progress.question, len(progress.decryptions), state.plan.threshold
    if decryptions_missing(state, progress):
        raise refuse(ChamberRefusal.DECRYPTIONS_MISSING, poll=question.id, have=have, need=need)
    if papers_uncounted(progress):
        raise refuse(ChamberRefusal.HAND_COUNT_MISSING, poll=question.id)


def _electronic(state: Sitting, progress: PollProgress, command: CountPoll) -> Count:
    """The count of what lies on the board, if any ballots could give it."""
    question, returned, roster = progress.question, len(progress.returned), state.plan.roster
    if not votes_possible(question, returned, command.votes) or not marks_fit(question, command.marks):
        raise refuse(ChamberRefusal.DECRYPTION_INVALID, poll=question.id)
    figures = count_of(
        question,
        entitled=roster.in_office,
        issued=len(progress.credentials),
        returned=returned,
        votes=command.votes,
        marks=command.marks,
    )
    if not count_possible(question, figures, roster.bases):
        raise refuse(ChamberRefusal.DECRYPTION_INVALID, poll=question.id)
    if not _record_fits(progress, command):
        raise refuse(ChamberRefusal.RECORD_WRONG, poll=question.id)
    return figures


def _record_fits(progress: PollProgress, command: CountPoll) -> bool:
    """A recorded poll names everybody's marks, and they add up; a secret one names nobody's."""
    question, recorded = progress.question, command.recorded
    if question.secrecy is Secrecy.SECRET:
        return not recorded
    if recorded.keys() != progress.returned.keys():
        return False
    if KINDS[question.kind].answer is not Answer.TICK:
        return True
    marked = Counter(mark for marks in recorded.values() for mark in marks)
    return marked == +Counter(dict(zip((o.id for o in question.options), command.votes, strict=True)))


def confirm(state: Sitting, command: ConfirmCount, now: int) -> Events:
    """Only the chief scrutineer (总监票人) confirms the count."""
    poll_at_step(state, command.poll, PollStep.CONFIRM)
    check_chief(state, command.scrutineer)
    return (CountConfirmed(at=now, poll=command.poll, scrutineer=command.scrutineer),)
