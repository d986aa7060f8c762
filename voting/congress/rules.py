"""Majority, quorum, floor, ties and shortfall: counts in, Outcome out. Integers only."""

from enum import StrEnum

import msgspec

from voting.congress.poll import PollPlan


class OutcomeKind(StrEnum):
    """How a poll ended."""

    ELECTED = "elected"  # all k seats are filled
    RUN_OFF = "run_off"  # a tie across the cut line: vote again among the tied
    SHORTFALL = "shortfall"  # fewer than k reached the floor: ask the presidium
    PASSED = "passed"
    NOT_PASSED = "not_passed"
    VOID = "void"  # more ballots returned than issued


class Outcome(msgspec.Struct, frozen=True):
    """What the counts mean. For elections: len(elected) + run_off_seats + shortfall == seats (except when void)."""

    kind: OutcomeKind
    majority: int  # votes needed: floor(in_office / 2) + 1
    elected: tuple[str, ...] = ()
    run_off: tuple[str, ...] = ()
    run_off_seats: int = 0
    shortfall: int = 0


class Count(msgspec.Struct, frozen=True):
    """The figures of a count report. votes: option id -> votes, in the order of the options.

    issued = credentials frozen at opening; returned = ballots on the board; not_pressed = issued - returned for choose,
    issued - (for + against + abstain) for a motion (an all-blank motion ballot equals not pressing).
    """

    entitled: int
    issued: int
    returned: int
    valid: int
    void: int
    not_pressed: int
    votes: dict[str, int]
