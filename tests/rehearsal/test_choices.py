"""Choices: what a file says, and what a seed draws."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.repository import HAMLET
from voting.files.session import load_session
from voting.rehearsal.choices import Choices, ChoicesRefused, read_choices
from voting.rehearsal.drawing import draw_choices
from voting.rehearsal.expected import differences, expected_count
from voting.sitting.events import SittingPlan


@pytest.fixture(scope="module")
def plan() -> SittingPlan:
    return load_session(HAMLET)


def written(tmp_path: Path, plan: SittingPlan, raw: bytes) -> Choices:
    path = tmp_path / "choices.csv"
    path.write_bytes(raw)
    return read_choices(path, plan)


def test_blank_not_pressed_and_not_attending_are_three_things(tmp_path: Path, plan: SittingPlan) -> None:
    rows = b"poll,delegate,options\nprojects,703,\nprojects,702,-\nresolution,704,for\n"
    choices = written(tmp_path, plan, rows)
    assert choices.attending == ("702", "703", "704")
    assert choices.of("projects", "703") == ()
    assert choices.of("projects", "702") is None
    assert choices.of("projects", "704") is None  # attends, but has no row in this poll
    assert choices.pressed("projects") == 1


def test_columns_may_stand_in_any_order_and_ticks_follow_the_ballot(tmp_path: Path, plan: SittingPlan) -> None:
    rows = b"options,poll,delegate\nlibrary-room  bridge-repair,projects, 701 \n"
    assert written(tmp_path, plan, rows).of("projects", "701") == ("bridge-repair", "library-room")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_spreadsheet_may_save_them_in_its_encoding(tmp_path: Path, plan: SittingPlan, encoding: str) -> None:
    text = "poll,delegate,options\r\nprojects,701,clinic-hours\r\n"
    assert written(tmp_path, plan, text.encode(encoding)).counted("projects") == [("clinic-hours",)]


def test_expected_figures_follow_from_the_choices_alone(plan: SittingPlan) -> None:
    choices = read_choices(HAMLET / "choices.csv", plan)
    projects, resolution = (expected_count(plan, poll.question, choices) for poll in plan.polls)
    assert (projects.entitled, projects.issued, projects.returned, projects.not_pressed) == (9, 8, 7, 1)
    assert projects.votes == {"bridge-repair": 5, "clinic-hours": 4, "library-room": 2}
    # A blank ballot on a motion is returned, but presses nothing.
    assert (resolution.returned, resolution.not_pressed) == (7, 2)
    assert resolution.votes == {"for": 4, "against": 1, "abstain": 1}


def test_every_figure_that_differs_is_named(plan: SittingPlan) -> None:
    choices = read_choices(HAMLET / "choices.csv", plan)
    projects, resolution = (expected_count(plan, poll.question, choices) for poll in plan.polls)
    assert differences("projects", projects, projects) == []
    found = differences("resolution", resolution, projects)
    assert "poll resolution: not_pressed is 1, but 2 follows from the choices" in found
    assert "poll resolution: votes for bridge-repair is 5, but None follows from the choices" in found


def test_an_equal_seed_draws_equal_choices(plan: SittingPlan) -> None:
    assert draw_choices(plan, 7, 42) == draw_choices(plan, 7, 42)
    assert draw_choices(plan, 7, 42) != draw_choices(plan, 7, 43)


def test_who_is_suspended_neither_attends_nor_has_a_choice(plan: SittingPlan) -> None:
    first, *others = plan.roster.delegates
    roster = replace(plan.roster, delegates=(replace(first, suspended=True), *others))
    suspended = replace(plan, roster=roster)
    assert all(first.number not in draw_choices(suspended, 7, seed).attending for seed in range(20))
    assert any(first.number in draw_choices(plan, 7, seed).attending for seed in range(20))
    with pytest.raises(ChoicesRefused, match=f'"{first.number}" is suspended'):
        read_choices(HAMLET / "choices.csv", suspended)


def test_drawn_ballots_are_well_formed_and_some_do_not_press(plan: SittingPlan) -> None:
    drawn = [draw_choices(plan, 8, seed) for seed in range(60)]
    for choices in drawn:
        assert len(choices.attending) == 8
        for poll in plan.polls:
            ballots = [choices.of(poll.id, delegate) for delegate in choices.attending]
            assert all(
                ticks is None or poll.question.min_choices <= len(ticks) <= poll.question.max_choices
                for ticks in ballots
            )
    pressed = {choices.pressed("projects") for choices in drawn}
    assert 8 in pressed
    assert min(pressed) < 8
