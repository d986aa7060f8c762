"""Sign-in, leave, departure, the quorum's report, and calling agenda items."""

from collections.abc import Callable

import pytest

from tests.support.sittings import NOW, do, plan, refused, signed_in, start
from voting.sitting import commands as c
from voting.sitting.attendance import DelegationAttendance, summary
from voting.sitting.events import DelegateSignedIn, ObserverSignedIn
from voting.sitting.machine import decide
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.state import Admission


@pytest.mark.parametrize("command", [c.SignIn, c.RecordLeave, c.RecordDeparture])
@pytest.mark.parametrize("number", ["999", "L01", ""])
def test_who_is_not_a_delegate_is_unknown(command: Callable[..., c.Command], number: str) -> None:
    assert refused(start(), command(delegate=number)) is ChamberRefusal.UNKNOWN_DELEGATE


def test_signing_in_twice_is_refused() -> None:
    assert refused(signed_in(start()), c.SignIn(delegate="001")) is ChamberRefusal.ALREADY_SIGNED_IN


def test_who_signs_in_did_so_alone_unless_the_desk_is_named() -> None:
    (delegate,) = decide(start(), c.SignIn(delegate="001"), NOW)
    (observer,) = decide(start(), c.SignInObserver(observer="L01"), NOW)
    assert (delegate, observer) == (
        DelegateSignedIn(at=NOW, delegate="001", by_desk=False),
        ObserverSignedIn(at=NOW, observer="L01", by_desk=False),
    )


def test_the_desk_signs_in_by_hand() -> None:
    assert decide(start(), c.SignIn(delegate="001", by_desk=True), NOW) == (
        DelegateSignedIn(at=NOW, delegate="001", by_desk=True),
    )


def test_who_departed_is_signed_in_again_by_the_desk_alone() -> None:
    state = do(signed_in(start()), c.RecordDeparture(delegate="001"))
    assert (list(state.present), list(state.departed)) == (["002", "003"], ["001"])
    assert refused(state, c.SignIn(delegate="001")) is ChamberRefusal.DEPARTED
    state = do(state, c.SignIn(delegate="001", by_desk=True))
    assert ("001" in state.present, state.departed) == (True, {})


def test_whoever_departs_is_logged_out_and_so_is_nobody_else() -> None:
    state = signed_in(start())
    assert state.admissions == {}
    state = do(state, c.RecordDeparture(delegate="001"), c.LogOutEverywhere(role="delegate", subject="001"))
    assert state.admissions == {"delegate": {"001": Admission(generation=2)}}


def test_a_code_stays_replaced_when_its_owner_is_logged_out_later() -> None:
    state = do(start(), c.ReplaceCode(role="screen", subject="", code_mac="ab"), c.ReplaceCode("delegate", "001", "cd"))
    state = do(state, c.LogOutEverywhere(role="screen", subject=""))
    assert state.admissions == {"screen": {"": Admission(2, "ab")}, "delegate": {"001": Admission(1, "cd")}}


def test_who_is_on_leave_and_comes_is_present() -> None:
    state = do(start(), c.RecordLeave(delegate="001"))
    assert refused(state, c.RecordLeave(delegate="001")) is ChamberRefusal.ON_LEAVE_ALREADY
    state = do(state, c.SignIn(delegate="001"))
    assert ("001" in state.present, state.on_leave) == (True, {})


def test_leave_is_not_recorded_for_who_came() -> None:
    state = signed_in(start())
    assert refused(state, c.RecordLeave(delegate="001")) is ChamberRefusal.ALREADY_SIGNED_IN
    state = do(state, c.RecordDeparture(delegate="001"))
    assert refused(state, c.RecordLeave(delegate="001")) is ChamberRefusal.ALREADY_SIGNED_IN


def test_only_who_is_present_departs() -> None:
    state = start()
    assert refused(state, c.RecordDeparture(delegate="001")) is ChamberRefusal.NOT_SIGNED_IN
    state = do(signed_in(state), c.RecordDeparture(delegate="001"))
    assert refused(state, c.RecordDeparture(delegate="001")) is ChamberRefusal.NOT_SIGNED_IN


def test_observers_sign_in_on_their_own_list_and_never_count() -> None:
    state = do(start(), c.SignInObserver(observer="L01"))
    assert refused(state, c.SignInObserver(observer="L01")) is ChamberRefusal.ALREADY_SIGNED_IN
    assert refused(state, c.SignInObserver(observer="001")) is ChamberRefusal.UNKNOWN_OBSERVER
    report = summary(state)
    assert (report.present, report.observers_present, report.observers_due) == (0, 1, 1)


def test_the_report_adds_up_per_delegation() -> None:
    state = signed_in(start(plan(6)), 4)
    state = do(state, c.RecordDeparture(delegate="001"), c.RecordLeave(delegate="005"))
    report = summary(state)
    assert (report.due, report.present, report.on_leave, report.departed, report.absent) == (6, 3, 1, 1, 1)
    assert report.delegations == (
        DelegationAttendance(name="示例代表团2", due=3, present=1),
        DelegationAttendance(name="示例代表团1", due=3, present=2),
    )


@pytest.mark.parametrize(("present", "reached"), [(167, False), (168, True)])
def test_of_251_delegates_168_are_the_quorum(present: int, reached: bool) -> None:
    report = summary(signed_in(start(plan(251)), present))
    assert (report.quorum, report.quorum_reached) == (168, reached)


def test_items_are_called_in_any_order_but_not_twice_running() -> None:
    state = do(start(), c.CallItem(item="votes"))
    assert refused(state, c.CallItem(item="votes")) is ChamberRefusal.ITEM_ALREADY_CURRENT
    assert refused(state, c.CallItem(item="nowhere")) is ChamberRefusal.UNKNOWN_ITEM
    assert do(state, c.CallItem(item="opening")).current_item == "opening"
