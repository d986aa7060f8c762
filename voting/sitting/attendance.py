"""Attendance of a sitting, and whether it has the quorum that its adopted rules ask for."""

from collections import Counter

import msgspec

from voting.congress.law import thresholds
from voting.sitting.state import Sitting


class DelegationAttendance(msgspec.Struct, frozen=True):
    """Due and present of one delegation (代表团)."""

    name: str
    due: int
    present: int


class Attendance(msgspec.Struct, frozen=True):
    """The attendance report: due = delegates in office; present excludes those who departed; observers separately.

    suspended: those who are due and may not come (代表法 art. 61 para. 1); nobody of them is absent.
    """

    due: int
    present: int
    on_leave: int
    absent: int
    departed: int
    quorum: int
    quorum_reached: bool
    observers_due: int
    observers_present: int
    suspended: int = 0
    delegations: tuple[DelegationAttendance, ...] = ()


def summary(state: Sitting) -> Attendance:
    """The attendance report of now: due = present + on leave + departed + suspended + absent; observers apart."""
    roster = state.plan.roster
    due, present = roster.in_office, len(state.present)
    suspended = due - len(roster.voters)
    quorum = thresholds.quorum(state.plan.adopted, roster.bases)
    return Attendance(
        due=due,
        present=present,
        on_leave=len(state.on_leave),
        absent=due - present - len(state.on_leave) - len(state.departed) - suspended,
        suspended=suspended,
        departed=len(state.departed),
        quorum=quorum,
        quorum_reached=present >= quorum,
        observers_due=len(roster.observers),
        observers_present=len(state.observers_present),
        delegations=_by_delegation(state),
    )


def _by_delegation(state: Sitting) -> tuple[DelegationAttendance, ...]:
    due: Counter[str] = Counter()
    present: Counter[str] = Counter()
    for delegate in state.plan.roster.delegates:
        due[delegate.delegation] += 1
        present[delegate.delegation] += delegate.number in state.present
    return tuple(DelegationAttendance(name=name, due=n, present=present[name]) for name, n in due.items())
