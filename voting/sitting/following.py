"""Which question may follow a poll that has ended: asked when it is planned, and again by who verifies a sitting."""

from collections.abc import Iterable
from dataclasses import dataclass

from voting.congress.law.question import Question
from voting.congress.law.ruleset import AfterShortfall, Relation, after_shortfall
from voting.congress.names import plain
from voting.sitting.counting import Outcome, OutcomeKind


@dataclass(frozen=True)
class Ended:
    """A poll that was announced or annulled. outcome: None where it was annulled before it was counted."""

    question: Question
    outcome: Outcome | None
    annulled: bool


def failed(poll: Ended) -> bool:
    """Whether the poll ended without deciding anything, so that the question stands as before it."""
    void = poll.outcome is not None and poll.outcome.kind in (OutcomeKind.VOID, OutcomeKind.NO_QUORUM)
    return poll.annulled or void


def may_follow(followed: Ended, relation: Relation) -> bool:
    """Whether the outcome asks for such a poll; one at the next session belongs into that session's plan."""
    if relation is Relation.REPEAT:
        return failed(followed)
    if failed(followed):
        return False
    kind = followed.outcome.kind if followed.outcome else None
    if relation is Relation.RUN_OFF:
        return kind is OutcomeKind.RUN_OFF
    question = followed.question
    allowed = AfterShortfall.SECOND_ROUND in after_shortfall(question.ruleset, question.kind)
    return relation is Relation.SECOND_ROUND and kind is OutcomeKind.SHORTFALL and allowed


def puts_up_elected(before: Iterable[Ended], question: Question) -> bool:
    """Whether the poll asks again about somebody whom one of those before it elected, on the ballot or by name."""
    elected: set[str] = set()
    for poll in before:
        if poll.outcome is not None and not failed(poll):
            ids = poll.outcome.elected
            elected |= {*ids, *(option.title for option in poll.question.options if option.id in ids)}
    asked = {text for option in question.options for text in (option.id, option.title)} | set(question.eligible)
    return not {plain(text) for text in asked}.isdisjoint(map(plain, elected))


def fits(followed: Ended, question: Question, relation: Relation) -> bool:
    """The question that may be put: the rules stay those that were adopted for the first poll."""
    first, outcome = followed.question, followed.outcome
    if question.kind is not first.kind or question.ruleset != first.ruleset or question.secrecy is not first.secrecy:
        return False
    titles = {option.id: option.title for option in first.options}
    written_in = {name: name for name in outcome.run_off} if outcome else {}
    known = written_in | titles
    if any(option.title != known.get(option.id, option.title) for option in question.options):
        return False
    asked = {option.id for option in question.options}
    if relation is Relation.REPEAT or outcome is None:
        return asked == titles.keys() and _asks_beside(question) == _asks_beside(first)
    if relation is Relation.RUN_OFF:
        return asked == set(outcome.run_off) and question.seats == outcome.run_off_seats and not question.write_ins
    return question.seats <= outcome.shortfall


def _asks_beside(question: Question) -> tuple[object, ...]:
    """What a question is beside its options."""
    return question.seats, question.write_ins, question.eligible, question.amends, question.clause_of
