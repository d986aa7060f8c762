"""Polls that need more than one medium or more than one round: hands, papers, both, run-offs, replaced ballots."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from tests.support.reports import records as samples
from tests.support.sittings import asking
from voting.congress.law.bases import Bases
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import MOTION_OPTIONS, Follows, Medium, Option, Question
from voting.congress.law.ruleset import EvaluationRules, Relation, Ruleset
from voting.reports.record import SittingRecord
from voting.sitting import events as e
from voting.sitting.counting import Count, outcome_of
from voting.sitting.hand_counts import HandFigures, HandMethod, count_by_hand, joined
from voting.sitting.poll import ClosedBy, PollPlan

REASON = "示例：设备故障"
HANDS = HandFigures(248, 246, 246, 0, {"for": 140, "against": 61, "abstain": 45})
PAPERS = HandFigures(
    248, 247, 240, 7, {"a": 171, "b": 66, "示例丙": 3}, {"a": 19, "b": 71}, {"a": 25, "b": 51}, write_ins=("示例丙",)
)
FIVE_PAPERS = HandFigures(5, 4, 3, 1, {"p1": 1, "p2": 2, "p3": 0})
ON_PAPER = ("244", "245", "246", "247", "248")


def hands() -> PollPlan:
    return PollPlan(
        Question(id="hands", kind=PollKind.MOTION, title="示例举手表决", options=MOTION_OPTIONS, medium=Medium.BY_HAND)
    )


def paper_election() -> PollPlan:
    persons = (Option("a", "示例候选人甲"), Option("b", "示例候选人乙"))
    return PollPlan(
        Question(
            id="papers",
            kind=PollKind.ELECTION,
            title="选举示例秘书",
            options=persons,
            medium=Medium.BY_HAND,
            write_ins=True,
        )
    )


def mixed() -> PollPlan:
    return PollPlan(
        Question(
            id="mixed", kind=PollKind.CHOOSE, title="示例混合票决", options=samples.options(3), medium=Medium.MIXED
        )
    )


def run_off() -> tuple[PollPlan, Count]:
    plan = asking(
        samples.tied()[0],
        id="tied-2",
        title="示例票决（票数相等）（再次投票）",
        options=tuple(o for o in samples.options(3) if o.id != "p2"),
        seats=1,
        follows=Follows("tied", Relation.RUN_OFF),
    )
    return plan, samples.count({"p1": 130, "p3": 117})


def evaluation_of_four() -> tuple[PollPlan, Count]:
    subjects = tuple(Option(f"s{i}", f"示例单位{i}") for i in (1, 2))
    rules = Ruleset(evaluation=EvaluationRules(levels=4))
    plan = PollPlan(
        Question(id="four", kind=PollKind.EVALUATION, title="示例四档测评", options=subjects, ruleset=rules)
    )
    levels = {"s1": (120, 61, 40, 26), "s2": (31, 52, 73, 91)}
    return plan, samples.count({s: n[0] for s, n in levels.items()}, levels=levels)


def last_press() -> tuple[PollPlan, Count]:
    plan = PollPlan(Question(id="again", kind=PollKind.MOTION, title="示例可改按的表决", options=MOTION_OPTIONS))
    return plan, samples.count({"for": 201, "against": 33, "abstain": 11}, not_pressed=3)


def every_medium() -> SittingRecord:
    """All of these, as one journal; "annulled" ends without a result that counts."""
    pairs = (samples.tied(), run_off(), evaluation_of_four(), last_press())
    spoiled = asking(samples.motion()[0], id="annulled")
    plans = (*(plan for plan, _ in pairs), hands(), paper_election(), mixed(), spoiled)
    events = [*samples.gathering(samples.sitting_plan(*plans))]
    for n, (plan, count) in enumerate(pairs, start=1):
        events += _pressed_again(samples.held(plan, count, samples.START + n * 600_000))
    events += _by_hand(hands(), HANDS, HandMethod.SHOW_OF_HANDS)
    events += _by_hand(paper_election(), PAPERS, HandMethod.PAPER)
    events += _mixed()
    events += _annulled(samples.held(spoiled, samples.motion()[1]))
    digests = dict.fromkeys(("tied", "tied-2", "four", "again", "mixed", "annulled"), samples.DIGEST)
    return samples.record_from(events, digests)


def _pressed_again(events: Iterator[e.AnyEvent]) -> Iterator[e.AnyEvent]:
    """Of the poll "again", two delegates send another ballot before the close."""
    for event in events:
        if isinstance(event, e.PollClosed) and event.poll == "again":
            for number in ("001", "002"):
                yield e.BallotAccepted(
                    at=event.at, poll="again", delegate=number, tracker=f"u{number}", height=900, head="h"
                )
        yield event


def _entered(plan: PollPlan, figures: HandFigures, method: HandMethod, at: int) -> Iterator[e.AnyEvent]:
    yield e.HandCountEntered(at, plan.id, 2, method, figures, REASON)
    yield e.HandCountConfirmed(at=at + 1, poll=plan.id, scrutineer=3, entered_at=at)


def _by_hand(plan: PollPlan, figures: HandFigures, method: HandMethod) -> Iterator[e.AnyEvent]:
    at = samples.START + 5_000_000
    yield e.PollPrepared(at=at, poll=plan.id, election_uuid="uuid")
    yield e.PollOpenedByHand(at=at, poll=plan.id)
    yield e.PollClosed(at=at, poll=plan.id, by=ClosedBy.CHAIR)
    yield from _entered(plan, figures, method, at)
    count = count_by_hand(plan.question, figures, samples.IN_OFFICE)
    outcome = outcome_of(plan.question, count, Bases(samples.IN_OFFICE, present=samples.PRESENT))
    yield e.PollCountedByHand(at=at + 2, poll=plan.id, count=count, outcome=outcome)


def _mixed() -> Iterator[e.AnyEvent]:
    """243 at terminals, of whom 240 cast; five on paper, of which four come back and one is void."""
    plan = mixed()
    terminals = samples.count({"p1": 150, "p2": 60, "p3": 30}, returned=240)
    at_terminals = replace(terminals, issued=243, not_pressed=3)
    count = joined(at_terminals, count_by_hand(plan.question, FIVE_PAPERS, samples.IN_OFFICE), 0)
    for event in samples.held(plan, at_terminals, samples.START + 6_000_000):
        if isinstance(event, e.PollClosed):
            for number in ON_PAPER:
                yield e.PaperIssued(at=event.at, poll=plan.id, delegate=number, reason=REASON)
        if isinstance(event, e.PollCounted):
            yield from _entered(plan, FIVE_PAPERS, HandMethod.PAPER, event.at)
            outcome = outcome_of(plan.question, count, Bases(samples.IN_OFFICE, present=samples.PRESENT))
            event = replace(event, count=count, outcome=outcome, electronic=at_terminals)
        yield event


def _annulled(events: Iterator[e.AnyEvent]) -> Iterator[e.AnyEvent]:
    for event in events:
        yield event
        if isinstance(event, e.PollCounted):
            yield e.PollAnnulled(at=event.at, poll=event.poll, reason=REASON)
            return


def statements(record: SittingRecord) -> Mapping[str, str]:
    """Made-up hashes of signed counts."""
    return {id: f"{n}" * 64 for n, id in enumerate(record.polls)}
