"""What is bound to the sockets keeps to the budgets: refusals that name the limit, one snapshot at a time, a cut."""

import msgspec
import pytest
from socketio.exceptions import ConnectionRefusedError

from tests.server.live.scripted_hall import Hall
from voting.server.http.access import Principal
from voting.server.live.frames import MALFORMED
from voting.wire.pushed import Snapshot
from voting.wire.replies import DoneReply, RefusedReply
from voting.wire.roles import Audience, Role
from voting.wire.views import PublicView


@pytest.fixture
def hall() -> Hall:
    return Hall()


def refused(answer: object) -> tuple[str, object]:
    assert isinstance(answer, RefusedReply)
    return str(answer.refusal.code), answer.refusal.params.get("limit")


TOO_MANY = ("too_many_requests", 20)


@pytest.mark.parametrize("name", ["resync", MALFORMED, "close_poll"])
def test_requests_beyond_the_budget_are_refused_by_name_and_then_their_line_is_cut(hall: Hall, name: str) -> None:
    hall.connect("a")
    answers = [hall.send("a", name, {}) for _ in range(140)]
    assert TOO_MANY not in [refused(answer) for answer in answers[:39] if isinstance(answer, RefusedReply)]
    assert {refused(answer) for answer in answers[39:]} == {TOO_MANY}
    assert set(hall.library.cut) == {"line of a"}
    hall.connect("b")
    assert hall.send("b", "resync", {}) == DoneReply()


def test_who_keeps_to_the_rate_is_served_for_ever(hall: Hall) -> None:
    hall.connect("a")
    for tick in range(400):
        hall.now = tick / 20
        assert hall.send("a", "resync", {}) == DoneReply()
    assert hall.library.cut == []


def test_snapshots_of_one_line_come_once_in_two_seconds_however_often_they_are_asked_for(hall: Hall) -> None:
    hall.connect("a")
    assert hall.snapshots() == 1
    for _ in range(30):
        hall.send("a", "resync", {})
    assert hall.snapshots() == 1
    ((at, act),) = hall.due
    assert at == 2
    act()
    assert hall.snapshots() == 2


def test_who_introduces_themselves_again_on_a_line_has_no_more_than_before(hall: Hall) -> None:
    hall.connect("a")
    for _ in range(39):
        hall.send("a", "resync", {})
    with pytest.raises(ConnectionRefusedError):
        hall.connect("again", line="a")
    assert hall.snapshots() == 1


def test_a_person_has_no_more_by_more_lines_nor_by_coming_back(hall: Hall) -> None:
    delegate = Principal(Role.DELEGATE, "001")
    carried = 0
    for number in range(4):
        hall.connect(f"line {number}", delegate)
        carried += sum(hall.send(f"line {number}", "resync", {}) == DoneReply() for _ in range(39))
    assert carried == 80


def test_a_snapshot_is_encoded_once_for_all_who_ask_and_reads_as_the_wire_says(hall: Hall) -> None:
    hall.connect("a")
    hall.connect("b")
    first, second = (data for name, data, _ in hall.library.sent if name == "snapshot")
    assert first.view is second.view
    read = msgspec.json.decode(msgspec.json.encode(first), type=Snapshot)
    assert (read.audience, read.seq) == (Audience.PUBLIC, 0)
    assert msgspec.convert(read.view, PublicView)


def test_a_line_is_known_once_somebody_has_logged_in_on_it(hall: Hall) -> None:
    hall.connect("a")
    assert hall.known == []
    hall.connect("b", Principal(Role.DELEGATE, "001"))
    assert hall.known == [("192.0.2.1", 4711)]


def test_the_oldest_line_of_somebody_with_too_many_is_cut_and_nobody_elses(hall: Hall) -> None:
    hall.connect("other", Principal(Role.DELEGATE, "002"))
    for number in range(21):
        hall.connect(f"stranger {number}")
        hall.connect(f"line {number}", Principal(Role.DELEGATE, "001"))
    assert hall.library.cut == ["line of line 0"]
