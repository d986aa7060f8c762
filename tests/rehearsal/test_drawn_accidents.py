"""Drawn choices in the sample of every kind: spoilt papers, added names, replaced ballots, failed terminals."""

from collections import Counter

import pytest
from msgspec.structs import replace

from tests.support.repository import SAMPLES
from voting.congress.law.question import Medium, Question
from voting.files.session import load_session
from voting.record.choices import read_choice
from voting.record.questions import answers_of, choice_of, figures_in
from voting.rehearsal.choices import Choices, PollChoices
from voting.rehearsal.drawing import draw_choices, draw_poll
from voting.rehearsal.expected import expected_count, hand_figures, is_void

PLAN = load_session(SAMPLES / "all-kinds")
POLL = {poll.id: poll for poll in PLAN.polls}
SEEDS = range(5)


@pytest.fixture(scope="module")
def drawn() -> list[Choices]:
    return [draw_choices(PLAN, 251, seed) for seed in SEEDS]


def chosen(poll: str, *ballots: tuple[str, ...]) -> Choices:
    numbers = tuple(f"{number:03d}" for number in range(1, len(ballots) + 1))
    return Choices(numbers, {poll: PollChoices(dict(zip(numbers, ballots, strict=True)))})


def test_every_ballot_of_a_terminal_can_be_cast_and_is_spelled_as_it_is_read(drawn: list[Choices]) -> None:
    for poll in (poll for poll in PLAN.polls if poll.question.medium is not Medium.BY_HAND):
        for ballot in (ballot for choices in drawn for ballot in choices.counted(poll.id)):
            assert choice_of(poll.question, answers_of(poll.question, ballot)) == ballot


@pytest.mark.parametrize("poll", ["projects-strict", "projects-ranked", "deputy", "secretary", "upper-delegates"])
def test_a_few_papers_are_void_where_papers_can_be(drawn: list[Choices], poll: str) -> None:
    void = [sum(is_void(POLL[poll].question, ballot) for ballot in choices.counted(poll)) for choices in drawn]
    assert 0 < sum(void) < 0.1 * 251 * len(drawn)


def test_no_paper_is_for_too_many_where_each_option_is_decided_by_itself() -> None:
    strict = POLL["projects-strict"].question
    ballot = tuple(f"{option.id}=for" for option in strict.options)
    assert [is_void(question, ballot) for question in (strict, replace(strict, seats=0))] == [True, False]


@pytest.mark.parametrize(("poll", "names"), [("court", set(POLL["court"].question.eligible)), ("procurator", set())])
def test_some_add_a_name_that_may_be_added(drawn: list[Choices], poll: str, names: set[str]) -> None:
    added = {
        name for choices in drawn for b in choices.counted(poll) for name in read_choice(POLL[poll].question, b).names
    }
    assert added
    assert added <= (names or {"示例甲", "示例乙", "示例丙"})


def test_only_where_the_last_press_counts_are_ballots_replaced(drawn: list[Choices]) -> None:
    replaced = {poll.id: len(drawn[0].polls[poll.id].earlier) for poll in PLAN.polls}
    assert replaced.pop("last-press") > 0
    assert set(replaced.values()) == {0}
    cast, pressed = drawn[0].cast("last-press"), drawn[0].pressed("last-press")
    assert cast == pressed + len(drawn[0].polls["last-press"].earlier)


def test_only_in_a_mixed_poll_do_terminals_fail_and_their_delegates_press_nothing(drawn: list[Choices]) -> None:
    papers = {poll.id: drawn[0].papers(poll.id) for poll in PLAN.polls}
    failed = papers.pop("projects-mixed")
    assert set(papers.values()) == {()}
    assert len(failed) >= 2
    assert all(drawn[0].at_terminal("projects-mixed", number) is None for number in failed)


def test_a_poll_that_is_added_changes_no_other_draw() -> None:
    attending = tuple(delegate.number for delegate in PLAN.roster.delegates)
    choices = draw_choices(PLAN, 251, 7)
    assert draw_poll(POLL["deputy"].question, attending, 7) == choices.polls["deputy"]
    assert draw_poll(POLL["deputy"].question, attending, 8) != choices.polls["deputy"]


def test_a_poll_with_any_row_is_not_drawn() -> None:
    choices = draw_choices(PLAN, 251, 7, {"deputy": {"001": ("candidate-d=for",)}, "court": {}})
    assert choices.counted("deputy") == [("candidate-d=for",)]
    assert choices.polls["court"] == draw_choices(PLAN, 251, 7).polls["court"]


@pytest.mark.parametrize("poll", [p.question for p in PLAN.polls if p.question.read_singly], ids=lambda poll: poll.id)
def test_what_is_expected_of_papers_is_what_the_record_counts(drawn: list[Choices], poll: Question) -> None:
    """Two programs judge the same papers: the one that holds the poll and the one that compares."""
    for choices in drawn:
        papers = [answers_of(poll, ballot)[0] for ballot in choices.counted(poll.id)]
        votes, marks = figures_in(poll, (tuple(papers),))
        expected = expected_count(PLAN, poll, choices)
        assert marks.void == expected.void
        assert Counter(dict(zip(expected.votes, votes, strict=False)) | marks.write_ins) == Counter(expected.votes)


def test_papers_of_a_mixed_poll_are_a_part_of_what_is_expected() -> None:
    choices = chosen("projects-mixed", ("sports",), ("sports",), ("garden",), ())
    mixed = choices.with_poll(
        "projects-mixed", PollChoices(choices.polls["projects-mixed"].ballots, on_paper=frozenset({"002", "004"}))
    )
    count = expected_count(PLAN, POLL["projects-mixed"].question, mixed)
    assert (count.issued, count.returned, count.valid, count.by_hand, count.medium) == (4, 4, 4, 2, Medium.MIXED)
    assert count.votes == {"bus-stop": 0, "sports": 2, "garden": 1}
    found = hand_figures(POLL["projects-mixed"].question, mixed)
    assert (found.issued, found.returned, found.votes) == (2, 2, {"bus-stop": 0, "sports": 1, "garden": 0})
    assert mixed.cast("projects-mixed") == 2


def test_a_hand_that_is_not_raised_is_not_returned_but_a_blank_paper_is() -> None:
    hands = hand_figures(POLL["hands"].question, chosen("hands", ("for",), ("against",), ()))
    assert (hands.issued, hands.returned, hands.votes) == (3, 2, {"for": 1, "against": 1, "abstain": 0})
    papers = hand_figures(POLL["secretary"].question, chosen("secretary", ("candidate-h=for",), ()))
    assert (papers.issued, papers.returned, papers.valid) == (2, 2, 2)
