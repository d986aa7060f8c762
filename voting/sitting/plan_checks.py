"""What makes a plan fit for a sitting: every problem is found at once and named by place."""

from collections import Counter
from collections.abc import Iterable, Iterator

from voting.congress.law.choices_left import media_left, secrecies_left
from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Medium, Question
from voting.congress.law.ruleset import Ruleset
from voting.congress.law.ruleset_checks import problems_of_ruleset
from voting.congress.limits import LONGEST_SECONDS, MAX_NAME, MAX_SCRUTINEERS, SHORTEST_SECONDS
from voting.sitting.events import SittingPlan
from voting.sitting.plan_problems import Part, Place, PlanProblem, PlanProblemCode
from voting.sitting.poll import PollPlan
from voting.sitting.scrutineers import problems_of_scrutineers

GROUPS = ("Ed25519", "BELENIOS-2048")


def problems_of(plan: SittingPlan) -> tuple[PlanProblem, ...]:
    """All problems of the plan in reading order; empty when it may be convened."""
    checks = (_rules_problems, _roster_problems, _agenda_problems, _polls_problems, _scrutineer_problems)
    return tuple(problem for check in checks for problem in check(plan))


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def _out_of_range(code: PlanProblemCode, where: Place, found: int, least: int, most: int) -> Iterator[PlanProblem]:
    if not least <= found <= most:
        yield PlanProblem(code, where, {"found": found, "least": least, "most": most})


def _name_problems(where: Place, name: str) -> Iterator[PlanProblem]:
    if not name.strip():
        yield PlanProblem(PlanProblemCode.EMPTY, where, {"field": "name"})
    elif len(name) > MAX_NAME:
        yield PlanProblem(PlanProblemCode.NAME_TOO_LONG, where, {"found": len(name), "most": MAX_NAME})


def _empty_fields(where: Place, fields: dict[str, str]) -> Iterator[PlanProblem]:
    for field, text in fields.items():
        if not text.strip():
            yield PlanProblem(PlanProblemCode.EMPTY, where, {"field": field})


def _rules_problems(plan: SittingPlan) -> Iterator[PlanProblem]:
    yield from _problems_of_rules(Place(Part.RULES), plan.adopted)


def _problems_of_rules(where: Place, rules: Ruleset) -> Iterator[PlanProblem]:
    """Settings that contradict each other, and those at odds with the law that the rules do not admit."""
    for problem in problems_of_ruleset(rules):
        if problem.article is None:
            yield PlanProblem(PlanProblemCode.RULES_CONTRADICT, where, {"value": problem.key})
        else:
            params: dict[str, str | int] = {"value": problem.key, "asked": problem.article}
            yield PlanProblem(PlanProblemCode.RULES_DEVIATE, where, params)


def _roster_problems(plan: SittingPlan) -> Iterator[PlanProblem]:
    roster = plan.roster
    if not roster.delegates:
        yield PlanProblem(PlanProblemCode.EMPTY, Place(Part.ROSTER), {"field": "delegates"})
    named = [(Part.DELEGATE, p.number, p.name, p.seat) for p in roster.delegates]
    named += [(Part.OBSERVER, p.number, p.name, p.seat) for p in roster.observers]
    for part, number, name, _ in named:
        if not number.strip():
            yield PlanProblem(PlanProblemCode.EMPTY, Place(part, name), {"field": "number"})
        yield from _name_problems(Place(part, number), name)
    for number in _repeated(number for _, number, _, _ in named):
        yield PlanProblem(PlanProblemCode.NUMBER_REPEATED, Place(Part.ROSTER), {"value": number})
    for seat in _repeated(seat for *_, seat in named if seat is not None):
        yield PlanProblem(PlanProblemCode.SEAT_REPEATED, Place(Part.ROSTER), {"value": seat})


def _agenda_problems(plan: SittingPlan) -> Iterator[PlanProblem]:
    known = {poll.id for poll in plan.polls}
    used = Counter(poll for item in plan.agenda for poll in item.polls)
    for repeated in _repeated(item.id for item in plan.agenda):
        yield PlanProblem(PlanProblemCode.ID_REPEATED, Place(Part.AGENDA), {"value": repeated})
    for item in plan.agenda:
        where = Place(Part.ITEM, item.id)
        yield from _empty_fields(where, {"id": item.id, "title": item.title})
        for used_poll in item.polls:
            if used_poll not in known:
                yield PlanProblem(PlanProblemCode.POLL_UNKNOWN, where, {"value": used_poll})
    for poll in plan.polls:
        if used[poll.id] == 0:
            yield PlanProblem(PlanProblemCode.POLL_NOT_IN_AGENDA, Place(Part.POLL, poll.id))
        elif used[poll.id] > 1:
            yield PlanProblem(PlanProblemCode.POLL_IN_TWO_ITEMS, Place(Part.POLL, poll.id), {"found": used[poll.id]})


def _polls_problems(plan: SittingPlan) -> Iterator[PlanProblem]:
    for repeated in _repeated(poll.id for poll in plan.polls):
        yield PlanProblem(PlanProblemCode.ID_REPEATED, Place(Part.POLLS), {"value": repeated})
    for poll in plan.polls:
        yield from problems_of_poll(poll)
        yield from problems_of_medium(poll.question, len(plan.scrutineers))
        yield from problems_of_voters(poll.question, len(plan.roster.voters))
        yield from problems_of_scrutineers(plan, poll.question)
    yield from _link_problems(tuple(poll.question for poll in plan.polls))


def _link_problems(polls: tuple[Question, ...]) -> Iterator[PlanProblem]:
    """Amendments and clauses belong to another motion of this plan; what follows a poll is planned after that."""
    texts = {poll.id: (poll.amends, poll.clause_of) for poll in polls}
    amendable = {poll.id for poll in polls if KINDS[poll.kind].amendable}
    for poll in polls:
        for text in filter(None, texts[poll.id]):
            if text not in amendable or poll.id in _texts_above(text, texts):
                yield PlanProblem(PlanProblemCode.LINK_WRONG, Place(Part.POLL, poll.id), {"value": text})
        if poll.follows is not None and poll.follows.poll in texts:
            yield PlanProblem(PlanProblemCode.LINK_WRONG, Place(Part.POLL, poll.id), {"value": poll.follows.poll})


def _texts_above(start: str, texts: dict[str, tuple[str | None, str | None]]) -> set[str]:
    """`start` and every text it amends or is a clause of, however far up."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        text = waiting.pop()
        if text not in found:
            found.add(text)
            waiting += filter(None, texts.get(text, ()))
    return found


def problems_of_poll(poll: PollPlan) -> Iterator[PlanProblem]:
    """Everything that is wrong with one poll by itself."""
    yield from problems_of_question(poll.question)
    if poll.seconds is not None:
        where = Place(Part.POLL, poll.id)
        yield from _out_of_range(PlanProblemCode.SECONDS_OUT_OF_RANGE, where, poll.seconds, 1, LONGEST_SECONDS)
    yield from _adoption_problems(poll.question)


def problems_of_seconds(poll: PollPlan) -> Iterator[PlanProblem]:
    """A voting time that the chair sets during the sitting; a session's plan may preset a shorter one."""
    if poll.seconds is not None:
        code, where = PlanProblemCode.SECONDS_OUT_OF_RANGE, Place(Part.POLL, poll.id)
        yield from _out_of_range(code, where, poll.seconds, SHORTEST_SECONDS, LONGEST_SECONDS)


def problems_of_medium(poll: Question, scrutineers: int) -> Iterator[PlanProblem]:
    """What is counted by hand is entered by one scrutineer and confirmed by another."""
    if poll.medium is not Medium.ELECTRONIC and scrutineers < 2:
        params: dict[str, str | int] = {"found": scrutineers, "least": 2}
        yield PlanProblem(PlanProblemCode.TOO_FEW_SCRUTINEERS, Place(Part.POLL, poll.id), params)


def problems_of_voters(poll: Question, delegates: int) -> Iterator[PlanProblem]:
    """A secret poll that asks for more voters than there are delegates could never be opened."""
    if delegates < poll.least_secret:
        params: dict[str, str | int] = {"found": delegates, "least": poll.least_secret}
        yield PlanProblem(PlanProblemCode.TOO_FEW_VOTERS, Place(Part.POLL, poll.id), params)


def _adoption_problems(poll: Question) -> Iterator[PlanProblem]:
    """What the adopted rules forbid."""
    where, rules = Place(Part.POLL, poll.id), poll.ruleset
    yield from _problems_of_rules(where, rules)
    if poll.secrecy not in secrecies_left(poll.kind, rules):
        asked = KINDS[poll.kind].secrecy(rules)
        yield PlanProblem(PlanProblemCode.SECRECY_FORBIDDEN, where, {"value": poll.secrecy, "asked": asked})
    if poll.medium not in media_left(poll.kind, rules):
        yield PlanProblem(PlanProblemCode.MEDIUM_FORBIDDEN, where, {"value": poll.medium})
    yield from _write_in_problems(where, poll)
    yield from _candidate_problems(where, poll)


def _candidate_problems(where: Place, poll: Question) -> Iterator[PlanProblem]:
    """An election for a post has as many candidates as the rules say."""
    if (poll.post or poll.by_election) and not KINDS[poll.kind].has_post:
        yield PlanProblem(PlanProblemCode.POST_FORBIDDEN, where, {"value": poll.kind})
    elif allowed := poll.candidates_allowed:
        fewest, most = allowed
        yield from _out_of_range(PlanProblemCode.CANDIDATES_OUT_OF_RANGE, where, len(poll.options), fewest, most)


def _write_in_problems(where: Place, poll: Question) -> Iterator[PlanProblem]:
    """Names are added in elections only; a roster of the eligible names everybody once, and no candidate."""
    if poll.write_ins and not KINDS[poll.kind].adds_names:
        yield PlanProblem(PlanProblemCode.WRITE_INS_FORBIDDEN, where, {"value": poll.kind})
    if poll.eligible and not poll.write_ins:
        yield PlanProblem(PlanProblemCode.ELIGIBLE_UNUSED, where)
    candidates = tuple(option.title for option in poll.options)
    for name in _repeated((*candidates, *poll.eligible)):
        if name in poll.eligible:
            yield PlanProblem(PlanProblemCode.ELIGIBLE_WRONG, where, {"value": name})
    if any(not name.strip() for name in poll.eligible):
        yield PlanProblem(PlanProblemCode.EMPTY, where, {"field": "eligible"})


def problems_of_question(poll: Question) -> Iterator[PlanProblem]:
    """What makes a question that no count could answer, whatever the rules are."""
    where = Place(Part.POLL, poll.id)
    yield from _empty_fields(where, {"id": poll.id, "title": poll.title})
    for option in poll.options:
        if not option.id.strip() or not option.title.strip():
            yield PlanProblem(PlanProblemCode.EMPTY, where, {"field": "options"})
    for repeated in _repeated(option.id for option in poll.options):
        yield PlanProblem(PlanProblemCode.ID_REPEATED, where, {"value": repeated})
    given = KINDS[poll.kind].options
    least = 0 if KINDS[poll.kind].seats_optional else 1
    most = 1 if given else len(poll.options)
    yield from _out_of_range(PlanProblemCode.SEATS_OUT_OF_RANGE, where, poll.seats, least, most)
    if given and poll.options != given:
        yield PlanProblem(PlanProblemCode.MOTION_OPTIONS_WRONG, where)


def _scrutineer_problems(plan: SittingPlan) -> Iterator[PlanProblem]:
    number = len(plan.scrutineers)
    if plan.group not in GROUPS:
        yield PlanProblem(PlanProblemCode.GROUP_UNKNOWN, Place(Part.GROUP), {"value": plan.group})
    code = PlanProblemCode.THRESHOLD_OUT_OF_RANGE
    yield from _out_of_range(code, Place(Part.THRESHOLD), plan.threshold, min(2, number), number)
    if number > MAX_SCRUTINEERS:
        params: dict[str, str | int] = {"found": number, "most": MAX_SCRUTINEERS}
        yield PlanProblem(PlanProblemCode.TOO_MANY_SCRUTINEERS, Place(Part.SCRUTINEERS), params)
    chiefs = sum(scrutineer.chief for scrutineer in plan.scrutineers)
    if chiefs != 1:
        yield PlanProblem(PlanProblemCode.NOT_ONE_CHIEF, Place(Part.SCRUTINEERS), {"found": chiefs})
    for expected, scrutineer in enumerate(plan.scrutineers, start=1):
        where = Place(Part.SCRUTINEER, str(scrutineer.index))
        if scrutineer.index != expected:
            yield PlanProblem(PlanProblemCode.SCRUTINEER_INDEX_WRONG, where, {"expected": expected})
        yield from _name_problems(where, scrutineer.name)
        if scrutineer.delegate is not None and plan.roster.delegate(scrutineer.delegate) is None:
            yield PlanProblem(PlanProblemCode.SCRUTINEER_NOT_DELEGATE, where, {"value": scrutineer.delegate})
