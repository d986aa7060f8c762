"""Decisions on polls added during the sitting, and on the order of amendments and the text they amend."""

from collections.abc import Iterator

from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Question
from voting.congress.law.ruleset import Relation
from voting.congress.refusal import refuse
from voting.sitting.commands import PlanPoll
from voting.sitting.events import Events, PollPlanned
from voting.sitting.following import Ended, failed, fits, may_follow, puts_up_elected
from voting.sitting.plan_checks import problems_of_medium, problems_of_poll, problems_of_seconds, problems_of_voters
from voting.sitting.plan_problems import PlanProblemCode
from voting.sitting.poll import PollPlan, PollState
from voting.sitting.progress import PollProgress
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.scrutineers import problems_of_scrutineers
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
        *problems_of_voters(question, len(state.plan.roster.voters)),
        *problems_of_scrutineers(state.plan, question),
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
    progress, relation = state.poll(question.follows.poll), question.follows.relation
    followed = _ended(progress)
    if progress.state not in ENDED:
        raise refuse(ChamberRefusal.POLL_NOT_ENDED, poll=progress.question.id, state=progress.state.value)
    if not may_follow(followed, relation):
        raise refuse(ChamberRefusal.FOLLOW_UP_NOT_ALLOWED, poll=progress.question.id, relation=relation.value)
    if relation is Relation.REPEAT and progress.question.follows and progress.question.follows.poll in state.polls:
        # What failed is put again in its own place, so that a run-off is still judged as one.
        raise refuse(ChamberRefusal.FOLLOW_UP_NOT_ALLOWED, poll=progress.question.id, relation=relation.value)
    for other, later in state.polls.items():
        link = later.question.follows
        if link is not None and link.poll == progress.question.id and not _has_failed(later):
            raise refuse(ChamberRefusal.FOLLOWED_ALREADY, poll=progress.question.id, by=other)
    if not fits(followed, question, relation) or puts_up_elected(_before(state, progress), question):
        raise refuse(ChamberRefusal.FOLLOW_UP_MISMATCH, poll=progress.question.id)


def _ended(progress: PollProgress) -> Ended:
    return Ended(progress.question, progress.outcome, annulled=progress.state is PollState.ANNULLED)


def _has_failed(progress: PollProgress) -> bool:
    return progress.state in ENDED and failed(_ended(progress))


def _before(state: Sitting, progress: PollProgress | None) -> Iterator[Ended]:
    """The poll and those that it follows."""
    while progress is not None:
        yield _ended(progress)
        link = progress.question.follows
        progress = state.polls.get(link.poll) if link else None
