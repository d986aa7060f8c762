"""Why no ballot could hold a poll."""

from enum import StrEnum

import msgspec


class BallotProblemCode(StrEnum):
    """Wire names of what makes a poll too large for a ballot, or of a form that no ballot has."""

    TOO_MANY_OPTIONS = "too_many_options"
    TOO_MANY_NUMBERS = "too_many_numbers"
    TOO_MANY_ELIGIBLE = "too_many_eligible"
    NOT_READ_SINGLY = "not_read_singly"
    NAME_IS_AN_ID = "name_is_an_id"
    NO_ROOM_FOR_NAMES = "no_room_for_names"


class BallotProblem(msgspec.Struct, frozen=True):
    """params: found and most, or found and least, where it is a limit; else the offending value."""

    code: BallotProblemCode
    params: dict[str, str | int]
