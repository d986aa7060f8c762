"""How the kinds that fill seats by votes decide: the k best of those that reach the floor."""

from voting.congress.law.figures import Figures, Tally, percentage
from voting.congress.law.outcome import Found, OutcomeKind, RunOff
from voting.congress.law.reasons import Reason, ReasonCode, because
from voting.congress.law.ruleset import Relation, Ruleset, after_shortfall, run_off_needs_majority
from voting.congress.law.seating import Standing, fill_seats


def floor_of_projects(rules: Ruleset, figures: Figures, majority: int) -> int:
    """Votes that a project needs before it is compared with the others; one where no majority is asked for."""
    return floor_of_persons(rules, figures, majority) if rules.seats.majority_floor else 1


def floor_of_persons(rules: Ruleset, figures: Figures, majority: int) -> int:
    """Votes that a candidate needs; a run-off may go by the order of votes alone."""
    free = figures.follows is Relation.RUN_OFF and not run_off_needs_majority(rules, figures.kind)
    return 1 if free else majority


def best_above(floor: int, rules: Ruleset, figures: Figures) -> Found:
    """The k best of those that reach the floor."""
    codes = {True: ReasonCode.OPTION_REACHES, False: ReasonCode.OPTION_BELOW}
    reasons = tuple(compared(codes[t.votes >= floor], floor, rules, figures, t) for t in figures.options)
    standings = tuple(Standing(t.id, t.votes, t.votes) for t in figures.options if t.votes >= floor)
    return seated(rules, figures, standings, reasons)


def compared(code: ReasonCode, floor: int, rules: Ruleset, figures: Figures, tally: Tally) -> Reason:
    """An option's votes beside those that it needs."""
    of = rules.display.percentage_of
    return because(
        code,
        option=tally.id,
        needed=floor,
        base=figures.bases.of(rules.majority.base),
        votes=tally.votes,
        percent=percentage(figures, of, tally.votes, figures.valid),
        of=of.value,
    )


def seated(rules: Ruleset, figures: Figures, standings: tuple[Standing, ...], reasons: tuple[Reason, ...]) -> Found:
    """The seats filled from these standings."""
    seating = fill_seats(figures.seats, standings, after_shortfall(rules, figures.kind))
    if seating.tied:
        outcome, run_off = OutcomeKind.RUN_OFF, RunOff(options=seating.tied, seats=seating.tied_seats)
    else:
        outcome, run_off = OutcomeKind.SHORTFALL if seating.missing else OutcomeKind.ELECTED, None
    return Found(
        outcome,
        elected=seating.elected,
        run_off=run_off,
        shortfall=seating.missing,
        reasons=(*reasons, *seating.reasons),
    )


def marks_doubted(figures: Figures, fewest: int, most: int) -> tuple[Reason, ...]:
    """Marks over all options that no valid ballots of `fewest` to `most` marks could have given."""
    valid, total = figures.valid, sum(tally.votes for tally in figures.options)
    if valid * fewest <= total <= valid * most:
        return ()
    limits = {"fewest": valid * fewest, "most": valid * most}
    return (because(ReasonCode.MARKS_DO_NOT_ADD_UP, valid=valid, total=total, **limits),)
