"""What may be wrong with a plan: a closed list of codes, each at its place and with its numbers."""

from enum import StrEnum

import msgspec


class PlanProblemCode(StrEnum):
    """Wire names of the problems a plan may have; in brackets: their parameters."""

    EMPTY = "empty"  # field
    NAME_TOO_LONG = "name_too_long"  # found, most
    NUMBER_REPEATED = "number_repeated"  # value
    SEAT_REPEATED = "seat_repeated"  # value
    ID_REPEATED = "id_repeated"  # value
    POLL_UNKNOWN = "poll_unknown"  # value
    POLL_NOT_IN_AGENDA = "poll_not_in_agenda"
    POLL_IN_TWO_ITEMS = "poll_in_two_items"  # found
    SEATS_OUT_OF_RANGE = "seats_out_of_range"  # found, least, most
    SECONDS_OUT_OF_RANGE = "seconds_out_of_range"  # found, least, most
    MOTION_OPTIONS_WRONG = "motion_options_wrong"
    RULES_CONTRADICT = "rules_contradict"  # value: the setting
    RULES_DEVIATE = "rules_deviate"  # value: the setting; asked: what the file of rules would have to say
    SECRECY_FORBIDDEN = "secrecy_forbidden"  # value, asked
    MEDIUM_FORBIDDEN = "medium_forbidden"  # value
    TOO_FEW_SCRUTINEERS = "too_few_scrutineers"  # found, least
    SCRUTINEER_ON_BALLOT = "scrutineer_on_ballot"  # value: the name
    TOO_FEW_VOTERS = "too_few_voters"  # found, least
    LINK_WRONG = "link_wrong"  # value
    WRITE_INS_FORBIDDEN = "write_ins_forbidden"  # value: the kind
    ELIGIBLE_WRONG = "eligible_wrong"  # value
    ELIGIBLE_UNUSED = "eligible_unused"
    CANDIDATES_OUT_OF_RANGE = "candidates_out_of_range"  # found, least, most
    POST_FORBIDDEN = "post_forbidden"  # value: the kind
    THRESHOLD_OUT_OF_RANGE = "threshold_out_of_range"  # found, least, most
    TOO_MANY_SCRUTINEERS = "too_many_scrutineers"  # found, most
    NOT_ONE_CHIEF = "not_one_chief"  # found
    SCRUTINEER_INDEX_WRONG = "scrutineer_index_wrong"  # expected
    SCRUTINEER_NOT_DELEGATE = "scrutineer_not_delegate"  # value
    GROUP_UNKNOWN = "group_unknown"  # value


class Part(StrEnum):
    """The parts of a plan."""

    RULES = "rules"
    ROSTER = "roster"
    DELEGATE = "delegate"
    OBSERVER = "observer"
    AGENDA = "agenda"
    ITEM = "item"
    POLLS = "polls"
    POLL = "poll"
    GROUP = "group"
    THRESHOLD = "threshold"
    SCRUTINEERS = "scrutineers"
    SCRUTINEER = "scrutineer"


class Place(msgspec.Struct, frozen=True):
    """A part of the plan; id: of the one item, poll or person, "" for the part as a whole."""

    part: Part
    id: str = ""

    def __str__(self) -> str:
        """As messages show it: `delegate 017`."""
        return f"{self.part} {self.id}".rstrip()


class PlanProblem(msgspec.Struct, frozen=True):
    """One problem: what kind, where in the plan, and the offending value or the limit; see PlanProblemCode."""

    code: PlanProblemCode
    where: Place
    params: dict[str, str | int] = {}


class PlanInvalid(Exception):
    """The plan cannot be convened; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: tuple[PlanProblem, ...]) -> None:
        super().__init__("; ".join(f"{p.where}: {p.code} {p.params or ''}".rstrip() for p in problems))
        self.problems = problems
