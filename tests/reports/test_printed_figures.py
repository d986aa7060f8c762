"""Every figure on a sheet is the journal's: sheets are printed as PDF and read back."""

from collections.abc import Callable

import pytest
from pypdf import PdfReader

from tests.support.reports.records import DIGEST, LONG_NAME, RARE_NAME
from voting.reports.attendance_sheet import attendance_sheet
from voting.reports.count_sheet import count_sheet
from voting.reports.findings import findings_of
from voting.reports.record import SittingRecord
from voting.reports.return_sheet import return_sheet
from voting.reports.script_sheet import opening_script, script_sheet
from voting.reports.sheet import Sheet
from voting.sitting import attendance

Read = Callable[[Sheet], PdfReader]
TextOf = Callable[[PdfReader], str]
POLLS = ("motion", "projects", "tied", "deputies", "evaluation", "ranked", "paper")


def squeezed(*cells: object) -> str:
    return "".join(str(cell).replace(" ", "") for cell in cells)


def test_the_attendance_report_has_the_figures_of_the_journal(
    everything: SittingRecord, read: Read, text_of: TextOf
) -> None:
    text, found = text_of(read(attendance_sheet(everything))), attendance.summary(everything.sitting)
    assert (found.due, found.present, found.on_leave, found.departed, found.absent) == (251, 248, 1, 1, 1)
    assert f"应到代表{found.due}名，实到{found.present}名，法定人数{found.quorum}名，符合法定人数。" in text
    assert squeezed("合计", found.due, found.present, found.on_leave, found.absent, found.departed) in text
    for delegation in found.delegations:
        assert squeezed(delegation.name, delegation.due, delegation.present) in text
    assert squeezed("列席应到", "Obs. due", 2) in text
    assert squeezed("列席实到", "Obs. present", 1) in text


def test_the_attendance_report_names_who_is_not_present(everything: SittingRecord, read: Read, text_of: TextOf) -> None:
    text = text_of(read(attendance_sheet(everything)))
    assert squeezed("249", LONG_NAME, "中途退场") in text
    assert squeezed("250", RARE_NAME, "请假") in text
    assert squeezed("251", "示例代表251", "缺席") in text
    assert "示例代表001" not in text


@pytest.mark.parametrize("poll", POLLS)
def test_the_return_report_has_issued_and_returned(
    everything: SittingRecord, poll: str, read: Read, text_of: TextOf
) -> None:
    count = everything.polls[poll].progress.count
    assert count is not None
    text = text_of(read(return_sheet(everything, everything.polls[poll])))
    assert squeezed("发出", "Issued", count.issued) in text
    assert squeezed("收回", "Returned", count.returned) in text
    assert squeezed("未收回", "Notreturned", count.issued - count.returned) in text


@pytest.mark.parametrize("poll", POLLS)
def test_the_count_report_has_every_figure_of_the_count(
    everything: SittingRecord, poll: str, read: Read, text_of: TextOf
) -> None:
    progress = everything.polls[poll].progress
    assert progress.count is not None
    text = text_of(read(count_sheet(everything, everything.polls[poll])))
    named = {"发出Issued": progress.count.issued, "收回Returned": progress.count.returned}
    named |= {"有效Valid": progress.count.valid, "无效Void": progress.count.void}
    for label, figure in named.items():
        assert f"{label}{figure}" in text
    found = findings_of(everything, everything.polls[poll])
    assert len(found.options) == len(progress.question.options) + len(progress.count.write_ins)
    for option in found.options:
        levels = progress.count.levels.get(option.id)
        votes = levels or [progress.count.votes[option.id]]
        one_by_one = option.id in progress.count.against
        votes = (
            [votes[0], progress.count.against[option.id], progress.count.abstain[option.id]] if one_by_one else votes
        )
        if option.id not in progress.count.write_ins:
            assert squeezed(option.title, *votes, option.mark) in text


@pytest.mark.parametrize("poll", POLLS)
def test_the_count_report_gives_every_reason_and_every_line_to_sign(
    everything: SittingRecord, poll: str, read: Read, text_of: TextOf
) -> None:
    text = text_of(read(count_sheet(everything, everything.polls[poll])))
    reasons = findings_of(everything, everything.polls[poll]).reasons
    assert len(reasons) >= 3
    for number, reason in enumerate(reasons, start=1):
        assert squeezed(number, ".", reason.zh) in text
    for signer in (
        "总监票人（示例监票人1）：",
        "监票人（示例监票人2）：",
        "监票人（示例监票人3）：",
        "计票人：",
        "日期：",
    ):
        assert signer in text
    assert DIGEST in text


def test_the_count_report_marks_winners_ties_and_who_missed_the_floor(everything: SittingRecord) -> None:
    def marks(poll: str) -> dict[str, str]:
        return {o.title: o.mark for o in findings_of(everything, everything.polls[poll]).options}

    assert marks("tied") == {"示例项目2": "入选", "示例项目1": "并列，再次投票", "示例项目3": "并列，再次投票"}
    assert marks("deputies") == {
        LONG_NAME: "当选",
        "示例候选人丙": "当选",
        RARE_NAME: "未达到须得票数",
        "=示例另选人（另选他人）": "未达到须得票数",
    }
    assert marks("evaluation") == {"示例部门1": "满意", "示例部门2": "基本满意", "示例部门3": "不满意"}
    assert marks("ranked") == {"示例项目2": "入选", "示例项目1": "未入选", "示例项目3": "未入选"}
    assert list(marks("projects").values()) == ["入选"] * 9 + ["未达到须得票数"] * 3


def test_equals_share_a_place_and_stay_in_the_order_of_the_ballot(everything: SittingRecord) -> None:
    tied = findings_of(everything, everything.polls["tied"]).options
    assert [(o.place, o.id) for o in tied] == [(1, "p2"), (2, "p1"), (2, "p3")]


def test_a_count_by_hand_says_so(everything: SittingRecord, read: Read, text_of: TextOf) -> None:
    text = text_of(read(count_sheet(everything, everything.polls["paper"])))
    assert "本次计票有手工清点的票" in text
    assert "含纸质票45张" in text
    assert "手工" not in text_of(read(count_sheet(everything, everything.polls["projects"])))


def test_the_chair_says_every_figure(everything: SittingRecord, read: Read, text_of: TextOf) -> None:
    text = text_of(read(script_sheet(everything, everything.polls["projects"])))
    assert "全体代表251名，表决时在场248名。发出表决票248张，收回247张，其中有效票247张，无效票0张。" in text
    assert "示例项目11，227票，入选；示例项目7，219票，入选；" in text
    assert "示例项目12，124票；" in text
    assert "按照规定，得票须达到126票，由得票多的入选。" in text
    assert "应选10项，已选出9项，尚缺1项。本次会议再次票决、下次会议再行票决，还是不再补足，请会议决定。" in text


@pytest.mark.parametrize(
    ("poll", "said"),
    [
        ("motion", "赞成240票，反对4票，弃权2票，未按表决器2人。赞成票达到规定的126票，“示例决议（草案）”通过。"),
        ("tied", "示例项目1、示例项目3得票相同，均为150票，不能确定哪一项入选。"),
        ("tied", "按照规定，须就这2项再次投票，从中选出1项。"),
        ("deputies", f"现在宣布：{LONG_NAME}、示例候选人丙，共2名，当选。"),
        ("deputies", "各位代表：现在宣布选举示例职务的结果。本次选举为差额选举，候选人3名，应选2名。"),
        ("deputies", "另选他人=示例另选人，1票。"),
        ("deputies", f"{RARE_NAME}，赞成120票，反对100票，弃权27票；"),
        ("evaluation", "示例部门2：满意100票，基本满意60票，不满意87票。测评结果：基本满意。"),
        ("ranked", "示例项目2，名次之和400，入选；示例项目1，名次之和500；示例项目3，名次之和582。"),
        ("paper", "本次计票含纸质票45张，由监票人手工清点，其余为电子计票。"),
    ],
)
def test_the_chair_announces_each_kind(
    everything: SittingRecord, poll: str, said: str, read: Read, text_of: TextOf
) -> None:
    assert said in text_of(read(script_sheet(everything, everything.polls[poll])))


def test_the_chair_opens_with_the_attendance(everything: SittingRecord, read: Read, text_of: TextOf) -> None:
    text = text_of(read(opening_script(everything)))
    assert "本次会议应到代表251名，实到代表248名，请假1名，缺席1名，中途退场1名。" in text
    assert "列席人员应到2名，实到1名。" in text
    assert "符合法定人数，现在开会。" in text
