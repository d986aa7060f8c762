"""Terminals and papers together give what all ballots would have given at either; the statement shows both parts."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.signer import SIGNER
from tests.support.singly import choices_in, elections, poll
from tests.support.sittings import NOW, accepting, ballot, do, opening, plan, ready, releasing, shuffling
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import MOTION_OPTIONS, Medium, Question
from voting.record.count_statement import joined_count, make_statement, read_statement
from voting.record.questions import Choice, answers_of, figures_in, marks_of
from voting.sitting import commands as c
from voting.sitting.counting import Count, Marks, count_of
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.sitting.machine import Sitting
from voting.sitting.poll import PollPlan

DELEGATES = 6
WAYS = ("terminal", "not pressed", "paper before opening", "paper later")
Figures = tuple[tuple[int, ...], Marks]


@st.composite
def polls(draw: st.DrawFn) -> Question:
    """Of every kind, read singly or summed."""
    kind = draw(st.sampled_from(list(PollKind)))
    if kind is PollKind.MOTION:
        made = replace(poll(kind, 1, 1), options=MOTION_OPTIONS)
    elif kind in (PollKind.ELECTION, PollKind.APPROVE_EACH) and draw(st.booleans()):
        made = draw(elections())
    else:
        number = draw(st.integers(1, 4))
        made = poll(kind, number, 1 if kind is PollKind.EVALUATION else draw(st.integers(1, number)))
    return replace(made, id="projects", medium=Medium.MIXED)


def ballots_of(made: Question) -> st.SearchStrategy[Choice]:
    """What one delegate may cast."""
    options = [option.id for option in made.options]
    if made.kind is PollKind.RANK:
        return st.permutations(range(1, len(options) + 1)).map(
            lambda places: tuple(f"{o}={p}" for o, p in zip(options, places, strict=True))
        )
    if made.read_singly:
        return choices_in(made)
    if marks := marks_of(made):
        one = [st.sampled_from(["", *(f"{option}={mark}" for mark in marks)]) for option in options]
        return st.tuples(*one).map(lambda given: tuple(filter(None, given)))
    return st.lists(st.sampled_from(options), unique=True, max_size=made.max_choices).map(tuple)


def counted(made: Question, choices: Sequence[Choice]) -> Figures:
    """As the tally adds ballots up, or lists papers."""
    answers = [answers_of(made, choice) for choice in choices]
    if made.read_singly:
        return figures_in(made, (tuple(paper for (paper,) in answers),))
    width = len(marks_of(made)) or len(made.options)
    questions = len(made.options) if marks_of(made) else 1
    sums = tuple(tuple(sum(ballot[q][i] for ballot in answers) for i in range(width)) for q in range(questions))
    return figures_in(made, sums)


def on_paper(made: Question, choices: Sequence[Choice], issued: int) -> HandFigures:
    """What two careful scrutineers write down."""
    count = plainly(made, choices, issued)
    return HandFigures(
        issued=issued,
        returned=count.returned,
        valid=count.valid,
        void=count.void,
        votes={} if made.kind is PollKind.EVALUATION else count.votes,
        against=count.against,
        abstain=count.abstain,
        levels=count.levels,
        write_ins=count.write_ins,
    )


@st.composite
def sittings(draw: st.DrawFn) -> tuple[Sitting, list[Choice], list[Choice]]:
    """A counted mixed poll, with what was cast at terminals and what came back on paper."""
    made = draw(polls())
    numbers = [f"{i:03}" for i in range(1, DELEGATES + 1)]
    ways = ["terminal", "terminal", *draw(st.lists(st.sampled_from(WAYS), min_size=4, max_size=4))]
    by_way = {way: [n for n, taken in zip(numbers, ways, strict=True) if taken == way] for way in WAYS}
    state = do(ready(plan(DELEGATES, polls=(PollPlan(made),))), c.PreparePoll(poll=made.id, election_uuid="u"))
    credentials = [c.RegisterCredential(poll=made.id, delegate=n, credential=f"credential {n}") for n in numbers]
    state = do(state, *credentials, *(c.IssuePaper(made.id, n, "示例") for n in by_way["paper before opening"]))
    state = do(state, opening(made.id, fingerprint="f" * 64))
    state = do(state, *(c.IssuePaper(made.id, n, "示例") for n in by_way["paper later"]))
    state = do(state, *(step for n in by_way["terminal"] for step in (ballot(n), accepting(n))))
    cast = [draw(ballots_of(made)) for _ in by_way["terminal"]]
    issued = len(state.polls[made.id].papers)
    returned = [draw(ballots_of(made)) for _ in range(draw(st.integers(0, issued)))]
    state = do(state, c.ClosePoll(poll=made.id), c.SealTally(poll=made.id, encrypted_tally="e", head="h"))
    if made.shuffled:
        state = do(state, *(shuffling(made.id, i, i - 1) for i in (1, 2)))
    state = do(state, *(releasing(made.id, i) for i in (1, 2)))
    if issued:
        figures = on_paper(made, returned, issued)
        state = do(
            state, c.EnterHandCount(made.id, 1, HandMethod.PAPER, figures, "示例"), c.ConfirmHandCount(made.id, 2, NOW)
        )
    votes, marks = counted(made, cast)
    return do(state, c.CountPoll(poll=made.id, votes=votes, marks=marks, result="r", head="h")), cast, returned


def plainly(made: Question, choices: Sequence[Choice], issued: int) -> Count:
    """As if there were terminals only."""
    votes, marks = counted(made, choices)
    return count_of(made, entitled=DELEGATES, issued=issued, returned=len(choices), votes=votes, marks=marks)


def same_figures(one: Count, other: Count) -> bool:
    """Equal but for the medium, and the order in which names were first read."""
    return replace(one, medium=other.medium, by_hand=other.by_hand, write_ins=()) == replace(other, write_ins=()) and (
        set(one.write_ins) == set(other.write_ins)
    )


@settings(deadline=None, max_examples=150)
@given(sittings())
def test_papers_and_terminals_give_the_count_of_all_ballots(held: tuple[Sitting, list[Choice], list[Choice]]) -> None:
    state, cast, returned = held
    progress = state.polls["projects"]
    assert progress.count is not None
    assert same_figures(progress.count, plainly(progress.plan.question, [*cast, *returned], progress.issued))
    assert progress.issued == len(progress.credentials.keys() | progress.papers.keys())


@settings(deadline=None, max_examples=150)
@given(sittings())
def test_the_statement_parts_the_count_into_what_the_archive_has_and_the_papers(
    held: tuple[Sitting, list[Choice], list[Choice]],
) -> None:
    state, cast, _ = held
    progress = state.polls["projects"]
    raw = make_statement(state, "projects", archive_sha256="0" * 64, server_key=SIGNER.public_hex, sign=SIGNER.sign)
    statement = read_statement(raw)
    assert statement.electronic == plainly(progress.plan.question, cast, len(progress.credentials))
    assert joined_count(statement) == statement.count == progress.count
    assert statement.medium is (Medium.MIXED if progress.papers else Medium.ELECTRONIC)
