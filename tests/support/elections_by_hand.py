"""A sitting of elections counted by hand, which end in a run-off and in a second round, and what else could be said."""

from functools import cache
from typing import Any

from msgspec.structs import replace

from tests.support.chamber import Chamber
from tests.support.plans.hands import PAPER
from tests.support.plans.plain import sample_plan
from tests.support.statements import decided, signed
from tests.support.tally.scenes import seeded
from tests.support.whole_sitting import Whole
from voting.congress.law.poll_kinds import Option, PollKind
from voting.congress.law.question import Medium, Question
from voting.congress.law.ruleset import Relation
from voting.record.count_statement import read_statement
from voting.record.whole.statement import PollFiles
from voting.sitting.commands import PlanPoll
from voting.sitting.events import SittingPlan
from voting.sitting.follow_ups import follow_ups_of, item_of
from voting.sitting.hand_counts import HandFigures
from voting.sitting.poll import PollPlan

DELEGATES = 5
TIED, RUN_OFF, SHORT, SECOND_ROUND = "tied", "tied-2", "short", "short-2"


def election(id: str, *candidates: str) -> PollPlan:
    """Two seats, and these candidates."""
    options = tuple(Option(id=one, title=f"示例候选人{one}", illustrative=True) for one in candidates)
    return PollPlan(
        Question(id=id, kind=PollKind.ELECTION, title=f"示例选举{id}", options=options, seats=2, medium=Medium.BY_HAND)
    )


def figures(votes: dict[str, int]) -> HandFigures:
    """Everybody's paper, and so many for each."""
    against = {id: DELEGATES - number for id, number in votes.items()}
    return HandFigures(
        issued=DELEGATES,
        returned=DELEGATES,
        valid=DELEGATES,
        void=0,
        votes=votes,
        against=against,
        abstain=dict.fromkeys(votes, 0),
    )


def elections_plan() -> SittingPlan:
    """Two elections by hand."""
    plan = sample_plan(DELEGATES)
    polls = (election(TIED, "c1", "c2", "c3"), election(SHORT, "d1", "d2", "d3"))
    agenda = (plan.agenda[0], replace(plan.agenda[1], polls=(TIED, SHORT)))
    return replace(plan, polls=polls, agenda=agenda)


@cache
def held_elections() -> Chamber:
    """Each ends with a seat left; a run-off and a second round fill it."""
    chamber = Chamber(elections_plan(), rng=seeded("elections by hand"))
    chamber.sign_in()
    chamber.by_hand(TIED, PAPER, figures({"c1": 4, "c2": 3, "c3": 3}))
    chamber.by_hand(SHORT, PAPER, figures({"d1": 4, "d2": 2, "d3": 1}))
    for poll, relation, votes in (
        (TIED, Relation.RUN_OFF, {"c2": 4, "c3": 1}),
        (SHORT, Relation.SECOND_ROUND, {"d2": 3, "d3": 1}),
    ):
        plan = follow_ups_of(chamber.service.sitting, poll)[relation]
        chamber.service._carry_out(PlanPoll(item=item_of(chamber.service.sitting, poll), plan=plan))
        chamber.by_hand(plan.question.id, PAPER, figures(votes))
    return chamber


def asking(whole: Whole, poll: str, votes: dict[str, int] | None = None, **changes: Any) -> Whole:
    """The poll asks something else, from its list to its count, and all that follows from that is put right."""
    frozen = replace(whole.listed(poll).poll, **changes)
    raw = whole.files[poll].count
    assert raw is not None
    count = read_statement(raw)
    entry = count.by_hand
    if votes is not None and entry is not None:
        count = replace(count, by_hand=replace(entry, figures=figures(votes)))
    whole.listing(poll, poll=frozen)
    return whole.holding(poll, PollFiles(None, signed(decided(replace(count, poll=frozen)))))
