"""Which papers exist at which moment of a poll, and what keeps a paper from being made."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from tests.support.reports import records as samples
from tests.support.sittings import asking
from voting.congress.law.bases import Bases
from voting.congress.law.kind import Answer
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Follows, Medium
from voting.congress.law.ruleset import (
    BallotRules,
    Base,
    DisplayRules,
    Missed,
    ParticipationRule,
    Relation,
    ReturnedLimit,
    Ruleset,
    Secrecy,
    VotesShown,
)
from voting.reports import texts
from voting.reports.answer_tables import TABLES
from voting.reports.attendance_sheet import attendance_sheet
from voting.reports.count_sheet import count_sheet, outcome_line
from voting.reports.findings import findings_of
from voting.reports.record import OutcomeDiffers, SittingRecord
from voting.reports.return_sheet import is_returned, return_sheet
from voting.reports.roll_sheet import has_roll, roll_sheet
from voting.reports.script_sheet import opening_script, script_sheet
from voting.reports.sheet import Facts, Figures, Notice, Sheet, Speech, Table, Verdict
from voting.reports.writing import PollIdUnusable, write_reports
from voting.sitting import events as e
from voting.sitting.counting import OutcomeKind, outcome_of
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.sitting.poll import ClosedBy, PollState
from voting.words import Language, Words, catalogue_of

PLAN, COUNT = samples.motion()
EVENTS = (*samples.gathering(samples.sitting_plan(PLAN)), *samples.held(PLAN, COUNT))


def up_to(kind: type[e.Event], events: Iterable[e.AnyEvent] = EVENTS) -> list[e.AnyEvent]:
    found = []
    for event in events:
        found.append(event)
        if isinstance(event, kind):
            return found
    raise AssertionError(kind)


def names(files: Iterable[Path]) -> set[str]:
    return {file.stem for file in files}


def facts_of(paper: Sheet) -> dict[str, object]:
    return {i.label.zh: i.value for block in paper.blocks if isinstance(block, Facts) for i in block.items}


@pytest.mark.parametrize("kind", [e.PollOpened, e.PollClosed])
def test_before_the_ballots_are_verified_there_is_no_paper(kind: type[e.Event], tmp_path: Path) -> None:
    record = samples.record_from(up_to(kind))
    assert not is_returned(record.polls["motion"])
    written = write_reports(record, tmp_path)
    assert names(written.files) == {"attendance", "attendance-script", "fingerprints", "results"}


def test_once_sealed_issued_and_returned_are_known_and_nothing_else(tmp_path: Path) -> None:
    written = write_reports(samples.record_from(up_to(e.TallySealed)), tmp_path, "motion")
    assert names(written.files) == {"issue-return", "results"}


@pytest.mark.parametrize(
    ("kind", "state"),
    [(e.PollCounted, "总监票人尚未确认"), (e.CountConfirmed, "尚未宣布"), (e.ResultAnnounced, "执行主席已宣布")],
)
def test_the_paper_says_how_far_the_poll_has_come(kind: type[e.Event], state: str) -> None:
    record = samples.record_from(up_to(kind))
    assert state in str(facts_of(count_sheet(record, record.polls["motion"]))["报告状态"])


def test_an_annulled_poll_says_so_with_its_reason() -> None:
    events = [*up_to(e.PollCounted), e.PollAnnulled(at=samples.START, poll="motion", reason="示例理由")]
    record = samples.record_from(events)
    for make in (return_sheet, count_sheet, script_sheet):
        notice = make(record, record.polls["motion"]).blocks[0]
        assert isinstance(notice, Notice)
        assert "示例理由" in notice.text.zh


@pytest.mark.parametrize(
    ("asked_by", "said"), [(None, "由执行主席提出、总监票人确认"), (1, "由总监票人提出、执行主席确认")]
)
def test_a_count_that_two_annulled_says_who_asked_and_who_confirmed(asked_by: int | None, said: str) -> None:
    at, other = samples.START, 1 if asked_by is None else None
    asked = e.AnnulmentAsked(at=at, poll="motion", scrutineer=asked_by, reason="示例理由")
    confirmed = e.AnnulmentConfirmed(at=at, poll="motion", scrutineer=other, asked_at=at)
    annulled = e.PollAnnulled(at=at, poll="motion", reason="示例理由")
    record = samples.record_from([*up_to(e.PollCounted), asked, confirmed, annulled])
    notice = count_sheet(record, record.polls["motion"]).blocks[1]
    assert isinstance(notice, Notice)
    assert said in notice.text.zh


def test_an_outcome_that_the_rules_do_not_give_is_not_printed() -> None:
    [*before, counted] = up_to(e.PollCounted)
    assert isinstance(counted, e.PollCounted)
    wrong = msgspec.structs.replace(counted.outcome, kind=OutcomeKind.NOT_PASSED)
    record = samples.record_from([*before, msgspec.structs.replace(counted, outcome=wrong)])
    for make in (count_sheet, script_sheet):
        with pytest.raises(OutcomeDiffers, match="the journal says not_passed, its rules passed"):
            make(record, record.polls["motion"])


def test_a_poll_id_that_leaves_the_directory_is_refused(tmp_path: Path) -> None:
    plan = asking(PLAN, id="../out")
    with pytest.raises(PollIdUnusable, match="cannot name a directory"):
        write_reports(samples.record((plan, COUNT)), tmp_path / "here")
    assert not (tmp_path / "out").exists()


def recorded_motion(state: type[e.Event]) -> SittingRecord:
    plan = asking(PLAN, secrecy=Secrecy.RECORDED)
    marks = {"001": ("for",), "002": ("against",)}
    events = (*samples.gathering(samples.sitting_plan(plan)), *samples.held(plan, COUNT))
    named = [msgspec.structs.replace(x, recorded=marks) if isinstance(x, e.PollCounted) else x for x in events]
    return samples.record_from(up_to(state, named))


def test_names_are_printed_only_of_recorded_polls_and_only_once_announced() -> None:
    announced = recorded_motion(e.ResultAnnounced)
    [table] = [b for b in roll_sheet(announced, announced.polls["motion"]).blocks if isinstance(b, Table)]
    assert len(table.rows) == samples.PRESENT
    assert [row.cells[-1] for row in table.rows[:3]] == ["赞成", "反对", "未按表决器"]
    for record in (recorded_motion(e.CountConfirmed), samples.record_from(EVENTS)):
        assert not has_roll(record.polls["motion"])
        with pytest.raises(ValueError, match="no announced roll"):
            roll_sheet(record, record.polls["motion"])


def test_more_ballots_than_present_make_the_poll_void() -> None:
    limit = Ruleset(ballots=BallotRules(returned_at_most=ReturnedLimit.PRESENT))
    plan, count = samples.choose()
    plan = asking(plan, ruleset=limit)
    count = msgspec.structs.replace(count, returned=249, valid=249, not_pressed=0)
    events = [*samples.gathering(samples.sitting_plan(plan)), *samples.held(plan, count)]
    outcome = outcome_of(plan.question, count, Bases(samples.IN_OFFICE, present=samples.PRESENT))
    events = [msgspec.structs.replace(x, outcome=outcome) if isinstance(x, e.PollCounted) else x for x in events]
    record = samples.record_from(events)
    poll = record.polls["projects"]
    [verdict] = [b for b in return_sheet(record, poll).blocks if isinstance(b, Verdict)]
    assert "收回 249 张，多于 248 张，本次表决无效" in verdict.text.zh
    assert "无效" in outcome_line(findings_of(record, poll)).zh
    [speech] = [b for b in script_sheet(record, poll).blocks if isinstance(b, Speech)]
    assert speech.paragraphs[2] == "收回的表决票多于248张，本次表决无效，应当重新进行。"


@pytest.mark.parametrize("votes", [VotesShown.ALL, VotesShown.ELECTED])
def test_the_chair_announces_whose_votes_the_rules_publish_and_the_count_report_has_all(votes: VotesShown) -> None:
    plan, count = samples.choose()
    plan = asking(plan, ruleset=Ruleset(display=DisplayRules(votes=votes)))
    record = samples.record_from([*samples.gathering(samples.sitting_plan(plan)), *samples.held(plan, count)])
    poll = record.polls["projects"]
    found = findings_of(record, poll)
    [speech] = [b for b in script_sheet(record, poll).blocks if isinstance(b, Speech)]
    told = [
        option for option in found.options if any(line.startswith(f"{option.title}，") for line in speech.paragraphs)
    ]
    elected = [option for option in found.options if option.elected]
    assert 0 < len(elected) < len(found.options)
    assert told == (list(found.options) if votes is VotesShown.ALL else elected)
    paper = count_sheet(record, poll)
    [table] = [b for b in paper.blocks if isinstance(b, Table)]
    assert len(table.rows) == len(found.options)
    assert (texts.PUBLISHED_ELECTED in facts_of(paper).values()) == (votes is VotesShown.ELECTED)


@pytest.mark.parametrize("empty", [False, True])
def test_papers_and_chair_elect_nobody_by_a_preselection(empty: bool) -> None:
    plan, count = samples.preselection()
    if empty:
        count = msgspec.structs.replace(count, votes={"n1": 120, "n2": 0, "n3": 0})
    record = samples.record_from([*samples.gathering(samples.sitting_plan(plan)), *samples.held(plan, count)])
    poll = record.polls["nominees"]
    paper, [speech] = (
        count_sheet(record, poll),
        [block for block in script_sheet(record, poll).blocks if isinstance(block, Speech)],
    )
    said = "".join(speech.paragraphs)
    proposed = "示例被提名人1列为候选人" if empty else "示例被提名人1、示例被提名人2，共2名，列为候选人"
    assert f"现在宣布：{proposed}。" in said
    [table] = [block for block in paper.blocks if isinstance(block, Table)]
    assert [row.cells[-1] for row in table.rows].count("列为候选人") == (1 if empty else 2)
    [figures] = [block for block in paper.blocks if isinstance(block, Figures)]
    assert ("候选人名额", 2) in [(item.label.zh, item.value) for item in figures.items]
    told = (
        said
        + "".join(line.zh for line in findings_of(record, poll).reasons)
        + outcome_line(findings_of(record, poll)).zh
    )
    assert not [word for word in ("当选", "应选", "尚缺", "请会议决定") if word in told]


def test_papers_and_chair_say_of_each_item_whether_it_passed() -> None:
    plan, count = samples.by_hand()
    plan = asking(plan, seats=0, medium=Medium.ELECTRONIC)
    count = msgspec.structs.replace(count, medium=Medium.ELECTRONIC, by_hand=0)
    record = samples.record_from([*samples.gathering(samples.sitting_plan(plan)), *samples.held(plan, count)])
    poll = record.polls["paper"]
    assert [speech.paragraphs[2:5] for speech in script_sheet(record, poll).blocks if isinstance(speech, Speech)] == [
        (
            "各候选项目逐项表决，赞成票达到126票的通过。现在宣布各候选项目的表决结果：",
            "示例项目1，赞成200票，反对30票，弃权14票：通过。",
            "示例项目2，赞成46票，反对190票，弃权8票：未通过。",
        )
    ]
    paper = count_sheet(record, poll)
    [table] = [block for block in paper.blocks if isinstance(block, Table)]
    assert [(row.cells[0], row.cells[-1]) for row in table.rows] == [("示例项目1", "通过"), ("示例项目2", "未通过")]
    assert "应选数" not in [column.title.zh for column in table.columns]
    assert outcome_line(findings_of(record, poll)).zh == "逐项表决：通过 1 项，未通过 1 项，见下表。"


def test_attendance_papers_tell_who_is_suspended_apart() -> None:
    whole = samples.sitting_plan()
    last = msgspec.structs.replace(whole.roster.delegates[-1], suspended=True)
    roster = msgspec.structs.replace(whole.roster, delegates=(*whole.roster.delegates[:-1], last))
    plans = {False: whole, True: msgspec.structs.replace(whole, roster=roster)}
    for suspended, plan in plans.items():
        record = samples.record_from(samples.gathering(plan))
        paper = attendance_sheet(record)
        tables = [block for block in paper.blocks if isinstance(block, Table)]
        titles = [str(column.title.zh) for column in tables[0].columns if isinstance(column.title, Words)]
        assert (titles[-1], tables[0].rows[-1].cells[1:6], tables[0].rows[-1].cells[6:]) == (
            ("暂停执行职务", (251, 248, 1, 0, 1), (1,)) if suspended else ("中途退场", (251, 248, 1, 1, 1), ())
        )
        missing = {row.cells[1]: row.cells[3] for row in tables[1].rows}
        assert missing["251"] == ("暂停执行职务" if suspended else "缺席")
        [speech] = [block for block in opening_script(record).blocks if isinstance(block, Speech)]
        assert ("暂停执行职务1名" in "".join(speech.paragraphs)) is suspended


def test_too_few_votes_make_the_vote_void_and_papers_say_why() -> None:
    rules = Ruleset(participation=ParticipationRule(required=True, missed=Missed.VOID))
    plan = asking(PLAN, ruleset=rules)
    count = msgspec.structs.replace(COUNT, votes={"for": 9, "against": 1, "abstain": 0}, not_pressed=COUNT.issued - 10)
    events = [*samples.gathering(samples.sitting_plan(plan)), *samples.held(plan, count)]
    outcome = outcome_of(plan.question, count, Bases(samples.IN_OFFICE, present=samples.PRESENT))
    events = [msgspec.structs.replace(x, outcome=outcome) if isinstance(x, e.PollCounted) else x for x in events]
    record = samples.record_from(events)
    poll = record.polls["motion"]
    assert outcome.kind is OutcomeKind.VOID
    assert outcome_line(findings_of(record, poll)).zh == "参加表决的人数没有达到规定，本次表决无效，可以重新表决。"
    [speech] = [b for b in script_sheet(record, poll).blocks if isinstance(b, Speech)]
    assert speech.paragraphs[-1] == "参加表决的人数没有达到规定，本次表决无效，可以重新表决。"
    [verdict] = [b for b in return_sheet(record, poll).blocks if isinstance(b, Verdict)]
    assert "有效。" not in verdict.text.zh + "".join(speech.paragraphs)


def test_a_show_of_hands_names_who_entered_and_who_confirmed_it() -> None:
    plan = asking(PLAN, medium=Medium.BY_HAND)
    figures = HandFigures(248, 248, 248, 0, {"for": 240, "against": 5, "abstain": 3})
    count = msgspec.structs.replace(
        samples.count(figures.votes, returned=248), medium=Medium.BY_HAND, by_hand=248, not_pressed=0
    )
    at = samples.START + 60_000
    events = [
        *samples.gathering(samples.sitting_plan(plan)),
        e.PollPrepared(at=at, poll="motion", election_uuid="uuid"),
        e.PollOpenedByHand(at=at, poll="motion"),
        e.PollClosed(at=at, poll="motion", by=ClosedBy.CHAIR),
        e.HandCountEntered(at, "motion", 2, HandMethod.SHOW_OF_HANDS, figures, "示例：设备故障"),
        e.HandCountConfirmed(at=at, poll="motion", scrutineer=3, entered_at=at),
        e.PollCountedByHand(
            at=at,
            poll="motion",
            count=count,
            outcome=outcome_of(plan.question, count, Bases(samples.IN_OFFICE, present=248)),
        ),
    ]
    assert not is_returned(samples.record_from(events[:-1]).polls["motion"])
    record = samples.record_from(events)
    paper = count_sheet(record, record.polls["motion"])
    facts = facts_of(paper)
    assert (facts["录入复核"], facts["手工理由"]) == ("示例监票人2录入，示例监票人3复核", "示例：设备故障")
    notices = [b.text for b in paper.blocks if isinstance(b, Notice)]
    assert notices == [texts.BY_HAND_NOTICES[Medium.BY_HAND], texts.NO_ARCHIVE.fill(act="表决")]


def test_who_voted_on_paper_is_listed_with_the_reason() -> None:
    plan, count = samples.by_hand()
    events = [*samples.gathering(samples.sitting_plan(plan)), *samples.held(plan, count)]
    paper_issued = e.PaperIssued(at=samples.START, poll=plan.id, delegate="003", reason="示例：终端故障")
    place = next(n for n, event in enumerate(events) if isinstance(event, e.PollClosed))
    record = samples.record_from([*events[:place], paper_issued, *events[place:]])
    [table] = [b for b in return_sheet(record, record.polls[plan.id]).blocks if isinstance(b, Table)]
    assert [row.cells for row in table.rows] == [("003", "示例代表003", "示例：终端故障")]


def test_a_run_off_names_the_poll_it_follows() -> None:
    tied, count = samples.tied()
    again, votes = samples.choose(2, 1)
    again = asking(again, follows=Follows(tied.id, Relation.RUN_OFF))
    record = samples.record((tied, count), (again, votes))
    followed = facts_of(count_sheet(record, record.polls["projects"]))["接续"]
    assert followed == "“示例票决（票数相等）”票数相等后的再次投票，此前的结果不变"


def test_every_closed_list_has_its_words() -> None:
    assert set(TABLES) == set(Answer)
    assert set(texts.MEDIA) == set(Medium)
    assert set(texts.METHODS) == set(HandMethod)
    for language in Language:
        terms = catalogue_of(language).terms
        assert (set(terms.relations), set(terms.bases)) == (set(Relation), set(Base))
    assert set(texts.STATES_OF_FOLLOWING) == set(PollState)
    early = {PollState.PLANNED, PollState.PREPARED, PollState.OPEN}
    assert set(texts.STATES) == set(PollState) - early
    assert {p.progress.plan.question.kind for p in samples.everything().polls.values()} == set(PollKind)
