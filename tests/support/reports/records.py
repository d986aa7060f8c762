"""Plainly labelled sittings as journals of events, with counts given directly: every kind of poll, every medium."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from voting.congress.law.bases import Bases
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import MOTION_OPTIONS, Medium, Option, Question
from voting.congress.roster import Delegate, Observer, Roster, Scrutineer
from voting.reports.record import SittingRecord, record_of
from voting.sitting import events as e
from voting.sitting.agenda import AgendaItem
from voting.sitting.counting import Count, outcome_of
from voting.sitting.machine import evolve
from voting.sitting.poll import ClosedBy, PollPlan

START = 1_645_150_200_000  # 2022-02-18 10:10 in China
DIGEST = "0123456789abcdef" * 4
IN_OFFICE, PRESENT = 251, 248
LONG_NAME = "示例阿卜杜热合曼·麦麦提吐尔逊·亚库甫江·买合木提·努尔买买提"
RARE_NAME = "示例𠮷田𬭳"


def roster() -> Roster:
    names = {248: LONG_NAME, 249: RARE_NAME}
    delegates = tuple(
        Delegate(number=f"{i + 1:03}", name=names.get(i, f"示例代表{i + 1:03}"), delegation=f"示例第{i % 7 + 1}代表团")
        for i in range(IN_OFFICE)
    )
    observers = (Observer("L01", "示例列席01", "示例职务"), Observer("L02", "示例列席02"))
    return Roster(statutory_seats=255, delegates=delegates, observers=observers)


def sitting_plan(*polls: PollPlan) -> e.SittingPlan:
    return e.SittingPlan(
        titles=e.Titles(congress="示例市第一届人民代表大会", session="第一次会议", sitting="第四次全体会议"),
        roster=roster(),
        agenda=(AgendaItem(id="votes", title="表决", polls=tuple(p.id for p in polls)),),
        polls=polls,
        scrutineers=tuple(Scrutineer(index=i, name=f"示例监票人{i}", chief=i == 1) for i in (1, 2, 3)),
        threshold=2,
    )


def gathering(plan: e.SittingPlan) -> Iterator[e.AnyEvent]:
    """Convened; 248 sign in, one is on leave, one departs after signing in, one is absent; one observer."""
    yield e.SittingConvened(at=START, plan=plan)
    for delegate in plan.roster.delegates[: PRESENT + 1]:
        yield e.DelegateSignedIn(at=START + 1000, delegate=delegate.number)
    yield e.LeaveRecorded(at=START + 2000, delegate=plan.roster.delegates[PRESENT + 1].number)
    yield e.DelegateDeparted(at=START + 3000, delegate=plan.roster.delegates[PRESENT].number)
    yield e.ObserverSignedIn(at=START + 4000, observer="L01")


def held(plan: PollPlan, count: Count, at: int = START + 60_000) -> Iterator[e.AnyEvent]:
    """The events of one poll up to its announcement."""
    numbers = [f"{i + 1:03}" for i in range(count.issued)]
    yield e.PollPrepared(at=at, poll=plan.id, election_uuid="uuid")
    for number in numbers:
        yield e.CredentialRegistered(at=at, poll=plan.id, delegate=number, credential=number)
    yield e.PollOpened(at=at, poll=plan.id, election="e", credentials="c", fingerprint="f0" * 32, issued=count.issued)
    for height, number in enumerate(numbers[: count.returned], start=1):
        yield e.BallotAccepted(
            at=at + 1000, poll=plan.id, delegate=number, tracker=f"t{number}", height=height, head="h"
        )
    yield e.PollClosed(at=at + 125_000, poll=plan.id, by=ClosedBy.CHAIR)
    yield e.TallySealed(at=at + 126_000, poll=plan.id, encrypted_tally="s", returned=count.returned, head="h")
    outcome = outcome_of(plan.question, count, Bases(IN_OFFICE))
    yield e.PollCounted(at=at + 130_000, poll=plan.id, result="r", head="h", count=count, outcome=outcome)
    yield e.CountConfirmed(at=at + 140_000, poll=plan.id, scrutineer=1)
    yield e.ResultAnnounced(at=at + 150_000, poll=plan.id)


def count(votes: dict[str, int], *, returned: int = 247, void: int = 0, **more: Any) -> Count:
    figures: dict[str, Any] = {
        "entitled": IN_OFFICE,
        "issued": PRESENT,
        "returned": returned,
        "valid": returned - void,
        "void": void,
        "not_pressed": PRESENT - returned,
        "votes": votes,
    }
    return Count(**figures | more)


def options(number: int, title: str = "示例项目{}") -> tuple[Option, ...]:
    return tuple(Option(id=f"p{i}", title=title.format(i), illustrative=True) for i in range(1, number + 1))


def record_from(events: Iterable[e.AnyEvent], digests: Mapping[str, str] | None = None) -> SittingRecord:
    """The record of a sitting whose journal holds these events."""
    sitting, at = None, 0
    for event in events:
        sitting, at = evolve(sitting, event), event.at
    assert sitting is not None
    return record_of(sitting, at, digests or {})


def record(*pairs: tuple[PollPlan, Count]) -> SittingRecord:
    plan = sitting_plan(*(poll for poll, _ in pairs))
    events = [*gathering(plan)]
    for n, (poll, figures) in enumerate(pairs, start=1):
        events += held(poll, figures, START + n * 600_000)
    return record_from(events, {poll.id: DIGEST for poll, _ in pairs})


def motion() -> tuple[PollPlan, Count]:
    plan = PollPlan(Question(id="motion", kind=PollKind.MOTION, title="示例决议（草案）", options=MOTION_OPTIONS))
    return plan, count({"for": 240, "against": 4, "abstain": 2}, not_pressed=2)


def choose(n: int = 12, k: int = 10) -> tuple[PollPlan, Count]:
    plan = PollPlan(
        Question(id="projects", kind=PollKind.CHOOSE, title="示例民生实事项目票决", options=options(n), seats=k)
    )
    return plan, count({f"p{i}": 100 + (i * 37) % 140 for i in range(1, n + 1)})


def tied() -> tuple[PollPlan, Count]:
    plan = PollPlan(
        Question(id="tied", kind=PollKind.CHOOSE, title="示例票决（票数相等）", options=options(3), seats=2)
    )
    return plan, count({"p1": 150, "p2": 190, "p3": 150})


def election() -> tuple[PollPlan, Count]:
    persons = (Option("a", LONG_NAME), Option("b", RARE_NAME), Option("c", "示例候选人丙"))
    plan = PollPlan(
        Question(id="deputies", kind=PollKind.ELECTION, title="选举示例职务", options=persons, seats=2, write_ins=True)
    )
    return plan, count(
        {"a": 230, "b": 120, "c": 126, "=示例另选人": 1},
        against={"a": 7, "b": 100, "c": 101},
        abstain={"a": 10, "b": 27, "c": 20},
        write_ins=("=示例另选人",),
        void=0,
    )


def preselection() -> tuple[PollPlan, Count]:
    persons = tuple(Option(f"n{i}", f"示例被提名人{i}") for i in (1, 2, 3))
    plan = PollPlan(
        Question(id="nominees", kind=PollKind.PRESELECTION, title="预选示例职务候选人", options=persons, seats=2)
    )
    return plan, count({"n1": 120, "n2": 90, "n3": 20}, against={"n1": 5, "n2": 50, "n3": 90})


def evaluation() -> tuple[PollPlan, Count]:
    subjects = tuple(Option(f"s{i}", f"示例部门{i}") for i in (1, 2, 3))
    plan = PollPlan(Question(id="evaluation", kind=PollKind.EVALUATION, title="示例部门满意度测评", options=subjects))
    levels = {"s1": (200, 40, 7), "s2": (100, 60, 87), "s3": (20, 30, 197)}
    return plan, count({s: n[0] for s, n in levels.items()}, levels=levels)


def ranked() -> tuple[PollPlan, Count]:
    plan = PollPlan(Question(id="ranked", kind=PollKind.RANK, title="示例排序", options=options(3), seats=1))
    return plan, count({"p1": 500, "p2": 400, "p3": 582})


def by_hand() -> tuple[PollPlan, Count]:
    plan = PollPlan(
        Question(
            id="paper",
            kind=PollKind.APPROVE_EACH,
            title="示例纸质票决",
            options=options(2),
            seats=1,
            medium=Medium.MIXED,
        )
    )
    votes = {"p1": 200, "p2": 46}
    against, abstain = {"p1": 30, "p2": 190}, {"p1": 14, "p2": 8}
    return plan, count(votes, void=3, medium=Medium.MIXED, by_hand=45, against=against, abstain=abstain)


def everything() -> SittingRecord:
    return record(motion(), choose(), tied(), election(), preselection(), evaluation(), ranked(), by_hand())
