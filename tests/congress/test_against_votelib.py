"""The same ballots counted by votelib, a library of other hands: approval, and Borda for sums of ranks.

votelib knows no floor, so the rules run without one here; it reports a tie as the set of those tied, once per seat.
"""

from collections import Counter

from hypothesis import assume, given
from hypothesis import strategies as st
from votelib.component.rankscore import Borda
from votelib.convert import ApprovalToSimpleVotes, RankedToPositionalVotes
from votelib.evaluate.core import Plurality, Tie

from tests.support.figures import figures, ruleset
from voting.congress.law.figures import Figures, Tally
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruling import rule_on

NO_FLOOR = ruleset(seats={"majority_floor": False, "rank_needs_majority": False})
OPTIONS = (1, 2, 3, 4, 5)  # votelib takes texts for groups of equal rank


def by_votelib(votes: dict[int, int], seats: int) -> tuple[set[int], set[int], int]:
    result = Plurality().evaluate(votes, seats)
    ties = [entry for entry in result if isinstance(entry, Tie)]
    return {entry for entry in result if not isinstance(entry, Tie)}, set().union(*ties), len(ties)


def by_rules(count: Figures) -> tuple[set[int], set[int], int]:
    ruling = rule_on(NO_FLOOR, count)
    tied = ruling.run_off
    return set(map(int, ruling.elected)), set(map(int, tied.options if tied else ())), tied.seats if tied else 0


@given(st.lists(st.frozensets(st.sampled_from(OPTIONS), max_size=4), min_size=1, max_size=12), st.integers(1, 5))
def test_choosing_agrees_with_approval_voting(ballots: list[frozenset[int]], seats: int) -> None:
    ballots = [ballot for ballot in ballots if len(ballot) <= seats]
    approvals = ApprovalToSimpleVotes().convert(dict(Counter(ballots)))
    assume(len(approvals) >= seats)  # votelib elects also who has no vote at all
    tallies = [Tally(str(option), approvals.get(option, 0)) for option in OPTIONS]
    assert by_rules(figures(PollKind.CHOOSE, len(ballots), tallies, seats)) == by_votelib(approvals, seats)


@given(st.lists(st.permutations(OPTIONS), min_size=1, max_size=12), st.integers(1, 5))
def test_sums_of_ranks_agree_with_the_borda_count(ballots: list[list[int]], seats: int) -> None:
    ranked = dict(Counter(tuple(ballot) for ballot in ballots))
    scores = RankedToPositionalVotes(Borda(base=0)).convert(ranked)
    sums = {option: sum(ballot.index(option) + 1 for ballot in ballots) for option in OPTIONS}
    assert all(scores.get(o, 0) == len(ballots) * len(OPTIONS) - sums[o] for o in OPTIONS), "the same scale, reversed"
    tallies = [Tally(str(option), sums[option]) for option in OPTIONS]
    everybody = {option: scores.get(option, 0) for option in OPTIONS}
    assert by_rules(figures(PollKind.RANK, len(ballots), tallies, seats)) == by_votelib(everybody, seats)
