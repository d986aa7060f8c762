"""Who is on the roster, and when ballots must be read one by one."""

import pytest

from tests.support.figures import ruleset
from tests.support.sittings import plan
from voting.congress.law.kind import Asked
from voting.congress.law.kinds import KINDS
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import BallotRule


def test_everybody_is_found_by_number_and_nobody_under_another() -> None:
    roster = plan(3).roster
    assert [roster.delegate(number) for number in ("001", "002", "003")] == list(roster.delegates)
    assert roster.observer("L01") == roster.observers[0]
    assert (roster.delegate("L01"), roster.observer("001"), roster.delegate("004")) == (None, None, None)


def test_delegations_are_named_once_each_in_the_order_of_the_roster() -> None:
    assert plan(4).roster.delegations() == ("示例代表团2", "示例代表团1")
    assert plan(0).roster.delegations() == ()


@pytest.mark.parametrize("kind", [PollKind.APPROVE_EACH, PollKind.ELECTION])
@pytest.mark.parametrize("over", BallotRule)
@pytest.mark.parametrize("under", BallotRule)
@pytest.mark.parametrize("seats", [1, 2])
def test_ballots_are_read_singly_where_a_number_of_marks_can_void_one(
    kind: PollKind, over: BallotRule, under: BallotRule, seats: int
) -> None:
    """Of two options: with two seats nobody can be for too many."""
    rules = ruleset(ballots={"over": over, "over_approval": over, "under": under})
    read = KINDS[kind].read_singly(Asked(seats, 2, rules))
    assert read is (under is BallotRule.VOID or (over is BallotRule.VOID and seats == 1))
