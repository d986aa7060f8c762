"""Counts by hand and mixed counts: who enters, who confirms, what is refused, and that nobody votes twice."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.figures import ruleset
from tests.support.known import known
from tests.support.sittings import (
    NOW,
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
    refused,
    releasing,
    signed_in,
    start,
)
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Medium
from voting.congress.law.reasons import ReasonCode, because
from voting.congress.law.ruleset import ReturnedLimit
from voting.sitting import commands as c
from voting.sitting.counting import OutcomeKind
from voting.sitting.events import HandCountConfirmed, PollCountedByHand
from voting.sitting.hand_counts import HandFigures, HandMethod, adds_up, spelled
from voting.sitting.machine import Sitting, decide, evolve, ruling_in
from voting.sitting.poll import PollPlan, PollState
from voting.sitting.refusals import ChamberRefusal

R = ChamberRefusal
HANDS, PAPER = HandMethod.SHOW_OF_HANDS, HandMethod.PAPER


def by_hand(poll: PollPlan) -> PollPlan:
    return asking(poll, medium=Medium.BY_HAND)


def figures(issued: int, returned: int, void: int = 0, votes: tuple[int, ...] = (), **other: Any) -> HandFigures:
    by_name = dict(zip(("for", "against", "abstain"), votes, strict=True))
    fields: dict[str, Any] = {"issued": issued, "returned": returned, "valid": returned - void, "void": void}
    return HandFigures(**(fields | {"votes": by_name} | other))


def enter(
    given: HandFigures, method: HandMethod = HANDS, scrutineer: int = 1, poll: str = "motion"
) -> c.EnterHandCount:
    return c.EnterHandCount(poll=poll, scrutineer=scrutineer, method=method, figures=given, reason="示例：表决器故障")


def confirm(scrutineer: int = 2, entered_at: int = NOW, poll: str = "motion") -> c.ConfirmHandCount:
    return c.ConfirmHandCount(poll=poll, scrutineer=scrutineer, entered_at=entered_at)


def closed(poll: PollPlan | None = None, number: int = 5, present: int = 4) -> Sitting:
    """Five in office, four present; no key ceremony is needed to count hands."""
    poll = by_hand(poll or motion())
    state = signed_in(start(plan(number, polls=(poll,))), present)
    return do(state, preparing(poll.id), c.OpenByHand(poll=poll.id), c.ClosePoll(poll=poll.id))


PASSED = figures(4, 4, votes=(3, 1, 0))


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


def election(**other: Any) -> PollPlan:
    return asking(choose("deputies", n=2, k=1), kind=PollKind.ELECTION, **other)


def test_an_election_on_paper_elects_a_written_in_name() -> None:
    given = HandFigures(
        issued=4,
        returned=4,
        valid=4,
        void=0,
        votes={"p1": 1, "p2": 0, "示例代表005": 3},
        against={"p1": 3, "p2": 4},
        write_ins=("示例代表005",),
    )
    state = closed(election(write_ins=True))
    state = do(state, enter(given, PAPER, poll="deputies"), confirm(poll="deputies"))
    assert known(state.polls["deputies"].outcome).elected == ("示例代表005",)
    assert refused(closed(election()), enter(given, PAPER, poll="deputies")) is R.HAND_COUNT_IMPOSSIBLE


@pytest.mark.parametrize("name", ["p1", "示例项目1", "示例 项目1", "", "示\x07例", "长" * 61])
def test_a_name_on_papers_is_readable_and_no_candidates(name: str) -> None:
    given = HandFigures(issued=4, returned=4, valid=4, void=0, votes={"p1": 1, "p2": 0} | {name: 3}, write_ins=(name,))
    assert refused(closed(election(write_ins=True)), enter(given, PAPER, poll="deputies")) is R.HAND_COUNT_IMPOSSIBLE


@pytest.mark.parametrize(("name", "kept"), [(" 示例代表005", "示例代表005"), ("示例  甲", "示例 甲"), ("e\u0301", "é")])
def test_a_name_on_papers_is_kept_in_its_one_spelling(name: str, kept: str) -> None:
    given = HandFigures(issued=4, returned=4, valid=4, void=0, votes={"p1": 1, "p2": 0} | {name: 3}, write_ins=(name,))
    entry = do(closed(election(write_ins=True)), enter(given, PAPER, poll="deputies")).polls["deputies"].hand_count
    assert known(entry).figures == replace(given, votes={"p1": 1, "p2": 0, kept: 3}, write_ins=(kept,))


def test_two_spellings_of_one_name_stay_as_they_were_entered_and_so_do_names_from_a_roster() -> None:
    votes = {"p1": 1, "p2": 0, "示例 甲": 1, "示例  甲": 1}
    twice = HandFigures(issued=4, returned=4, valid=4, void=0, votes=votes, write_ins=("示例 甲", "示例  甲"))
    assert spelled(election(write_ins=True).question, twice) == twice
    assert refused(closed(election(write_ins=True)), enter(twice, PAPER, poll="deputies")) is R.HAND_COUNT_IMPOSSIBLE
    odd = replace(twice, votes={"p1": 1, "p2": 0, "示例  甲": 1}, write_ins=("示例  甲",))
    assert spelled(election(write_ins=True, eligible=("示例  甲",)).question, odd) == odd
    assert spelled(election(write_ins=True).question, odd).write_ins == ("示例 甲",)


def test_a_name_on_papers_has_votes_and_stands_on_the_roster_of_the_eligible() -> None:
    given = HandFigures(issued=4, returned=4, valid=4, void=0, votes={"p1": 1, "p2": 0, "甲": 1}, write_ins=("甲",))
    named = enter(given, PAPER, poll="deputies")
    assert refused(closed(election(write_ins=True, eligible=("乙",))), named) is R.HAND_COUNT_IMPOSSIBLE
    assert do(closed(election(write_ins=True, eligible=("甲",))), named)
    long = "示" * 80
    listed = replace(given, votes={"p1": 1, "p2": 0, long: 1}, write_ins=(long,))
    assert do(closed(election(write_ins=True, eligible=(long,))), enter(listed, PAPER, poll="deputies"))
    for votes in ({"p1": 1, "p2": 0, "甲": 0}, {"p1": 1, "p2": 0}):
        nobody = enter(replace(given, votes=votes), PAPER, poll="deputies")
        assert refused(closed(election(write_ins=True)), nobody) is R.HAND_COUNT_IMPOSSIBLE


def test_an_evaluation_on_paper_gives_its_verdicts() -> None:
    poll = asking(choose("results", n=2, k=1), kind=PollKind.EVALUATION)
    levels: dict[str, tuple[int, ...]] = {"p1": (3, 1, 0), "p2": (0, 1, 3)}
    given = HandFigures(issued=4, returned=4, valid=4, void=0, votes={}, levels=levels)
    state = do(closed(poll), enter(given, PAPER, poll="results"), confirm(poll="results"))
    assert known(state.polls["results"].outcome).verdicts == {"p1": "satisfied", "p2": "dissatisfied"}


# --- mixed ---


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
