"""What each delegate marked in a recorded poll of any kind, and how ballots were replaced or shuffled."""

import pytest
from msgspec.structs import replace

from tests.support.known import known
from tests.support.reports.records import choose, election, evaluation, motion, ranked, record
from tests.support.sittings import asking
from voting.congress.law.ruleset import Secrecy
from voting.reports.count_sheet import count_sheet
from voting.reports.record import SittingRecord
from voting.reports.roll_sheet import roll_sheet
from voting.reports.sheet import Facts, Figures, Table
from voting.sitting.counting import Count
from voting.sitting.poll import PollPlan
from voting.sitting.progress import Sealed, Voter
from voting.sitting.state import Rollback


def with_progress(held: tuple[PollPlan, Count], **changes: object) -> tuple[SittingRecord, str]:
    plan, count = held
    made = record((asking(plan, secrecy=changes.pop("secrecy", Secrecy.SECRET)), count))
    poll = made.polls[plan.id]
    counted = replace(known(poll.progress.counted), recorded=changes.pop("recorded", {}))
    progress = replace(poll.progress, counted=counted, **changes)
    polls = {plan.id: replace(poll, progress=progress)}
    sitting = replace(made.sitting, polls={plan.id: progress})
    return replace(made, sitting=sitting, polls=polls), plan.id


def circumstances(held: tuple[PollPlan, Count], **changes: object) -> dict[str, str]:
    made, poll = with_progress(held, **changes)
    [facts] = [block for block in count_sheet(made, made.polls[poll]).blocks if isinstance(block, Facts)]
    return {item.label.zh: str(item.value) for item in facts.items}


@pytest.mark.parametrize(
    ("held", "marks", "words"),
    [
        (motion(), ("for",), "赞成"),
        (motion(), (), "未按表决器"),
        (choose(), ("p1", "p3"), "示例项目1、示例项目3"),
        (choose(), (), "空白票"),
        (ranked(), ("p1=2", "p2=1", "p3=3"), "示例项目1：第2位、示例项目2：第1位、示例项目3：第3位"),
        (election(), ("c=for", "+示例另选人"), "示例候选人丙：赞成、示例另选人（另选他人）"),
        (evaluation(), ("s1=basically_satisfied",), "示例部门1：基本满意"),
    ],
)
def test_a_roll_says_in_words_what_a_delegate_marked(
    held: tuple[PollPlan, Count], marks: tuple[str, ...], words: str
) -> None:
    made, poll = with_progress(held, secrecy=Secrecy.RECORDED, recorded={"001": marks})
    [table] = [block for block in roll_sheet(made, made.polls[poll]).blocks if isinstance(block, Table)]
    assert table.rows[0].cells[-1] == words


def test_a_roll_of_a_motion_adds_up_to_its_count() -> None:
    marks = ("for",) * 240 + ("against",) * 4 + ("abstain",) * 2
    named = {f"{n:03}": (mark,) for n, mark in enumerate(marks, start=1)}
    made, poll = with_progress(motion(), secrecy=Secrecy.RECORDED, recorded=named)
    count = made.polls[poll].progress.count
    assert count is not None
    [totals] = [block for block in roll_sheet(made, made.polls[poll]).blocks if isinstance(block, Figures)]
    figures = {item.label.zh: item.value for item in totals.items}
    assert [figures[word] for word in ("赞成", "反对", "弃权")] == list(count.votes.values())
    assert (figures["列入人数"], figures["未按表决器"]) == (count.issued, count.not_pressed)


def test_the_count_report_says_how_many_ballots_were_replaced() -> None:
    voters = {
        "001": Voter(on_board=("t1", "t2", "t4")),
        "002": Voter(on_board=("t3", "t5")),
        "003": Voter(on_board=("t6",)),
    }
    found = circumstances(choose(), voters=voters)
    assert found["重新表决"] == "2人重新表决，以最后一次为准；此前的3张不计票"
    assert "重新表决" not in circumstances(choose())


def test_the_count_report_of_an_election_says_that_kin_was_asked_about() -> None:
    assert circumstances(election(), kin_ruled_out=True)["近亲属"].endswith("（选举法第四十三条第二款）")
    assert "近亲属" not in circumstances(election())


def test_the_count_report_names_who_shuffled_in_the_order_of_their_turns() -> None:
    found = circumstances(ranked(), sealed=Sealed("{}", shuffles={3: "{}", 1: "{}"}))
    assert found["混洗"].startswith("选票由示例监票人3、示例监票人1先后混洗")
    assert "混洗" not in circumstances(ranked())


def test_options_that_some_ballots_did_not_mark_are_explained() -> None:
    plan, count = election()
    assert "未作表示" not in circumstances((plan, count))
    fewer = replace(count, abstain=count.abstain | {"b": 20})
    assert circumstances((plan, fewer))["未作表示"] == "有的选票对个别候选人未作表示，不计入赞成、反对、弃权"
    plan, count = evaluation()
    assert "未作表示" not in circumstances((plan, count))
    fewer = replace(count, levels=count.levels | {"s1": (200, 40, 5)})
    assert circumstances((plan, fewer))["未作表示"] == "有的选票对个别测评对象未作评价，不计入各档"


def test_a_record_that_went_back_stands_on_the_count_report() -> None:
    plan, count = motion()
    made = record((plan, count))

    def lines(*rollbacks: Rollback) -> list[str]:
        told = replace(made, sitting=replace(made.sitting, rollbacks=rollbacks))
        [facts] = [block for block in count_sheet(told, told.polls[plan.id]).blocks if isinstance(block, Facts)]
        return [str(item.value) for item in facts.items if item.label.zh == "记录退回"]

    assert lines() == []
    marked, unmarked = lines(
        Rollback(at=1_645_150_000_000, row=25, mark=40), Rollback(at=1_645_150_000_000, row=9, mark=0)
    )
    assert marked.endswith("起由第25条记录继续，此前已存至第40条")
    assert unmarked.endswith("起由第9条记录继续，此前存至哪一条无法查明")
