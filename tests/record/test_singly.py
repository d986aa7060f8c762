"""Papers: what is written on them is read back, and counted as a person would count them by hand."""

import re
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.repository import DOCS
from tests.support.singly import AFTER_AGAINST, ELIGIBLE, choices_in, elections, poll
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Question
from voting.congress.law.ruleset import BallotRule, Ruleset, Secrecy, WriteInAfter
from voting.congress.limits import MAX_ADDED_NAME
from voting.files.problems import FileProblem
from voting.record.ballot_problems import BallotProblem, BallotProblemCode
from voting.record.questions import (
    UNREADABLE,
    ChoiceInvalid,
    answers_of,
    choice_of,
    figures_in,
    problem_of_ballot,
    questions_of,
    write_in_bytes,
)
from voting.record.singly import MIN_WRITE_IN_BYTES, PAPER_NUMBERS
from voting.sitting.counting import count_of, marks_fit, votes_possible
from voting.words import Language


@settings(deadline=None)
@given(st.data())
def test_a_paper_is_read_back_as_it_was_written(data: st.DataObject) -> None:
    plan = data.draw(elections())
    choice = data.draw(choices_in(plan))
    answers = answers_of(plan, choice)
    questions_of(plan)[0].check_choices(answers[0])
    assert choice_of(plan, answers) == choice


@pytest.mark.parametrize(
    ("choice", "rules", "void"),
    [
        (("p1=against", "+示例甲"), AFTER_AGAINST, 0),
        (("p1=abstain", "+示例甲"), AFTER_AGAINST, 1),
        (("+示例甲",), AFTER_AGAINST, 1),
        (("p1=for", "+示例甲"), AFTER_AGAINST, 1),
        (("p1=against", "p2=for", "+示例甲"), AFTER_AGAINST, 0),
        (("p1=against", "+示例甲", "+示例乙"), AFTER_AGAINST, 1),
        (("p1=against", "p2=against", "+示例甲", "+示例乙"), AFTER_AGAINST, 0),
        (("p1=abstain", "+示例甲"), None, 0),
        (("p1=abstain", "p2=for"), AFTER_AGAINST, 0),
    ],
)
def test_who_is_against_a_candidate_may_add_a_name_for_each(
    choice: tuple[str, ...], rules: Ruleset | None, void: int
) -> None:
    plan = poll(PollKind.ELECTION, 3, 2, rules, write_ins=True)
    _, marks = figures_in(plan, ((answers_of(plan, choice)[0],),))
    assert (marks.void, sum(marks.write_ins.values())) == (void, 0 if void else len([n for n in choice if n[0] == "+"]))


@settings(deadline=None)
@given(st.permutations(range(1, 8)), st.integers(0, 7))
def test_a_ranking_is_read_back_as_it_was_written(places: list[int], given_places: int) -> None:
    plan = poll(PollKind.RANK, 7, 1)
    choice = tuple(f"p{option}={place}" for option, place in enumerate(places[:given_places], start=1))
    assert choice_of(plan, answers_of(plan, choice)) == choice


def by_hand(plan: Question, ballots: Sequence[tuple[str, ...]]) -> tuple[Counter[str], int]:
    """What tellers find: "p1=for" or "+name" -> how often, on valid papers; and how many are void."""
    found: Counter[str] = Counter()
    void = 0
    for choice in ballots:
        chosen = sum(1 for text in choice if text.endswith("=for") or text.startswith("+"))
        rules = plan.ruleset.ballots
        over = rules.over if plan.kind is PollKind.ELECTION else rules.over_approval
        too_many = over is BallotRule.VOID and chosen > plan.seats
        names = sum(text.startswith("+") for text in choice)
        against = sum(text.endswith("=against") for text in choice)
        unasked = rules.write_in_after is WriteInAfter.AGAINST and names > against
        if too_many or unasked or (rules.under is BallotRule.VOID and chosen < plan.seats):
            void += 1
        else:
            found.update(choice)
    return found, void


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_papers_are_counted_as_tellers_count_them(data: st.DataObject) -> None:
    plan = data.draw(elections())
    ballots = data.draw(st.lists(choices_in(plan), max_size=12))
    votes, marks = figures_in(plan, (tuple(answers_of(plan, choice)[0] for choice in ballots),))
    found, void = by_hand(plan, ballots)
    ids = [option.id for option in plan.options]
    assert marks.void == void
    assert list(votes) == [found[f"{option}=for"] for option in ids]
    assert list(marks.against) == [found[f"{option}=against"] for option in ids]
    assert list(marks.abstain) == [found[f"{option}=abstain"] for option in ids]
    assert marks.write_ins == {text[1:]: times for text, times in found.items() if text.startswith("+")}
    assert votes_possible(plan, len(ballots), votes)
    assert marks_fit(plan, marks)


@settings(deadline=None)
@given(st.lists(st.permutations(["p1=1", "p2=2", "p3=3"]), max_size=8), st.integers(0, 3))
def test_sums_of_ranks_come_from_complete_papers_only(papers: list[list[str]], incomplete: int) -> None:
    plan = poll(PollKind.RANK, 3, 1)
    ballots = [tuple(f"p{i}={text[-1]}" for i, text in enumerate(paper, start=1)) for paper in papers]
    cast = [*ballots, *[("p1=1", "p3=2")] * incomplete]
    votes, marks = figures_in(plan, (tuple(answers_of(plan, choice)[0] for choice in cast),))
    assert list(votes) == [sum(int(choice[place][-1]) for choice in ballots) for place in range(3)]
    assert marks.void == incomplete
    assert sum(votes) == len(ballots) * 6


FREE = poll(PollKind.ELECTION, 2, 2, write_ins=True)
NAMED = poll(PollKind.ELECTION, 2, 2, write_ins=True, eligible=ELIGIBLE)


@pytest.mark.parametrize(
    ("plan", "numbers"),
    [
        (poll(PollKind.RANK, 3, 1), (1, 1, 2)),
        (poll(PollKind.RANK, 3, 1), (1, 2, 4)),
        (poll(PollKind.RANK, 3, 1), (0, 0, 0)),
        (FREE, answers_of(FREE, ("+示例选项1",))[0]),
        (FREE, answers_of(FREE, ("+示例 选项1",))[0]),
        (FREE, answers_of(FREE, ("+p1",))[0]),
        (FREE, answers_of(FREE, ("+示例甲", "+示例甲"))[0]),
        (FREE, answers_of(FREE, ("p1=for", "p2=for", "+示例甲"))[0]),
        (FREE, (16, *[0] * (len(questions_of(FREE)[0].answers) - 1))),
        (FREE, (0, *[255] * (len(questions_of(FREE)[0].answers) - 1))),
        (NAMED, (0, 0, 9, 0, 0)),
    ],
)
def test_a_paper_is_void_and_counts_for_nobody(plan: Question, numbers: tuple[int, ...]) -> None:
    votes, marks = figures_in(plan, ((numbers,),))
    count = count_of(plan, entitled=3, issued=3, returned=1, votes=votes, marks=marks)
    assert (count.void, count.valid, set(count.votes.values())) == (1, 0, {0})
    assert not count.write_ins


def test_a_paper_that_cannot_be_read_says_so_in_a_recorded_vote() -> None:
    assert choice_of(NAMED, ((0, 0, 9, 0, 0),)) == UNREADABLE
    assert choice_of(poll(PollKind.RANK, 2, 1), ((1, 1),)) == ("p1=1", "p2=1")


@pytest.mark.parametrize(
    ("plan", "choice", "why"),
    [
        (NAMED, ("+示例外人",), "not among the eligible"),
        (NAMED, tuple(f"+{name}" for name in ELIGIBLE[:3]), "at most 2 other names"),
        (FREE, ("+" + "名" * 9,), "too long"),
        (FREE, ("+",), "empty"),
        (poll(PollKind.ELECTION, 3, 2), ("+示例甲",), "no option"),
        (poll(PollKind.RANK, 3, 1), ("p1=4",), "one of 1, 2, 3"),
        (poll(PollKind.RANK, 3, 1), ("p1",), "one of 1, 2, 3"),
    ],
)
def test_what_does_not_fit_on_the_paper_is_refused(plan: Question, choice: tuple[str, ...], why: str) -> None:
    with pytest.raises(ChoiceInvalid, match=why):
        answers_of(plan, choice)


@pytest.mark.parametrize(
    ("plan", "group", "code", "params"),
    [
        (poll(PollKind.RANK, 31, 1), "Ed25519", BallotProblemCode.TOO_MANY_NUMBERS, {"found": 31, "most": 30}),
        (poll(PollKind.RANK, 3, 1), "BELENIOS-2048", BallotProblemCode.NOT_READ_SINGLY, {"value": "BELENIOS-2048"}),
        (
            poll(PollKind.RANK, 201, 1, secrecy=Secrecy.RECORDED),
            "Ed25519",
            BallotProblemCode.TOO_MANY_NUMBERS,
            {"found": 201, "most": 200},
        ),
        (
            poll(PollKind.ELECTION, 8, 4, write_ins=True),
            "Ed25519",
            BallotProblemCode.NO_ROOM_FOR_NAMES,
            {"found": 7, "least": 9},
        ),
        (
            poll(PollKind.ELECTION, 16, 14, write_ins=True, eligible=ELIGIBLE),
            "Ed25519",
            BallotProblemCode.TOO_MANY_NUMBERS,
            {"found": 32, "most": 30},
        ),
        (
            poll(PollKind.ELECTION, 2, 1, write_ins=True, eligible=("p1",)),
            "Ed25519",
            BallotProblemCode.NAME_IS_AN_ID,
            {"value": "p1"},
        ),
        (poll(PollKind.CHOOSE, 201, 1), "Ed25519", BallotProblemCode.TOO_MANY_OPTIONS, {"found": 201, "most": 200}),
        (
            poll(PollKind.EVALUATION, 84, 1),
            "BELENIOS-2048",
            BallotProblemCode.TOO_MANY_OPTIONS,
            {"found": 84, "most": 83},
        ),
    ],
)
def test_a_poll_that_no_ballot_can_hold_is_named_with_its_limit(
    plan: Question, group: str, code: BallotProblemCode, params: dict[str, str | int]
) -> None:
    assert problem_of_ballot(plan, group) == BallotProblem(code, params)


@pytest.mark.parametrize(
    ("plan", "group"),
    [
        (poll(PollKind.RANK, 30, 1), "Ed25519"),
        (poll(PollKind.RANK, 31, 1, secrecy=Secrecy.RECORDED), "BELENIOS-2048"),
        (poll(PollKind.ELECTION, 12, 12, write_ins=True, eligible=ELIGIBLE), "Ed25519"),
        (poll(PollKind.ELECTION, 20, 2, write_ins=True), "Ed25519"),
        (poll(PollKind.CHOOSE, 200, 1), "BELENIOS-2048"),
    ],
)
def test_a_poll_that_a_ballot_can_hold_has_no_problem(plan: Question, group: str) -> None:
    assert problem_of_ballot(plan, group) is None


@given(st.integers(1, 40), st.integers(1, 13))
def test_free_text_never_needs_more_numbers_than_there_are(candidates: int, seats: int) -> None:
    plan = poll(PollKind.ELECTION, candidates, min(seats, candidates), write_ins=True)
    if write_in_bytes(plan) >= MIN_WRITE_IN_BYTES:
        assert len(questions_of(plan)[0].answers) <= PAPER_NUMBERS
        assert problem_of_ballot(plan, "Ed25519") is None


@pytest.mark.parametrize(("candidates", "seats", "most"), [(2, 1, 24), (12, 1, 24), (2, 2, 14), (2, 3, 9), (2, 4, 7)])
def test_a_written_name_has_its_share_of_the_paper_and_never_more_than_eight_characters(
    candidates: int, seats: int, most: int
) -> None:
    question = poll(PollKind.ELECTION, candidates, seats, write_ins=True)
    assert write_in_bytes(question) == most
    assert write_in_bytes(poll(PollKind.ELECTION, candidates, seats)) == 0
    assert write_in_bytes(poll(PollKind.ELECTION, candidates, seats, write_ins=True, eligible=("甲",))) == 0


@pytest.mark.parametrize("language", list(Language))
def test_the_page_and_the_refusal_say_how_long_a_name_may_be_by_the_number_of_seats(language: Language) -> None:
    room = [write_in_bytes(poll(PollKind.ELECTION, 8, seats, write_ins=True)) for seats in (1, 2, 3, 4)]
    page = (DOCS / "ballots.md").read_text(encoding="utf-8")
    stated = dict(re.findall(r"^\| (\d) \| (\d+) \| \d \|$", page, re.MULTILINE))
    assert stated == {str(seats): str(found) for seats, found in enumerate(room[:3], start=1)}
    assert room[3] < MIN_WRITE_IN_BYTES
    found = problem_of_ballot(poll(PollKind.ELECTION, 8, 4, write_ins=True), "Ed25519")
    assert found is not None
    said = FileProblem("agenda.toml", found.code, params=found.params).text(language)
    assert re.findall(r"\d+", said)[:2] == [str(room[3]), str(MIN_WRITE_IN_BYTES)]
    assert all(re.search(rf"\b{number}\b", said, re.ASCII) for number in (*room[:3], MAX_ADDED_NAME))
