"""Choices in polls of every kind: drawn ones can be cast, written ones are read, and figures follow from them."""

from pathlib import Path

import pytest

from tests.support.plans.kinds import POLLS, kinds_plan
from voting.congress.law.question import Question
from voting.record.questions import answers_of, questions_of
from voting.rehearsal.choices import ChoicesRefused, read_choices
from voting.rehearsal.crowd import like_people
from voting.rehearsal.drawing import draw_choices
from voting.rehearsal.expected import expected_count
from voting.server.live.poll_views import poll_view
from voting.sitting.machine import convene, evolve

PLAN = kinds_plan()
POLL = {poll.id: poll.question for poll in POLLS}


def castable(poll: Question, choice: tuple[str, ...]) -> None:
    for question, values in zip(questions_of(poll), answers_of(poll, choice), strict=True):
        question.check_choices(values)


def test_every_drawn_choice_can_be_cast() -> None:
    for seed in range(40):
        choices = draw_choices(PLAN, 3, seed)
        for poll in POLLS:
            for delegate in choices.attending:
                castable(poll.question, choices.of(poll.id, delegate) or ())


def test_simulated_people_cast_only_what_their_poll_takes() -> None:
    sitting = evolve(None, convene(PLAN, 1))
    for poll in POLLS:
        view = poll_view(sitting, sitting.polls[poll.id], shows_result=False)
        for _ in range(40):
            castable(poll.question, like_people(view) or ())


def written(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "choices.csv"
    path.write_text("\n".join(["poll,delegate,options", *rows]) + "\n", encoding="utf-8")
    return path


def test_expected_figures_of_marks_and_levels_follow_from_the_choices(tmp_path: Path) -> None:
    rows = (
        "approve,001,o3=against o1=for",
        "approve,002,o1=for o2=abstain",
        "evaluate,001,o1=satisfied o2=dont_know",
        "evaluate,002,o1=dissatisfied",
    )
    choices = read_choices(written(tmp_path, *rows), PLAN)
    assert choices.of("approve", "001") == ("o1=for", "o3=against")
    approved = expected_count(PLAN, POLL["approve"], choices)
    assert (approved.votes, approved.against, approved.abstain) == (
        {"o1": 2, "o2": 0, "o3": 0},
        {"o1": 0, "o2": 0, "o3": 1},
        {"o1": 0, "o2": 1, "o3": 0},
    )
    assert expected_count(PLAN, POLL["evaluate"], choices).levels == {"o1": (1, 0, 1, 0), "o2": (0, 0, 0, 1)}


@pytest.mark.parametrize("cell", ["o1", "o1=perhaps", "o1=for o1=against", "o7=for"])
def test_a_mark_that_cannot_be_cast_is_refused_at_its_row(tmp_path: Path, cell: str) -> None:
    with pytest.raises(ChoicesRefused) as refused:
        read_choices(written(tmp_path, "approve,001,o1=for", f"approve,002,{cell}"), PLAN)
    assert (refused.value.row, refused.value.column) == (3, "options")
