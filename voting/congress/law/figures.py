"""The figures of one count, whatever its medium: what the rules are applied to, and what makes them impossible."""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from voting.congress.law.poll_kinds import SEAT_KINDS, PollKind
from voting.congress.law.reasons import Reason, ReasonCode, because
from voting.congress.law.ruleset import BallotRule, Base, PercentageOf, Relation, ReturnedLimit, Ruleset, most_marks
from voting.congress.law.thresholds import Bases


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
    """A count report reduced to numbers. A motion has one tally. follows: the relation to an earlier poll, if any."""

    kind: PollKind
    in_office: int
    present: int
    issued: int
    returned: int
    void: int
    seats: int
    options: tuple[Tally, ...]
    not_pressed: int = 0
    statutory_seats: int | None = None
    follows: Relation | None = None

    @property
    def valid(self) -> int:
        """Ballots that count."""
        return self.returned - self.void

    @property
    def cast(self) -> int:
        """Votes cast: for, against and abstentions of a motion; valid ballots of every other kind."""
        return votes_cast(self.options[0]) if self.kind is PollKind.MOTION else self.valid

    @property
    def bases(self) -> Bases:
        """The numbers that fractions are taken of."""
        return Bases(self.in_office, self.statutory_seats, self.present, self.returned, self.valid)

    def returned_limit(self, rules: Ruleset) -> int:
        """More ballots than this make the poll void."""
        return self.issued if rules.ballots.returned_at_most is ReturnedLimit.ISSUED else self.present

    def percentage(self, of: PercentageOf, votes: int) -> str:
        """`votes` in percent with one digit, rounded half up in whole numbers ("75.6"); "-" when there is no base."""
        whole = {
            PercentageOf.CAST: self.cast,
            PercentageOf.IN_OFFICE: self.in_office,
            PercentageOf.PRESENT: self.present,
            PercentageOf.ISSUED: self.issued,
            PercentageOf.RETURNED: self.returned,
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


class FiguresInvalid(Exception):  # noqa: N818 - a finding, named after what it says
    """The numbers cannot be a count; `problems` lists everything that is wrong."""

    def __init__(self, problems: tuple[FigureProblem, ...]) -> None:
        super().__init__("; ".join(f"{p.code}: {p.detail}" for p in problems))
        self.problems = problems


def problems_of_figures(figures: Figures, rules: Ruleset) -> tuple[FigureProblem, ...]:
    """Why these numbers cannot be decided upon; empty when they can (a poll that is void is decided, too)."""
    basic = tuple(_basic_problems(figures, rules))
    if basic or figures.returned > figures.returned_limit(rules):
        return basic
    return tuple(p for tally in figures.options for p in _tally_problems(figures, rules, tally))


def _problem(code: FigureProblemCode, detail: str) -> FigureProblem:
    return FigureProblem(code, detail)


def _basic_problems(f: Figures, rules: Ruleset) -> Iterator[FigureProblem]:
    numbers = (f.in_office, f.present, f.issued, f.returned, f.void, f.not_pressed, f.statutory_seats or 0)
    marks = (n for t in f.options for n in (t.votes, t.against, t.abstain, *t.levels))
    if any(n < 0 for n in (*numbers, *marks)):
        yield _problem(FigureProblemCode.NEGATIVE, "a number is below zero")
    if f.in_office < 1 or f.present > f.in_office:
        detail = f"{f.present} present of {f.in_office} in office"
        yield _problem(FigureProblemCode.PRESENT_MORE_THAN_IN_OFFICE, detail)
    if f.void > f.returned:
        yield _problem(FigureProblemCode.VOID_MORE_THAN_RETURNED, f"{f.void} void of {f.returned} returned")
    yield from _option_problems(f)
    asked = (rules.quorum.base, rules.majority.base, rules.participation.base, rules.evaluation.base)
    if Base.STATUTORY_SEATS in asked and f.statutory_seats is None:
        yield _problem(FigureProblemCode.STATUTORY_SEATS_MISSING, "the rules take a fraction of the statutory seats")


def _option_problems(f: Figures) -> Iterator[FigureProblem]:
    ids = [t.id for t in f.options]
    if not ids or any(not i.strip() for i in ids) or (f.kind is PollKind.MOTION and len(ids) != 1):
        yield _problem(FigureProblemCode.OPTIONS_WRONG, f"{len(ids)} options for a poll of kind {f.kind}")
    if len(set(ids)) != len(ids):
        yield _problem(FigureProblemCode.OPTION_REPEATED, "an option is given twice")
    if f.kind in SEAT_KINDS and not 1 <= f.seats <= len(ids):
        yield _problem(FigureProblemCode.SEATS_OUT_OF_RANGE, f"{f.seats} seats, not 1..{len(ids)}")
    if f.kind is not PollKind.ELECTION and any(t.write_in for t in f.options):
        yield _problem(FigureProblemCode.OPTIONS_WRONG, "write-ins belong to elections")


def _tally_problems(f: Figures, rules: Ruleset, tally: Tally) -> Iterator[FigureProblem]:
    if f.kind is PollKind.EVALUATION:
        if len(tally.levels) != rules.evaluation.levels:
            detail = f"{tally.id}: {len(tally.levels)} levels, not {rules.evaluation.levels}"
            yield _problem(FigureProblemCode.LEVELS_WRONG, detail)
        marks = sum(tally.levels)
    elif f.kind is PollKind.RANK:
        n = len(f.options)
        if not f.valid <= tally.votes <= n * f.valid:
            detail = f"{tally.id}: {f.valid} ballots with ranks 1..{n} cannot add up to {tally.votes}"
            yield _problem(FigureProblemCode.MARKS_DO_NOT_ADD_UP, detail)
        return
    else:
        marks = votes_cast(tally)
    if marks > f.valid:
        yield _problem(FigureProblemCode.VOTES_MORE_THAN_VALID, f"{tally.id}: {marks} votes on {f.valid} valid ballots")


def doubts_about(f: Figures, rules: Ruleset) -> tuple[Reason, ...]:
    """Sums over all options that no set of valid ballots could have given; empty for figures of a real count."""
    total, n = sum(t.votes for t in f.options), len(f.options)
    if f.kind is PollKind.RANK:
        expected = f.valid * n * (n + 1) // 2
        code = ReasonCode.RANKS_DO_NOT_ADD_UP
        return () if total == expected else (because(code, valid=f.valid, expected=expected, total=total),)
    if f.kind is PollKind.MOTION:
        voters = max(f.issued, f.present)
        code = ReasonCode.PRESSES_TOO_MANY
        fits = f.cast + f.not_pressed <= voters
        return () if fits else (because(code, cast=f.cast, not_pressed=f.not_pressed, voters=voters),)
    if f.kind is PollKind.EVALUATION:
        return ()
    most = most_marks(f.kind, f.seats, n, rules)
    least_marks = f.seats if f.kind is PollKind.CHOOSE and rules.ballots.under is BallotRule.VOID else 0
    if f.valid * least_marks <= total <= f.valid * most:
        return ()
    limits = {"fewest": f.valid * least_marks, "most": f.valid * most}
    return (because(ReasonCode.MARKS_DO_NOT_ADD_UP, valid=f.valid, total=total, **limits),)
