"""What the console offers the chair of one poll: the steps ahead, and why one is impossible now."""

from collections.abc import Callable

from voting.congress.law.question import Medium
from voting.congress.refusal import Refusal
from voting.sitting.decide import annulling
from voting.sitting.decide.hands import may_open_by_hand
from voting.sitting.decide.polls import may_announce, may_close, may_open, may_prepare
from voting.sitting.machine import PollProgress, Sitting, why_not
from voting.sitting.poll import COUNT_KNOWN, PollStep, chair_steps_ahead
from voting.wire.views import ChairStep

_MAY: dict[ChairStep, Callable[[Sitting, str], object]] = {
    ChairStep.PREPARE: may_prepare,
    ChairStep.OPEN: may_open,
    ChairStep.OPEN_BY_HAND: may_open_by_hand,
    ChairStep.CLOSE: may_close,
    ChairStep.ANNOUNCE: may_announce,
    ChairStep.ANNUL: annulling.may_annul,
    ChairStep.ASK_ANNULMENT: annulling.may_ask,
    ChairStep.CONFIRM_ANNULMENT: lambda sitting, poll: annulling.may_confirm(sitting, poll, None),
}


def steps_of(sitting: Sitting, progress: PollProgress) -> dict[ChairStep, Refusal | None]:
    """Each step that the chair takes next with this poll: None when possible now, else why not."""
    ahead = {_named(step, progress) for step in chair_steps_ahead(progress.state)}
    return {step: why_not(may, sitting, progress.question.id) for step, may in _MAY.items() if step in ahead}


def _named(step: PollStep, progress: PollProgress) -> ChairStep:
    if step is PollStep.OPEN and progress.question.medium is Medium.BY_HAND:
        return ChairStep.OPEN_BY_HAND
    if step is PollStep.ANNUL and progress.state in COUNT_KNOWN:
        by_chief = progress.annulment is not None and progress.annulment.asked_by is not None
        return ChairStep.CONFIRM_ANNULMENT if by_chief else ChairStep.ASK_ANNULMENT
    return ChairStep(step)
