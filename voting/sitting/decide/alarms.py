"""A scrutineer's terminal found a poll opened with something it cannot be: said to everybody, decided by nobody."""

from voting.congress.refusal import refuse
from voting.sitting.commands import RaiseAlarm
from voting.sitting.events import AlarmRaised, Events
from voting.sitting.poll import RUNNING
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.state import Sitting


def raise_alarm(state: Sitting, command: RaiseAlarm, now: int) -> Events:
    """One alarm of each scrutineer; a further one changes nothing. The poll goes on: to end it is the chair's."""
    progress = state.poll(command.poll)
    state.plan.scrutineer(command.scrutineer)
    if progress.setup is None:
        raise refuse(ChamberRefusal.POLL_NOT_OPEN, poll=command.poll, state=progress.state.value)
    if progress.state not in RUNNING:
        raise refuse(ChamberRefusal.POLL_ALREADY_ENDED, poll=command.poll, state=progress.state.value)
    if command.scrutineer in progress.alarms:
        return ()
    return (AlarmRaised(at=now, poll=command.poll, scrutineer=command.scrutineer, alarm=command.alarm),)
