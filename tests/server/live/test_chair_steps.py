"""What the console offers the chair in every state of a poll, and how many scrutineers the views ask for."""

import pytest

from tests.support.sittings import asking, brought_to, choose, do, motion, plan, ready
from voting.congress.law.question import Medium
from voting.congress.law.ruleset import Secrecy
from voting.server.live.chair_steps import steps_of
from voting.sitting import commands as c
from voting.sitting.machine import PollProgress, decryptions_missing
from voting.sitting.poll import PollState
from voting.sitting.state import scrutineers_needed
from voting.wire.views import ChairStep

S = PollState
AFTER_VOTING = {ChairStep.ANNOUNCE, ChairStep.ANNUL}


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (S.PLANNED, {ChairStep.PREPARE}),
        (S.PREPARED, {ChairStep.OPEN, ChairStep.ANNUL}),
        (S.OPEN, {ChairStep.CLOSE, ChairStep.ANNUL}),
        (S.CLOSED, AFTER_VOTING),
        (S.SEALED, AFTER_VOTING),
        (S.COUNTED, {ChairStep.ANNOUNCE, ChairStep.ASK_ANNULMENT}),
        (S.CONFIRMED, {ChairStep.ANNOUNCE, ChairStep.ASK_ANNULMENT}),
        (S.ANNOUNCED, set()),
        (S.ANNULLED, set()),
    ],
)
def test_the_chair_is_offered_what_comes_next_and_annulling_while_the_poll_runs(
    state: PollState, steps: set[ChairStep]
) -> None:
    sitting = ready(plan(4))
    sitting = sitting if state is S.PLANNED else brought_to(sitting, state)
    assert steps_of(sitting, sitting.polls["projects"]).keys() == steps


def test_a_poll_counted_by_hand_is_opened_by_its_own_step() -> None:
    sitting = ready(plan(4))
    progress = PollProgress(plan=asking(motion(), medium=Medium.BY_HAND), state=S.PREPARED)
    assert steps_of(sitting, progress).keys() == {ChairStep.OPEN_BY_HAND, ChairStep.ANNUL}


def test_a_step_is_told_with_what_is_against_it() -> None:
    sitting = brought_to(ready(plan(4)), S.CLOSED)
    steps = steps_of(sitting, sitting.polls["projects"])
    refusal = steps[ChairStep.ANNOUNCE]
    assert refusal is not None
    assert refusal.code == "poll_not_confirmed"
    assert steps[ChairStep.ANNUL] is None


@pytest.mark.parametrize(("scrutineer", "step"), [(None, ChairStep.ASK_ANNULMENT), (1, ChairStep.CONFIRM_ANNULMENT)])
def test_what_the_chief_scrutineer_asks_for_the_chair_may_confirm(scrutineer: int | None, step: ChairStep) -> None:
    ask = c.AskAnnulment(poll="projects", reason="示例理由", scrutineer=scrutineer)
    sitting = do(brought_to(ready(plan(4)), S.COUNTED), ask)
    steps = steps_of(sitting, sitting.polls["projects"])
    assert (set(steps), steps[step]) == ({ChairStep.ANNOUNCE, step}, None)


@pytest.mark.parametrize(
    ("medium", "secrecy", "encrypted"),
    [
        (Medium.ELECTRONIC, Secrecy.SECRET, True),
        (Medium.MIXED, Secrecy.SECRET, True),
        (Medium.ELECTRONIC, Secrecy.RECORDED, False),
        (Medium.BY_HAND, Secrecy.SECRET, False),
    ],
)
def test_scrutineers_are_needed_exactly_where_votes_are_encrypted(
    medium: Medium, secrecy: Secrecy, encrypted: bool
) -> None:
    sitting = ready(plan(4))
    progress = PollProgress(plan=asking(choose(), medium=medium, secrecy=secrecy))
    needed = sitting.plan.threshold if encrypted else 0
    assert (scrutineers_needed(sitting, progress), decryptions_missing(sitting, progress)) == (needed, needed)
