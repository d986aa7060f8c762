"""Buckets give no more than their rate in any span, and never refuse whoever keeps to it."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.congress import limits
from voting.server.live.budgets import PATIENCE, PERSONS, REQUESTS, Bucket, Coalesced, ConnectionBudget, Rate, Verdict

RATES = st.builds(Rate, per_second=st.integers(1, 50).map(float), burst=st.integers(1, 100).map(float))
GAPS = st.lists(st.integers(0, 8).map(lambda eighths: eighths / 8), min_size=1, max_size=60)  # exact in binary


@given(RATES, GAPS)
def test_no_span_gives_more_than_burst_and_rate(rate: Rate, gaps: list[float]) -> None:
    bucket = Bucket(rate)
    taken = [now for now in accumulate(gaps) if bucket.take(now)]
    for first, start in enumerate(taken):
        for last in range(first, len(taken)):
            assert last - first + 1 <= rate.burst + rate.per_second * (taken[last] - start) + 1e-6


@given(RATES, st.integers(1, 200))
def test_who_keeps_to_the_rate_is_never_refused(rate: Rate, times: int) -> None:
    bucket = Bucket(rate)
    assert all(bucket.take(2 * number / rate.per_second) for number in range(times))


@given(RATES)
def test_a_full_bucket_gives_its_burst_at_once_and_no_more(rate: Rate) -> None:
    bucket = Bucket(rate)
    assert [bucket.take(5) for _ in range(int(rate.burst) + 1)] == [True] * int(rate.burst) + [False]


def test_what_is_refused_costs_nothing_and_a_large_amount_waits_for_its_tokens() -> None:
    bucket = Bucket(Rate(per_second=1, burst=10))
    assert bucket.take(0, 10)
    assert not bucket.take(4, 5)
    assert bucket.take(5, 5)
    assert not bucket.take(5, 0.5)


@given(RATES, GAPS)
def test_who_waits_for_it_gets_no_more_than_burst_and_rate_either(rate: Rate, gaps: list[float]) -> None:
    bucket = Bucket(rate)
    begun = [now + bucket.wait_for(now) for now in accumulate(gaps)]
    assert begun == sorted(begun)
    for first, start in enumerate(begun):
        for last in range(first, len(begun)):
            assert last - first + 1 <= rate.burst + rate.per_second * (begun[last] - start) + 1 + 1e-6


def test_who_waits_is_served_as_soon_as_there_is_enough_and_in_turn() -> None:
    bucket = Bucket(Rate(per_second=2, burst=1))
    assert [bucket.wait_for(0) for _ in range(4)] == [0, 0.5, 1, 1.5]
    assert not bucket.has(1)
    assert bucket.wait_for(2) == 0
    assert [bucket.has(3), bucket.has(3), bucket.take(3), bucket.has(3)] == [True, True, True, False]


@given(st.floats(-1e6, 0))
def test_a_clock_that_goes_back_brings_nothing(back: float) -> None:
    bucket = Bucket(Rate(per_second=1, burst=1))
    assert bucket.take(0)
    assert not bucket.take(back)
    assert not bucket.take(0.5)
    assert bucket.take(1)


def spent(budget: ConnectionBudget, count: int, now: float = 0, person: Bucket | None = None) -> list[Verdict]:
    verdicts = []
    for _ in range(count):
        verdicts.append(budget.begin(now, person))
        if verdicts[-1] is Verdict.CARRY_OUT:
            budget.end()
    return verdicts


def test_a_connection_is_refused_beyond_its_requests_and_cut_off_when_it_goes_on() -> None:
    assert (REQUESTS.per_second, REQUESTS.burst) == (20, 40)
    verdicts = spent(ConnectionBudget(), 141)
    assert verdicts == [Verdict.CARRY_OUT] * 40 + [Verdict.REFUSE] * int(PATIENCE.burst) + [Verdict.DISCONNECT]


def test_a_connection_has_its_requests_again_a_second_later() -> None:
    budget = ConnectionBudget()
    spent(budget, 50)
    assert spent(budget, 21, now=1) == [Verdict.CARRY_OUT] * 20 + [Verdict.REFUSE]


def test_all_connections_of_a_person_share_what_the_person_may_ask_for() -> None:
    person = Bucket(PERSONS)
    carried = [spent(ConnectionBudget(), 40, person=person).count(Verdict.CARRY_OUT) for _ in range(3)]
    assert carried == [40, 40, 0]


def test_no_more_than_so_many_requests_of_a_connection_are_in_flight() -> None:
    budget = ConnectionBudget()
    assert [budget.begin(0, None) for _ in range(limits.REQUESTS_IN_FLIGHT)] == [Verdict.CARRY_OUT] * 32
    assert budget.begin(0, None) is Verdict.REFUSE
    budget.end()
    assert budget.begin(0, None) is Verdict.CARRY_OUT


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ([0.0, 0.0, 1.0], [0.0, 2.0, None]),
        ([0.0, 2.0, 2.0], [0.0, 0.0, 2.0]),
        ([0.0, 0.5, 2.5], [0.0, 1.5, 1.5]),
        ([0.0, 9.0], [0.0, 0.0]),
    ],
)
def test_what_is_coalesced_is_done_at_once_and_then_after_its_pause(
    asked: list[float], expected: list[float | None]
) -> None:
    coalesced = Coalesced(2)
    assert [coalesced.ask(now) for now in asked] == expected


@given(GAPS)
def test_what_is_coalesced_is_never_done_twice_within_its_pause_and_never_forgotten(gaps: list[float]) -> None:
    coalesced = Coalesced(2)
    times = list(accumulate(gaps))
    done = [now + wait for now in times if (wait := coalesced.ask(now)) is not None]
    assert all(later - earlier >= 2 for earlier, later in pairwise(done))
    assert all(any(now <= at <= now + 2 for at in done) for now in times)
