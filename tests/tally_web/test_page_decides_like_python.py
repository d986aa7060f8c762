"""The page decides polls by rules of its own: on any figures it comes to Python's outcome."""

import json
import random
from typing import Any

import msgspec
import pytest
from msgspec import UNSET
from msgspec.structs import replace

from tests.support.plans.hands import HANDS
from tests.support.recorded import Recorded
from tests.support.statements import OTHER, counted_sitting, signed, stated
from tests.tally_web.tally_page import Page
from voting.congress.law.bases import Bases
from voting.congress.law.bodies import Article, Body
from voting.congress.law.figures import FiguresInvalid
from voting.congress.law.kinds import KINDS
from voting.congress.law.poll_kinds import Option, PollKind
from voting.congress.law.question import MOTION_OPTIONS, Follows, Question
from voting.congress.law.ruleset import (
    BallotRule,
    BallotRules,
    Base,
    DisplayRules,
    EvaluationRules,
    MajorityRule,
    Missed,
    ParticipationRule,
    QuorumRule,
    Relation,
    ReturnedLimit,
    Ruleset,
    SeatRules,
    VotesShown,
    WriteInAfter,
)
from voting.record.count_statement import CountStatement, read_statement
from voting.record.description import frozen_poll
from voting.record.verification import verify_poll
from voting.sitting.counting import Count, OutcomeKind, outcome_of

pytestmark = pytest.mark.long

CASES = 3_000
SHARES = ("1/2", "2/3", "3/4", "1/3", "1/1")


def a_question(draw: random.Random) -> Question:
    kind = draw.choice(list(PollKind))
    options = tuple(Option(f"o{i}", f"示例{i}") for i in range(1, draw.randint(1, 4) + 1))
    motion = kind is PollKind.MOTION
    follows = draw.choice([None, None, Follows("before", draw.choice(list(Relation)))])
    return Question(
        id="示例",
        kind=kind,
        title="示例",
        options=MOTION_OPTIONS if motion else options,
        seats=1 if motion else draw.randint(0 if kind is PollKind.APPROVE_EACH else 1, len(options)),
        ruleset=rules(draw),
        write_ins=kind is PollKind.ELECTION,
        follows=follows,
    )


def rules(draw: random.Random) -> Ruleset:
    def coin() -> bool:
        return draw.random() < 0.5

    def base() -> Base:
        return draw.choice(list(Base))

    def rule() -> BallotRule:
        return draw.choice(list(BallotRule))

    return Ruleset(
        body=draw.choice((UNSET, *Body)),
        deviates=draw.choice((UNSET, (), tuple(Article))),
        quorum=QuorumRule(draw.choice(SHARES), draw.choice((UNSET, False, True)), base()),
        majority=MajorityRule(draw.choice(SHARES), coin(), base()),
        participation=ParticipationRule(coin(), draw.choice(SHARES), coin(), base(), draw.choice((UNSET, *Missed))),
        ballots=BallotRules(
            over=rule(),
            over_approval=rule(),
            under=rule(),
            write_in_after=draw.choice((UNSET, *WriteInAfter)),
            returned_at_most=draw.choice(list(ReturnedLimit)),
        ),
        seats=SeatRules(
            majority_floor=coin(),
            rank_needs_majority=coin(),
            run_off_needs_majority=coin(),
            run_off_of_persons_needs_majority=draw.choice((UNSET, True, False)),
        ),
        display=DisplayRules(votes=draw.choice((UNSET, *VotesShown))),
        evaluation=EvaluationRules(levels=draw.choice((3, 4)), base=base(), half_counts=coin()),
    )


def a_count(draw: random.Random, question: Question) -> tuple[Count, Bases]:
    in_office = draw.randint(0, 9)
    present, issued = draw.randint(0, in_office + 1), draw.randint(0, 9)
    returned = draw.randint(0, issued + draw.choice((0, 0, 1)))
    void = draw.randint(0, returned) if draw.random() < 0.3 else 0
    ids = [option.id for option in question.options]
    added = ("示例甲",) if question.write_ins and draw.random() < 0.3 else ()
    most = max(1, (returned - void) * (len(ids) if question.kind is PollKind.RANK else 1))
    voiced = bool(KINDS[question.kind].marks(question.ruleset)) and question.kind is not PollKind.EVALUATION
    levels = draw.choice((3, 3, 4)) if question.kind is PollKind.EVALUATION else 0
    count = Count(
        entitled=in_office,
        issued=issued,
        returned=returned,
        valid=returned - void,
        void=void,
        not_pressed=draw.randint(-1, 3),
        votes={i: draw.randint(0, most) for i in (*ids, *added)},
        against={i: draw.randint(0, 2) for i in ids} if voiced else {},
        abstain={i: draw.randint(0, 1) for i in ids} if voiced else {},
        levels={i: tuple(draw.randint(0, 3) for _ in range(levels)) for i in ids} if levels else {},
        write_ins=added,
    )
    return count, Bases(in_office, in_office + draw.randint(0, 2), present)


def test_the_page_comes_to_the_same_outcome_on_any_figures(page: Page) -> None:
    draw = random.Random(2)
    cases: list[dict[str, Any]] = []
    expected: list[Any] = []
    for _ in range(CASES):
        question = a_question(draw)
        count, bases = a_count(draw, question)
        roster = {"inOffice": bases.in_office, "statutorySeats": bases.statutory_seats, "present": bases.present}
        cases.append({"poll": frozen_poll(question), "count": count, **roster})
        try:
            expected.append(msgspec.to_builtins(outcome_of(question, count, bases)))
        except FiguresInvalid:
            expected.append(None)
    found = page.call("decide", cases=msgspec.to_builtins(cases))
    assert [(i, outcome) for i, outcome in enumerate(found) if outcome != json.loads(json.dumps(expected[i]))] == []
    kinds = {outcome["kind"] for outcome in expected if outcome}
    assert len(kinds) == len(OutcomeKind)
    assert 0 < sum(outcome is None for outcome in expected) < CASES * 0.8


def judged(page: Page, archive: bytes | None, receipts: list[Any], count: bytes | None) -> tuple[Any, list[str]]:
    text = None if count is None else count.decode()
    found = page.call("judge", data=archive, receipts=receipts, count=text)
    return found["failed"], found["reservations"]


def ours(archive: bytes | None, receipts: list[Any], count: bytes | None) -> tuple[Any, list[str]]:
    found = verify_poll(archive, receipts, count)
    failed: Any = None
    if found.found and found.found.failure:
        failed = found.found.failure.number
    elif found.count and found.count.refused:
        failed = found.count.refused.check.value
    return failed, [] if failed else [one.code.value for one in found.reservations]


def descriptions() -> list[str]:
    """The honest one, and other spellings and statements of it."""
    good = Recorded().text()
    return [
        good,
        "free text",
        good.replace('"format":2,', ""),
        good.replace('"in_office":3', '"in_office":3.0'),
        good.replace('"in_office":3', '"in_office":3,"in_office":3'),
        good.replace('"in_office":3', '"in_office":NaN'),
        good.replace('"statutory_seats":4', '"statutory_seats":9007199254740993'),
        good.replace('"statutory_seats":4', '"statutory_seats":9007199254740992'),
        good.replace('"statutory_seats":4', f'"statutory_seats":{"9" * 5000}'),
        good.replace('"in_office":3', f'"x":{"[" * 5000}{"]" * 5000},"in_office":3'),
        '{"x":' + "[" * 1000 + "]" * 1000 + "}",
        good.replace("示", "\\u793a", 1),
        good.replace("示", "\\ud800", 1),
        good.replace('"present":2', '"present":1'),
        good.replace('"present":2', '"present":4'),
        good.replace('"statutory_seats":4', '"statutory_seats":2'),
        good.replace('"medium":"electronic"', '"medium":"mixed"'),
        good.replace('"seats":1', '"seats":-1', 1),
        good.replace('"title":"赞成"', '"title":"同意"'),
        good.replace('"press":"first"', '"press":"last"'),
        good.replace('"format":2', '"terms":{"counted":"first"},"format":2'),
    ]


@pytest.mark.parametrize("place", range(len(descriptions())))
def test_the_page_judges_every_description_alike(page: Page, place: int) -> None:
    made = Recorded()
    archive = made.archive(descriptions()[place])
    receipts = made.receipts(archive)
    for given in ([], receipts, made.receipts(archive, OTHER)):
        assert judged(page, archive, given, None) == ours(archive, given, None)


def lies(mixed: CountStatement, hands: CountStatement) -> list[tuple[str, CountStatement]]:
    assert mixed.by_hand is not None
    assert mixed.electronic is not None
    assert hands.by_hand is not None
    entry, figures = hands.by_hand, hands.by_hand.figures
    return [
        ("mixed", mixed),
        ("hands", hands),
        ("mixed", replace(mixed, present=2)),
        ("mixed", replace(mixed, in_office=2, present=2)),
        ("mixed", replace(mixed, papers_instead=-1)),
        ("mixed", replace(mixed, papers_instead=0)),
        ("mixed", replace(mixed, electronic=replace(mixed.electronic, issued=1))),
        (
            "mixed",
            replace(mixed, by_hand=replace(mixed.by_hand, method=HANDS)),
        ),
        ("mixed", replace(mixed, outcome=replace(mixed.outcome, majority=1))),
        ("hands", replace(hands, poll=replace(hands.poll, options=hands.poll.options[::-1]))),
        ("hands", replace(hands, poll=replace(hands.poll, title=" "))),
        ("hands", replace(hands, present=9)),
        ("hands", replace(hands, by_hand=replace(entry, entered_by=replace(entry.entered_by, name="")))),
        ("hands", replace(hands, by_hand=replace(entry, figures=replace(figures, void=1)))),
        ("hands", replace(hands, by_hand=replace(entry, figures=replace(figures, votes={"for": 2})))),
        ("hands", replace(hands, by_hand=replace(entry, figures=replace(figures, write_ins=("示例甲",))))),
        ("hands", replace(hands, count=replace(hands.count, votes={"for": 3, "against": 0, "abstain": 0}))),
        ("hands", replace(hands, outcome=replace(hands.outcome, majority=1))),
    ]


def test_the_page_judges_every_count_alike(page: Page) -> None:
    chamber = counted_sitting()
    mixed, hands = (read_statement(stated(chamber, poll)) for poll in ("mixed", "hands"))
    archives = {"mixed": chamber.service.boards["mixed"].archive(), "hands": None}
    documents = [(poll, signed(lie)) for poll, lie in lies(mixed, hands)]
    documents += [("mixed", signed(mixed, OTHER)), ("hands", signed(hands, OTHER))]
    good = stated(chamber, "hands")
    for changed in (b"\xef\xbb\xbf" + good, good + b"\n", good + b"\n\n", good.replace(b'"issued":3', b'"issued":3e0')):
        documents.append(("hands", changed))
    requests: list[tuple[str, dict[str, Any]]] = [
        ("judge", {"data": archives[poll], "receipts": [], "count": raw.decode()}) for poll, raw in documents
    ]
    found = [(one.done["failed"], one.done["reservations"]) for one in page.run(*requests)]
    assert found == [ours(archives[poll], [], raw) for poll, raw in documents]
    assert {failed for failed, _ in found} >= {
        None,
        "count_form",
        "count_signature",
        "count_archive",
        "count_electronic",
        "count_by_hand",
        "count_joined",
        "count_outcome",
    }
