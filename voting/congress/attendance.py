"""Attendance and quorum of a sitting (地方组织法 art. 14: two thirds or more of all delegates in office)."""

import msgspec


class DelegationAttendance(msgspec.Struct, frozen=True):
    """Due and present of one delegation (代表团)."""

    name: str
    due: int
    present: int


class Attendance(msgspec.Struct, frozen=True):
    """The attendance report: due = delegates in office; present excludes those who departed; observers separately."""

    due: int
    present: int
    on_leave: int
    absent: int
    departed: int
    quorum: int
    quorum_reached: bool
    observers_due: int
    observers_present: int
    delegations: tuple[DelegationAttendance, ...] = ()
