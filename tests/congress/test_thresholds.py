"""Quorum and majority over every base; a number that is not known is asked for, never guessed."""

import pytest

from tests.support.figures import ruleset
from voting.congress.law import thresholds
from voting.congress.law.bases import Bases, BaseUnknown
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Base

BASES = Bases(in_office=251, statutory_seats=260, present=200, returned=190, valid=180)


@pytest.mark.parametrize(
    ("base", "quorum", "majority"),
    [
        (Base.IN_OFFICE, 168, 126),
        (Base.STATUTORY_SEATS, 174, 131),
        (Base.PRESENT, 134, 101),
        (Base.RETURNED, 127, 96),
        (Base.VALID, 120, 91),
    ],
)
def test_a_fraction_is_taken_of_the_base_that_the_rules_name(base: Base, quorum: int, majority: int) -> None:
    rules = ruleset(quorum={"base": base}, majority={"base": base})
    assert thresholds.quorum(rules, BASES) == quorum
    assert thresholds.majority(rules, PollKind.CHOOSE, BASES) == majority


@pytest.mark.parametrize(
    ("half_counts", "base", "needed"),
    [(True, Base.STATUTORY_SEATS, 130), (False, Base.STATUTORY_SEATS, 131), (True, Base.VALID, 90)],
)
def test_a_level_is_made_by_half_as_the_rules_of_evaluations_say(half_counts: bool, base: Base, needed: int) -> None:
    rules = ruleset(evaluation={"half_counts": half_counts, "base": base}, majority={"fraction": "2/3"})
    assert thresholds.majority(rules, PollKind.EVALUATION, BASES) == needed
    assert thresholds.majority(rules, PollKind.MOTION, BASES) == 168


@pytest.mark.parametrize("base", [base for base in Base if base is not Base.IN_OFFICE])
def test_what_is_not_known_is_not_guessed(base: Base) -> None:
    rules = ruleset(quorum={"base": base}, majority={"base": base})
    with pytest.raises(BaseUnknown, match=base.value):
        thresholds.quorum(rules, Bases(in_office=251))
    with pytest.raises(BaseUnknown, match=base.value):
        thresholds.majority(rules, PollKind.RANK, Bases(in_office=251))
