"""Law: snapshot(old) + patches == snapshot(new), for every event and every audience; and nobody sees a result early."""

from collections.abc import Sequence
from typing import Any, get_args

import jsonpatch
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.chamber import Chamber
from tests.support.plans.hands import CANDIDATES, PAPER, PASSED, hands_plan, one_paper
from tests.support.plans.plain import sample_plan
from voting.congress.law.poll_kinds import PollKind
from voting.server.http.access import Principal
from voting.server.live.broadcast import Broadcaster, Stream, changes
from voting.server.live.views import Scene, Warnings, focus_of, view_data, view_of
from voting.sitting.alarms import Alarm
from voting.sitting.events import AnyEvent, SittingConvened
from voting.sitting.hand_counts import HandMethod
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.storage.journal.group_commit import JournalRow
from voting.wire.polls import PollDraft
from voting.wire.pushed import Patch
from voting.wire.roles import Audience, Role
from voting.wire.views import ChairStep, ConsoleView, PublicView, ScreenView, ScrutineerView, SeatView


class Client:
    """What a page holds: the snapshot it got, and every patch applied since."""

    def __init__(self, stream: Stream) -> None:
        snapshot = msgspec.json.decode(msgspec.json.encode(stream.snapshot(0)))
        self.seq, self.view = snapshot["seq"], snapshot["view"]

    def take(self, patch: Patch | None) -> None:
        if patch is not None:
            sent = msgspec.json.decode(msgspec.json.encode(patch))
            assert sent["base"] == self.seq
            self.seq, self.view = sent["seq"], jsonpatch.apply_patch(self.view, sent["ops"])


class Watched:
    """A sitting whose every committed row is compared for all audiences."""

    def __init__(self) -> None:
        self.chamber = Chamber(hands_plan())
        self.streams = {audience: Stream(audience, self.scene()) for audience in Audience}
        self.clients = {audience: Client(stream) for audience, stream in self.streams.items()}
        self.seen: set[type] = {SittingConvened}
        self.chamber.service.listen(self.on_commit)

    def scene(self, *online: str) -> Scene:
        service = self.chamber.service
        return Scene(service.sitting, frozenset(online), service.boards.digests())

    def on_commit(self, rows: Sequence[JournalRow]) -> None:
        self.seen.update(type(row.event) for row in rows)
        self.compare(self.scene())

    def compare(self, scene: Scene) -> None:
        for audience, stream in self.streams.items():
            self.clients[audience].take(stream.advance(scene))
            assert self.clients[audience].view == view_data(audience, scene)


@pytest.fixture(scope="module")
def watched() -> Watched:
    """A whole sitting in which every kind of event happens."""
    watched = Watched()
    chamber, service = watched.chamber, watched.chamber.service
    service.sign_in(Principal(Role.OBSERVER, "L01"))
    service.accept_rollback(40, "")
    service.admissions.new_code(Principal(Role.DELEGATE, "001"))
    service.admissions.log_out_everywhere(Principal(Role.SCRUTINEER, "1"))
    service.record_leave("003")
    chamber.sign_in("001", "002")
    service.sign_in_for("003")
    service.call_item("votes")
    chamber.hold_ceremony()
    service.polls.prepare("motion")
    service.polls.annul("motion", "示例原因")
    chamber.open("projects")
    service.polls.raise_alarm("projects", 2, Alarm.SETUP)
    service.record_departure("003")
    spoiled = msgspec.json.decode(chamber.ballot("projects", "001", 1, 1, 0))
    other = msgspec.json.decode(chamber.ballot("projects", "001", 1, 0, 0))
    spoiled["answers"][0]["overall_proof"] = other["answers"][0]["overall_proof"]
    service.ballots.cast("001", "projects", msgspec.json.encode(spoiled).decode())
    chamber.until(lambda: service.sitting.polls["projects"].voters["001"].rejected)
    chamber.cast("projects", "001", 1, 1, 0)
    chamber.cast("projects", "002", 1, 0, 0)
    chamber.finish("projects")
    _count_by_hand(chamber)
    return watched


def _count_by_hand(chamber: Chamber) -> None:
    """A motion decided by a show of hands, one with a paper beside the terminals; a ranking and an election added."""
    service = chamber.service
    chamber.by_hand("hands", HandMethod.SHOW_OF_HANDS, PASSED)
    service.sign_in_for("003")
    service.polls.prepare("mixed")
    chamber.register("mixed")
    service.hands.issue_paper("mixed", "003", "示例：终端故障")
    service.polls.open("mixed", 600)
    service.polls.move_deadline("mixed", 1_645_150_900_000)
    chamber.choose("mixed", "001", "for")
    chamber.close("mixed")
    chamber.enter_and_confirm("mixed", PAPER, one_paper("against"))
    chamber.count("mixed")
    chamber.annul_counted("mixed")
    service.planning.plan("votes", PollDraft("new", PollKind.RANK, "示例排序", CANDIDATES))
    chamber.open("new")
    chamber.choose("new", "001", "c1=2", "c2=1")
    chamber.finish("new")
    service.planning.plan("votes", PollDraft("elect", PollKind.ELECTION, "示例选举", CANDIDATES))
    chamber.open("elect")
    chamber.choose("elect", "001", "c1=for")
    chamber.finish("elect")


def test_every_kind_of_event_was_watched_by_every_audience(watched: Watched) -> None:
    assert watched.seen == set(get_args(AnyEvent))


def test_terminals_that_come_and_go_change_the_consoles_view_only(watched: Watched) -> None:
    before = {audience: client.seq for audience, client in watched.clients.items()}
    watched.compare(watched.scene("001", "L01"))
    assert watched.clients[Audience.CONSOLE].view["online"] == {"001": True, "L01": True}
    watched.compare(watched.scene())
    changed = {audience for audience, client in watched.clients.items() if client.seq != before[audience]}
    assert changed == {Audience.CONSOLE}


@pytest.mark.parametrize(
    ("audience", "kind"),
    [
        (Audience.SEAT, SeatView),
        (Audience.CONSOLE, ConsoleView),
        (Audience.SCREEN, ScreenView),
        (Audience.SCRUTINEER, ScrutineerView),
        (Audience.PUBLIC, PublicView),
    ],
)
def test_a_view_after_patches_is_still_a_message_of_the_wire(watched: Watched, audience: Audience, kind: Any) -> None:
    assert msgspec.convert(watched.clients[audience].view, kind) == view_of(audience, watched.scene())


def test_no_view_holds_a_credential_or_a_ballot(watched: Watched) -> None:
    credentials = [credential.public for credential in watched.chamber.credentials.values()]
    trackers = watched.chamber.service.sitting.polls["projects"].returned.values()
    for audience in Audience:
        text = msgspec.json.encode(watched.clients[audience].view).decode()
        assert not [secret for secret in (*credentials, *trackers) if secret in text]


def test_a_result_is_seen_by_officials_once_counted_and_by_all_once_announced() -> None:
    chamber = Chamber(sample_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("projects")
    chamber.cast("projects", "001", 1, 0, 0)
    chamber.close("projects")
    chamber.count("projects")
    assert _see_result(chamber) == {Audience.CONSOLE, Audience.SCRUTINEER}
    chamber.service.polls.confirm("projects", 1)
    assert _see_result(chamber) == {Audience.CONSOLE, Audience.SCRUTINEER}
    chamber.service.polls.announce("projects")
    assert _see_result(chamber) == set(Audience)


def _see_result(chamber: Chamber) -> set[Audience]:
    scene = Scene(chamber.service.sitting, archives=chamber.service.boards.digests())
    seeing = {a for a in Audience if view_data(a, scene)["hall"]["polls"]["projects"]["result"] is not None}
    assert ("projects" in view_data(Audience.PUBLIC, scene)["archives"]) == (Audience.PUBLIC in seeing)
    return seeing


def test_the_console_is_told_who_is_waited_for_and_why_a_step_is_impossible() -> None:
    chamber = Chamber(sample_plan())
    chamber.sign_in("001", "002")
    chamber.hold_ceremony()
    chamber.service.polls.prepare("projects")
    chamber.register("projects", "001")
    view = _console(chamber)
    assert view.waiting == {"projects": {"002": True}}
    assert view.actions["projects"][ChairStep.OPEN] is None
    busy = view.actions["motion"][ChairStep.PREPARE]
    assert busy is not None
    assert (busy.code, busy.params["poll"]) == (ChamberRefusal.ANOTHER_POLL_RUNNING, "projects")
    chamber.service.polls.open("projects", None)
    assert _console(chamber).waiting == {"projects": {"001": True}}
    chamber.cast("projects", "001", 0, 0, 1)
    assert _console(chamber).waiting == {"projects": {}}


def _console(chamber: Chamber) -> ConsoleView:
    view = view_of(Audience.CONSOLE, Scene(chamber.service.sitting))
    assert isinstance(view, ConsoleView)
    return view


def test_the_console_names_the_scrutineers() -> None:
    plan = sample_plan()
    named = [(s.index, s.name, s.chief) for s in plan.scrutineers]
    assert named
    assert [(s.index, s.name, s.chief) for s in _console(Chamber(plan)).scrutineers] == named


def test_the_focus_follows_the_sitting() -> None:
    chamber = Chamber(sample_plan())
    assert focus_of(chamber.service.sitting) is None
    chamber.service.call_item("votes")
    assert focus_of(chamber.service.sitting) == "projects"
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("motion")
    assert focus_of(chamber.service.sitting) == "motion"
    chamber.finish("motion")
    assert chamber.state("motion") is PollState.ANNOUNCED
    assert focus_of(chamber.service.sitting) == "motion"


# No 0 and 1 beside False and True, which Python holds for equal: a view's field never changes between them.
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(2, 5) | st.sampled_from(["", "a", "a/b", "~"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["", "a", "b/c", "~d", "0"]), inner),
    max_leaves=12,
)
VIEW = st.dictionaries(st.sampled_from(["hall", "polls", "a/b"]), JSON)


@settings(deadline=None)
@given(old=VIEW, new=VIEW)
def test_changes_lead_from_any_view_to_any_other(old: dict[str, Any], new: dict[str, Any]) -> None:
    encoded = msgspec.json.encode
    assert encoded(jsonpatch.apply_patch(old, changes(old, new)), order="sorted") == encoded(new, order="sorted")


def test_changes_between_two_publishings_share_one_patch() -> None:
    chamber = Chamber(sample_plan())
    sent: list[tuple[Audience, Patch]] = []
    broadcaster = Broadcaster(
        lambda: Scene(chamber.service.sitting), lambda audience, patch: sent.append((audience, patch)), lambda: 0
    )
    chamber.sign_in("001", "002")
    broadcaster.publish()
    broadcaster.publish()
    assert sorted(audience for audience, _ in sent) == sorted(Audience)
    assert {(patch.base, patch.seq) for _, patch in sent} == {(0, 1)}
    assert broadcaster.snapshot(Audience.SEAT).seq == 1


def test_screen_and_console_are_told_where_the_record_stands() -> None:
    chamber = Chamber(sample_plan())
    chamber.sign_in("001")
    scene = Scene(chamber.service.sitting, head=chamber.service.head)
    assert chamber.service.head == chamber.journal.head()
    for audience in Audience:
        told = view_data(audience, scene).get("record")
        expected = {"row": 2, "hash": chamber.journal.head()[1]} if audience in _TOLD else None
        assert told == expected


_TOLD = {Audience.SCREEN, Audience.CONSOLE}


def test_a_sitting_taken_up_stands_where_its_journal_does() -> None:
    first = Chamber(sample_plan())
    first.sign_in("001", "002")
    assert Chamber(first.plan, first.journal).service.head == first.journal.head()


def test_every_audience_is_told_that_the_record_went_back() -> None:
    chamber = Chamber(sample_plan())
    assert view_data(Audience.SEAT, Scene(chamber.service.sitting))["hall"]["rollbacks"] == []
    chamber.service.accept_rollback(40, "ab")
    (rollback,) = chamber.service.sitting.rollbacks
    assert (rollback.row, rollback.mark) == (1, 40)
    for audience in Audience:
        told = view_data(audience, Scene(chamber.service.sitting))["hall"]["rollbacks"]
        assert told == [{"at": rollback.at, "row": 1, "mark": 40}]


def test_the_console_alone_is_told_of_wrong_codes_second_terminals_and_the_clock(watched: Watched) -> None:
    warnings = Warnings("192.0.2.7", frozenset({"002", "001"}), -10800)
    scene = Scene(watched.chamber.service.sitting, warnings=warnings)
    told = {audience: view_data(audience, scene) for audience in Audience}
    console = told.pop(Audience.CONSOLE)
    assert (console["wrong_codes"], console["doubled"]) == ("192.0.2.7", {"001": True, "002": True})
    assert console["clock_off"] == -10800
    assert not any(view.keys() & {"wrong_codes", "doubled", "clock_off"} for view in told.values())
