"""A description states every part of the question, so that the outcome follows from the record alone."""

from voting.congress.law.poll_kinds import Option, PollKind, Post
from voting.congress.law.question import Follows, Medium, Question
from voting.congress.law.ruleset import BallotRules, Press, Relation, Ruleset, Secrecy
from voting.record.description import FrozenPoll, frozen_poll

OUTSIDE = {"post", "by_election", "amends", "clause_of"}
"""What decides whether and when the poll may be put: its outcome does not depend on it, and no record states it."""

QUESTION = Question(
    id="e1",
    kind=PollKind.ELECTION,
    title="示例选举",
    options=(Option("o1", "示例候选人", illustrative=True), Option("o2", "示例候选人二")),
    seats=2,
    ruleset=Ruleset(title="示例规则", ballots=BallotRules(press=Press.LAST)),
    secrecy=Secrecy.RECORDED,
    medium=Medium.MIXED,
    write_ins=True,
    eligible=("示例代表",),
    post=Post.CHIEF,
    by_election=True,
    follows=Follows("e0", Relation.RUN_OFF),
    amends="text",
    clause_of="text",
)


def test_a_record_states_all_of_a_question_but_when_it_may_be_put() -> None:
    assert set(Question.__struct_fields__) - set(FrozenPoll.__struct_fields__) == OUTSIDE
    plain = Question(id="p", kind=PollKind.CHOOSE, title="", options=())
    for name in set(Question.__struct_fields__) - {"id", "kind"}:
        assert getattr(QUESTION, name) != getattr(plain, name), f"{name} would not be missed"


def test_a_question_is_read_back_from_what_records_state() -> None:
    stated, read = frozen_poll(QUESTION), frozen_poll(QUESTION).question
    for name in set(Question.__struct_fields__) - OUTSIDE:
        assert getattr(stated, name) == getattr(read, name) == getattr(QUESTION, name), name
