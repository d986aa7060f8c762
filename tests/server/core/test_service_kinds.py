"""Polls of every kind through the service: what is counted, why it ended so, and what the record says."""

import msgspec
import pytest

from tests.integration.kind_samples import CHOICES, POLLS, kinds_plan
from tests.server.core.core_support import Chamber
from voting.congress.poll import PollState
from voting.congress.rules import OutcomeKind, ruling_of
from voting.congress.ruleset import Secrecy
from voting.server.public_record import Description
from voting.server.views import Scene, view_of
from voting.server.wire import Audience, ResultView, SeatView
from voting.tally.verify import verify_archive


def announced() -> Chamber:
    chamber = Chamber(kinds_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    for poll in POLLS:
        chamber.open(poll.id)
        if poll.id == "again":
            chamber.choose(poll.id, "001", "against")
            chamber.until(lambda: "001" in chamber.service.sitting.polls["again"].accepted)
        for number, choice in CHOICES[poll.id].items():
            chamber.choose(poll.id, number, *choice)
        chamber.finish(poll.id)
    return chamber


@pytest.fixture(scope="module")
def chamber() -> Chamber:
    return announced()


def result(chamber: Chamber, poll: str) -> ResultView:
    view = view_of(Audience.SEAT, Scene(chamber.service.sitting))
    assert isinstance(view, SeatView)
    shown = view.hall.polls[poll].result
    assert shown is not None
    return shown


def row(chamber: Chamber, poll: str, option: str) -> tuple[int, int, int]:
    found = next(o for o in result(chamber, poll).options if o.id == option)
    return found.votes, found.against, found.abstain


def test_each_option_has_its_own_three_figures(chamber: Chamber) -> None:
    assert [row(chamber, "approve", o) for o in ("o1", "o2", "o3")] == [(2, 0, 0), (2, 0, 1), (1, 1, 0)]
    assert result(chamber, "approve").outcome.elected == ("o1", "o2")


def test_an_equal_election_elects_whom_the_majority_is_for(chamber: Chamber) -> None:
    outcome = result(chamber, "equal").outcome
    assert (outcome.kind, outcome.elected, outcome.shortfall) == (OutcomeKind.SHORTFALL, ("o1",), 1)
    assert row(chamber, "equal", "o2") == (1, 1, 0)


def test_each_subject_of_an_evaluation_has_its_levels_and_verdict(chamber: Chamber) -> None:
    shown = {o.id: (o.levels, o.verdict) for o in result(chamber, "evaluate").options}
    assert shown == {"o1": ((2, 1, 0, 0), "satisfied"), "o2": ((0, 0, 1, 1), "dissatisfied")}


def test_a_recorded_poll_names_everybodys_vote(chamber: Chamber) -> None:
    assert [(v.delegate, v.marks) for v in result(chamber, "named").named] == [
        ("001", ("for",)),
        ("002", ("abstain",)),
        ("003", ("for",)),
    ]
    assert result(chamber, "named-each").named[0].marks == ("o1=for", "o2=against")


def test_a_secret_poll_names_nobody(chamber: Chamber) -> None:
    assert all(result(chamber, poll.id).named == () for poll in POLLS if poll.secrecy is Secrecy.SECRET)


def test_where_the_last_press_counts_the_earlier_ballot_is_kept_but_not_counted(chamber: Chamber) -> None:
    shown = result(chamber, "again")
    assert (shown.count.votes, shown.count.returned) == ({"for": 2, "against": 0, "abstain": 1}, 3)
    assert verify_archive(chamber.service.boards["again"].archive()).n_replaced == 1


@pytest.mark.parametrize("poll", [poll.id for poll in POLLS])
def test_the_record_alone_gives_the_same_outcome_for_the_same_reasons(chamber: Chamber, poll: str) -> None:
    record = verify_archive(chamber.service.boards[poll].archive())
    frozen = msgspec.json.decode(record.election.description, type=Description)
    shown = result(chamber, poll)
    ruling = ruling_of(
        frozen.poll.plan,
        frozen.in_office,
        shown.count,
        present=frozen.present,
        statutory_seats=frozen.statutory_seats,
    )
    assert (ruling.outcome, ruling.reasons) == (shown.outcome.kind, shown.reasons)


def test_after_a_restart_every_board_is_the_same_byte_for_byte(chamber: Chamber) -> None:
    again = Chamber(kinds_plan(), journal=chamber.journal)
    for poll in POLLS:
        assert again.state(poll.id) is PollState.ANNOUNCED
        assert again.service.boards[poll.id].archive() == chamber.service.boards[poll.id].archive()
