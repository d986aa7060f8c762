"""What approve_each and election share: every option is voted on by itself, for, against or abstain."""

from collections.abc import Callable, Sequence

from voting.congress.law.figures import Figures
from voting.congress.law.kind import Answer, Asked, Kind
from voting.congress.law.kinds import common, seats
from voting.congress.law.outcome import Found
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.reasons import Reason
from voting.congress.law.ruleset import BallotRule, BallotRules, Ruleset, SecrecyRule

Over = Callable[[BallotRules], BallotRule]
Floor = Callable[[Ruleset, Figures, int], int]


def voiced(
    kind: PollKind, over: Over, floor: Floor, secrecy: Callable[[Ruleset], SecrecyRule], secrecy_key: str
) -> Kind:
    """Such a kind. over: what becomes of a ballot for more options than there are seats; floor: votes needed at all."""
    limits = _Limits(over)

    def decide(rules: Ruleset, figures: Figures, majority: int) -> Found:
        return seats.best_above(floor(rules, figures, majority), rules, figures)

    return Kind(
        kind=kind,
        answer=Answer.VOICE,
        marks=common.voices,
        fewest=common.none_needed,
        most=limits.most,
        read_singly=limits.read_singly,
        lets_count=limits.lets_count,
        sums_possible=limits.sums_possible,
        secrecy=secrecy,
        secrecy_key=secrecy_key,
        majority=common.majority_rule,
        cast=common.valid_ballots,
        tallies=common.tally_each,
        problems=common.one_mark_a_ballot,
        doubts=limits.doubts,
        decide=decide,
    )


class _Limits:
    """How many options such a ballot may be for."""

    def __init__(self, over: Over) -> None:
        self._over = over

    def most(self, asked: Asked) -> int:
        """As many "for" as there are seats, or without a limit."""
        return common.seats_or_all(self._over(asked.rules.ballots), asked)

    def read_singly(self, asked: Asked) -> bool:
        """Where being for too many, or for too few, voids a ballot."""
        too_few = asked.rules.ballots.under is BallotRule.VOID and asked.seats > 0
        return self.most(asked) < asked.options or too_few

    def lets_count(self, asked: Asked, chosen: int) -> bool:
        """Neither for too many nor for too few."""
        return common.within_limits(self._over(asked.rules.ballots), asked, chosen)

    def sums_possible(self, asked: Asked, returned: int, votes: Sequence[int]) -> bool:
        """Each ballot is for none to the most."""
        return common.within(asked, 0, self.most(asked), returned, votes)

    def doubts(self, figures: Figures, rules: Ruleset) -> tuple[Reason, ...]:
        """More votes "for" than valid ballots hold."""
        asked = Asked(figures.seats, len(figures.options), rules)
        return seats.marks_doubted(figures, 0, self.most(asked))
