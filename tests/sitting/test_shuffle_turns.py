"""Shuffles in turn: once each, one on the other, as many as decryption needs, and nothing decrypted before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.figures import ruleset
from tests.support.sittings import (
    NOW,
    asking,
    choose,
    do,
    refused,
    releasing,
    sealed_with,
)
from tests.support.sittings import refusal as refusal_of
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Secrecy, SecrecyRule
from voting.sitting import commands as c
from voting.sitting.events import AnyEvent, ShufflePosted
from voting.sitting.machine import decide, evolve, shuffles_missing
from voting.sitting.poll import PollPlan, PollState
from voting.sitting.refusals import ChamberRefusal

RANKING = asking(choose(n=2, k=1), kind=PollKind.RANK)


def shuffle(scrutineer: int, position: int) -> c.PostShuffle:
    return c.PostShuffle(
        poll="projects",
        scrutineer=scrutineer,
        position=position,
        shuffle=f"by {scrutineer}",
        owned=f"signed by {scrutineer}",
        head=f"after {position}",
    )


def release(scrutineer: int) -> c.ReleaseDecryption:
    return releasing("projects", scrutineer)


def test_a_shuffle_is_kept_with_its_maker_and_moves_the_head() -> None:
    poll = do(sealed_with(RANKING), shuffle(3, 0), shuffle(1, 1)).polls["projects"]
    assert list(poll.shuffles.items()) == [(3, "by 3"), (1, "by 1")]
    assert (poll.head, poll.state) == ("after 1", PollState.SEALED)


@given(st.data(), st.integers(1, 5))
def test_in_whatever_order_scrutineers_come_as_many_shuffle_as_decrypt(data: st.DataObject, of: int) -> None:
    threshold = data.draw(st.integers(min(2, of), of))
    comers = data.draw(st.lists(st.integers(1, of), max_size=12))
    state = sealed_with(RANKING, of=of, threshold=threshold)
    for comer in comers:
        before = state.polls["projects"].shuffles
        if comer in before:
            assert refused(state, shuffle(comer, len(before))) is ChamberRefusal.SHUFFLE_REPEATED
        elif len(before) == threshold:
            assert refused(state, shuffle(comer, len(before))) is ChamberRefusal.SHUFFLES_COMPLETE
        else:
            state = do(state, shuffle(comer, len(before)))
    progress = state.polls["projects"]
    expected = list(dict.fromkeys(comers))[:threshold]
    assert list(progress.shuffles) == expected
    assert shuffles_missing(state, progress) == threshold - len(expected)
    if len(expected) < threshold:
        assert refused(state, release(1)) is ChamberRefusal.SHUFFLES_MISSING
    else:
        assert do(state, release(1)).polls["projects"].decryptions == {1: "share"}


def test_a_shuffle_of_something_older_is_overtaken() -> None:
    state = do(sealed_with(RANKING), shuffle(2, 0))
    for position in (0, 2, -1):
        assert refused(state, shuffle(1, position)) is ChamberRefusal.SHUFFLE_OVERTAKEN


def test_nobody_shuffles_twice_even_on_what_another_left() -> None:
    state = do(sealed_with(RANKING, threshold=3), shuffle(2, 0), shuffle(1, 1))
    assert refused(state, shuffle(2, 2)) is ChamberRefusal.SHUFFLE_REPEATED


def test_when_enough_have_shuffled_no_one_else_may() -> None:
    state = do(sealed_with(RANKING), shuffle(2, 0), shuffle(1, 1))
    assert refused(state, shuffle(3, 2)) is ChamberRefusal.SHUFFLES_COMPLETE


def test_only_scrutineers_shuffle() -> None:
    assert refused(sealed_with(RANKING), shuffle(4, 0)) is ChamberRefusal.UNKNOWN_SCRUTINEER
    assert refused(sealed_with(RANKING), replace(shuffle(1, 0), poll="nowhere")) is ChamberRefusal.UNKNOWN_POLL


@pytest.mark.parametrize(
    "poll",
    [
        choose(n=2, k=1),
        asking(RANKING, secrecy=Secrecy.RECORDED, ruleset=ruleset(secrecy={"choice": SecrecyRule.EITHER})),
        asking(choose(n=2, k=2), kind=PollKind.ELECTION),
    ],
)
def test_ballots_that_are_summed_or_named_are_not_shuffled(poll: PollPlan) -> None:
    assert refused(sealed_with(poll), shuffle(1, 0)) is ChamberRefusal.POLL_NOT_SHUFFLED


def test_shuffles_come_between_the_end_of_ballots_and_the_count() -> None:
    state = sealed_with(RANKING)
    for early in (PollState.PLANNED, PollState.PREPARED, PollState.OPEN, PollState.CLOSED):
        polls = {"projects": replace(state.polls["projects"], state=early)}
        assert refused(replace(state, polls=polls), shuffle(1, 0)) is ChamberRefusal.POLL_NOT_SEALED
    done = do(state, shuffle(1, 0), shuffle(2, 1), release(1), release(3))
    counted = do(done, c.CountPoll(poll="projects", votes=(4, 5), result="r", head="h"))
    assert refused(counted, shuffle(3, 2)) is ChamberRefusal.POLL_NOT_SEALED


def test_an_annulled_poll_keeps_its_shuffles() -> None:
    state = do(sealed_with(RANKING), shuffle(1, 0), c.AnnulPoll(poll="projects", reason="示例理由"))
    assert state.polls["projects"].shuffles == {1: "by 1"}
    assert refusal_of(state, shuffle(2, 1))


def test_a_replayed_journal_keeps_the_order_of_the_shuffles() -> None:
    state = sealed_with(RANKING, of=5, threshold=3)
    events: list[AnyEvent] = []
    for position, scrutineer in enumerate((5, 1, 3)):
        events += decide(state, shuffle(scrutineer, position), NOW)
        state = do(state, shuffle(scrutineer, position))
    assert [event.scrutineer for event in events if isinstance(event, ShufflePosted)] == [5, 1, 3]
    again = sealed_with(RANKING, of=5, threshold=3)
    for event in events:
        again = evolve(again, event)
    assert again == state
