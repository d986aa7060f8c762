"""The sitting as a state machine: decide(state, command, now) -> events; evolve(state, event) -> state.

The state lies in state.py, the decisions in decide/, the fold in evolve.py; callers import from here.
"""

from collections.abc import Callable
from typing import ParamSpec

from voting.congress.refusal import Refusal, Refused
from voting.sitting.decide.dispatch import decide
from voting.sitting.events import SittingConvened, SittingPlan
from voting.sitting.evolve import evolve
from voting.sitting.plan_checks import problems_of
from voting.sitting.plan_problems import PlanInvalid, PlanProblem
from voting.sitting.progress import PollProgress, papers_uncounted
from voting.sitting.state import Ceremony, Sitting, decryptions_missing, ready_credentials, ruling_in, shuffles_missing

__all__ = [
    "Ceremony",
    "PlanInvalid",
    "PlanProblem",
    "PollProgress",
    "Sitting",
    "convene",
    "decide",
    "decryptions_missing",
    "evolve",
    "papers_uncounted",
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


P = ParamSpec("P")


def why_not(check: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Refusal | None:
    """Dry run: the reason why this check or decision refuses now, or None. Nothing changes."""
    try:
        check(*args, **kwargs)
    except Refused as refused:
        return refused.refusal
    return None
