"""Majority, quorum, floor, ties and shortfall: counts in, Outcome out. Integers only."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from voting.congress.poll import PollKind, PollPlan


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


def quorum_of(in_office: int) -> int:
    """Delegates who must be present: two thirds or more of those in office, ceil(2n/3) (地方组织法 art. 14)."""
    return -(-2 * in_office // 3)


def majority_of(in_office: int) -> int:
    """Votes that are more than half of all delegates in office: floor(n/2) + 1 (地方组织法 art. 25)."""
    return in_office // 2 + 1


def count_of(plan: PollPlan, *, entitled: int, issued: int, returned: int, votes: Sequence[int]) -> Count:
    """The count report of decrypted `votes`, one number per option in ballot order.

    Every ballot on the board has proved that it is well formed, so none is void. Raises ValueError when there are not
    as many numbers as options.
    """
    by_option = {option.id: n for option, n in zip(plan.options, votes, strict=True)}
    pressed = sum(votes) if plan.kind is PollKind.MOTION else returned
    return Count(
        entitled=entitled,
        issued=issued,
        returned=returned,
        valid=returned,
        void=0,
        not_pressed=issued - pressed,
        votes=by_option,
    )


def votes_possible(plan: PollPlan, returned: int, votes: Sequence[int]) -> bool:
    """Whether `returned` well-formed ballots can add up to these votes; a breach means the figures are not a count."""
    if len(votes) != len(plan.options) or any(not 0 <= n <= returned for n in votes):
        return False
    return plan.min_choices * returned <= sum(votes) <= plan.max_choices * returned


def outcome_of(plan: PollPlan, in_office: int, count: Count) -> Outcome:
    """What the counts mean under the poll's rules; ties are never broken.

    More ballots returned than issued make the poll void. A motion passes with a majority of all delegates in office.
    """
    majority = majority_of(in_office)
    if count.returned > count.issued:
        return Outcome(kind=OutcomeKind.VOID, majority=majority)
    if plan.kind is PollKind.MOTION:
        passed = count.votes["for"] >= majority
        return Outcome(kind=OutcomeKind.PASSED if passed else OutcomeKind.NOT_PASSED, majority=majority)
    return _choice_outcome(plan, majority, count)


def _choice_outcome(plan: PollPlan, majority: int, count: Count) -> Outcome:
    """The k best of those that reach the floor; without a floor an option still needs one vote."""
    floor = majority if plan.rules.majority_floor else 1
    reached = [o.id for o in plan.options if count.votes[o.id] >= floor]
    ranked = sorted(reached, key=lambda option: -count.votes[option])  # stable: equals stay in ballot order
    if len(ranked) <= plan.seats:
        missing = plan.seats - len(ranked)
        kind = OutcomeKind.SHORTFALL if missing else OutcomeKind.ELECTED
        return Outcome(kind=kind, majority=majority, elected=tuple(ranked), shortfall=missing)
    line = count.votes[ranked[plan.seats - 1]]
    if count.votes[ranked[plan.seats]] < line:
        return Outcome(kind=OutcomeKind.ELECTED, majority=majority, elected=tuple(ranked[: plan.seats]))
    above = tuple(option for option in ranked if count.votes[option] > line)
    return Outcome(
        kind=OutcomeKind.RUN_OFF,
        majority=majority,
        elected=above,
        run_off=tuple(option for option in ranked if count.votes[option] == line),
        run_off_seats=plan.seats - len(above),
    )
