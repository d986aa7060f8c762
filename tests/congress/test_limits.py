"""Every limit holds at its edge: what is just within it is taken, and one more is refused."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.support.sittings import asking, brought_to, choose, do, motion, opening, plan, ready, refused
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Relation
from voting.congress.refusal import Refused
from voting.sitting import commands as c
from voting.sitting.decide.dispatch import decide
from voting.sitting.follow_ups import follow_ups_of
from voting.sitting.hand_counts import HandFigures, names_fit
from voting.sitting.plan_checks import problems_of
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal

ELECTION = asking(choose(n=1, k=1), kind=PollKind.ELECTION, write_ins=True).question


def name_fits(length: int) -> bool:
    roster = plan().roster
    longest = replace(roster.delegates[0], name="字" * length)
    return not problems_of(replace(plan(), roster=replace(roster, delegates=(longest, *roster.delegates[1:]))))


def added_name_fits(length: int) -> bool:
    name = "字" * length
    votes = {"p1": 0, name: 1}
    return names_fit(ELECTION, HandFigures(issued=1, returned=1, valid=1, void=0, votes=votes, write_ins=(name,)))


def reason_fits(length: int) -> bool:
    return carried_out(lambda: do(brought_to(ready(), PollState.OPEN), c.AnnulPoll("projects", "字" * length)))


def seconds_fit(seconds: int) -> bool:
    return carried_out(lambda: do(brought_to(ready(), PollState.PREPARED), opening("projects", seconds=seconds)))


def carried_out(act: Callable[[], object]) -> bool:
    try:
        act()
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    ("fits", "within", "beyond"),
    [
        (name_fits, 30, 31),
        (added_name_fits, 60, 61),
        (reason_fits, 300, 301),
        (seconds_fit, 10, 9),
        (seconds_fit, 3600, 3601),
    ],
)
def test_what_is_within_a_limit_is_taken_and_one_beyond_it_is_not(
    fits: Callable[[int], bool], within: int, beyond: int
) -> None:
    assert (fits(within), fits(beyond)) == (True, False)


def test_a_poll_that_follows_has_an_id_and_a_title_that_fit() -> None:
    poll = asking(motion("m" * 40), title="题" * 200)
    state = brought_to(ready(plan(polls=(poll,))), PollState.ANNULLED, poll=poll.id)
    again = follow_ups_of(state, poll.id)[Relation.REPEAT].question
    assert (len(again.id), len(again.title)) == (40, 200)


def test_a_terminal_of_which_five_ballots_were_rejected_sends_no_more() -> None:
    state = brought_to(ready(), PollState.PREPARED)
    state = do(state, opening("projects"))
    for number in range(5):
        tried = c.StoreBallot(poll="projects", delegate="001", credential="credential 001", tracker=f"tracker {number}")
        state = do(state, tried, c.RejectBallot("projects", "001", tried.tracker, "proof_invalid"))
    another = replace(tried, tracker="another")
    assert refused(state, another) is ChamberRefusal.TOO_MANY_REJECTED_BALLOTS


def test_a_terminal_that_registered_twenty_credentials_registers_no_more_and_others_still_do() -> None:
    state = brought_to(ready(), PollState.PREPARED)
    already = state.polls["projects"].voter("001").registrations
    for number in range(already, 20):
        state = do(state, c.RegisterCredential("projects", "001", f"another {number}"))
    last = state.polls["projects"].voter("001").credential
    beyond = c.RegisterCredential("projects", "001", "one more")
    assert refused(state, beyond) is ChamberRefusal.TOO_MANY_REGISTRATIONS
    assert decide(state, c.RegisterCredential("projects", "001", str(last)), 0) == ()
    assert do(state, c.RegisterCredential("projects", "002", "one more")) != state
