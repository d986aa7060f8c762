"""Plans as earlier releases made them of the same session files, so that a sitting begun under one can be taken up."""

from msgspec.structs import replace

from voting.congress.law.ruleset import Ruleset, as_first_written
from voting.sitting.events import SittingPlan
from voting.sitting.poll import PollPlan


def as_of_first_release(plan: SittingPlan) -> SittingPlan:
    """The plan without the settings of rules that came after release 0.1.0."""
    adopted = as_first_written(plan.ruleset) if plan.ruleset else Ruleset()
    return replace(plan, ruleset=adopted, polls=tuple(map(_poll_as_then, plan.polls)))


def _poll_as_then(poll: PollPlan) -> PollPlan:
    return replace(poll, question=replace(poll.question, ruleset=as_first_written(poll.question.ruleset)))
