"""Which poll may follow an ended one: exactly what plan_poll would accept, ready to be put on the agenda."""

from collections.abc import Callable

from msgspec.structs import replace

from voting.congress.law.question import Follows, Option, Question
from voting.congress.law.ruleset import Relation
from voting.congress.limits import MAX_ID, MAX_TEXT
from voting.sitting.decide.planning import may_plan
from voting.sitting.machine import PollProgress, Sitting, why_not
from voting.sitting.poll import PollPlan

TITLES = {Relation.RUN_OFF: "（再次投票）", Relation.SECOND_ROUND: "（第二轮）", Relation.REPEAT: "（重新表决）"}


def follow_ups_of(state: Sitting, poll: str) -> dict[Relation, PollPlan]:
    """The polls that may follow `poll` now, by relation; none unless it has ended. Raises KeyError for no such poll.

    A run-off is held among the tied for the seats left, a second round among those not elected for the unfilled seats;
    a repeated poll asks the same question. The rules stay those of the first poll. Where a tie leaves open who may
    stand in another election, or too few are left, all of them are proposed: the presidium says whom it puts up.
    """
    followed, item = state.polls[poll], item_of(state, poll)
    asked = {relation: ask(state, followed) for relation, ask in _QUESTIONS.items()}
    plans = {relation: replace(followed.plan, question=question) for relation, question in asked.items() if question}
    return {r: plan for r, plan in plans.items() if why_not(may_plan, state, item, _of_any_number(plan)) is None}


def _of_any_number(plan: PollPlan) -> PollPlan:
    """The poll but for the number of its candidates."""
    return replace(plan, question=replace(plan.question, post=None))


def item_of(state: Sitting, poll: str) -> str:
    """The agenda item of a poll. Raises StopIteration when no item has it, which no plan allows."""
    return next(item.id for item in state.agenda if poll in item.polls)


def _run_off(state: Sitting, followed: PollProgress) -> Question | None:
    outcome = followed.outcome
    if outcome is None or not outcome.run_off:
        return None
    options = _options(followed, outcome.run_off)
    seats = outcome.run_off_seats
    return _following(state, followed, Relation.RUN_OFF, options=options, seats=seats, write_ins=False, eligible=())


def _options(followed: PollProgress, ids: tuple[str, ...]) -> tuple[Option, ...]:
    """Options by id; a name that ballots added stands for itself."""
    known = {option.id: option for option in followed.question.options}
    return tuple(known.get(id) or Option(id=id, title=id) for id in ids)


def _second_round(state: Sitting, followed: PollProgress) -> Question | None:
    outcome, question = followed.outcome, followed.question
    if outcome is None or not outcome.shortfall:
        return None
    left = tuple(option for option in question.options if option.id not in outcome.elected)
    options = _best(followed, left, outcome.shortfall)
    standing = {*outcome.elected, *(option.title for option in options)}
    eligible = tuple(name for name in question.eligible if name not in standing)
    # No roster left does not mean any name.
    write_ins = question.write_ins and bool(eligible) == bool(question.eligible)
    seats = min(outcome.shortfall, len(options))
    return _following(
        state,
        followed,
        Relation.SECOND_ROUND,
        options=options,
        seats=seats,
        write_ins=write_ins,
        eligible=eligible if write_ins else (),
    )


def _best(followed: PollProgress, left: tuple[Option, ...], missing: int) -> tuple[Option, ...]:
    """Who had most votes, names that ballots added among them, as many as may stand (地方组织法 art. 29 para. 2).

    With the last of them all who have as many votes. In the order of the ballot; all who are left where the number of
    candidates is free.
    """
    question, count, outcome = followed.question, followed.count, followed.outcome
    again = replace(question, seats=missing, follows=Follows(question.id, Relation.SECOND_ROUND))
    if again.candidates_allowed is None or count is None or outcome is None:
        return left
    _, most = again.candidates_allowed
    added = tuple(name for name in count.write_ins if name not in outcome.elected)
    standing = (*left, *_options(followed, added))
    ranked = sorted((count.votes[option.id] for option in standing), reverse=True)
    line = ranked[most - 1] if len(ranked) >= most else 0
    return tuple(option for option in standing if count.votes[option.id] >= line)


def _repeat(state: Sitting, followed: PollProgress) -> Question:
    return _following(state, followed, Relation.REPEAT)


_QUESTIONS: dict[Relation, Callable[[Sitting, PollProgress], Question | None]] = {
    Relation.RUN_OFF: _run_off,
    Relation.SECOND_ROUND: _second_round,
    Relation.REPEAT: _repeat,
}


def _following(state: Sitting, followed: PollProgress, relation: Relation, **changed: object) -> Question:
    first = _first_of(state, followed.question)
    ending = TITLES[relation]
    title = first.title[: MAX_TEXT - len(ending)] + ending
    named = {"id": _free_id(state, first.id), "title": title, "follows": Follows(followed.question.id, relation)}
    return replace(followed.question, **named | changed)


def _first_of(state: Sitting, question: Question) -> Question:
    """The poll of this sitting with which a chain of follow-ups began; it gives them their name."""
    while question.follows is not None and question.follows.poll in state.polls:
        question = state.polls[question.follows.poll].question
    return question


def _free_id(state: Sitting, first: str) -> str:
    number = 2
    while (found := f"{first[: MAX_ID - 1 - len(str(number))]}-{number}") in state.polls:
        number += 1
    return found
