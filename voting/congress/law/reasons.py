"""Why a poll ended as it did: closed codes with typed parameters. Their words are in voting/words."""

from enum import StrEnum

import msgspec


class ReasonCode(StrEnum):
    """Wire names of the steps of an explanation."""

    QUORUM_REACHED = "quorum_reached"
    QUORUM_MISSED = "quorum_missed"
    BALLOTS_ADD_UP = "ballots_add_up"
    BALLOTS_RETURNED = "ballots_returned"
    BALLOTS_TOO_MANY = "ballots_too_many"
    MARKS_DO_NOT_ADD_UP = "marks_do_not_add_up"
    NAMES_WITHOUT_AGAINST = "names_without_against"
    RANKS_DO_NOT_ADD_UP = "ranks_do_not_add_up"
    SUBJECT_UNEVEN = "subject_uneven"
    PRESSES_TOO_MANY = "presses_too_many"
    MOTION_VOTES = "motion_votes"
    MOTION_VOTES_ALL = "motion_votes_all"
    PARTICIPATION_REACHED = "participation_reached"
    PARTICIPATION_MISSED = "participation_missed"
    PARTICIPATION_VOID = "participation_void"
    VOTES_PASS = "votes_pass"  # noqa: S105 - no password
    VOTES_FAIL = "votes_fail"
    OPTION_REACHES = "option_reaches"
    OPTION_BELOW = "option_below"
    OPTION_PASSES = "option_passes"
    OPTION_FAILS = "option_fails"
    RANKINGS_SUFFICE = "rankings_suffice"
    RANKINGS_TOO_FEW = "rankings_too_few"
    RANK_SUM = "rank_sum"
    ELECTED = "elected"
    TIE = "tie"
    LEFT_OUT = "left_out"
    SHORTFALL = "shortfall"
    EVALUATED_SATISFIED = "evaluated_satisfied"
    EVALUATED_BASICALLY = "evaluated_basically"
    EVALUATED_DISSATISFIED = "evaluated_dissatisfied"


Param = str | int | tuple[str, ...]
"""A number, an id or code, or several of them; never several in one text."""


class Reason(msgspec.Struct, frozen=True):
    """One line of an explanation; `params` fill the placeholders of its words."""

    code: ReasonCode
    params: dict[str, Param] = {}


def because(code: ReasonCode, **params: Param) -> Reason:
    """A Reason with its numbers."""
    return Reason(code=code, params=params)
