"""What approve_each and election share: every option is voted on by itself, for, against or abstain."""

from collections.abc import Callable, Sequence

from voting.congress.law.figures import Figures
from voting.congress.law.kind import Asked
from voting.congress.law.kinds import common, seats
from voting.congress.law.reasons import Reason
from voting.congress.law.ruleset import BallotRule, BallotRules, Ruleset


class Voiced:
    """The limits of such a ballot; over: what becomes of one that is for more options than there are seats."""

    def __init__(self, over: Callable[[BallotRules], BallotRule]) -> None:
        self._over = over

    def most(self, asked: Asked) -> int:
        """As many "for" as there are seats, or without a limit."""
        return common.seats_or_all(self._over(asked.rules.ballots), asked)

    def read_singly(self, asked: Asked) -> bool:
        """Where being for too many, or for too few, voids a ballot."""
        return self.most(asked) < asked.options or asked.rules.ballots.under is BallotRule.VOID

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
