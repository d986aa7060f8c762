"""Sign-in, leave, departure, the quorum's report, and calling agenda items."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.support.figures import ruleset
from tests.support.sittings import NOW, asking, do, motion, plan, refusal, refused, signed_in, start
from voting.congress.refusal import Refusal
from voting.server.live.views import Scene, view_of
from voting.sitting import commands as c
from voting.sitting.attendance import DelegationAttendance, summary
from voting.sitting.events import DelegateSignedIn, ObserverSignedIn, SittingPlan
from voting.sitting.machine import decide
from voting.sitting.plan_checks import problems_of
from voting.sitting.plan_problems import PlanProblemCode
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.state import Admission
from voting.wire.roles import Audience
from voting.wire.views import AttendanceState, ConsoleView


@pytest.mark.parametrize("command", [c.SignIn, c.RecordLeave, c.RecordDeparture])
@pytest.mark.parametrize("number", ["999", "L01", ""])
def test_who_is_not_a_delegate_is_unknown(command: Callable[..., c.Command], number: str) -> None:
    assert refused(start(), command(delegate=number)) is ChamberRefusal.UNKNOWN_DELEGATE


def with_suspended(*numbers: str, of: int = 3) -> SittingPlan:
    whole = plan(of)
    delegates = tuple(replace(d, suspended=d.number in numbers) for d in whole.roster.delegates)
    return replace(whole, roster=replace(whole.roster, delegates=delegates))


@pytest.mark.parametrize(
    "command",
    [c.SignIn(delegate="002"), c.SignIn(delegate="002", by_desk=True), c.RecordLeave(delegate="002")],
)
def test_who_is_suspended_neither_signs_in_nor_is_on_leave(command: c.Command) -> None:
    state = do(start(with_suspended("002")), c.SignIn(delegate="001"))
    assert refusal(state, command) == Refusal(ChamberRefusal.SUSPENDED, {"delegate": "002"})


def test_who_is_suspended_stays_in_the_base_and_is_not_absent() -> None:
    found = summary(do(start(with_suspended("002", "003", of=6)), c.SignIn(delegate="001")))
    assert (found.due, found.present, found.suspended, found.absent, found.quorum) == (6, 1, 2, 3, 4)
    assert summary(start(plan(6))).suspended == 0


def test_the_console_tells_who_is_suspended() -> None:
    state = do(start(with_suspended("002")), c.SignIn(delegate="001"))
    view = view_of(Audience.CONSOLE, Scene(state))
    assert isinstance(view, ConsoleView)
    states = {number: person.attendance for number, person in view.people.items()}
    assert states == {
        "001": AttendanceState.PRESENT,
        "002": AttendanceState.SUSPENDED,
        "003": AttendanceState.ABSENT,
        "L01": AttendanceState.ABSENT,
    }
    assert view.hall.attendance.suspended == 1


def test_who_is_suspended_is_no_voter_of_a_secret_poll() -> None:
    asked = asking(motion(), ruleset=ruleset(ballots={"least_secret": 5}))
    whole, short = (replace(with_suspended(*numbers, of=5), polls=(asked,)) for numbers in ((), ("001",)))
    found = [[p for p in problems_of(one) if p.code is PlanProblemCode.TOO_FEW_VOTERS] for one in (whole, short)]
    assert [[problem.params for problem in problems] for problems in found] == [[], [{"found": 4, "least": 5}]]


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
