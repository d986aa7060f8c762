"""What makes numbers impossible as the figures of a count."""

from collections.abc import Iterator

from voting.congress.law.figures import FigureProblem, FigureProblemCode, Figures, percentage
from voting.congress.law.kinds import KINDS
from voting.congress.law.reasons import Reason
from voting.congress.law.ruleset import Base, Ruleset


def problems_of_figures(figures: Figures, rules: Ruleset) -> tuple[FigureProblem, ...]:
    """Why these numbers cannot be decided upon; empty when they can (a poll that is void is decided, too)."""
    basic = tuple(_basic_problems(figures, rules))
    if basic or figures.returned > figures.returned_limit(rules):
        return basic
    return tuple(p for tally in figures.options for p in KINDS[figures.kind].problems(figures, rules, tally))


def _basic_problems(f: Figures, rules: Ruleset) -> Iterator[FigureProblem]:
    numbers = (f.in_office, f.present, f.issued, f.returned, f.void, f.not_pressed, f.statutory_seats or 0)
    marks = (n for t in f.options for n in (t.votes, t.against, t.abstain, *t.levels))
    if any(n < 0 for n in (*numbers, *marks)):
        yield FigureProblem(FigureProblemCode.NEGATIVE, "a number is below zero")
    if f.in_office < 1 or f.present > f.in_office:
        detail = f"{f.present} present of {f.in_office} in office"
        yield FigureProblem(FigureProblemCode.PRESENT_MORE_THAN_IN_OFFICE, detail)
    if f.void > f.returned:
        yield FigureProblem(FigureProblemCode.VOID_MORE_THAN_RETURNED, f"{f.void} void of {f.returned} returned")
    yield from _option_problems(f)
    asked = (rules.quorum.base, rules.majority.base, rules.participation.base, rules.evaluation.base)
    if Base.STATUTORY_SEATS in asked and f.statutory_seats is None:
        detail = "the rules take a fraction of the statutory seats"
        yield FigureProblem(FigureProblemCode.STATUTORY_SEATS_MISSING, detail)


def _option_problems(f: Figures) -> Iterator[FigureProblem]:
    kind, ids = KINDS[f.kind], [t.id for t in f.options]
    if not ids or any(not i.strip() for i in ids) or (kind.one_question and len(ids) != 1):
        yield FigureProblem(FigureProblemCode.OPTIONS_WRONG, f"{len(ids)} options for a poll of kind {f.kind}")
    if len(set(ids)) != len(ids):
        yield FigureProblem(FigureProblemCode.OPTION_REPEATED, "an option is given twice")
    if kind.competes_for(f.seats) and not 1 <= f.seats <= len(ids):
        yield FigureProblem(FigureProblemCode.SEATS_OUT_OF_RANGE, f"{f.seats} seats, not 1..{len(ids)}")
    if not kind.adds_names and any(t.write_in for t in f.options):
        yield FigureProblem(FigureProblemCode.OPTIONS_WRONG, "write-ins belong to elections")


def doubts_about(figures: Figures, rules: Ruleset) -> tuple[Reason, ...]:
    """Sums over all options that no set of valid ballots could have given; empty for figures of a real count."""
    return KINDS[figures.kind].doubts(figures, rules)


def percent_of(figures: Figures, rules: Ruleset, votes: int) -> str:
    """`votes` in percent of what the rules take percentages of; empty for kinds without percentages."""
    kind = KINDS[figures.kind]
    return percentage(figures, rules.display.percentage_of, votes, kind.cast(figures)) if kind.percent else ""
