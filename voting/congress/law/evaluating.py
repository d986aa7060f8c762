"""The verdict of a satisfaction evaluation (满意度测评), as in the rule 镇海 published in 2022."""

from enum import StrEnum

from voting.congress.law.figures import Tally
from voting.congress.law.reasons import Reason, ReasonCode, because


class Level(StrEnum):
    """What a delegate may answer about a subject, best first; the fourth is offered only where the rules say so."""

    SATISFIED = "satisfied"  # 满意
    BASICALLY_SATISFIED = "basically_satisfied"  # 基本满意
    DISSATISFIED = "dissatisfied"  # 不满意
    DONT_KNOW = "dont_know"  # 不了解


def evaluate(tally: Tally, needed: int, base: int) -> tuple[Level, Reason]:
    """The verdict on one subject: the first level at which the answers so far reach `needed`; never DONT_KNOW."""
    satisfied, basically = tally.levels[0], tally.levels[1]
    if satisfied >= needed:
        verdict = Level.SATISFIED
    elif satisfied + basically >= needed:
        verdict = Level.BASICALLY_SATISFIED
    else:
        verdict = Level.DISSATISFIED
    code = {
        Level.SATISFIED: ReasonCode.EVALUATED_SATISFIED,
        Level.BASICALLY_SATISFIED: ReasonCode.EVALUATED_BASICALLY,
        Level.DISSATISFIED: ReasonCode.EVALUATED_DISSATISFIED,
    }[verdict]
    return verdict, because(
        code, option=tally.id, needed=needed, base=base, satisfied=satisfied, both=satisfied + basically
    )
