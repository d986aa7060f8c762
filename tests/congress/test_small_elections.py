"""All small elections, ballot by ballot, against a reference that counts naively and shares no code with the rules.

Four options and five ballots at most. The reference reads ballots; the rules read the figures that a teller makes of
them, and so are asked once for each set of figures.
Rankings of four options by five delegates are cut down by naming the options after the first ballot; that names never
matter is a property of its own (test_ruling_properties.py).
"""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, combinations_with_replacement, permutations, product
from typing import Any

import pytest

from tests.support.figures import figures, ruleset
from voting.congress.law.figures import Figures, Tally
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Ruleset
from voting.congress.law.ruling import rule_on

Ballot = Any
Answer = tuple[frozenset[int], frozenset[int], int, int]  # elected, tied, seats in the run-off, missing
MOST_BALLOTS = 5
UP_TO_FOUR = [1, 2, 3, pytest.param(4, marks=pytest.mark.long)]


def more_than_half(number: int) -> int:
    needed = 0
    while needed + needed <= number:
        needed += 1
    return needed


def naive_seats(k: int, goodness: dict[int, int]) -> Answer:
    """Take the best group while it fits."""
    elected: set[int] = set()
    waiting = dict(goodness)
    while waiting and len(elected) < k:
        best = max(waiting.values())
        group = {option for option, value in waiting.items() if value == best}
        if len(elected) + len(group) > k:
            return frozenset(elected), frozenset(group), k - len(elected), 0
        elected |= group
        for option in group:
            del waiting[option]
    return frozenset(elected), frozenset(), 0, k - len(elected)


def naive_votes(n: int, k: int, floor: int, ballots: list[frozenset[int]]) -> Answer:
    votes = dict.fromkeys(range(n), 0)
    for ballot in ballots:
        for option in ballot:
            votes[option] += 1
    return naive_seats(k, {option: v for option, v in votes.items() if v >= floor})


def naive_ranks(n: int, k: int, ballots: list[tuple[int, ...]], delegates: int) -> Answer:
    if len(ballots) < more_than_half(delegates):
        return frozenset(), frozenset(), 0, k
    sums = {option: sum(ballot.index(option) + 1 for ballot in ballots) for option in range(n)}
    return naive_seats(k, {option: -total for option, total in sums.items()})


def answer(rules: Ruleset, count: Figures) -> Answer:
    ruling = rule_on(rules, count)
    tied = ruling.run_off.options if ruling.run_off else ()
    seats = ruling.run_off.seats if ruling.run_off else 0
    return frozenset(map(int, ruling.elected)), frozenset(map(int, tied)), seats, ruling.shortfall


def boxes(papers: list[Ballot]) -> Iterator[tuple[Ballot, ...]]:
    """Every box of up to five of these papers; the order of ballots in a box means nothing."""
    for number in range(1, MOST_BALLOTS + 1):
        yield from combinations_with_replacement(papers, number)


def subsets(n: int) -> list[frozenset[int]]:
    return [frozenset(chosen) for size in range(n + 1) for chosen in combinations(range(n), size)]


@cache
def chosen_by_the_rules(floor: bool, delegates: int, void: int, k: int, votes: tuple[int, ...]) -> Answer:
    tallies = [Tally(str(i), v) for i, v in enumerate(votes)]
    rules = ruleset(seats={"majority_floor": floor})
    return answer(rules, figures(PollKind.CHOOSE, delegates, tallies, k, void=void))


@pytest.mark.parametrize("n", UP_TO_FOUR)
def test_choose_elects_as_the_reference_does(n: int) -> None:
    for box in boxes(subsets(n)):
        for k in range(1, n + 1):
            valid = [ballot for ballot in box if len(ballot) <= k]
            votes = tuple(sum(option in ballot for ballot in valid) for option in range(n))
            for floor in (True, False):
                found = chosen_by_the_rules(floor, len(box), len(box) - len(valid), k, votes)
                need = more_than_half(len(box)) if floor else 1
                assert found == naive_votes(n, k, need, valid), (box, k, floor)


@pytest.mark.parametrize("kind", [PollKind.APPROVE_EACH, PollKind.ELECTION])
def test_options_answered_one_by_one_elect_as_the_reference_does(kind: PollKind) -> None:
    """What one option gets says nothing about the others, so all figures of up to five ballots are all polls."""
    for delegates, n in product(range(1, MOST_BALLOTS + 1), range(1, 5)):
        for votes in product(range(delegates + 1), repeat=n):
            ballots = [frozenset(o for o in range(n) if votes[o] > i) for i in range(delegates)]
            tallies = [Tally(str(i), v, delegates - v) for i, v in enumerate(votes)]
            for k in range(1, n + 1):
                expected = naive_votes(n, k, more_than_half(delegates), ballots)
                assert answer(Ruleset(), figures(kind, delegates, tallies, k)) == expected, (votes, k)


def rank_boxes(n: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    papers = list(permutations(range(n)))
    for number in range(1, MOST_BALLOTS + 1):
        if n < 4:
            yield from combinations_with_replacement(papers, number)
        else:
            yield from ((papers[0], *rest) for rest in combinations_with_replacement(papers, number - 1))


@cache
def ranked_by_the_rules(delegates: int, k: int, sums: tuple[int, ...]) -> Answer:
    tallies = [Tally(str(i), total) for i, total in enumerate(sums)]
    return answer(Ruleset(), figures(PollKind.RANK, delegates, tallies, k))


@pytest.mark.parametrize("n", UP_TO_FOUR)
def test_rank_elects_as_the_reference_does(n: int) -> None:
    for box in rank_boxes(n):
        sums = tuple(sum(ballot.index(option) + 1 for ballot in box) for option in range(n))
        for k in range(1, n + 1):
            assert ranked_by_the_rules(len(box), k, sums) == naive_ranks(n, k, list(box), len(box)), (box, k)


def test_motions_pass_as_the_reference_does() -> None:
    for delegates in range(1, 8):
        for present in range(delegates + 1):
            for box in combinations_with_replacement("FAN-", present):
                tally = Tally("m", box.count("F"), box.count("A"), box.count("N"))
                returned = present - box.count("-")
                count = figures(PollKind.MOTION, delegates, [tally], present=present, issued=present, returned=returned)
                if 3 * present < 2 * delegates:
                    expected = "no_quorum"
                else:
                    expected = "passed" if 2 * box.count("F") > delegates else "not_passed"
                assert rule_on(Ruleset(), count).outcome == expected, (delegates, box)


@pytest.mark.parametrize("half_counts", [True, False])
def test_evaluations_come_out_as_the_reference_does(half_counts: bool) -> None:
    rules = ruleset(evaluation={"half_counts": half_counts})
    for delegates in range(1, 9):
        for box in combinations_with_replacement("SBD", delegates):
            levels = (box.count("S"), box.count("B"), box.count("D"))
            least = delegates if half_counts else delegates + 1
            expected = "dissatisfied"
            if 2 * (levels[0] + levels[1]) >= least:
                expected = "basically_satisfied"
            if 2 * levels[0] >= least:
                expected = "satisfied"
            count = figures(PollKind.EVALUATION, delegates, [Tally("s", levels=levels)])
            assert rule_on(rules, count).verdicts == {"s": expected}, box
