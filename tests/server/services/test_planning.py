"""Polls added during the sitting: what a draft becomes, how it is previewed, and what a person is told is wrong."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.chamber import Chamber
from tests.support.plans.hands import HANDS, PASSED, hands_plan
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import MOTION_OPTIONS, Follows, Medium, Option
from voting.congress.law.ruleset import DEFAULTS, Relation, Ruleset, SeatRules, Secrecy
from voting.congress.refusal import Refusal, Refused
from voting.files.rulebooks import load_rulebooks
from voting.server.live.views import Scene, view_of
from voting.sitting.follow_ups import follow_ups_of
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.wire.polls import PollDraft
from voting.wire.roles import Audience
from voting.wire.views import ConsoleView

OURS = Ruleset(title="示例规则", seats=SeatRules(majority_floor=False))
BOOKS = {"ours": OURS, "national": Ruleset(title="示例国家规则")}
THREE = tuple(Option(id=f"p{i}", title=f"示例项目{i}") for i in (1, 2, 3))
MOTION = PollDraft(id="new", kind=PollKind.MOTION, title="示例动议")
CHOICE = PollDraft(id="new", kind=PollKind.CHOOSE, title="示例票决", options=THREE, seats=2)


def seated(*numbers: str) -> Chamber:
    chamber = Chamber(hands_plan(), rulebooks=BOOKS)
    chamber.sign_in(*numbers)
    return chamber


@pytest.fixture(scope="module")
def chamber() -> Chamber:
    return seated("001", "002")


def refusal(chamber: Chamber, draft: PollDraft, item: str = "votes") -> Refusal:
    before = chamber.service.sitting
    with pytest.raises(Refused) as previewed:
        chamber.service.planning.preview(item, draft)
    with pytest.raises(Refused) as planned:
        chamber.service.planning.plan(item, draft)
    assert previewed.value.refusal == planned.value.refusal
    assert chamber.service.sitting is before
    return planned.value.refusal


def test_a_preview_is_the_poll_as_a_seat_will_see_it_and_changes_nothing() -> None:
    chamber = seated()
    before = chamber.service.sitting
    shown = chamber.service.planning.preview("votes", replace(CHOICE, rules="ours"))
    assert chamber.service.sitting is before
    assert (shown.state, shown.seats, shown.max_choices, shown.rules) == (PollState.PLANNED, 2, 2, OURS)
    assert [option.title for option in shown.options] == ["示例项目1", "示例项目2", "示例项目3"]
    assert (shown.issued, shown.result, shown.election_uuid) == (None, None, None)
    chamber.service.planning.plan("votes", replace(CHOICE, rules="ours"))
    view = view_of(Audience.CONSOLE, Scene(chamber.service.sitting))
    assert isinstance(view, ConsoleView)
    assert view.hall.polls["new"] == shown
    assert view.hall.agenda[1].polls[-1] == "new"


@pytest.mark.parametrize("kind", list(PollKind))
def test_every_kind_can_be_previewed(chamber: Chamber, kind: PollKind) -> None:
    options = () if kind is PollKind.MOTION else THREE
    shown = chamber.service.planning.preview("votes", PollDraft("new", kind, "示例", options, rules="national"))
    assert shown.kind is kind


def test_a_motion_needs_no_options_and_texts_lose_the_spaces_around_them(chamber: Chamber) -> None:
    shown = chamber.service.planning.preview("votes", replace(MOTION, id=" new ", title=" 示例动议 "))
    assert (shown.id, shown.title, [o.id for o in shown.options]) == ("new", "示例动议", [o.id for o in MOTION_OPTIONS])


def test_without_named_rules_those_of_the_sitting_hold_and_without_any_the_defaults(chamber: Chamber) -> None:
    assert chamber.service.planning.preview("votes", MOTION).rules == Ruleset()
    assert replace(chamber.service.sitting.plan, ruleset=None).adopted == DEFAULTS


def names(number: int) -> tuple[str, ...]:
    return tuple(f"示例人选{i}" for i in range(number))


TOO_MANY = tuple(Option(id=f"p{i}", title=f"示例{i}") for i in range(201))
ELECTION: dict[str, Any] = {"kind": PollKind.ELECTION, "seats": 1, "write_ins": True}
FOR_TEN = tuple(Option(id=f"p{i}", title=f"示例{i}") for i in range(1, 40))


@pytest.mark.parametrize(
    ("changes", "problem", "params"),
    [
        ({"id": "Neu"}, "id_wrong", {"value": "Neu"}),
        ({"id": ""}, "id_wrong", {"value": ""}),
        ({"title": " "}, "text_wrong", {"field": "title", "found": 0, "least": 1, "most": 200}),
        ({"title": "长" * 201}, "text_wrong", {"found": 201, "value": "长" * 20}),
        ({"title": "示\x07例"}, "text_wrong", {"field": "title", "found": 3}),
        ({"options": ()}, "options_missing", {}),
        ({"options": (*THREE, Option(id="P=4", title="示例"))}, "id_wrong", {"value": "P=4"}),
        ({"options": (*THREE, Option(id="P4", title="示例"))}, "id_wrong", {"value": "P4"}),
        ({"options": (*THREE, Option(id="示=例", title="示=例"))}, "id_wrong", {"value": "示=例"}),
        ({"options": (*THREE, Option(id="+示例", title="+示例"))}, "id_wrong", {"value": "+示例"}),
        ({"options": (*THREE, Option(id="p4", title=""))}, "text_wrong", {"field": "options", "found": 0}),
        ({"options": (*THREE, Option(id="p3", title="示例"))}, "id_repeated", {"value": "p3"}),
        ({"seats": 4}, "seats_out_of_range", {"found": 4, "least": 1, "most": 3}),
        ({"seats": 0}, "seats_out_of_range", {"found": 0, "least": 1, "most": 3}),
        (ELECTION | {"seats": 0}, "seats_out_of_range", {"found": 0, "least": 1, "most": 3}),
        ({"seconds": 9}, "seconds_out_of_range", {"found": 9, "least": 10, "most": 3600}),
        ({"seconds": 3601}, "seconds_out_of_range", {"found": 3601, "least": 10, "most": 3600}),
        ({"rules": "theirs"}, "rules_unknown", {"value": "theirs"}),
        ({"secrecy": Secrecy.RECORDED}, "secrecy_forbidden", {"value": "recorded", "asked": "secret"}),
        ({"write_ins": True}, "write_ins_forbidden", {"value": "choose"}),
        ({"eligible": ("示例代表001",)}, "eligible_unused", {}),
        ({"amends": "motion"}, "link_wrong", {"value": "motion"}),
        ({"kind": PollKind.RANK, "options": FOR_TEN, "seats": 1}, "too_many_numbers", {"found": 39, "most": 30}),
        ({"options": TOO_MANY}, "too_many_options", {"found": 201, "most": 200}),
        ({"options": TOO_MANY, "medium": Medium.BY_HAND}, "too_many_options", {"found": 201, "most": 200}),
        (ELECTION | {"eligible": names(10_001)}, "too_many_eligible", {"found": 10_001, "most": 10_000}),
        (
            ELECTION | {"eligible": names(10_001), "medium": Medium.BY_HAND},
            "too_many_eligible",
            {"found": 10_001, "most": 10_000},
        ),
        (ELECTION | {"eligible": ("示例\u200b甲",)}, "text_wrong", {"field": "eligible", "value": "示例\u200b甲"}),
        (ELECTION | {"eligible": ("=示例甲",)}, "text_wrong", {"field": "eligible", "value": "=示例甲"}),
    ],
)
def test_what_cannot_be_put_is_refused_by_name(
    chamber: Chamber, changes: dict[str, Any], problem: str, params: dict[str, Any]
) -> None:
    found = refusal(chamber, replace(CHOICE, **changes))
    assert (found.code, found.params["problem"]) == (ChamberRefusal.POLL_PLAN_INVALID, problem)
    assert found.params == found.params | params


@pytest.mark.parametrize("seconds", [10, 3600, None])
def test_the_limits_of_the_voting_time_are_allowed(chamber: Chamber, seconds: int | None) -> None:
    assert chamber.service.planning.preview("votes", replace(MOTION, seconds=seconds)).state is PollState.PLANNED


@pytest.mark.parametrize(
    ("draft", "item", "code"),
    [
        (MOTION, "nowhere", ChamberRefusal.UNKNOWN_ITEM),
        (replace(MOTION, id="motion"), "votes", ChamberRefusal.POLL_ID_TAKEN),
        (replace(MOTION, amends="nothing"), "votes", ChamberRefusal.UNKNOWN_POLL),
        (replace(MOTION, follows=Follows("motion", Relation.REPEAT)), "votes", ChamberRefusal.POLL_NOT_ENDED),
    ],
)
def test_what_does_not_fit_the_sitting_is_refused(
    chamber: Chamber, draft: PollDraft, item: str, code: ChamberRefusal
) -> None:
    assert refusal(chamber, draft, item).code is code


def test_by_hand_no_ballot_limits_how_many_are_ranked(chamber: Chamber) -> None:
    draft = PollDraft("new", PollKind.RANK, "示例排序", FOR_TEN, medium=Medium.BY_HAND)
    assert chamber.service.planning.preview("votes", draft).medium is Medium.BY_HAND


def test_what_the_console_is_offered_to_follow_is_accepted_as_it_stands() -> None:
    chamber = seated("001", "002")
    chamber.service.polls.prepare("hands")
    chamber.service.polls.annul("hands", "示例原因")
    view = view_of(Audience.CONSOLE, Scene(chamber.service.sitting, rulebooks=BOOKS))
    assert isinstance(view, ConsoleView)
    assert set(view.rulebooks) == set(BOOKS)
    assert {poll: set(offered) for poll, offered in view.follow_ups.items()} == {"hands": {"repeat"}}
    draft = view.follow_ups["hands"]["repeat"]
    proposed = follow_ups_of(chamber.service.sitting, "hands")[Relation.REPEAT]
    assert draft.question(proposed.question.ruleset) == proposed.question
    chamber.service.planning.plan("votes", draft)
    assert chamber.service.sitting.polls["hands-2"].plan == proposed
    chamber.by_hand("hands-2", HANDS, PASSED)
    assert chamber.service.sitting.polls["hands"].annulled_because == "示例原因"


def test_the_presets_are_found_and_the_sessions_own_rules_stand_before_them(tmp_path: Any) -> None:
    assert {"national", "zhejiang-county", "guangdong-province", "township"} <= load_rulebooks(tmp_path).keys()
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "national.toml").write_text('title = "示例规则"\n', encoding="utf-8")
    books = load_rulebooks(tmp_path)
    assert (books["national"].title, books["township"].title == "") == ("示例规则", False)
