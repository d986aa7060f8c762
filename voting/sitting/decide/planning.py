"""Decisions on polls added during the sitting, and on the order of amendments and the text they amend."""

from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Question
from voting.congress.law.ruleset import AfterShortfall, Relation
from voting.congress.names import plain
from voting.congress.refusal import refuse
from voting.sitting.commands import PlanPoll
from voting.sitting.counting import OutcomeKind
from voting.sitting.events import Events, PollPlanned
from voting.sitting.plan_checks import problems_of_medium, problems_of_poll, problems_of_seconds
from voting.sitting.plan_problems import PlanProblemCode
from voting.sitting.poll import PollPlan, PollState
from voting.sitting.progress import PollProgress
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.state import Sitting

ENDED = frozenset({PollState.ANNOUNCED, PollState.ANNULLED})


def plan_poll(state: Sitting, command: PlanPoll, now: int) -> Events:
    """A run-off, a second round, a repeated or an ad-hoc poll; the poll it follows stays as it is."""
    may_plan(state, command.item, command.plan)
    return (PollPlanned(at=now, item=command.item, plan=command.plan),)


def may_plan(state: Sitting, item: str, plan: PollPlan) -> None:
    """The item is known and the poll could be held; the refusal names its first problem."""
    question = plan.question
    if all(known.id != item for known in state.plan.agenda):
        raise refuse(ChamberRefusal.UNKNOWN_ITEM, item=item)
    if question.id in state.polls:
        raise refuse(ChamberRefusal.POLL_ID_TAKEN, poll=question.id)
    for problem in (
        *problems_of_seconds(plan),
        *problems_of_poll(plan),
        *problems_of_medium(question, len(state.plan.scrutineers)),
    ):
        raise refuse(ChamberRefusal.POLL_PLAN_INVALID, poll=question.id, problem=problem.code, **problem.params)
    _check_texts(state, question)
    _check_followed(state, question)


def _check_texts(state: Sitting, question: Question) -> None:
    for text in filter(None, (question.amends, question.clause_of)):
        if not all(KINDS[kind].amendable for kind in (question.kind, state.poll(text).question.kind)):
            problem = PlanProblemCode.LINK_WRONG
            raise refuse(ChamberRefusal.POLL_PLAN_INVALID, poll=question.id, problem=problem, value=text)
    _check_text_not_under_way(state, question)


def _check_text_not_under_way(state: Sitting, question: Question) -> None:
    """Amendments and clauses are put before the text; once that is under way, it is too late for them."""
    for text in (question.amends, question.clause_of):
        if text is not None and state.polls[text].state is not PollState.PLANNED:
            raise refuse(ChamberRefusal.AMENDMENT_TOO_LATE, poll=text)


def check_amendments_decided(state: Sitting, text: str) -> None:
    """No amendment or clause of this text is still to be decided; withdrawn ones are annulled."""
    for other, progress in state.polls.items():
        if text in (progress.question.amends, progress.question.clause_of) and progress.state not in ENDED:
            raise refuse(ChamberRefusal.AMENDMENTS_FIRST, poll=other)


def _check_followed(state: Sitting, question: Question) -> None:
    if question.follows is None:
        return
    followed, relation = state.poll(question.follows.poll), question.follows.relation
    if followed.state not in ENDED:
        raise refuse(ChamberRefusal.POLL_NOT_ENDED, poll=followed.question.id, state=followed.state.value)
    if not _may_follow(followed, relation):
        raise refuse(ChamberRefusal.FOLLOW_UP_NOT_ALLOWED, poll=followed.question.id, relation=relation.value)
    if relation is Relation.REPEAT and followed.question.follows and followed.question.follows.poll in state.polls:
        # What failed is put again in its own place, so that a run-off is still judged as one.
        raise refuse(ChamberRefusal.FOLLOW_UP_NOT_ALLOWED, poll=followed.question.id, relation=relation.value)
    for other, progress in state.polls.items():
        link = progress.question.follows
        if link is not None and link.poll == followed.question.id and not _failed(progress):
            raise refuse(ChamberRefusal.FOLLOWED_ALREADY, poll=followed.question.id, by=other)
    if not _fits(followed, question, relation) or _puts_up_elected(state, followed, question):
        raise refuse(ChamberRefusal.FOLLOW_UP_MISMATCH, poll=followed.question.id)


def _failed(progress: PollProgress) -> bool:
    """Whether the poll ended without deciding anything, so that the question stands as before it."""
    if progress.state is PollState.ANNULLED:
        return True
    void = progress.outcome is not None and progress.outcome.kind in (OutcomeKind.VOID, OutcomeKind.NO_QUORUM)
    return void and progress.state is PollState.ANNOUNCED


def _may_follow(followed: PollProgress, relation: Relation) -> bool:
    """Whether the outcome asks for such a poll; one at the next session belongs into that session's plan."""
    if relation is Relation.REPEAT:
        return _failed(followed)
    if _failed(followed):
        return False
    kind = followed.outcome.kind if followed.outcome else None
    if relation is Relation.RUN_OFF:
        return kind is OutcomeKind.RUN_OFF
    allowed = AfterShortfall.SECOND_ROUND in followed.question.ruleset.seats.shortfall
    return relation is Relation.SECOND_ROUND and kind is OutcomeKind.SHORTFALL and allowed


def _puts_up_elected(state: Sitting, followed: PollProgress, question: Question) -> bool:
    """Whether the poll asks again about somebody whom one of those before it elected, on the ballot or by name."""
    elected: set[str] = set()
    progress: PollProgress | None = followed
    while progress is not None:
        if progress.outcome is not None and not _failed(progress):
            ids = progress.outcome.elected
            elected |= {*ids, *(option.title for option in progress.question.options if option.id in ids)}
        link = progress.question.follows
        progress = state.polls.get(link.poll) if link else None
    asked = {text for option in question.options for text in (option.id, option.title)} | set(question.eligible)
    return not {plain(text) for text in asked}.isdisjoint(map(plain, elected))


def _fits(followed: PollProgress, question: Question, relation: Relation) -> bool:
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
