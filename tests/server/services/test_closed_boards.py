"""The server carries the scrutineers' signatures on a closed board: each is checked, none is made up."""

from collections.abc import Callable
from functools import partial

import msgspec
import pytest

from tests.support.chamber import Chamber
from tests.support.plans.plain import sample_plan
from tests.support.signer import SIGNER
from voting.congress.refusal import Refused
from voting.record.boards import closed_board_of
from voting.server.live.views import Scene, view_of
from voting.sitting.alarms import Alarm
from voting.sitting.refusals import ChamberRefusal
from voting.tally.ballots.terms import stated_server_key
from voting.tally.board.agreement import ClosedBoard
from voting.wire.polls import PollAlarm
from voting.wire.roles import Audience
from voting.wire.views import ConsoleView, PublicView, ScreenView, ScrutineerView, SeatView


@pytest.fixture(scope="module")
def sealed() -> Chamber:
    chamber = Chamber(sample_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("motion")
    chamber.cast("motion", "001", 1, 0, 0)
    chamber.cast("motion", "002", 0, 1, 0)
    chamber.close("motion")
    return chamber


def closed(chamber: Chamber) -> ClosedBoard:
    board = closed_board_of(chamber.service.sitting.polls["motion"])
    assert board is not None
    return board


def refusal(act: Callable[[], None]) -> ChamberRefusal:
    with pytest.raises(Refused) as refused:
        act()
    return ChamberRefusal(refused.value.refusal.code)


def test_the_closed_board_is_that_of_the_record(sealed: Chamber) -> None:
    events = [entry for entry in sealed.service.boards["motion"].records() if entry.kind == "event"]
    ended = next(entry for entry in events if b'"EndBallots"' in entry.raw)
    assert closed(sealed) == ClosedBoard(ended.digest, 2)


Forged = Callable[[Chamber], str]
FORGED: dict[str, Forged] = {
    "nothing": lambda _: "{}",
    "of another scrutineer": lambda chamber: chamber.signature("motion", 1),
    "on another head": lambda chamber: chamber.signature("motion", 2, ClosedBoard("0" * 64, 2)),
    "on another number": lambda chamber: chamber.signature("motion", 2, ClosedBoard(closed(chamber).head, 1)),
    "renamed": lambda chamber: chamber.signature("motion", 1).replace('"owner":1', '"owner":2'),
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_signature_on_another_board_or_by_another_is_refused(sealed: Chamber, forged: Forged) -> None:
    signed = forged(sealed)
    act = partial(sealed.service.polls.sign_closed_board, "motion", 2, signed)
    assert refusal(act) is ChamberRefusal.CLOSED_BOARD_INVALID


def test_a_head_that_is_another_is_not_recorded_as_compared(sealed: Chamber) -> None:
    compare = sealed.service.polls.compare_closed_head
    assert refusal(lambda: compare("motion", 2, "0" * 64)) is ChamberRefusal.CLOSED_HEAD_DIFFERS


def test_scrutineers_see_the_signatures_and_the_hall_the_head(sealed: Chamber) -> None:
    signed = sealed.signature("motion", 3)
    sealed.service.polls.sign_closed_board("motion", 3, signed)
    sealed.service.polls.compare_closed_head("motion", 2, closed(sealed).head)
    scene = Scene(sealed.service.sitting)
    view, screen = view_of(Audience.SCRUTINEER, scene), view_of(Audience.SCREEN, scene)
    assert isinstance(view, ScrutineerView)
    assert isinstance(screen, ScreenView)
    assert view.closed_boards == {"motion": {"3": signed}}
    progress = screen.progress["motion"]
    assert (progress.signed, progress.compared, progress.signatures_needed) == ((3,), (2,), 3)
    assert screen.hall.polls["motion"].closed_head == closed(sealed).head
    assert b'"closed_boards"' not in msgspec.json.encode(screen)


def test_everybody_is_shown_the_key_that_the_scrutineers_made(sealed: Chamber) -> None:
    keys = sealed.service.sitting.ceremony.keys
    screen = view_of(Audience.SCREEN, Scene(sealed.service.sitting))
    assert keys is not None
    assert isinstance(screen, ScreenView)
    assert screen.hall.key == keys.public_key == sealed.service.boards["motion"].election.public_key


def test_everybody_is_shown_the_key_of_receipts_and_what_a_scrutineers_terminal_found() -> None:
    chamber = Chamber(sample_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("motion")
    chamber.service.polls.raise_alarm("motion", 2, Alarm.KEY)
    for audience in Audience:
        view = view_of(audience, Scene(chamber.service.sitting, server_key=SIGNER.public_hex))
        assert isinstance(view, SeatView | ConsoleView | ScreenView | ScrutineerView | PublicView)
        assert view.hall.server_key == stated_server_key(chamber.service.boards["motion"].election.description)
        assert view.hall.polls["motion"].alarms == (PollAlarm(2, chamber.plan.scrutineers[1].name, Alarm.KEY),)
        assert view.hall.polls["projects"].alarms == ()


def test_no_head_is_shown_before_the_ballots_are_ended() -> None:
    chamber = Chamber(sample_plan())
    view = view_of(Audience.SCREEN, Scene(chamber.service.sitting))
    assert isinstance(view, ScreenView)
    assert view.hall.polls["motion"].closed_head is None
