"""Decisions on polls added during the sitting, and on the order of amendments and the text they amend."""

from voting.congress.law.ruleset import AfterShortfall, Relation
from voting.congress.names import plain
from voting.congress.refusal import Refusal, RefusalCode, refuse
from voting.sitting.commands import PlanPoll
from voting.sitting.counting import OutcomeKind
from voting.sitting.decide.attendance import Decision
from voting.sitting.events import PollPlanned
from voting.sitting.plan_checks import PlanProblemCode, problems_of_medium, problems_of_poll
from voting.sitting.poll import PollKind, PollPlan, PollState
from voting.sitting.state import PollProgress, Sitting

ENDED = frozenset({PollState.ANNOUNCED, PollState.ANNULLED})


def plan_poll(state: Sitting, command: PlanPoll, now: int) -> Decision:
    """A run-off, a second round, a repeated or an ad-hoc poll; the poll it follows stays as it is."""
    plan = command.plan
    if all(item.id != command.item for item in state.plan.agenda):
        return refuse(RefusalCode.UNKNOWN_ITEM, item=command.item)
    if plan.id in state.polls:
        return refuse(RefusalCode.POLL_ID_TAKEN, poll=plan.id)
    for problem in (*problems_of_poll(plan), *problems_of_medium(plan, len(state.plan.scrutineers))):
        return refuse(RefusalCode.POLL_PLAN_INVALID, poll=plan.id, problem=problem.code.value, detail=problem.detail)
    refusal = _text_refusal(state, plan) or _follow_refusal(state, plan)
    return refusal or (PollPlanned(at=now, item=command.item, plan=plan),)


def _text_refusal(state: Sitting, plan: PollPlan) -> Refusal | None:
    for text in filter(None, (plan.amends, plan.clause_of)):
        if text not in state.polls:
            return refuse(RefusalCode.UNKNOWN_POLL, poll=text)
        if plan.kind is not PollKind.MOTION or state.polls[text].plan.kind is not PollKind.MOTION:
            problem = PlanProblemCode.LINK_WRONG.value
            return refuse(RefusalCode.POLL_PLAN_INVALID, poll=plan.id, problem=problem, detail=text)
    return text_under_way(state, plan)


def text_under_way(state: Sitting, plan: PollPlan) -> Refusal | None:
    """Amendments and clauses are put before the text; once that is under way, it is too late for them."""
    for text in (plan.amends, plan.clause_of):
        if text is not None and state.polls[text].state is not PollState.PLANNED:
            return refuse(RefusalCode.AMENDMENT_TOO_LATE, poll=text)
    return None


def amendments_first(state: Sitting, text: str) -> Refusal | None:
    """The refusal that names an amendment or clause of this text still to be decided; withdrawn ones are annulled."""
    for other, progress in state.polls.items():
        if text in (progress.plan.amends, progress.plan.clause_of) and progress.state not in ENDED:
            return refuse(RefusalCode.AMENDMENTS_FIRST, poll=other)
    return None


def _follow_refusal(state: Sitting, plan: PollPlan) -> Refusal | None:
    if plan.follows is None:
        return None
    followed, relation = state.polls.get(plan.follows.poll), plan.follows.relation
    if followed is None:
        return refuse(RefusalCode.UNKNOWN_POLL, poll=plan.follows.poll)
    if followed.state not in ENDED:
        return refuse(RefusalCode.POLL_NOT_ENDED, poll=followed.plan.id, state=followed.state.value)
    if not _may_follow(followed, relation):
        return refuse(RefusalCode.FOLLOW_UP_NOT_ALLOWED, poll=followed.plan.id, relation=relation.value)
    if relation is Relation.REPEAT and followed.plan.follows and followed.plan.follows.poll in state.polls:
        # What failed is put again in its own place, so that a run-off is still judged as one.
        return refuse(RefusalCode.FOLLOW_UP_NOT_ALLOWED, poll=followed.plan.id, relation=relation.value)
    for other, progress in state.polls.items():
        link = progress.plan.follows
        if link is not None and link.poll == followed.plan.id and not _failed(progress):
            return refuse(RefusalCode.FOLLOWED_ALREADY, poll=followed.plan.id, by=other)
    if not _fits(followed, plan, relation) or _puts_up_elected(state, followed, plan):
        return refuse(RefusalCode.FOLLOW_UP_MISMATCH, poll=followed.plan.id)
    return None


def _failed(progress: PollProgress) -> bool:
    """Whether the poll ended without deciding anything, so that the question stands as before it."""
    if progress.state is PollState.ANNULLED:
        return True
    void = progress.outcome is not None and progress.outcome.kind in (OutcomeKind.VOID, OutcomeKind.NO_QUORUM)
    return void and progress.state is PollState.ANNOUNCED


def _may_follow(followed: PollProgress, relation: Relation) -> bool:
    """Whether the outcome asks for such a poll; one at the next session belongs into that session's plan."""
    if relation is Relation.REPEAT or _failed(followed):
        return relation is Relation.REPEAT and _failed(followed)
    kind = followed.outcome.kind if followed.outcome else None
    if relation is Relation.RUN_OFF:
        return kind is OutcomeKind.RUN_OFF
    allowed = AfterShortfall.SECOND_ROUND in followed.plan.adopted.seats.shortfall
    return relation is Relation.SECOND_ROUND and kind is OutcomeKind.SHORTFALL and allowed


def _puts_up_elected(state: Sitting, followed: PollProgress, plan: PollPlan) -> bool:
    """Whether the poll asks again about somebody whom one of those before it elected, on the ballot or by name."""
    elected: set[str] = set()
    progress: PollProgress | None = followed
    while progress is not None:
        if progress.outcome is not None and not _failed(progress):
            ids = progress.outcome.elected
            elected |= {*ids, *(option.title for option in progress.plan.options if option.id in ids)}
        link = progress.plan.follows
        progress = state.polls.get(link.poll) if link else None
    asked = {text for option in plan.options for text in (option.id, option.title)} | set(plan.eligible)
    return not {plain(text) for text in asked}.isdisjoint(map(plain, elected))


def _fits(followed: PollProgress, plan: PollPlan, relation: Relation) -> bool:
    """The question that may be put: the rules stay those that were adopted for the first poll."""
    first, outcome = followed.plan, followed.outcome
    if plan.kind is not first.kind or plan.adopted != first.adopted or plan.secrecy is not first.secrecy:
        return False
    titles = {option.id: option.title for option in first.options}
    written_in = {name: name for name in outcome.run_off} if outcome else {}
    known = written_in | titles
    if any(option.title != known.get(option.id, option.title) for option in plan.options):
        return False
    asked = {option.id for option in plan.options}
    if relation is Relation.REPEAT or outcome is None:
        return asked == titles.keys() and _asks_beside(plan) == _asks_beside(first)
    if relation is Relation.RUN_OFF:
        return asked == set(outcome.run_off) and plan.seats == outcome.run_off_seats and not plan.write_ins
    return plan.seats <= outcome.shortfall


def _asks_beside(plan: PollPlan) -> tuple[object, ...]:
    """What a question is beside its options."""
    return plan.seats, plan.write_ins, plan.eligible, plan.amends, plan.clause_of
