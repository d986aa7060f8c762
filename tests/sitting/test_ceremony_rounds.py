"""The scrutineers' key ceremony: rounds in order, each scrutineer once, complete only when the last round is full."""

import pytest

from tests.support.sittings import NOW, ceremony, do, plan, refused, start
from voting.sitting import commands as c
from voting.sitting.machine import decide
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.state import Keys


def post(round: int, scrutineer: int, message: str = "m") -> c.PostCeremonyMessage:
    return c.PostCeremonyMessage(round=round, scrutineer=scrutineer, message=message)


FIRST_ROUND = (post(1, 1), post(1, 2), post(1, 3))
COMPLETE = c.CompleteCeremony(trustees="trustees", public_key="key")


def test_the_rounds_follow_each_other() -> None:
    state = start()
    for round in (1, 2, 3):
        for other in {0, 1, 2, 3, 4} - set(range(1, round + 1)):
            assert refused(state, post(other, 1)) is ChamberRefusal.CEREMONY_WRONG_ROUND
        state = do(state, *(post(round, scrutineer) for scrutineer in (2, 1, 3)))
    assert list(state.ceremony.messages) == [1, 2, 3]
    assert refused(state, post(4, 1)) is ChamberRefusal.CEREMONY_WRONG_ROUND


def test_the_next_round_waits_for_the_slowest() -> None:
    state = do(start(), post(1, 1), post(1, 2))
    assert refused(state, post(2, 1)) is ChamberRefusal.CEREMONY_WRONG_ROUND


def test_the_same_message_again_changes_nothing_and_another_is_refused() -> None:
    state = do(start(), *FIRST_ROUND)
    assert decide(state, post(1, 1), NOW) == ()
    assert refused(state, post(1, 1, "another")) is ChamberRefusal.CEREMONY_MESSAGE_REPEATED


@pytest.mark.parametrize("index", [0, 4, -1])
def test_only_scrutineers_take_part(index: int) -> None:
    assert refused(start(), post(1, index)) is ChamberRefusal.UNKNOWN_SCRUTINEER


def test_where_all_are_needed_there_is_only_the_last_round() -> None:
    state = start(plan(threshold=3))
    assert refused(state, post(1, 1)) is ChamberRefusal.CEREMONY_WRONG_ROUND
    assert refused(state, COMPLETE) is ChamberRefusal.CEREMONY_INCOMPLETE
    state = do(state, post(3, 1), post(3, 2), post(3, 3), COMPLETE)
    assert state.ceremony.keys == Keys(trustees="trustees", public_key="key")


@pytest.mark.parametrize("posted", range(9))
def test_an_unfinished_ceremony_cannot_be_completed(posted: int) -> None:
    state = start()
    assert refused(do(state, *ceremony(state)[:posted]), COMPLETE) is ChamberRefusal.CEREMONY_INCOMPLETE


def test_a_complete_ceremony_stands() -> None:
    state = start()
    state = do(state, *ceremony(state))
    assert refused(state, COMPLETE) is ChamberRefusal.CEREMONY_COMPLETE
    assert refused(state, post(3, 1, "another")) is ChamberRefusal.CEREMONY_COMPLETE
    assert decide(state, post(3, 1, "message 3/1"), NOW) == ()
