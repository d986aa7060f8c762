"""Hands, papers, joined counts, run-offs, replaced ballots: the files written are read back and held to the journal."""

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from tests.support.reports import more_records as more
from tests.support.reports.records import DIGEST
from voting.congress.law.kind import Answer
from voting.congress.law.kinds import KINDS
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Medium
from voting.reports.findings import findings_of
from voting.reports.record import SittingRecord, with_statements
from voting.reports.writing import write_reports
from voting.sitting.counting import Count

POLLS = ("tied", "tied-2", "four", "again", "hands", "papers", "mixed", "annulled")
BY_HAND = ("hands", "papers", "mixed")


@pytest.fixture(scope="module")
def record() -> SittingRecord:
    made = more.every_medium()
    return with_statements(made, {id: more.statements(made)[id] for id in BY_HAND})


@pytest.fixture(scope="module")
def out(record: SittingRecord, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    write_reports(record, folder)
    return folder


def count_of(record: SittingRecord, poll: str) -> Count:
    count = record.polls[poll].progress.count
    assert count is not None
    return count


def printed(path: Path) -> str:
    """The words of a PDF without white space."""
    reader = PdfReader(io.BytesIO(path.read_bytes()))
    return re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))


def rows_of(path: Path) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [tuple(v for v in row if v is not None) for row in sheet.iter_rows(values_only=True)]


def figures_named(count: Count) -> dict[str, int]:
    named = {"发出 Issued": count.issued, "收回 Returned": count.returned}
    return named | {"有效 Valid": count.valid, "无效 Void": count.void}


def votes_of(record: SittingRecord, poll: str, option: str) -> tuple[object, ...]:
    """The cells of one option, from the journal alone."""
    count, kind = count_of(record, poll), record.polls[poll].progress.question.kind
    if kind is PollKind.EVALUATION:
        return tuple(count.levels[option])
    if KINDS[kind].answer is not Answer.VOICE:
        return (count.votes[option],)
    if option in count.write_ins:
        return (count.votes[option], "—", "—")
    return (count.votes[option], count.against[option], count.abstain[option])


@pytest.mark.parametrize("poll", POLLS)
def test_count_reports_have_every_figure_of_the_journal(record: SittingRecord, out: Path, poll: str) -> None:
    count, text, rows = count_of(record, poll), printed(out / poll / "count.pdf"), rows_of(out / poll / "count.xlsx")
    for label, figure in figures_named(count).items():
        if poll != "hands":
            assert f"{label.replace(' ', '')}{figure}" in text
            assert (label, figure) in rows
    for option in findings_of(record, record.polls[poll]).options:
        votes = votes_of(record, poll, option.id)
        assert "".join(map(str, (option.title, *votes, option.mark))) in text
        assert any(row[-len(votes) - bool(option.mark) :][: len(votes)] == votes for row in rows if option.title in row)


@pytest.mark.parametrize("poll", POLLS)
def test_tables_for_programs_have_every_figure_of_the_journal(record: SittingRecord, out: Path, poll: str) -> None:
    count = count_of(record, poll)
    text = (out / "results.csv").read_text(encoding="utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text, newline="")) if row["poll"] == poll]
    assert {row["option"]: int(row["votes"]) for row in rows} == count.votes
    for row in rows:
        figures = tuple(int(row[name]) for name in ("issued", "returned", "valid", "void", "not_pressed"))
        assert figures == (count.issued, count.returned, count.valid, count.void, count.not_pressed)
        assert row["medium"] == count.medium
    document = json.loads((out / "results.json").read_text(encoding="utf-8"))
    [found] = [p for p in document["polls"] if p["id"] == poll]
    assert (found["count"]["votes"], found["count"]["by_hand"]) == (count.votes, count.by_hand)


@pytest.mark.parametrize("poll", [poll for poll in POLLS if poll != "hands"])
def test_return_reports_agree_with_the_count(record: SittingRecord, out: Path, poll: str) -> None:
    count, text = count_of(record, poll), printed(out / poll / "issue-return.pdf")
    assert f"发出Issued{count.issued}" in text
    assert f"收回Returned{count.returned}" in text
    assert f"未收回Notreturned{count.issued - count.returned}" in text


def test_hands_have_no_ballots_to_report(out: Path) -> None:
    assert not (out / "hands" / "issue-return.pdf").exists()
    text = printed(out / "hands" / "count.pdf")
    assert "发出" not in text
    assert "未按表决器" not in text
    assert "表决方式举手表决" in text
    assert f"未举手Nohandraised{more.HANDS.issued - more.HANDS.returned}" in text
    said = printed(out / "hands" / "script.pdf")
    assert "本次表决以举手方式进行，由监票人计票。表决结果：赞成140票，反对61票，弃权45票，未举手2人。" in said
    assert "发出" not in said


@pytest.mark.parametrize("poll", BY_HAND)
def test_a_count_by_hand_says_who_made_it_and_why(record: SittingRecord, out: Path, poll: str) -> None:
    text = printed(out / poll / "count.pdf")
    assert "示例监票人2录入，示例监票人3复核" in text
    assert f"手工理由{more.REASON}" in text
    assert more.statements(record)[poll] in text
    assert (DIGEST in text) == (count_of(record, poll).medium is Medium.MIXED)


def test_a_joined_count_tells_the_papers_apart(out: Path) -> None:
    text, papers = printed(out / "mixed" / "count.pdf"), more.FIVE_PAPERS
    assert "电子计票，含纸质票4张（手工清点）" in text
    assert "纸质票发出5张，收回4张，其中有效3张、无效1张" in text
    table = text[text.index("其中：手工清点的纸质票") :]
    for option, votes in papers.votes.items():
        assert f"示例项目{option[1:]}（示例）{votes}" in table or f"示例项目{option[1:]}{votes}" in table
    listed = printed(out / "mixed" / "issue-return.pdf")
    for number in more.ON_PAPER:
        assert f"{number}示例代表{number}{more.REASON}" in listed
    assert "本次计票含纸质票4张，由监票人手工清点，其余为电子计票。" in printed(out / "mixed" / "script.pdf")


def test_an_election_names_its_form_and_elects_persons(out: Path) -> None:
    text, said = printed(out / "papers" / "count.pdf"), printed(out / "papers" / "script.pdf")
    assert "选举形式差额选举（候选人2名，应选1名）" in text
    assert "入选" not in text + said
    assert "示例丙（另选他人）3——" in text
    assert "另选他人示例丙，3票" in said
    assert "本次选举使用纸质选票，由监票人手工计票。" in said
    assert "现在宣布：示例候选人甲当选。" in said


def test_a_run_off_and_the_poll_before_it_name_each_other(out: Path) -> None:
    assert "后续“示例票决（票数相等）（再次投票）”（结果已宣布）" in printed(out / "tied" / "count.pdf")
    assert "接续“示例票决（票数相等）”票数相等后的再次投票" in printed(out / "tied-2" / "count.pdf")


def test_replaced_ballots_are_told_and_not_counted(record: SittingRecord, out: Path) -> None:
    assert "2人重新表决，以最后一次为准；此前的2张不计票" in printed(out / "again" / "count.pdf")
    assert count_of(record, "again").returned == len(record.polls["again"].progress.returned)


def test_ballots_that_mark_nothing_are_told(out: Path) -> None:
    assert "收回的票中有2张未作选择，计入未按表决器" in printed(out / "again" / "count.pdf")


def test_an_annulled_poll_keeps_its_figures_under_a_notice(out: Path) -> None:
    assert not (out / "annulled" / "script.pdf").exists()
    for name in ("issue-return", "count"):
        assert f"本次表决已作废，理由：{more.REASON}。" in printed(out / "annulled" / f"{name}.pdf")
