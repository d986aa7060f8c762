"""A secret poll of too few voters is not opened, and a box of too few ballots stays shut; both say what is asked."""

import pytest
from msgspec.structs import replace

from tests.support.figures import ruleset
from tests.support.sittings import (
    accepting,
    asking,
    ballot,
    choose,
    do,
    motion,
    opening,
    plan,
    preparing,
    ready,
    refusal,
    refused,
    releasing,
    shuffling,
)
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Follows, Medium
from voting.congress.law.ruleset import DEFAULTS, Relation, Ruleset, Secrecy
from voting.congress.refusal import Refusal
from voting.sitting import commands as c
from voting.sitting.decide.polls import may_announce
from voting.sitting.machine import Sitting, why_not
from voting.sitting.poll import PollPlan, PollState
from voting.sitting.refusals import ChamberRefusal

FOUR = ruleset(ballots={"least_secret": 4})
SECRET = asking(choose(), ruleset=FOUR)
RANKED = asking(SECRET, kind=PollKind.RANK)
RECORDED = asking(motion(), ruleset=FOUR, secrecy=Secrecy.RECORDED)
MIXED = asking(SECRET, medium=Medium.MIXED)
UNASKED = asking(SECRET, ruleset=Ruleset())


def gathered(poll: PollPlan, voters: int) -> Sitting:
    """Six are present, and so many have registered."""
    state = do(ready(plan(6, polls=(poll,))), preparing(poll.id))
    return do(state, *(c.RegisterCredential(poll.id, f"00{i}", f"credential 00{i}") for i in range(1, voters + 1)))


def closed(poll: PollPlan, ballots: int) -> Sitting:
    """Six could vote, and so many did."""
    state = do(gathered(poll, 6), opening(poll.id))
    cast = (step for i in range(1, ballots + 1) for step in (ballot(f"00{i}", poll.id), accepting(f"00{i}", poll.id)))
    return do(state, *cast, c.ClosePoll(poll=poll.id), c.SealTally(poll=poll.id, encrypted_tally="e", head="h"))


def signing(poll: PollPlan) -> c.SignClosedBoard:
    return c.SignClosedBoard(poll=poll.id, scrutineer=1, signed="mine")


@pytest.mark.parametrize("poll", [SECRET, RANKED, MIXED])
@pytest.mark.parametrize(("voters", "opens"), [(3, False), (4, True)])
def test_a_secret_poll_is_opened_with_as_many_voters_at_terminals_as_the_rules_ask_for(
    poll: PollPlan, voters: int, opens: bool
) -> None:
    state = gathered(poll, voters)
    if opens:
        assert do(state, opening(poll.id)).polls[poll.id].state is PollState.OPEN
        return
    params: dict[str, str | int] = {"poll": poll.id, "ready": voters, "needed": 4}
    assert refusal(state, opening(poll.id)) == Refusal(code=ChamberRefusal.TOO_FEW_READY, params=params)


@pytest.mark.parametrize("poll", [RECORDED, UNASKED])
def test_votes_by_name_and_rules_without_the_setting_ask_for_no_number(poll: PollPlan) -> None:
    assert do(gathered(poll, 1), opening(poll.id)).polls[poll.id].state is PollState.OPEN
    assert refused(gathered(poll, 0), opening(poll.id)) is ChamberRefusal.NOBODY_READY


def test_who_votes_on_paper_hides_nobody_at_the_terminals() -> None:
    papers = (c.IssuePaper(MIXED.id, f"00{i}", "示例理由") for i in (4, 5))
    state = do(gathered(MIXED, 4), *papers)
    assert refused(state, opening(MIXED.id)) is ChamberRefusal.TOO_FEW_READY


@pytest.mark.parametrize(
    ("poll", "command"),
    [
        (SECRET, releasing(SECRET.id, 1)),
        (SECRET, signing(SECRET)),
        (SECRET, c.CompareClosedHead(poll=SECRET.id, scrutineer=1, head="h")),
        (RANKED, shuffling(RANKED.id, 1, 0)),
        (MIXED, releasing(MIXED.id, 1)),
    ],
)
def test_a_box_of_too_few_ballots_stays_shut(poll: PollPlan, command: c.Command) -> None:
    params: dict[str, str | int] = {"poll": poll.id, "returned": 3, "needed": 4}
    assert refusal(closed(poll, 3), command) == Refusal(code=ChamberRefusal.TOO_FEW_BALLOTS, params=params)
    do(closed(poll, 4), command)


def test_nobody_shuffles_or_decrypts_an_empty_box_unless_the_rules_ask_for_nothing() -> None:
    one = asking(SECRET, ruleset=ruleset(ballots={"least_secret": 1}))
    assert refused(closed(one, 0), releasing(one.id, 1)) is ChamberRefusal.TOO_FEW_BALLOTS
    do(closed(UNASKED, 0), releasing(UNASKED.id, 1))


def test_the_chair_is_told_why_and_annuls_and_the_same_question_may_be_put_again_on_paper() -> None:
    state = closed(SECRET, 3)
    why = why_not(may_announce, state, SECRET.id)
    assert why
    assert why.code is ChamberRefusal.TOO_FEW_BALLOTS
    state = do(state, c.AnnulPoll(poll=SECRET.id, reason="示例理由"))
    again = c.PlanPoll(item="votes", plan=_again(SECRET, Medium.BY_HAND))
    assert do(state, again).polls["again"].question.medium is Medium.BY_HAND


def _again(poll: PollPlan, medium: Medium) -> PollPlan:
    return asking(poll, id="again", follows=Follows(poll.id, Relation.REPEAT), medium=medium)


def test_what_is_announced_next_is_told_as_before_where_there_are_enough() -> None:
    why = why_not(may_announce, closed(SECRET, 4), SECRET.id)
    assert why
    assert why.code is ChamberRefusal.POLL_NOT_CONFIRMED


@pytest.mark.parametrize(
    ("poll", "least"),
    [
        (asking(motion(), ruleset=DEFAULTS), 5),
        (asking(motion(), ruleset=DEFAULTS, secrecy=Secrecy.RECORDED), 0),
        (asking(motion(), ruleset=DEFAULTS, medium=Medium.BY_HAND), 0),
        (asking(motion(), ruleset=DEFAULTS, medium=Medium.MIXED), 5),
        (motion(), 0),
    ],
)
def test_only_what_is_decrypted_has_a_least_number(poll: PollPlan, least: int) -> None:
    assert poll.question.least_secret == least
    assert replace(poll.question, ruleset=FOUR).least_secret == (4 if least or poll == motion() else 0)
