"""A small sitting with a poll of each kind, and what each of its delegates chooses."""

from collections.abc import Mapping

from msgspec.structs import replace

from tests.support.plans.plain import sample_plan
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import MOTION_OPTIONS, Option, Question
from voting.congress.law.ruleset import BallotRules, EvaluationRules, Press, Ruleset, Secrecy, SecrecyRule, SecrecyRules
from voting.sitting.events import SittingPlan
from voting.sitting.poll import PollPlan

Ballot = tuple[str, ...]

RULES = Ruleset(title="示例规则")
LAST_PRESS = Ruleset(ballots=BallotRules(press=Press.LAST))
FOUR_LEVELS = Ruleset(evaluation=EvaluationRules(levels=4))


def options(name: str, number: int) -> tuple[Option, ...]:
    return tuple(Option(id=f"o{i}", title=f"{name}{i}", illustrative=True) for i in range(1, number + 1))


POLLS = (
    PollPlan(Question(id="motion", kind=PollKind.MOTION, title="示例决议", options=MOTION_OPTIONS, ruleset=RULES)),
    PollPlan(
        Question(
            id="choose",
            kind=PollKind.CHOOSE,
            title="示例票决",
            options=options("示例项目", 3),
            seats=2,
            ruleset=RULES,
        )
    ),
    PollPlan(
        Question(
            id="approve",
            kind=PollKind.APPROVE_EACH,
            title="示例逐项表决",
            options=options("示例项目", 3),
            seats=2,
            ruleset=RULES,
        )
    ),
    PollPlan(
        Question(
            id="equal",
            kind=PollKind.ELECTION,
            title="示例等额选举",
            options=options("示例候选人", 2),
            seats=2,
            ruleset=RULES,
        )
    ),
    PollPlan(
        Question(
            id="evaluate",
            kind=PollKind.EVALUATION,
            title="示例满意度测评",
            options=options("示例部门", 2),
            ruleset=FOUR_LEVELS,
        )
    ),
    PollPlan(
        Question(
            id="named",
            kind=PollKind.MOTION,
            title="示例记名表决",
            options=MOTION_OPTIONS,
            secrecy=Secrecy.RECORDED,
            ruleset=RULES,
        )
    ),
    PollPlan(
        Question(
            id="named-each",
            kind=PollKind.APPROVE_EACH,
            title="示例记名逐项表决",
            options=options("示例项目", 2),
            seats=1,
            secrecy=Secrecy.RECORDED,
            ruleset=Ruleset(secrecy=SecrecyRules(choice=SecrecyRule.EITHER)),
        )
    ),
    PollPlan(
        Question(id="again", kind=PollKind.MOTION, title="示例可改票表决", options=MOTION_OPTIONS, ruleset=LAST_PRESS)
    ),
)
CHOICES: Mapping[str, Mapping[str, Ballot]] = {
    "motion": {"001": ("for",), "002": ("for",), "003": ("against",)},
    "choose": {"001": ("o1", "o2"), "002": ("o1", "o2"), "003": ("o3",)},
    "approve": {
        "001": ("o1=for", "o2=for", "o3=for"),
        "002": ("o1=for", "o2=abstain", "o3=against"),
        "003": ("o2=for",),
    },
    "equal": {"001": ("o1=for", "o2=against"), "002": ("o1=for", "o2=for"), "003": ()},
    "evaluate": {
        "001": ("o1=satisfied", "o2=dissatisfied"),
        "002": ("o1=basically_satisfied", "o2=dont_know"),
        "003": ("o1=satisfied",),
    },
    "named": {"001": ("for",), "002": ("abstain",), "003": ("for",)},
    "named-each": {"001": ("o1=for", "o2=against"), "002": ("o1=for",), "003": ("o2=abstain",)},
    "again": {"001": ("for",), "002": ("for",), "003": ("abstain",)},
}


def kinds_plan() -> SittingPlan:
    """Three delegates and every kind of poll that sums and plain ballots can hold."""
    plan = sample_plan()
    items = (plan.agenda[0], replace(plan.agenda[1], polls=tuple(poll.id for poll in POLLS)))
    return replace(plan, polls=POLLS, agenda=items)
