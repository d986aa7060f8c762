"""Decisions on sign-in, leave, departures and the current agenda item."""

from voting.congress.refusal import Refusal, RefusalCode, refuse
from voting.sitting.commands import CallItem, RecordDeparture, RecordLeave, SignIn, SignInObserver
from voting.sitting.events import (
    AnyEvent,
    DelegateDeparted,
    DelegateSignedIn,
    ItemCalled,
    LeaveRecorded,
    ObserverSignedIn,
)
from voting.sitting.state import Sitting

Decision = tuple[AnyEvent, ...] | Refusal


def sign_in(state: Sitting, command: SignIn, now: int) -> Decision:
    """A delegate signs in, late or after a departure too; who was on leave and comes is present."""
    if state.plan.roster.delegate(command.delegate) is None:
        return refuse(RefusalCode.UNKNOWN_DELEGATE, delegate=command.delegate)
    if command.delegate in state.present:
        return refuse(RefusalCode.ALREADY_SIGNED_IN, delegate=command.delegate)
    return (DelegateSignedIn(at=now, delegate=command.delegate, by_desk=command.by_desk),)


def sign_in_observer(state: Sitting, command: SignInObserver, now: int) -> Decision:
    """An observer signs in on the separate list."""
    if state.plan.roster.observer(command.observer) is None:
        return refuse(RefusalCode.UNKNOWN_OBSERVER, observer=command.observer)
    if command.observer in state.observers_present:
        return refuse(RefusalCode.ALREADY_SIGNED_IN, delegate=command.observer)
    return (ObserverSignedIn(at=now, observer=command.observer, by_desk=command.by_desk),)


def record_leave(state: Sitting, command: RecordLeave, now: int) -> Decision:
    """Leave is recorded for who has not signed in at this sitting; who came and left has departed instead."""
    if state.plan.roster.delegate(command.delegate) is None:
        return refuse(RefusalCode.UNKNOWN_DELEGATE, delegate=command.delegate)
    if command.delegate in state.present or command.delegate in state.departed:
        return refuse(RefusalCode.ALREADY_SIGNED_IN, delegate=command.delegate)
    if command.delegate in state.on_leave:
        return refuse(RefusalCode.ON_LEAVE_ALREADY, delegate=command.delegate)
    return (LeaveRecorded(at=now, delegate=command.delegate),)


def record_departure(state: Sitting, command: RecordDeparture, now: int) -> Decision:
    """A delegate leaves during the sitting (中途退场) and no longer counts as present."""
    if state.plan.roster.delegate(command.delegate) is None:
        return refuse(RefusalCode.UNKNOWN_DELEGATE, delegate=command.delegate)
    if command.delegate not in state.present:
        return refuse(RefusalCode.NOT_SIGNED_IN, delegate=command.delegate)
    return (DelegateDeparted(at=now, delegate=command.delegate),)


def call_item(state: Sitting, command: CallItem, now: int) -> Decision:
    """The chair calls an agenda item, in any order."""
    if all(item.id != command.item for item in state.plan.agenda):
        return refuse(RefusalCode.UNKNOWN_ITEM, item=command.item)
    if state.current_item == command.item:
        return refuse(RefusalCode.ITEM_ALREADY_CURRENT, item=command.item)
    return (ItemCalled(at=now, item=command.item),)
