"""XLSX, CSV and JSON hold the journal's figures, as numbers, and no text that a spreadsheet would run."""

import csv
import io
import json
from typing import Any

import msgspec
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.reports import records as samples
from voting.reports.attendance_sheet import attendance_sheet
from voting.reports.count_sheet import count_sheet
from voting.reports.findings import findings_of
from voting.reports.record import SittingRecord
from voting.reports.results import results_csv, results_json
from voting.reports.sheet import Sheet
from voting.reports.xlsx import xlsx_of
from voting.sitting import attendance

POLLS = ("motion", "projects", "tied", "deputies", "evaluation", "ranked", "paper")


def sheet_of(paper: Sheet) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_of(paper))).active
    assert isinstance(sheet, Worksheet)
    return sheet


def rows_of(paper: Sheet) -> list[tuple[Any, ...]]:
    return [tuple(v for v in row if v is not None) for row in sheet_of(paper).iter_rows(values_only=True)]


def csv_rows(record: SittingRecord) -> list[dict[str, str]]:
    text = results_csv(record, tuple(record.polls)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("poll", POLLS)
def test_the_workbook_of_a_count_has_its_figures_as_numbers(everything: SittingRecord, poll: str) -> None:
    count = everything.polls[poll].progress.count
    assert count is not None
    rows = rows_of(count_sheet(everything, everything.polls[poll]))
    figures = {row[0]: row[1] for row in rows if len(row) == 2}
    assert figures["发出 Issued"] == count.issued
    assert figures["收回 Returned"] == count.returned
    assert figures["有效 Valid"] == count.valid
    assert figures["无效 Void"] == count.void
    for option in findings_of(everything, everything.polls[poll]).options:
        [row] = [row for row in rows if option.title in row]
        expected = option.levels or (count.votes[option.id],)
        assert set(expected) <= set(row)


@pytest.mark.parametrize("poll", POLLS)
def test_the_workbook_gives_every_reason_in_both_languages(everything: SittingRecord, poll: str) -> None:
    texts = {cell for row in rows_of(count_sheet(everything, everything.polls[poll])) for cell in row}
    for number, reason in enumerate(findings_of(everything, everything.polls[poll]).reasons, start=1):
        assert f"{number}. {reason.zh}" in texts
        assert reason.en in texts


def test_the_workbook_of_the_attendance_adds_up(everything: SittingRecord) -> None:
    rows, found = rows_of(attendance_sheet(everything)), attendance.summary(everything.sitting)
    by_name = {row[0]: row for row in reversed(rows) if row}  # the first table, not the annexes
    total = ("合计", found.due, found.present, found.on_leave, found.absent, found.departed)
    assert by_name["合计"] == total
    parts = [by_name[delegation.name][1:] for delegation in found.delegations]
    assert tuple(map(sum, zip(*parts, strict=True))) == total[1:]


def test_no_text_of_a_workbook_is_a_formula(everything: SittingRecord) -> None:
    sheet = sheet_of(count_sheet(everything, everything.polls["deputies"]))
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(str(cell.value).startswith("=示例另选人") for cell in cells)
    assert {cell.data_type for cell in cells} == {"s", "n"}


def test_the_csv_begins_with_the_mark_of_utf8_and_has_a_row_per_option(everything: SittingRecord) -> None:
    assert results_csv(everything, tuple(everything.polls)).startswith(b"\xef\xbb\xbfpoll,title,")
    rows = csv_rows(everything)
    assert len(rows) == sum(len(findings_of(everything, p).options) for p in everything.polls.values())


def test_the_csv_has_the_votes_of_the_journal(everything: SittingRecord) -> None:
    for row in csv_rows(everything):
        count = everything.polls[row["poll"]].progress.count
        assert count is not None
        option = row["option"].removeprefix("'")
        assert int(row["votes"]) == count.votes[option]
        assert int(row["against"]) == count.against.get(option, 0)
        figures = (count.issued, count.returned, count.valid, count.void, count.not_pressed)
        assert tuple(int(row[n]) for n in ("issued", "returned", "valid", "void", "not_pressed")) == figures
        assert row["archive_sha256"] == samples.DIGEST
        levels = count.levels.get(option, ())
        assert [row[n] for n in ("satisfied", "basically_satisfied", "dissatisfied")][: len(levels)] == list(
            map(str, levels)
        )


def test_a_name_that_a_spreadsheet_would_run_is_harmless_in_the_csv(everything: SittingRecord) -> None:
    [row] = [row for row in csv_rows(everything) if "示例另选人" in row["option"]]
    assert row["option"] == "'=示例另选人"
    assert row["option_title"] == "'=示例另选人（另选他人）"


@pytest.mark.parametrize("poll", POLLS)
def test_the_json_has_count_ruling_and_options_of_the_journal(everything: SittingRecord, poll: str) -> None:
    document = json.loads(results_json(everything, tuple(everything.polls)))
    [found] = [p for p in document["polls"] if p["id"] == poll]
    progress = everything.polls[poll].progress
    assert progress.count is not None
    assert progress.outcome is not None
    assert found["count"]["votes"] == progress.count.votes
    assert found["count"]["returned"] == progress.count.returned
    assert found["ruling"]["outcome"] == progress.outcome.kind
    assert found["ruling"]["elected"] == list(progress.outcome.elected)
    assert {o["id"]: o["votes"] for o in found["options"]} == progress.count.votes
    assert {o["id"] for o in found["options"] if o["elected"]} == set(progress.outcome.elected)
    assert len(found["reasons"]) >= 3


def test_the_json_has_all_of_a_ruling(everything: SittingRecord) -> None:
    document = json.loads(results_json(everything, tuple(everything.polls)))
    for found in (poll for poll in document["polls"] if "ruling" in poll):
        ruling = findings_of(everything, everything.polls[found["id"]]).ruling
        said = msgspec.to_builtins(ruling)
        assert len(found["reasons"]) == len(said.pop("reasons"))
        assert found["ruling"] == json.loads(json.dumps(said))


def test_the_json_has_the_attendance(everything: SittingRecord) -> None:
    document = json.loads(results_json(everything, ()))
    found = attendance.summary(everything.sitting)
    assert document["attendance"]["present"] == found.present
    assert document["attendance"]["quorum"] == found.quorum == 168
    assert document["polls"] == []
