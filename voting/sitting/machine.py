"""The sitting as a state machine: decide(state, command, now) -> events or a Refusal; evolve(state, event) -> state.

The state lies in state.py, the decisions in the modules that decisions.py lists, the fold in evolution.py; callers
import from here.
"""

from voting.congress.refusal import Refusal
from voting.sitting.commands import Command
from voting.sitting.decide.dispatch import decide
from voting.sitting.events import SittingConvened, SittingPlan
from voting.sitting.evolve import evolve
from voting.sitting.plan_checks import PlanInvalid, PlanProblem, problems_of
from voting.sitting.state import Ceremony, PollProgress, Sitting, ready_credentials, ruling_in, shuffles_missing

__all__ = [
    "Ceremony",
    "PlanInvalid",
    "PlanProblem",
    "PollProgress",
    "Sitting",
    "convene",
    "decide",
    "evolve",
    "ready_credentials",
    "ruling_in",
    "shuffles_missing",
    "why_not",
]


def convene(plan: SittingPlan, now: int) -> SittingConvened:
    """The first event of a sitting's journal; raises PlanInvalid with every problem of the plan. now: Unix ms."""
    problems = problems_of(plan)
    if problems:
        raise PlanInvalid(problems)
    return SittingConvened(at=now, plan=plan)


def why_not(state: Sitting, command: Command) -> Refusal | None:
    """Dry run: the reason why this command would be refused now, or None. Nothing changes."""
    outcome = decide(state, command, state.convened_at)
    return outcome if isinstance(outcome, Refusal) else None
