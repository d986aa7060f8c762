"""Elections and evaluations on paper: names that papers add, and verdicts."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.hand_steps import PAPER, closed, confirm, enter
from tests.support.known import known
from tests.support.sittings import (
    asking,
    choose,
    do,
    refused,
)
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Medium
from voting.congress.law.ruleset import BallotRules, Ruleset, WriteInAfter
from voting.record.questions import problem_of_ballot
from voting.record.singly import MAX_WRITE_IN_BYTES
from voting.sitting.hand_counts import HandFigures, spelled
from voting.sitting.poll import PollPlan
from voting.sitting.refusals import ChamberRefusal
from voting.tally.ballots.names import is_name

R = ChamberRefusal


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


@pytest.mark.parametrize(("against", "holds"), [(2, False), (3, True)])
def test_papers_hold_no_more_names_than_votes_against_candidates(against: int, holds: bool) -> None:
    votes = {"p1": 1, "p2": 0, "示例代表005": 3}
    given = HandFigures(4, 4, 4, 0, votes, against={"p1": against}, write_ins=("示例代表005",))
    rules = Ruleset(ballots=BallotRules(write_in_after=WriteInAfter.AGAINST))
    entered = enter(given, PAPER, poll="deputies")
    if holds:
        assert do(closed(election(write_ins=True, ruleset=rules)), entered)
    else:
        assert refused(closed(election(write_ins=True, ruleset=rules)), entered) is R.HAND_COUNT_IMPOSSIBLE
    assert do(closed(election(write_ins=True)), entered)


@pytest.mark.parametrize("name", ["p1", "示例项目1", "示例 项目1", "", "示\x07例", "长" * 61])
def test_a_name_on_papers_is_readable_and_no_candidates(name: str) -> None:
    given = HandFigures(issued=4, returned=4, valid=4, void=0, votes={"p1": 1, "p2": 0} | {name: 3}, write_ins=(name,))
    assert refused(closed(election(write_ins=True)), enter(given, PAPER, poll="deputies")) is R.HAND_COUNT_IMPOSSIBLE


@pytest.mark.parametrize("name", ["阿卜杜热合曼·买买提伊明", "示例" * 8, "示" * 60])
def test_a_name_too_long_for_a_terminal_stands_on_papers_of_any_number_of_seats(name: str) -> None:
    four = asking(choose("members", n=5, k=4), kind=PollKind.ELECTION, write_ins=True, medium=Medium.BY_HAND)
    assert is_name(name)
    assert len(name.encode()) > MAX_WRITE_IN_BYTES
    assert problem_of_ballot(four.question, "Ed25519") is None
    given = HandFigures(4, 4, 4, 0, {f"p{i}": 1 for i in range(1, 6)} | {name: 3}, write_ins=(name,))
    state = do(closed(four), enter(given, PAPER, poll="members"), confirm(poll="members"))
    assert known(state.polls["members"].outcome).elected == (name,)


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
