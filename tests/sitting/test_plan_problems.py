"""What makes a plan unfit to be convened: each defect is named, and all of them at once."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.support.figures import ruleset
from tests.support.sittings import NOW, asking, choose, delegates, motion, options, plan, scrutineers
from voting.congress.law.poll_kinds import PollKind, Post
from voting.congress.law.question import MOTION_OPTIONS, Follows, Medium
from voting.congress.law.ruleset import DEFAULTS, MixedCount, QuorumRule, Relation, Secrecy, SecrecyRule
from voting.congress.limits import MAX_SCRUTINEERS
from voting.congress.roster import Observer, Roster
from voting.sitting.agenda import AgendaItem
from voting.sitting.events import SittingPlan
from voting.sitting.machine import PlanInvalid, convene
from voting.sitting.plan_checks import problems_of
from voting.sitting.plan_problems import Part, Place, PlanProblem, PlanProblemCode
from voting.tally.trustees.document import MAX_TRUSTEES

Defect = Callable[[SittingPlan], SittingPlan]


def roster(**changes: object) -> Defect:
    return lambda p: replace(p, roster=replace(p.roster, **changes))


def person(**changes: object) -> Defect:
    return lambda p: roster(delegates=(replace(p.roster.delegates[0], **changes), *p.roster.delegates[1:]))(p)


def observer(**fields: str) -> Defect:
    return roster(observers=(Observer(**({"number": "L01", "name": "示例列席01"} | fields)),))


def items(*polls: tuple[str, ...]) -> Defect:
    agenda = tuple(AgendaItem(id=f"i{i}", title="表决", polls=ids) for i, ids in enumerate(polls))
    return lambda p: replace(p, agenda=agenda)


def only(**changes: object) -> Defect:
    return lambda _: plan(polls=(asking(choose(), **changes),))


def timed(seconds: int) -> Defect:
    return lambda _: plan(polls=(replace(choose(), seconds=seconds),))


def written_in(**changes: object) -> Defect:
    return only(kind=PollKind.ELECTION, write_ins=True, **changes)


def with_(**changes: object) -> Defect:
    return lambda p: replace(p, **changes)


def in_scrutineers(which: int, **changes: object) -> Defect:
    return with_(scrutineers=tuple(replace(s, **changes) if s.index == which else s for s in scrutineers()))


def alone(**changes: object) -> Defect:
    return lambda p: with_(scrutineers=scrutineers()[:1], threshold=1)(only(**changes)(p))


P = PlanProblemCode
CASES: list[tuple[str, Defect, PlanProblemCode]] = [
    ("no delegates", with_(roster=Roster(statutory_seats=3, delegates=())), P.EMPTY),
    ("nameless delegate", person(name=" "), P.EMPTY),
    ("name of 31 characters", person(name="字" * 31), P.NAME_TOO_LONG),
    ("blank number", person(number=""), P.EMPTY),
    ("two delegates with one number", person(number="002"), P.NUMBER_REPEATED),
    ("observer with a delegate's number", observer(number="001"), P.NUMBER_REPEATED),
    ("nameless observer", observer(name=""), P.EMPTY),
    ("two delegates on one seat", person(seat="1排002座"), P.SEAT_REPEATED),
    ("observer on a delegate's seat", observer(seat="1排001座"), P.SEAT_REPEATED),
    ("item with an unknown poll", items(("projects", "motion", "nowhere")), P.POLL_UNKNOWN),
    ("poll in no item", items(("projects",)), P.POLL_NOT_IN_AGENDA),
    ("poll in two items", items(("projects", "motion"), ("motion",)), P.POLL_IN_TWO_ITEMS),
    ("two items with one id", lambda p: with_(agenda=(p.agenda[0], *p.agenda))(p), P.ID_REPEATED),
    ("item without a title", lambda p: with_(agenda=(AgendaItem(id="x", title=""), *p.agenda))(p), P.EMPTY),
    ("two polls with one id", with_(polls=(choose(), choose(), motion())), P.ID_REPEATED),
    ("two options with one id", only(options=(*options(2), *options(1))), P.ID_REPEATED),
    ("option without a title", only(options=(replace(options(1)[0], title=""),), seats=1), P.EMPTY),
    ("no seat", only(seats=0), P.SEATS_OUT_OF_RANGE),
    ("more seats than options", only(seats=4), P.SEATS_OUT_OF_RANGE),
    ("no options", only(options=()), P.SEATS_OUT_OF_RANGE),
    ("no time to vote", timed(0), P.SECONDS_OUT_OF_RANGE),
    ("more than an hour to vote", timed(3601), P.SECONDS_OUT_OF_RANGE),
    ("motion with two seats", with_(polls=(choose(), asking(motion(), seats=2))), P.SEATS_OUT_OF_RANGE),
    (
        "motion without abstention",
        with_(polls=(choose(), asking(motion(), options=MOTION_OPTIONS[:2]))),
        P.MOTION_OPTIONS_WRONG,
    ),
    ("a quorum of half", only(ruleset=replace(DEFAULTS, quorum=QuorumRule("1/2"))), P.RULES_DEVIATE),
    ("contradictory ruleset", only(ruleset=ruleset(seats={"shortfall": ()})), P.RULES_CONTRADICT),
    ("recorded project poll", only(secrecy=Secrecy.RECORDED), P.SECRECY_FORBIDDEN),
    (
        "secret motion that must be recorded",
        with_(polls=(choose(), asking(motion(), ruleset=ruleset(secrecy={"motion": SecrecyRule.RECORDED})))),
        P.SECRECY_FORBIDDEN,
    ),
    (
        "papers where the rules have none",
        only(medium=Medium.MIXED, ruleset=ruleset(fallback={"mixed": MixedCount.NEVER})),
        P.MEDIUM_FORBIDDEN,
    ),
    (
        "by hand where the rules allow neither hands nor paper",
        only(medium=Medium.BY_HAND, ruleset=ruleset(fallback={"paper": ()})),
        P.MEDIUM_FORBIDDEN,
    ),
    ("amendment of itself", with_(polls=(choose(), asking(motion(), amends="motion"))), P.LINK_WRONG),
    ("clause of nothing", with_(polls=(choose(), asking(motion(), clause_of="nowhere"))), P.LINK_WRONG),
    ("amendment of a project poll", with_(polls=(choose(), asking(motion(), amends="projects"))), P.LINK_WRONG),
    (
        "run-off of a poll of the same plan",
        with_(polls=(asking(choose(), follows=Follows(poll="motion", relation=Relation.RUN_OFF)), motion())),
        P.LINK_WRONG,
    ),
    ("written-in projects", only(write_ins=True), P.WRITE_INS_FORBIDDEN),
    (
        "deputies without a competitor",
        only(kind=PollKind.ELECTION, seats=3, post=Post.DEPUTY),
        P.CANDIDATES_OUT_OF_RANGE,
    ),
    ("projects for a post", only(post=Post.CHIEF), P.POST_FORBIDDEN),
    ("a by-election of projects", only(by_election=True), P.POST_FORBIDDEN),
    ("counted by hand by one scrutineer", alone(medium=Medium.BY_HAND), P.TOO_FEW_SCRUTINEERS),
    ("more secret voters than delegates", only(ruleset=ruleset(ballots={"least_secret": 10_000})), P.TOO_FEW_VOTERS),
    ("a roster where no names are added", only(kind=PollKind.ELECTION, eligible=("示例人选",)), P.ELIGIBLE_UNUSED),
    ("a roster with one name twice", written_in(eligible=("示例人选", "示例人选")), P.ELIGIBLE_WRONG),
    ("a roster with a candidate", written_in(eligible=("示例人选", "示例项目1")), P.ELIGIBLE_WRONG),
    ("a roster with a blank name", written_in(eligible=("示例人选", " ")), P.EMPTY),
    ("threshold none", with_(threshold=0), P.THRESHOLD_OUT_OF_RANGE),
    ("one alone of several", with_(threshold=1), P.THRESHOLD_OUT_OF_RANGE),
    ("threshold beyond the scrutineers", with_(threshold=4), P.THRESHOLD_OUT_OF_RANGE),
    ("no scrutineers", with_(scrutineers=(), threshold=1), P.THRESHOLD_OUT_OF_RANGE),
    ("one scrutineer too many", with_(scrutineers=scrutineers(MAX_SCRUTINEERS + 1)), P.TOO_MANY_SCRUTINEERS),
    ("no chief", in_scrutineers(1, chief=False), P.NOT_ONE_CHIEF),
    ("two chiefs", in_scrutineers(2, chief=True), P.NOT_ONE_CHIEF),
    ("scrutineers not counted from one", in_scrutineers(3, index=4), P.SCRUTINEER_INDEX_WRONG),
    ("nameless scrutineer", in_scrutineers(2, name=""), P.EMPTY),
    ("scrutineer who is no delegate", in_scrutineers(2, delegate="999"), P.SCRUTINEER_NOT_DELEGATE),
    ("scrutineer on the ballot", in_scrutineers(2, name="示例项目 1"), P.SCRUTINEER_ON_BALLOT),
    ("unknown group", with_(group="P-256"), P.GROUP_UNKNOWN),
]


@pytest.mark.parametrize(("defect", "code"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_plan_with_this_defect_is_not_convened(defect: Defect, code: PlanProblemCode) -> None:
    with pytest.raises(PlanInvalid) as caught:
        convene(defect(plan()), NOW)
    assert code in {problem.code for problem in caught.value.problems}


def test_every_code_has_a_defect_that_shows_it() -> None:
    assert {code for *_, code in CASES} == set(PlanProblemCode)


def test_all_problems_are_listed_at_once_with_their_place() -> None:
    problems = problems_of(only(seats=0)(plan()))
    assert problems == (
        PlanProblem(P.SEATS_OUT_OF_RANGE, Place(Part.POLL, "projects"), {"found": 0, "least": 1, "most": 3}),
    )
    broken = in_scrutineers(1, chief=False)(person(name="")(plan()))
    assert [p.code for p in problems_of(broken)] == [P.EMPTY, P.NOT_ONE_CHIEF]


def test_sound_plans_are_convened() -> None:
    rare = replace(plan(), roster=replace(plan().roster, delegates=(replace(delegates(1)[0], name="𠮷·示例"),)))
    for sound in (plan(), plan(251), plan(threshold=3), only(seats=3)(plan()), rare):
        event = convene(sound, NOW)
        assert (event.at, event.plan) == (NOW, sound)


def test_as_many_scrutineers_as_make_a_key_are_convened_and_the_number_of_one_more_is_named() -> None:
    assert MAX_SCRUTINEERS == MAX_TRUSTEES
    assert problems_of(with_(scrutineers=scrutineers(MAX_SCRUTINEERS))(plan())) == ()
    assert problems_of(with_(scrutineers=scrutineers(MAX_SCRUTINEERS + 1))(plan())) == (
        PlanProblem(P.TOO_MANY_SCRUTINEERS, Place(Part.SCRUTINEERS), {"found": 51, "most": 50}),
    )


def test_two_scrutineers_suffice_for_a_count_by_hand() -> None:
    pair = with_(scrutineers=scrutineers()[:2], threshold=2)(only(medium=Medium.BY_HAND)(plan()))
    assert problems_of(pair) == ()


def test_seats_may_be_left_open() -> None:
    assert problems_of(roster(delegates=tuple(replace(d, seat=None) for d in delegates(3)))(plan())) == ()


def test_two_texts_that_amend_each_other_are_refused() -> None:
    first, second = asking(motion("first"), amends="second"), asking(motion("second"), clause_of="first")
    problems = problems_of(plan(polls=(first, second)))
    assert [(p.code, str(p.where)) for p in problems] == [(P.LINK_WRONG, "poll first"), (P.LINK_WRONG, "poll second")]


def test_an_amendment_of_an_amendment_is_sound() -> None:
    polls = (motion("text"), asking(motion("a"), amends="text"), asking(motion("b"), amends="a"))
    assert problems_of(plan(polls=polls)) == ()


def test_a_poll_may_follow_one_of_an_earlier_session() -> None:
    follows = Follows(poll="deputies-2021", relation=Relation.NEXT_SESSION)
    assert problems_of(only(follows=follows)(plan())) == ()
