"""How many candidates an election may have."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.congress.law.candidates import candidates_allowed
from voting.congress.law.poll_kinds import PollKind, Post
from voting.congress.law.question import Follows, Option, Question
from voting.congress.law.ruleset import DEFAULTS, CandidateRules, Relation

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


def asked(post: Post | None, relation: Relation | None = None, *, by_election: bool = False) -> Question:
    follows = Follows("first", relation) if relation else None
    options = (Option("a", "示例甲"), Option("b", "示例乙"), Option("c", "示例丙"))
    return Question(
        "x",
        PollKind.ELECTION,
        "示例",
        options,
        2,
        ruleset=DEFAULTS,
        post=post,
        by_election=by_election,
        follows=follows,
    )


@pytest.mark.parametrize("post", Post)
def test_a_by_election_may_have_as_many_candidates_as_seats_and_any_number_more(post: Post) -> None:
    assert asked(post, by_election=True).candidates_allowed is None
    assert asked(post).candidates_allowed == candidates_allowed(post, 2, DEFAULTS.candidates)


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("post", [*Post, None])
def test_another_election_has_more_candidates_than_seats_but_for_a_chief_post(
    relation: Relation, post: Post | None
) -> None:
    another = relation in (Relation.SECOND_ROUND, Relation.NEXT_SESSION)
    allowed = candidates_allowed(post, 2, DEFAULTS.candidates) if post else None
    assert asked(post, relation).candidates_allowed == (allowed if another and post is not Post.CHIEF else None)
