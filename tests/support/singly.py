"""Polls whose ballots are read one by one, and everything a seat can write on them."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Option, Question
from voting.congress.law.ruleset import BallotRule, BallotRules, Ruleset, WriteInAfter

ELIGIBLE = tuple(f"示例人选{i}" for i in range(1, 6))
UNDER = Ruleset(ballots=BallotRules(under=BallotRule.VOID))
OVER_VALID = Ruleset(ballots=BallotRules(over=BallotRule.VALID, over_approval=BallotRule.VALID))
OVER_VOID = Ruleset(ballots=BallotRules(over_approval=BallotRule.VOID))
AFTER_AGAINST = Ruleset(ballots=BallotRules(write_in_after=WriteInAfter.AGAINST))


def poll(kind: PollKind, number: int, seats: int, rules: Ruleset | None = None, **more: Any) -> Question:
    options = tuple(Option(id=f"p{i}", title=f"示例选项{i}", illustrative=True) for i in range(1, number + 1))
    return Question(id="x", kind=kind, title="示例", options=options, seats=seats, ruleset=rules or Ruleset(), **more)


@st.composite
def elections(draw: st.DrawFn) -> Question:
    number = draw(st.integers(1, 9))
    kind = draw(st.sampled_from([PollKind.ELECTION, PollKind.APPROVE_EACH]))
    seats = draw(st.integers(1, min(number, 2)))
    ways: list[dict[str, Any]] = [{}, {"write_ins": True}, {"write_ins": True, "eligible": ELIGIBLE}]
    added = draw(st.sampled_from(ways))
    rules = draw(st.sampled_from([None, UNDER, OVER_VALID, OVER_VOID, AFTER_AGAINST]))
    plan = poll(kind, number, seats, rules, **(added if kind is PollKind.ELECTION else {}))
    return plan if plan.read_singly else poll(PollKind.ELECTION, number, seats, rules, write_ins=True)


def choices_in(plan: Question) -> st.SearchStrategy[tuple[str, ...]]:
    """Everything a seat can write, in the order of the ballot."""
    marks = [st.sampled_from(["", "for", "against", "abstain"]).map(_marked(option.id)) for option in plan.options]
    names = st.sampled_from(ELIGIBLE if plan.eligible else ("示例甲", "示例乙"))
    added = st.lists(names.map("+{}".format), max_size=plan.max_write_ins, unique=True)
    return st.tuples(st.tuples(*marks), added).map(lambda made: (*filter(None, made[0]), *made[1]))


def _marked(option: str) -> Callable[[str], str]:
    return lambda mark: f"{option}={mark}" if mark else ""
