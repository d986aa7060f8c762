"""What the console is told that rules leave open to a new poll, and that it is what the chamber accepts."""

from itertools import product

import pytest

from tests.support.chamber import Chamber
from tests.support.plans.hands import hands_plan
from voting.congress.law.poll_kinds import Option, PollKind
from voting.congress.law.question import Medium
from voting.congress.law.ruleset import FallbackRules, MixedCount, Ruleset, Secrecy, SecrecyRule, SecrecyRules
from voting.server.live.composing import allowed_to
from voting.server.live.views import Scene, view_of
from voting.sitting.machine import why_not
from voting.wire.polls import Allowed, PollDraft
from voting.wire.roles import Audience
from voting.wire.views import ConsoleView

THREE = tuple(Option(id=f"p{i}", title=f"示例项目{i}") for i in (1, 2, 3))
BOOKS = {
    "free": Ruleset(),
    "unmixed": Ruleset(fallback=FallbackRules(mixed=MixedCount.NEVER)),
    "strict": Ruleset(secrecy=SecrecyRules(motion=SecrecyRule.RECORDED), fallback=FallbackRules(paper=())),
}


def console(chamber: Chamber) -> ConsoleView:
    view = view_of(Audience.CONSOLE, Scene(chamber.service.sitting, rulebooks=BOOKS))
    assert isinstance(view, ConsoleView)
    return view


@pytest.mark.parametrize(
    ("name", "kind", "allowed"),
    [
        ("free", PollKind.MOTION, Allowed(tuple(Secrecy), tuple(Medium))),
        ("free", PollKind.RANK, Allowed((Secrecy.SECRET,), tuple(Medium))),
        ("unmixed", PollKind.RANK, Allowed((Secrecy.SECRET,), (Medium.ELECTRONIC, Medium.BY_HAND))),
        ("strict", PollKind.MOTION, Allowed((Secrecy.RECORDED,), (Medium.ELECTRONIC, Medium.BY_HAND))),
        ("strict", PollKind.CHOOSE, Allowed((Secrecy.SECRET,), (Medium.ELECTRONIC,))),
    ],
)
def test_the_console_is_told_what_each_rulebook_leaves_open(name: str, kind: PollKind, allowed: Allowed) -> None:
    assert console(Chamber(hands_plan())).allowed[name][kind] == allowed


def test_every_kind_is_told_of_under_every_rulebook_and_under_the_rules_of_the_sitting() -> None:
    chamber = Chamber(hands_plan())
    told = console(chamber).allowed
    assert {name: set(kinds) for name, kinds in told.items()} == {key: set(PollKind) for key in ("", *BOOKS)}
    adopted = chamber.service.sitting.plan.adopted
    assert told[""] == {kind: allowed_to(kind, adopted) for kind in PollKind}


@pytest.mark.parametrize("name", list(BOOKS))
@pytest.mark.parametrize("kind", list(PollKind))
def test_a_draft_may_choose_exactly_what_is_left_open(kind: PollKind, name: str) -> None:
    planning = Chamber(hands_plan(), rulebooks=BOOKS).service.planning
    options = () if kind is PollKind.MOTION else THREE
    left = allowed_to(kind, BOOKS[name])
    for secrecy, medium in product(Secrecy, Medium):
        draft = PollDraft("new", kind, "示例", options, rules=name, secrecy=secrecy, medium=medium)
        refusal = why_not(planning.preview, "votes", draft)
        assert (refusal is None) == (secrecy in left.secrecies and medium in left.media)


def test_what_is_open_to_a_poll_that_follows_is_said_by_the_rules_of_the_first() -> None:
    chamber = Chamber(hands_plan())
    chamber.sign_in("001", "002")
    chamber.service.polls.prepare("hands")
    assert console(chamber).allowed_after == {}
    chamber.service.polls.annul("hands", "示例原因")
    question = chamber.service.sitting.polls["hands"].question
    assert console(chamber).allowed_after == {"hands": allowed_to(question.kind, question.ruleset)}
