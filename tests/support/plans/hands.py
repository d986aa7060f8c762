"""A small sitting with polls counted by hand or with papers beside the terminals, and what was counted."""

from typing import Any

from msgspec.structs import replace

from tests.support.plans.plain import sample_plan
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import MOTION_OPTIONS, Medium, Option, Question
from voting.congress.law.ruleset import Ruleset, Secrecy
from voting.sitting.events import SittingPlan
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.sitting.poll import PollPlan

HANDS, PAPER = HandMethod.SHOW_OF_HANDS, HandMethod.PAPER
CANDIDATES = tuple(Option(id=f"c{i}", title=f"示例候选人{i}", illustrative=True) for i in (1, 2))


def motion(id: str, **other: Any) -> PollPlan:
    return PollPlan(Question(id=id, kind=PollKind.MOTION, title=f"示例决议 {id}", options=MOTION_OPTIONS, **other))


HAND_POLLS = (
    motion("hands", medium=Medium.BY_HAND),
    motion("mixed", medium=Medium.MIXED),
    motion("mixed-named", medium=Medium.MIXED, secrecy=Secrecy.RECORDED),
    PollPlan(
        Question(
            id="election",
            kind=PollKind.ELECTION,
            title="示例等额选举",
            options=CANDIDATES,
            seats=2,
            medium=Medium.MIXED,
            ruleset=Ruleset(title="示例规则"),
        )
    ),
)
PASSED = HandFigures(issued=2, returned=2, valid=2, void=0, votes={"for": 2, "against": 0, "abstain": 0})
NOBODY = {"for": 0, "against": 0, "abstain": 0}


def one_paper(mark: str) -> HandFigures:
    """One paper, returned with this mark on a motion."""
    return HandFigures(issued=1, returned=1, valid=1, void=0, votes=NOBODY | {mark: 1})


def hands_plan(delegates: int = 3) -> SittingPlan:
    """The sample sitting with the polls above at the end of its second item."""
    plan = sample_plan(delegates)
    item = plan.agenda[1]
    longer = replace(item, polls=(*item.polls, *(poll.id for poll in HAND_POLLS)))
    return replace(plan, polls=(*plan.polls, *HAND_POLLS), agenda=(plan.agenda[0], longer))
