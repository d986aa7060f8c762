"""What several kinds of poll share."""

from collections.abc import Iterator, Sequence

from voting.congress.law.figures import FigureProblem, FigureProblemCode, Figures, Tally, votes_cast
from voting.congress.law.kind import Asked, Counted
from voting.congress.law.ruleset import BallotRule, MajorityRule, Ruleset, SecrecyRule

VOICES = ("for", "against", "abstain")
"""How one option is voted on."""
CHOICE = "choice"
"""The setting under [secrecy] of the kinds that choose among projects."""


def no_marks(_: Ruleset) -> tuple[str, ...]:
    """Options are not answered in words."""
    return ()


def voices(_: Ruleset) -> tuple[str, ...]:
    """For, against and abstain."""
    return VOICES


def none_needed(_: Asked) -> int:
    """A blank ballot is valid."""
    return 0


def one(_: Asked) -> int:
    """One answer to one question."""
    return 1


def seats_or_all(over: BallotRule, asked: Asked) -> int:
    """As many as there are seats where more would void the ballot, else all; without seats nobody is for too many."""
    return asked.seats if over is BallotRule.VOID and asked.seats else asked.options


def within_limits(over: BallotRule, asked: Asked, chosen: int) -> bool:
    """Whether a ballot for so many options has neither too many nor too few, where that voids it."""
    if not asked.seats:
        return True
    too_many = over is BallotRule.VOID and chosen > asked.seats
    too_few = asked.rules.ballots.under is BallotRule.VOID and chosen < asked.seats
    return not too_many and not too_few


def summed(_: Asked) -> bool:
    """Sums tell all."""
    return False


def within(asked: Asked, fewest: int, most: int, returned: int, votes: Sequence[int]) -> bool:
    """Whether `returned` ballots, each for `fewest` to `most` options, can add up to these votes."""
    fits = len(votes) == asked.options and all(0 <= n <= returned for n in votes)
    return fits and fewest * returned <= sum(votes) <= most * returned


def choice_secrecy(rules: Ruleset) -> SecrecyRule:
    """Of the kinds that choose among projects."""
    return rules.secrecy.choice


def majority_rule(rules: Ruleset) -> MajorityRule:
    """The majority of the law (地方组织法 art. 25) as adopted."""
    return rules.majority


def valid_ballots(figures: Figures) -> int:
    """Every valid ballot is a vote cast."""
    return figures.valid


def tally_each(_: str, options: Sequence[str], count: Counted) -> tuple[Tally, ...]:
    """One tally per option, then per name added."""
    return tuple(
        Tally(
            id=option,
            votes=count.votes[option],
            against=count.against.get(option, 0),
            abstain=count.abstain.get(option, 0),
            levels=count.levels.get(option, ()),
            write_in=option in count.write_ins,
        )
        for option in (*options, *count.write_ins)
    )


def more_than_valid(figures: Figures, tally: Tally, marks: int) -> Iterator[FigureProblem]:
    """Nobody gets more marks than there are valid ballots."""
    if marks > figures.valid:
        detail = f"{tally.id}: {marks} votes on {figures.valid} valid ballots"
        yield FigureProblem(FigureProblemCode.VOTES_MORE_THAN_VALID, detail)


def one_mark_a_ballot(figures: Figures, _: Ruleset, tally: Tally) -> Iterator[FigureProblem]:
    """Each valid ballot marks an option once at most."""
    yield from more_than_valid(figures, tally, votes_cast(tally))
