"""Decisions on sign-in, leave, departures and the current agenda item."""

from voting.congress.refusal import refuse
from voting.sitting.commands import CallItem, RecordDeparture, RecordLeave, SignIn, SignInObserver
from voting.sitting.decide.guards import check_delegate, check_present
from voting.sitting.events import (
    DelegateDeparted,
    DelegateSignedIn,
    Events,
    ItemCalled,
    LeaveRecorded,
    ObserverSignedIn,
)
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.state import Sitting


def sign_in(state: Sitting, command: SignIn, now: int) -> Events:
    """A delegate signs in, late too; who was on leave and comes is present.

    Whoever departed is signed in by the desk, which sees who comes back: a terminal may have been left behind.
    """
    check_delegate(state, command.delegate)
    _check_not_suspended(state, command.delegate)
    if command.delegate in state.present:
        raise refuse(ChamberRefusal.ALREADY_SIGNED_IN, delegate=command.delegate)
    if command.delegate in state.departed and not command.by_desk:
        raise refuse(ChamberRefusal.DEPARTED, delegate=command.delegate)
    return (DelegateSignedIn(at=now, delegate=command.delegate, by_desk=command.by_desk),)


def _check_not_suspended(state: Sitting, number: str) -> None:
    """Who is suspended is told apart from those on leave and absent (代表法 art. 61 para. 1)."""
    delegate = state.plan.roster.delegate(number)
    if delegate is not None and delegate.suspended:
        raise refuse(ChamberRefusal.SUSPENDED, delegate=number)


def sign_in_observer(state: Sitting, command: SignInObserver, now: int) -> Events:
    """An observer signs in on the separate list."""
    if state.plan.roster.observer(command.observer) is None:
        raise refuse(ChamberRefusal.UNKNOWN_OBSERVER, observer=command.observer)
    if command.observer in state.observers_present:
        raise refuse(ChamberRefusal.ALREADY_SIGNED_IN, delegate=command.observer)
    return (ObserverSignedIn(at=now, observer=command.observer, by_desk=command.by_desk),)


def record_leave(state: Sitting, command: RecordLeave, now: int) -> Events:
    """Leave is recorded for who has not signed in at this sitting; who came and left has departed instead."""
    check_delegate(state, command.delegate)
    _check_not_suspended(state, command.delegate)
    if command.delegate in state.present or command.delegate in state.departed:
        raise refuse(ChamberRefusal.ALREADY_SIGNED_IN, delegate=command.delegate)
    if command.delegate in state.on_leave:
        raise refuse(ChamberRefusal.ON_LEAVE_ALREADY, delegate=command.delegate)
    return (LeaveRecorded(at=now, delegate=command.delegate),)


def record_departure(state: Sitting, command: RecordDeparture, now: int) -> Events:
    """A delegate leaves during the sitting (中途退场) and no longer counts as present."""
    check_delegate(state, command.delegate)
    check_present(state, command.delegate)
    return (DelegateDeparted(at=now, delegate=command.delegate),)


def call_item(state: Sitting, command: CallItem, now: int) -> Events:
    """The chair calls an agenda item, in any order."""
    if all(item.id != command.item for item in state.plan.agenda):
        raise refuse(ChamberRefusal.UNKNOWN_ITEM, item=command.item)
    if state.current_item == command.item:
        raise refuse(ChamberRefusal.ITEM_ALREADY_CURRENT, item=command.item)
    return (ItemCalled(at=now, item=command.item),)
