"""A question loses nothing on the wire: not in a draft and back, and in a view nothing but the post it fills."""

import msgspec
from msgspec.structs import replace

from tests.support.plans.plain import sample_plan
from voting.congress.law.poll_kinds import Option, PollKind, Post
from voting.congress.law.question import Follows, Medium, Question
from voting.congress.law.ruleset import Relation, Ruleset, Secrecy
from voting.server.live.poll_views import poll_view
from voting.sitting.machine import PollProgress, convene, evolve
from voting.sitting.poll import PollPlan
from voting.wire.polls import PollDraft

RULES = Ruleset(title="示例规则")
QUESTION = Question(
    id="again",
    kind=PollKind.ELECTION,
    title="示例选举",
    options=(Option("c1", "示例甲", illustrative=True), Option("c2", "示例乙")),
    seats=2,
    ruleset=RULES,
    secrecy=Secrecy.RECORDED,
    medium=Medium.MIXED,
    write_ins=True,
    eligible=("示例丙",),
    post=Post.MEMBER,
    by_election=True,
    follows=Follows("first", Relation.REPEAT),
    amends="text",
    clause_of="bill",
)


def test_every_field_of_the_sample_says_something() -> None:
    plain = [field.name for field in msgspec.structs.fields(Question) if getattr(QUESTION, field.name) == field.default]
    assert plain == []


def test_a_draft_that_keeps_its_rules_asks_the_same_question() -> None:
    draft = PollDraft.keeping_rules(QUESTION, 90)
    assert (draft.rules, draft.seconds) == ("", 90)
    assert draft.question(RULES) == QUESTION


def test_a_view_tells_the_question_but_for_its_post() -> None:
    sitting = evolve(None, convene(sample_plan(), 1))
    view = poll_view(sitting, PollProgress(plan=PollPlan(QUESTION)), shows_result=False)
    assert view.question == replace(QUESTION, post=None)
