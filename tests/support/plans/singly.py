"""A small sitting whose ballots are read one by one, and what each of its delegates writes on them."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from tests.support.plans.kinds import LAST_PRESS, Ballot, options
from tests.support.plans.plain import sample_plan
from tests.support.sittings import asking
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Question
from voting.congress.law.ruleset import BallotRule, BallotRules, Ruleset, Secrecy, SecrecyRule, SecrecyRules
from voting.sitting.events import SittingPlan
from voting.sitting.poll import PollPlan

EITHER = Ruleset(secrecy=SecrecyRules(choice=SecrecyRule.EITHER), ballots=BallotRules(over_approval=BallotRule.VOID))
ELIGIBLE = tuple(f"示例人选{i}" for i in range(1, 301))


def election(id: str, number: int, seats: int, **more: Any) -> PollPlan:
    return PollPlan(
        Question(
            id=id,
            kind=PollKind.ELECTION,
            title="示例选举",
            options=options("示例候选人", number),
            seats=seats,
            **more,
        )
    )


def ranking(id: str, **more: Any) -> PollPlan:
    return PollPlan(
        Question(id=id, kind=PollKind.RANK, title="示例排序", options=options("示例项目", 3), seats=1, **more)
    )


PAPER_POLLS = (
    ranking("rank"),
    election("competitive", 3, 1),
    election("roster", 2, 1, write_ins=True, eligible=ELIGIBLE),
    election("text", 3, 2, write_ins=True),
    election("again", 2, 1, ruleset=LAST_PRESS),
    ranking("named-rank", secrecy=Secrecy.RECORDED, ruleset=EITHER),
    asking(
        election("named-each", 3, 2, secrecy=Secrecy.RECORDED, ruleset=EITHER),
        kind=PollKind.APPROVE_EACH,
        title="示例逐项表决",
    ),
)
PAPERS: Mapping[str, Mapping[str, Ballot]] = {
    "rank": {"001": ("o1=2", "o2=1", "o3=3"), "002": ("o1=3", "o2=1", "o3=2"), "003": ("o1=1", "o2=2")},
    "competitive": {"001": ("o1=for", "o2=against"), "002": ("o1=for", "o3=abstain"), "003": ("o2=for", "o3=for")},
    "roster": {
        "001": ("o1=against", "+示例人选300"),
        "002": ("+示例人选300",),
        "003": ("o1=for", "+示例人选1"),
    },
    "text": {
        "001": ("o1=for", "+示例甲"),
        "002": ("o1=for", "o2=against", "+示例甲"),
        "003": ("o2=for", "o3=for", "+示例乙"),
    },
    "again": {"001": ("o2=for",), "002": ("o2=for",), "003": ()},
    "named-rank": {"001": ("o1=1", "o2=2", "o3=3"), "002": ("o1=1", "o2=3", "o3=2"), "003": ("o1=1", "o2=1", "o3=3")},
    "named-each": {"001": ("o1=for", "o2=for"), "002": ("o1=for", "o2=for", "o3=for"), "003": ("o2=for", "o3=abstain")},
}
FOUND: Mapping[str, tuple[Mapping[str, int], int, tuple[str, ...]]] = {
    "rank": ({"o1": 5, "o2": 2, "o3": 5}, 1, ("o2",)),
    "competitive": ({"o1": 2, "o2": 0, "o3": 0}, 1, ("o1",)),
    "roster": ({"o1": 0, "o2": 0, "示例人选300": 2}, 1, ("示例人选300",)),
    "text": ({"o1": 2, "o2": 0, "o3": 0, "示例甲": 2}, 1, ("o1", "示例甲")),
    "again": ({"o1": 0, "o2": 2}, 0, ("o2",)),
    "named-rank": ({"o1": 2, "o2": 5, "o3": 5}, 1, ("o1",)),
    "named-each": ({"o1": 1, "o2": 2, "o3": 0}, 1, ("o2",)),
}
"""Votes, void papers and elected, as tellers would find them."""


def papers_plan(delegates: int = 3) -> SittingPlan:
    """Three delegates and every kind of poll whose ballots are read one by one."""
    plan = sample_plan(delegates)
    items = (plan.agenda[0], replace(plan.agenda[1], polls=tuple(poll.id for poll in PAPER_POLLS)))
    return replace(plan, polls=PAPER_POLLS, agenda=items)
