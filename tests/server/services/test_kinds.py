"""Polls of every kind through the service: what is counted, why it ended so, and what the record says."""

import msgspec
import pytest
from msgspec.structs import replace

from tests.support.chamber import Chamber, CutJournal
from tests.support.plans.kinds import CHOICES, POLLS, kinds_plan
from tests.support.sittings import asking
from voting.congress.law.bases import Bases
from voting.congress.law.ruleset import DisplayRules, ResultsShown, Ruleset, Secrecy
from voting.congress.refusal import Refused
from voting.record.description import Description
from voting.server.live.views import Scene, view_of
from voting.sitting.counting import OutcomeKind, ruling_of
from voting.sitting.events import PollClosed, TallySealed
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.tally.verify.checks import verify_archive
from voting.wire.polls import ResultView
from voting.wire.roles import Audience
from voting.wire.views import SeatView


def announced() -> Chamber:
    chamber = Chamber(kinds_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    for poll in POLLS:
        chamber.open(poll.id)
        if poll.id == "again":
            chamber.choose(poll.id, "001", "against")
            chamber.until(lambda: "001" in chamber.service.sitting.polls["again"].returned)
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
    assert all(result(chamber, poll.id).named == () for poll in POLLS if poll.question.secrecy is Secrecy.SECRET)


def test_where_the_last_press_counts_the_earlier_ballot_is_kept_but_not_counted(chamber: Chamber) -> None:
    shown = result(chamber, "again")
    assert (shown.count.votes, shown.count.returned) == ({"for": 2, "against": 0, "abstain": 1}, 3)
    assert verify_archive(chamber.service.boards["again"].archive()).n_replaced == 1


@pytest.mark.parametrize("poll", [poll.id for poll in POLLS])
def test_the_record_alone_gives_the_same_outcome_for_the_same_reasons(chamber: Chamber, poll: str) -> None:
    record = verify_archive(chamber.service.boards[poll].archive())
    frozen = msgspec.json.decode(record.election.description, type=Description)
    shown = result(chamber, poll)
    bases = Bases(frozen.in_office, frozen.statutory_seats, frozen.present)
    ruling = ruling_of(frozen.poll.question, shown.count, bases)
    assert (ruling.outcome, ruling.reasons) == (shown.outcome.kind, shown.reasons)


def test_after_a_restart_every_board_is_the_same_byte_for_byte(chamber: Chamber) -> None:
    again = Chamber(kinds_plan(), journal=chamber.journal)
    for poll in POLLS:
        assert again.state(poll.id) is PollState.ANNOUNCED
        assert again.service.boards[poll.id].archive() == chamber.service.boards[poll.id].archive()


@pytest.mark.parametrize("kind", [PollClosed, TallySealed])
def test_a_recorded_poll_that_was_interrupted_is_counted_after_the_restart(
    chamber: Chamber, kind: type[PollClosed | TallySealed]
) -> None:
    cut = CutJournal.after(chamber.journal, lambda event: isinstance(event, kind) and event.poll == "named")
    again = Chamber(kinds_plan(), journal=cut)
    again.until(lambda: again.state("named") is PollState.COUNTED)
    assert again.service.sitting.polls["named"].count == chamber.service.sitting.polls["named"].count
    assert again.service.boards["named"].archive() == chamber.service.boards["named"].archive()


def test_a_ballot_cast_again_is_refused_where_the_first_press_counts() -> None:
    chamber = Chamber(kinds_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("approve")
    chamber.choose("approve", "001", "o1=for")
    chamber.until(lambda: "001" in chamber.service.sitting.polls["approve"].returned)
    with pytest.raises(Refused) as refused:
        chamber.choose("approve", "001", "o1=against")
    assert refused.value.refusal.code is ChamberRefusal.ALREADY_VOTED


def test_a_poll_view_tells_what_each_kind_is_answered_with(chamber: Chamber) -> None:
    view = view_of(Audience.SEAT, Scene(chamber.service.sitting))
    assert isinstance(view, SeatView)
    marks = {poll: shown.marks for poll, shown in view.hall.polls.items()}
    assert marks["approve"] == marks["equal"] == ("for", "against", "abstain")
    assert marks["evaluate"] == ("satisfied", "basically_satisfied", "dissatisfied", "dont_know")
    assert marks["motion"] == marks["choose"] == ()
    assert (view.hall.polls["equal"].quorum, view.hall.polls["equal"].majority) == (2, 2)


def test_the_hall_sees_a_counted_result_at_once_only_where_the_rules_say_so() -> None:
    plan = kinds_plan()
    at_once = asking(POLLS[5], ruleset=Ruleset(display=DisplayRules(results=ResultsShown.IMMEDIATE)))
    chamber = Chamber(replace(plan, polls=(*POLLS[:5], at_once, *POLLS[6:])))
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("named")
    chamber.choose("named", "001", "for")
    chamber.close("named")
    chamber.until(lambda: chamber.state("named") is PollState.COUNTED)
    assert result(chamber, "named").count.votes["for"] == 1
    chamber.annul_counted("named")
    assert result(chamber, "named").count.votes["for"] == 1
