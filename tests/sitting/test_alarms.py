"""A scrutineer's terminal that finds a poll opened with something it cannot be is heard by all; the poll goes on."""

import pytest

from tests.support.sittings import asking, choose, do, opening, plan, preparing, ready, refused
from voting.congress.law.question import Medium
from voting.sitting import commands as c
from voting.sitting.alarms import Alarm
from voting.sitting.machine import Sitting, decide
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal


def raising(scrutineer: int, alarm: Alarm = Alarm.KEY) -> c.RaiseAlarm:
    return c.RaiseAlarm(poll="projects", scrutineer=scrutineer, alarm=alarm)


def credential(delegate: str) -> c.RegisterCredential:
    return c.RegisterCredential(poll="projects", delegate=delegate, credential=f"credential of {delegate}")


@pytest.fixture
def opened() -> Sitting:
    return do(ready(), preparing("projects"), credential("001"), opening("projects"))


def test_alarms_are_kept_by_scrutineer_and_do_not_move_the_poll(opened: Sitting) -> None:
    poll = do(opened, raising(3, Alarm.SERVER_KEY), raising(1)).polls["projects"]
    assert list(poll.alarms.items()) == [(3, Alarm.SERVER_KEY), (1, Alarm.KEY)]
    assert poll.state is PollState.OPEN


def test_a_scrutineer_is_heard_once(opened: Sitting) -> None:
    state = do(opened, raising(3))
    assert decide(state, raising(3), 1) == ()
    assert decide(state, raising(3, Alarm.SETUP), 1) == ()


def test_there_is_nothing_to_find_before_a_poll_is_opened_and_nobody_else_finds_it(opened: Sitting) -> None:
    assert refused(do(ready(), preparing("projects")), raising(1)) is ChamberRefusal.POLL_NOT_OPEN
    assert refused(opened, raising(4)) is ChamberRefusal.UNKNOWN_SCRUTINEER


def test_an_ended_poll_is_past_alarms(opened: Sitting) -> None:
    ended = do(opened, c.AnnulPoll(poll="projects", reason="reason"))
    assert refused(ended, raising(1)) is ChamberRefusal.POLL_ALREADY_ENDED


def test_a_poll_counted_by_hand_has_no_setup_to_find_wrong() -> None:
    state = ready(plan(polls=(asking(choose(), medium=Medium.BY_HAND),)))
    state = do(state, preparing("projects"), c.OpenByHand(poll="projects"))
    assert refused(state, raising(1)) is ChamberRefusal.POLL_NOT_OPEN
