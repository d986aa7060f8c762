"""What makes a plan fit for a sitting: every problem is found at once and named by place."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

from voting.congress.law.candidates import candidates_allowed
from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Medium, Question
from voting.congress.law.ruleset import MixedCount, SecrecyRule
from voting.congress.law.ruleset_checks import problems_of_ruleset
from voting.congress.limits import LONGEST_SECONDS, MAX_NAME
from voting.sitting.events import SittingPlan
from voting.sitting.poll import PollPlan

GROUPS = ("Ed25519", "BELENIOS-2048")


class PlanProblemCode(StrEnum):
    """Wire names of the problems a plan may have."""

    EMPTY = "empty"
    NAME_TOO_LONG = "name_too_long"
    NUMBER_REPEATED = "number_repeated"
    SEAT_REPEATED = "seat_repeated"
    ID_REPEATED = "id_repeated"
    POLL_UNKNOWN = "poll_unknown"
    POLL_NOT_IN_AGENDA = "poll_not_in_agenda"
    POLL_IN_TWO_ITEMS = "poll_in_two_items"
    SEATS_OUT_OF_RANGE = "seats_out_of_range"
    SECONDS_OUT_OF_RANGE = "seconds_out_of_range"
    MOTION_OPTIONS_WRONG = "motion_options_wrong"
    RULES_CONTRADICT = "rules_contradict"
    SECRECY_FORBIDDEN = "secrecy_forbidden"
    MEDIUM_FORBIDDEN = "medium_forbidden"
    LINK_WRONG = "link_wrong"
    WRITE_INS_FORBIDDEN = "write_ins_forbidden"
    ELIGIBLE_WRONG = "eligible_wrong"
    CANDIDATES_OUT_OF_RANGE = "candidates_out_of_range"
    THRESHOLD_OUT_OF_RANGE = "threshold_out_of_range"
    NOT_ONE_CHIEF = "not_one_chief"
    SCRUTINEER_INDEX_WRONG = "scrutineer_index_wrong"
    SCRUTINEER_NOT_DELEGATE = "scrutineer_not_delegate"
    GROUP_UNKNOWN = "group_unknown"


class PlanProblem(msgspec.Struct, frozen=True):
    """One problem: what kind, where in the plan (e.g. `delegate 017`), and the offending value or the limit."""

    code: PlanProblemCode
    where: str
    detail: str


class PlanInvalid(Exception):  # noqa: N818 - a finding, named after what it says
    """The plan cannot be convened; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: tuple[PlanProblem, ...]) -> None:
        super().__init__("; ".join(f"{p.where}: {p.code} ({p.detail})" for p in problems))
        self.problems = problems


def problems_of(plan: SittingPlan) -> tuple[PlanProblem, ...]:
    """All problems of the plan in reading order; empty when it may be convened."""
    checks = (_rules_problems, _roster_problems, _agenda_problems, _polls_problems, _scrutineer_problems)
    return tuple(problem for check in checks for problem in check(plan))


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def _name_problems(where: str, name: str) -> Iterator[PlanProblem]:
    if not name.strip():
        yield PlanProblem(PlanProblemCode.EMPTY, where, "name")
    elif len(name) > MAX_NAME:
        yield PlanProblem(PlanProblemCode.NAME_TOO_LONG, where, f"{len(name)} > {MAX_NAME}")


def _rules_problems(plan: SittingPlan) -> Iterator[PlanProblem]:
    for problem in problems_of_ruleset(plan.adopted):
        yield PlanProblem(PlanProblemCode.RULES_CONTRADICT, "rules", problem.key)


def _roster_problems(plan: SittingPlan) -> Iterator[PlanProblem]:
    roster = plan.roster
    if not roster.delegates:
        yield PlanProblem(PlanProblemCode.EMPTY, "roster", "delegates")
    named = [("delegate", p.number, p.name, p.seat) for p in roster.delegates]
    named += [("observer", p.number, p.name, p.seat) for p in roster.observers]
    for kind, number, name, _ in named:
        if not number.strip():
            yield PlanProblem(PlanProblemCode.EMPTY, kind, f"number of {name}")
        yield from _name_problems(f"{kind} {number}", name)
    for number in _repeated(number for _, number, _, _ in named):
        yield PlanProblem(PlanProblemCode.NUMBER_REPEATED, "roster", number)
    for seat in _repeated(seat for *_, seat in named if seat is not None):
        yield PlanProblem(PlanProblemCode.SEAT_REPEATED, "roster", seat)


def _agenda_problems(plan: SittingPlan) -> Iterator[PlanProblem]:
    known = {poll.id for poll in plan.polls}
    used = Counter(poll for item in plan.agenda for poll in item.polls)
    for repeated in _repeated(item.id for item in plan.agenda):
        yield PlanProblem(PlanProblemCode.ID_REPEATED, "agenda", repeated)
    for item in plan.agenda:
        where = f"item {item.id}"
        if not item.id.strip() or not item.title.strip():
            yield PlanProblem(PlanProblemCode.EMPTY, where, "id or title")
        for used_poll in item.polls:
            if used_poll not in known:
                yield PlanProblem(PlanProblemCode.POLL_UNKNOWN, where, used_poll)
    for poll in plan.polls:
        if used[poll.id] == 0:
            yield PlanProblem(PlanProblemCode.POLL_NOT_IN_AGENDA, f"poll {poll.id}", poll.id)
        elif used[poll.id] > 1:
            yield PlanProblem(PlanProblemCode.POLL_IN_TWO_ITEMS, f"poll {poll.id}", str(used[poll.id]))


def _polls_problems(plan: SittingPlan) -> Iterator[PlanProblem]:
    for repeated in _repeated(poll.id for poll in plan.polls):
        yield PlanProblem(PlanProblemCode.ID_REPEATED, "polls", repeated)
    for poll in plan.polls:
        yield from problems_of_poll(poll)
        yield from problems_of_medium(poll.question, len(plan.scrutineers))
    yield from _link_problems(tuple(poll.question for poll in plan.polls))


def _link_problems(polls: tuple[Question, ...]) -> Iterator[PlanProblem]:
    """Amendments and clauses belong to another motion of this plan; what follows a poll is planned after that."""
    texts = {poll.id: (poll.amends, poll.clause_of) for poll in polls}
    amendable = {poll.id for poll in polls if KINDS[poll.kind].amendable}
    for poll in polls:
        for text in filter(None, texts[poll.id]):
            if text not in amendable or poll.id in _texts_above(text, texts):
                yield PlanProblem(PlanProblemCode.LINK_WRONG, f"poll {poll.id}", text)
        if poll.follows is not None and poll.follows.poll in texts:
            yield PlanProblem(PlanProblemCode.LINK_WRONG, f"poll {poll.id}", poll.follows.poll)


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
    if poll.seconds is not None and not 1 <= poll.seconds <= LONGEST_SECONDS:
        detail = f"{poll.seconds}, not 1..{LONGEST_SECONDS}"
        yield PlanProblem(PlanProblemCode.SECONDS_OUT_OF_RANGE, f"poll {poll.id}", detail)
    yield from _adoption_problems(poll.question)


def problems_of_medium(poll: Question, scrutineers: int) -> Iterator[PlanProblem]:
    """What is counted by hand is entered by one scrutineer and confirmed by another."""
    if poll.medium is not Medium.ELECTRONIC and scrutineers < 2:
        detail = f"{poll.medium}: {scrutineers} < 2 scrutineers"
        yield PlanProblem(PlanProblemCode.MEDIUM_FORBIDDEN, f"poll {poll.id}", detail)


def _adoption_problems(poll: Question) -> Iterator[PlanProblem]:
    """What the adopted rules forbid."""
    where, rules = f"poll {poll.id}", poll.ruleset
    for problem in problems_of_ruleset(rules):
        yield PlanProblem(PlanProblemCode.RULES_CONTRADICT, where, problem.key)
    asked = KINDS[poll.kind].secrecy(rules)
    if asked is not SecrecyRule.EITHER and asked.value != poll.secrecy.value:
        yield PlanProblem(PlanProblemCode.SECRECY_FORBIDDEN, where, f"{poll.secrecy}, not {asked}")
    on_paper, by_hands = poll.kind in rules.fallback.paper, poll.kind in rules.fallback.show_of_hands
    if poll.medium is Medium.MIXED and (rules.fallback.mixed is MixedCount.NEVER or not on_paper):
        yield PlanProblem(PlanProblemCode.MEDIUM_FORBIDDEN, where, poll.medium.value)
    if poll.medium is Medium.BY_HAND and not on_paper and not by_hands:
        yield PlanProblem(PlanProblemCode.MEDIUM_FORBIDDEN, where, poll.medium.value)
    yield from _write_in_problems(where, poll)
    yield from _candidate_problems(where, poll)


def _candidate_problems(where: str, poll: Question) -> Iterator[PlanProblem]:
    """An election for a post has as many candidates as the rules say; one that follows another is free in this."""
    if poll.post is None:
        return
    if not KINDS[poll.kind].has_post:
        yield PlanProblem(PlanProblemCode.CANDIDATES_OUT_OF_RANGE, where, f"{poll.kind} has no post")
    elif poll.follows is None:
        fewest, most = candidates_allowed(poll.post, poll.seats, poll.ruleset.candidates)
        if not fewest <= len(poll.options) <= most:
            detail = f"{len(poll.options)}, not {fewest}..{most}"
            yield PlanProblem(PlanProblemCode.CANDIDATES_OUT_OF_RANGE, where, detail)


def _write_in_problems(where: str, poll: Question) -> Iterator[PlanProblem]:
    """Names are added in elections only; a roster of the eligible names everybody once, and no candidate."""
    if poll.write_ins and not KINDS[poll.kind].adds_names:
        yield PlanProblem(PlanProblemCode.WRITE_INS_FORBIDDEN, where, poll.kind.value)
    if poll.eligible and not poll.write_ins:
        yield PlanProblem(PlanProblemCode.ELIGIBLE_WRONG, where, "eligible without write_ins")
    candidates = tuple(option.title for option in poll.options)
    for name in _repeated((*candidates, *poll.eligible)):
        if name in poll.eligible:
            yield PlanProblem(PlanProblemCode.ELIGIBLE_WRONG, where, name)
    if any(not name.strip() for name in poll.eligible):
        yield PlanProblem(PlanProblemCode.EMPTY, where, "eligible")


def problems_of_question(poll: Question) -> Iterator[PlanProblem]:
    """What makes a question that no count could answer, whatever the rules are."""
    where = f"poll {poll.id}"
    if not poll.id.strip() or not poll.title.strip():
        yield PlanProblem(PlanProblemCode.EMPTY, where, "id or title")
    for option in poll.options:
        if not option.id.strip() or not option.title.strip():
            yield PlanProblem(PlanProblemCode.EMPTY, where, f"option {option.id}")
    for repeated in _repeated(option.id for option in poll.options):
        yield PlanProblem(PlanProblemCode.ID_REPEATED, where, repeated)
    given = KINDS[poll.kind].options
    most = 1 if given else len(poll.options)
    if not 1 <= poll.seats <= most:
        yield PlanProblem(PlanProblemCode.SEATS_OUT_OF_RANGE, where, f"{poll.seats}, not 1..{most}")
    if given and poll.options != given:
        expected = " ".join(option.id for option in given)
        yield PlanProblem(PlanProblemCode.MOTION_OPTIONS_WRONG, where, expected)


def _scrutineer_problems(plan: SittingPlan) -> Iterator[PlanProblem]:
    number = len(plan.scrutineers)
    if plan.group not in GROUPS:
        yield PlanProblem(PlanProblemCode.GROUP_UNKNOWN, "group", plan.group)
    if not 1 <= plan.threshold <= number:
        yield PlanProblem(PlanProblemCode.THRESHOLD_OUT_OF_RANGE, "threshold", f"{plan.threshold}, not 1..{number}")
    chiefs = sum(scrutineer.chief for scrutineer in plan.scrutineers)
    if chiefs != 1:
        yield PlanProblem(PlanProblemCode.NOT_ONE_CHIEF, "scrutineers", str(chiefs))
    for expected, scrutineer in enumerate(plan.scrutineers, start=1):
        where = f"scrutineer {scrutineer.index}"
        if scrutineer.index != expected:
            yield PlanProblem(PlanProblemCode.SCRUTINEER_INDEX_WRONG, where, f"expected {expected}")
        yield from _name_problems(where, scrutineer.name)
        if scrutineer.delegate is not None and plan.roster.delegate(scrutineer.delegate) is None:
            yield PlanProblem(PlanProblemCode.SCRUTINEER_NOT_DELEGATE, where, scrutineer.delegate)
