"""Counts by hand: who enters, who confirms, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.figures import ruleset
from tests.support.hand_steps import HANDS, PAPER, PASSED, by_hand, closed, confirm, enter, figures
from tests.support.known import known
from tests.support.sittings import (
    NOW,
    asking,
    choose,
    do,
    motion,
    opening,
    plan,
    preparing,
    ready,
    refused,
    signed_in,
    start,
)
from voting.congress.law.question import Medium
from voting.sitting import commands as c
from voting.sitting.counting import OutcomeKind
from voting.sitting.events import HandCountConfirmed, PollCountedByHand
from voting.sitting.hand_counts import HandFigures, adds_up
from voting.sitting.machine import Sitting, decide, evolve
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal

R = ChamberRefusal


def test_hands_are_counted_entered_confirmed_and_marked_for_ever() -> None:
    state = do(closed(), enter(PASSED), confirm())
    poll = state.polls["motion"]
    assert (poll.state, known(poll.hand_count).entered_by, known(poll.hand_count).confirmed_by) == (
        PollState.COUNTED,
        1,
        2,
    )
    assert (known(poll.count).medium, known(poll.count).by_hand, known(poll.count).returned) == (Medium.BY_HAND, 4, 4)
    assert (known(poll.outcome).kind, known(poll.count).votes) == (
        OutcomeKind.PASSED,
        {"for": 3, "against": 1, "abstain": 0},
    )
    state = do(state, c.ConfirmCount(poll="motion", scrutineer=1), c.AnnounceResult(poll="motion"))
    assert known(state.polls["motion"].count).medium is Medium.BY_HAND


def test_confirming_counts_in_one_step() -> None:
    events = decide(do(closed(), enter(PASSED)), confirm(), NOW)
    assert isinstance(events, tuple)
    assert [type(event) for event in events] == [HandCountConfirmed, PollCountedByHand]


def test_who_entered_a_count_cannot_confirm_it() -> None:
    assert refused(do(closed(), enter(PASSED)), confirm(1)) is R.SECOND_PERSON_NEEDED


def test_only_the_entry_that_was_seen_is_confirmed() -> None:
    assert refused(do(closed(), enter(PASSED)), confirm(entered_at=NOW - 1)) is R.HAND_COUNT_CHANGED


def test_an_entry_may_be_corrected_until_it_is_confirmed() -> None:
    corrected = figures(4, 4, votes=(2, 2, 0))
    state = do(closed(), enter(PASSED), enter(corrected, scrutineer=3), confirm(entered_at=NOW + 1))
    assert known(state.polls["motion"].outcome).kind is OutcomeKind.NOT_PASSED
    assert refused(state, enter(PASSED)) is R.POLL_NOT_CLOSED


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (figures(4, 5, votes=(3, 1, 0)), R.HAND_COUNT_DOES_NOT_ADD_UP),
        (figures(4, 4, votes=(3, 1, 0), valid=3), R.HAND_COUNT_DOES_NOT_ADD_UP),
        (figures(4, 3, 4, votes=(0, 0, 0)), R.HAND_COUNT_DOES_NOT_ADD_UP),
        (figures(4, 4, -1, votes=(3, 1, 0)), R.HAND_COUNT_DOES_NOT_ADD_UP),
        (figures(5, 5, votes=(3, 1, 0)), R.PAPERS_DO_NOT_ADD_UP),
        (figures(4, 4, votes=(3, 2, 0)), R.HAND_COUNT_IMPOSSIBLE),
        (figures(4, 4, 1, votes=(3, 1, 0)), R.HAND_COUNT_IMPOSSIBLE),
        (figures(4, 4, votes=(5, -1, 0)), R.HAND_COUNT_IMPOSSIBLE),
        (figures(4, 4, votes=(3, 1, 0), write_ins=("x",)), R.HAND_COUNT_IMPOSSIBLE),
        (figures(4, 4, votes=(3, 1, 0), against={"x": 1}), R.HAND_COUNT_IMPOSSIBLE),
        (figures(4, 4, votes=(3, 1, 0), against={"for": 1}), R.HAND_COUNT_IMPOSSIBLE),
        (figures(4, 4, votes=(3, 1, 0), abstain={"for": 0}), R.HAND_COUNT_IMPOSSIBLE),
        (HandFigures(issued=4, returned=4, valid=4, void=0, votes={"for": 3}), R.HAND_COUNT_IMPOSSIBLE),
    ],
)
def test_figures_that_cannot_be_are_refused(given: HandFigures, code: ChamberRefusal) -> None:
    assert refused(closed(), enter(given)) is code


def test_two_entries_of_the_same_moment_are_told_apart() -> None:
    """The clock may stand still or be set back; what was seen is confirmed all the same, and nothing else."""
    state = do(closed(), enter(PASSED), enter(figures(4, 4, votes=(1, 3, 0))))
    assert refused(state, confirm()) is R.HAND_COUNT_CHANGED
    latest = known(state.polls["motion"].hand_count).entered_at
    assert latest > NOW
    assert known(do(state, confirm(entered_at=latest)).polls["motion"].outcome).kind is OutcomeKind.NOT_PASSED


def test_who_came_late_and_left_again_may_have_voted_by_hand() -> None:
    poll = by_hand(motion())
    state = signed_in(start(plan(5, polls=(poll,))), 4)
    state = do(state, preparing("motion"), c.OpenByHand(poll="motion"), c.SignIn(delegate="005"))
    state = do(state, c.ClosePoll(poll="motion"), *(c.RecordDeparture(delegate=n) for n in ("001", "005")))
    assert "motion" in do(state, enter(figures(5, 5, votes=(3, 2, 0)))).polls


def at(state: Sitting, now: int, *commands: c.Command) -> Sitting:
    """Carried out at this moment."""
    for command in commands:
        events = decide(state, command, now)
        assert isinstance(events, tuple), events
        for event in events:
            state = evolve(state, event)
    return state


@pytest.mark.parametrize(("left_at", "most"), [(9, 4), (10, 5), (11, 5)])
def test_who_left_before_a_poll_by_hand_was_opened_cannot_have_voted_in_it(left_at: int, most: int) -> None:
    """The poll is opened at moment 10; five were there before, four of them stay."""
    state = signed_in(start(plan(5, polls=(by_hand(motion()),))), 5)
    state = at(state, NOW + 1, preparing("motion"))
    leave = c.RecordDeparture(delegate="005")
    state = at(state, NOW + left_at, leave) if left_at < 10 else state
    state = at(state, NOW + 10, c.OpenByHand(poll="motion"))
    state = at(state, NOW + left_at, leave) if left_at >= 10 else state
    state = at(state, NOW + 12, c.ClosePoll(poll="motion"))
    for issued in (4, 5, 6):
        given = enter(figures(issued, issued, votes=(issued, 0, 0)))
        if issued <= most:
            assert at(state, NOW + 13, given).polls["motion"].hand_count
        else:
            assert refused(state, given) is R.PAPERS_DO_NOT_ADD_UP


@given(st.builds(HandFigures, *[st.integers(-1, 3)] * 4, votes=st.just({})))
def test_a_count_adds_up_exactly_when_its_papers_do(given: HandFigures) -> None:
    possible = {
        (issued, valid + void, valid, void)
        for issued in range(4)
        for valid in range(4)
        for void in range(4)
        if valid + void <= issued
    }
    assert adds_up(given) == ((given.issued, given.returned, given.valid, given.void) in possible)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (enter(PASSED, scrutineer=9), R.UNKNOWN_SCRUTINEER),
        (enter(PASSED, poll="nowhere"), R.UNKNOWN_POLL),
        (replace(enter(PASSED), reason=" "), R.REASON_NEEDED),
        (confirm(), R.HAND_COUNT_MISSING),
        (c.SealTally(poll="motion", encrypted_tally="", head=""), R.POLL_BY_HAND),
        (c.RegisterCredential(poll="motion", delegate="001", credential="k"), R.POLL_NOT_PREPARED),
    ],
)
def test_what_does_not_belong_to_a_count_by_hand_is_refused(command: c.Command, code: ChamberRefusal) -> None:
    assert refused(closed(), command) is code


def test_a_poll_by_hand_takes_no_credentials_and_is_not_opened_electronically() -> None:
    state = do(signed_in(start(plan(5, polls=(by_hand(motion()),)))), preparing("motion"))
    register = c.RegisterCredential(poll="motion", delegate="001", credential="k")
    assert refused(state, register) is R.POLL_BY_HAND
    assert refused(state, opening("motion")) is R.POLL_BY_HAND


def test_a_poll_by_hand_needs_a_quorum_and_an_electronic_one_is_not_opened_by_hand() -> None:
    state = do(start(plan(5, polls=(by_hand(motion()),))), preparing("motion"))
    assert refused(signed_in(state, 3), c.OpenByHand(poll="motion")) is R.NO_QUORUM
    electronic = do(ready(), preparing("motion"))
    assert refused(electronic, c.OpenByHand(poll="motion")) is R.POLL_NOT_BY_HAND
    assert refused(electronic, enter(PASSED)) is R.POLL_NOT_BY_HAND


def test_hands_are_not_counted_before_the_poll_is_closed() -> None:
    state = do(signed_in(start(plan(5, polls=(by_hand(motion()),)))), preparing("motion"))
    assert refused(do(state, c.OpenByHand(poll="motion")), enter(PASSED)) is R.POLL_NOT_CLOSED


def test_the_rules_say_what_may_be_decided_by_hands() -> None:
    given = HandFigures(issued=4, returned=4, valid=4, void=0, votes={"p1": 4, "p2": 3, "p3": 1})
    state = closed(choose())
    assert refused(state, enter(given, HANDS, poll="projects")) is R.METHOD_NOT_ALLOWED
    entered = do(state, enter(given, PAPER, poll="projects")).polls["projects"].hand_count
    assert "p1" in known(entered).figures.votes


def test_no_paper_where_the_rules_know_none() -> None:
    rules = ruleset(fallback={"paper": ()})
    state = closed(asking(motion(), ruleset=rules))
    assert refused(state, enter(PASSED, PAPER)) is R.METHOD_NOT_ALLOWED
