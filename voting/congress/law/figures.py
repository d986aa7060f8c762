"""The figures of one count, whatever its medium: what the rules are applied to, and how they can be impossible."""

from enum import StrEnum

import msgspec

from voting.congress.law.bases import Bases
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import PercentageOf, Relation, ReturnedLimit, Ruleset


class Tally(msgspec.Struct, frozen=True):
    """What one option, candidate or subject received.

    votes: "for", ticks, or (rank) the sum of ranks; levels: ballots per level of an evaluation, best level first, a
    fourth one is "don't know"; write_in: a name the ballots added (另选他人).
    """

    id: str
    votes: int = 0
    against: int = 0
    abstain: int = 0
    levels: tuple[int, ...] = ()
    write_in: bool = False


class Figures(msgspec.Struct, frozen=True):
    """A count report reduced to numbers. A motion has one tally.

    seats: 0 where options do not compete. follows: the relation to an earlier poll, if any.
    """

    kind: PollKind
    in_office: int
    present: int
    issued: int
    returned: int
    void: int
    seats: int
    options: tuple[Tally, ...]
    not_pressed: int
    statutory_seats: int | None = None
    follows: Relation | None = None

    @property
    def valid(self) -> int:
        """Ballots that count."""
        return self.returned - self.void

    @property
    def bases(self) -> Bases:
        """The numbers that fractions are taken of."""
        return Bases(self.in_office, self.statutory_seats, self.present, self.returned, self.valid)

    def returned_limit(self, rules: Ruleset) -> int:
        """More ballots than this make the poll void."""
        return self.issued if rules.ballots.returned_at_most is ReturnedLimit.ISSUED else self.present


def percentage(figures: Figures, of: PercentageOf, votes: int, cast: int) -> str:
    """`votes` in percent with one digit, rounded half up in whole numbers ("75.6"); "-" when there is no base.

    cast: how many votes were cast, as the kind of poll counts them.
    """
    whole = {
        PercentageOf.CAST: cast,
        PercentageOf.IN_OFFICE: figures.in_office,
        PercentageOf.PRESENT: figures.present,
        PercentageOf.ISSUED: figures.issued,
        PercentageOf.RETURNED: figures.returned,
    }[of]
    if whole == 0:
        return "-"
    tenths = (2000 * votes + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


def votes_cast(tally: Tally) -> int:
    """For, against and abstentions together."""
    return tally.votes + tally.against + tally.abstain


class FigureProblemCode(StrEnum):
    """Why numbers are not the figures of any count."""

    NEGATIVE = "negative"
    PRESENT_MORE_THAN_IN_OFFICE = "present_more_than_in_office"
    VOID_MORE_THAN_RETURNED = "void_more_than_returned"
    SEATS_OUT_OF_RANGE = "seats_out_of_range"
    OPTIONS_WRONG = "options_wrong"
    OPTION_REPEATED = "option_repeated"
    VOTES_MORE_THAN_VALID = "votes_more_than_valid"
    LEVELS_WRONG = "levels_wrong"
    MARKS_DO_NOT_ADD_UP = "marks_do_not_add_up"
    STATUTORY_SEATS_MISSING = "statutory_seats_missing"


class FigureProblem(msgspec.Struct, frozen=True):
    """One problem; detail: an English phrase with the numbers."""

    code: FigureProblemCode
    detail: str


class FiguresInvalid(Exception):
    """The numbers cannot be a count; `problems` lists everything that is wrong."""

    def __init__(self, problems: tuple[FigureProblem, ...]) -> None:
        super().__init__("; ".join(f"{p.code}: {p.detail}" for p in problems))
        self.problems = problems
