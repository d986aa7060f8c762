"""Papers beside the terminals: one count of both, and nobody votes twice."""

import pytest
from msgspec.structs import replace

from tests.support.figures import ruleset
from tests.support.hand_steps import HANDS, PAPER, PASSED, closed, confirm, enter, figures
from tests.support.known import known
from tests.support.sittings import (
    NOW,
    accepting,
    asking,
    ballot,
    do,
    motion,
    opening,
    plan,
    preparing,
    ready,
    refused,
    releasing,
)
from voting.congress.law.question import Medium
from voting.congress.law.reasons import ReasonCode, because
from voting.congress.law.ruleset import ReturnedLimit
from voting.sitting import commands as c
from voting.sitting.counting import OutcomeKind
from voting.sitting.machine import Sitting, decide, ruling_in
from voting.sitting.refusals import ChamberRefusal

R = ChamberRefusal


def mixed(present: int = 4, registered: tuple[str, ...] = ("001", "002", "003", "004")) -> Sitting:
    poll = asking(motion("projects"), medium=Medium.MIXED)
    state = do(ready(plan(5, polls=(poll,)), present), c.PreparePoll(poll="projects", election_uuid="u"))
    keys = (c.RegisterCredential(poll="projects", delegate=n, credential=f"credential {n}") for n in registered)
    return do(state, *keys, opening("projects"))


def paper(number: str, reason: str = "示例：终端故障") -> c.IssuePaper:
    return c.IssuePaper(poll="projects", delegate=number, reason=reason)


def voted(*numbers: str) -> tuple[c.Command, ...]:
    return tuple(step for n in numbers for step in (ballot(n), accepting(n)))


def sealed(state: Sitting) -> Sitting:
    release = (releasing("projects", i) for i in (1, 2))
    return do(
        state, c.ClosePoll(poll="projects"), c.SealTally(poll="projects", encrypted_tally="e", head="h"), *release
    )


COUNT = c.CountPoll(poll="projects", votes=(2, 1, 0), result="r", head="h")


def test_papers_and_terminals_make_one_count() -> None:
    state = sealed(do(mixed(), *voted("001", "002", "003"), paper("004")))
    assert refused(state, COUNT) is R.HAND_COUNT_MISSING
    state = do(state, enter(figures(1, 1, votes=(1, 0, 0)), PAPER, poll="projects"))
    assert refused(state, COUNT) is R.HAND_COUNT_MISSING
    state = do(state, confirm(poll="projects"), COUNT)
    poll = state.polls["projects"]
    assert (
        known(poll.count).issued,
        known(poll.count).returned,
        known(poll.count).by_hand,
        known(poll.count).not_pressed,
    ) == (4, 4, 1, 0)
    assert (known(poll.count).medium, known(poll.count).votes["for"], known(poll.outcome).kind) == (
        Medium.MIXED,
        3,
        OutcomeKind.PASSED,
    )


def test_papers_are_not_counted_while_the_poll_is_open() -> None:
    given = enter(figures(1, 1, votes=(1, 0, 0)), PAPER, poll="projects")
    state = do(mixed(), paper("004"))
    assert refused(state, given) is R.POLL_NOT_CLOSED
    assert refused(state, confirm(poll="projects")) is R.POLL_NOT_CLOSED
    closed_now = do(state, c.ClosePoll(poll="projects"))
    sealed_now = do(closed_now, c.SealTally(poll="projects", encrypted_tally="e", head="h"))
    for ready_now in (closed_now, sealed_now):
        assert do(ready_now, given).polls["projects"].hand_count
    counted = do(sealed(do(state, *voted("001"))), given, confirm(poll="projects"), replace(COUNT, votes=(1, 0, 0)))
    assert refused(counted, given) is R.POLL_NOT_CLOSED


def test_who_came_late_and_got_a_paper_was_present() -> None:
    rules = ruleset(ballots={"returned_at_most": ReturnedLimit.PRESENT})
    poll = asking(motion("projects"), medium=Medium.MIXED, ruleset=rules)
    state = do(ready(plan(5, polls=(poll,)), 4), c.PreparePoll(poll="projects", election_uuid="u"))
    keys = (c.RegisterCredential(poll="projects", delegate=n, credential=f"credential {n}") for n in state.present)
    state = do(state, *keys, opening("projects"), c.SignIn(delegate="005"), paper("005"))
    state = sealed(do(state, *voted("001", "002", "003", "004")))
    given = enter(figures(1, 1, votes=(0, 1, 0)), PAPER, poll="projects")
    state = do(state, given, confirm(poll="projects"), replace(COUNT, votes=(3, 1, 0)))
    assert known(state.polls["projects"].outcome).kind is OutcomeKind.PASSED


def test_the_reasons_follow_from_the_journal_and_agree_with_its_outcome() -> None:
    state = do(closed(), enter(PASSED))
    assert ruling_in(state, "motion") is None
    state = do(state, confirm())
    ruling = ruling_in(state, "motion")
    assert ruling is not None
    assert ruling.outcome is known(state.polls["motion"].outcome).kind
    assert ruling.reasons[0] == because(ReasonCode.QUORUM_REACHED, needed=4, base=5, present=4)


def test_who_votes_on_paper_cannot_vote_at_the_terminal() -> None:
    assert refused(do(mixed(), paper("001")), ballot("001")) is R.VOTES_ON_PAPER


def test_who_voted_at_the_terminal_gets_no_paper() -> None:
    stored = do(mixed(), ballot("001"))
    assert refused(stored, paper("001")) is R.ALREADY_VOTED
    assert refused(do(stored, accepting("001")), paper("001")) is R.ALREADY_VOTED


def test_papers_stand_in_the_order_in_which_they_were_issued() -> None:
    poll = asking(motion("projects"), medium=Medium.MIXED)
    key = c.RegisterCredential(poll="projects", delegate="001", credential="credential 001")
    prepared = do(ready(plan(5, polls=(poll,)), 4), preparing("projects"), key)
    state = do(prepared, paper("003", "第一"), paper("001", "第二"))
    assert list(state.polls["projects"].papers.items()) == [("003", "第一"), ("001", "第二")]
    assert (state.polls["projects"].issued, state.polls["projects"].papers_instead) == (2, 1)


def test_a_paper_before_opening_takes_the_delegate_off_the_list() -> None:
    poll = asking(motion("projects"), medium=Medium.MIXED)
    state = do(ready(plan(5, polls=(poll,)), 4), preparing("projects"))
    keys = (c.RegisterCredential(poll="projects", delegate=n, credential=f"credential {n}") for n in ("001", "002"))
    state = do(state, *keys, paper("002"), paper("003"), opening("projects"))
    assert (list(state.polls["projects"].credentials), state.polls["projects"].issued) == (["001"], 3)
    prepared_again = c.RegisterCredential(poll="projects", delegate="003", credential="x")
    assert refused(state, prepared_again) is R.POLL_NOT_PREPARED


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (paper("005"), R.NOT_SIGNED_IN),
        (paper("999"), R.UNKNOWN_DELEGATE),
        (paper("001", " "), R.REASON_NEEDED),
        (replace(paper("001"), poll="nowhere"), R.UNKNOWN_POLL),
    ],
)
def test_a_paper_is_issued_to_delegates_present_with_a_reason(command: c.IssuePaper, code: ChamberRefusal) -> None:
    assert refused(mixed(), command) is code


def test_a_paper_is_issued_once_and_only_before_closing() -> None:
    state = do(mixed(), paper("001"))
    assert decide(state, paper("001"), NOW) == ()
    assert refused(do(state, c.ClosePoll(poll="projects")), paper("002")) is R.POLL_NOT_OPEN


@pytest.mark.parametrize("issued", [0, 2])
def test_exactly_the_papers_that_were_issued_are_accounted_for(issued: int) -> None:
    state = do(mixed(), paper("001"), c.ClosePoll(poll="projects"))
    wrong = enter(figures(issued, 0, votes=(0, 0, 0)), PAPER, poll="projects")
    assert refused(state, wrong) is R.PAPERS_DO_NOT_ADD_UP


def test_hands_are_not_counted_into_a_mixed_poll() -> None:
    state = do(mixed(), paper("001"), c.ClosePoll(poll="projects"))
    assert refused(state, enter(figures(1, 1, votes=(1, 0, 0)), HANDS, poll="projects")) is R.METHOD_NOT_ALLOWED


def test_a_confirmed_paper_count_is_final() -> None:
    state = sealed(do(mixed(), *voted("001"), paper("004")))
    state = do(state, enter(figures(1, 1, votes=(1, 0, 0)), PAPER, poll="projects"), confirm(poll="projects"))
    again = enter(figures(1, 0, votes=(0, 0, 0)), PAPER, poll="projects")
    assert refused(state, again) is R.HAND_COUNT_CONFIRMED


def test_a_mixed_poll_without_papers_is_an_electronic_one() -> None:
    state = do(sealed(do(mixed(), *voted("001", "002", "003"))), COUNT)
    assert known(state.polls["projects"].count).medium is Medium.ELECTRONIC


def test_a_paper_that_never_came_back_did_not_vote() -> None:
    state = sealed(do(mixed(), *voted("001", "002", "003"), paper("004")))
    given = enter(figures(1, 0, votes=(0, 0, 0)), PAPER, poll="projects")
    count = known(do(state, given, confirm(poll="projects"), COUNT).polls["projects"].count)
    assert (count.issued, count.returned, count.not_pressed) == (4, 3, 1)
