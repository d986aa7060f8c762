"""How many candidates an election may have."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.congress.law.candidates import candidates_allowed
from voting.congress.law.poll_kinds import Post
from voting.congress.law.ruleset import CandidateRules

LAW = CandidateRules()


@pytest.mark.parametrize(
    ("post", "seats", "allowed"),
    [
        (Post.CHIEF, 1, (1, 2)),
        (Post.DEPUTY, 1, (2, 4)),
        (Post.DEPUTY, 6, (7, 9)),
        (Post.MEMBER, 29, (32, 34)),
        (Post.MEMBER, 30, (33, 36)),
        (Post.MEMBER, 3, (4, 4)),
        (Post.DELEGATE, 40, (48, 60)),
    ],
)
def test_worked_examples_of_the_law(post: Post, seats: int, allowed: tuple[int, int]) -> None:
    assert candidates_allowed(post, seats, LAW) == allowed


@given(st.sampled_from(Post), st.integers(min_value=1, max_value=400))
def test_some_number_of_candidates_is_always_allowed_and_never_fewer_than_seats(post: Post, seats: int) -> None:
    fewest, most = candidates_allowed(post, seats, LAW)
    assert seats <= fewest <= most


@given(st.integers(min_value=1, max_value=400))
def test_the_fewest_members_are_the_least_number_that_is_a_tenth_more(seats: int) -> None:
    fewest, _ = candidates_allowed(Post.MEMBER, seats, LAW)
    assert Fraction(fewest - seats) >= Fraction(seats, 10) > Fraction(fewest - seats - 1)
