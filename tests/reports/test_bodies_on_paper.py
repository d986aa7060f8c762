"""Papers call whoever decides by the body's own word, and say what holds without naming a file."""

import re

import msgspec
import pytest

from tests.support.reports import records as samples
from tests.support.sittings import asking
from voting.congress.law.bodies import Body
from voting.congress.law.ruleset import DEFAULTS, Ruleset
from voting.reports.attendance_sheet import attendance_sheet
from voting.reports.count_sheet import count_sheet
from voting.reports.record import SittingRecord
from voting.reports.return_sheet import return_sheet
from voting.reports.script_sheet import opening_script, script_sheet

DELEGATES = re.compile("(?<!人民)(?<!示例)代表(?!团|名单)")
"""Beside the name of the congress, and of the delegates that were made up."""


def held_under(rules: Ruleset) -> SittingRecord:
    plan, count = samples.motion()
    plan = asking(plan, ruleset=rules)
    sitting = msgspec.structs.replace(samples.sitting_plan(plan), ruleset=rules)
    return samples.record_from([*samples.gathering(sitting), *samples.held(plan, count)])


def papers(record: SittingRecord) -> dict[str, str]:
    """The Chinese of each sheet."""
    sheets = [attendance_sheet(record), opening_script(record)]
    sheets += [make(record, record.polls["motion"]) for make in (count_sheet, return_sheet, script_sheet)]
    return {sheet.name: msgspec.json.encode(sheet).decode() for sheet in sheets}


@pytest.mark.parametrize(("body", "word"), [(Body.STANDING_COMMITTEE, "组成人员"), (Body.PRESIDIUM, "成员")])
def test_no_paper_of_a_committee_speaks_of_delegates(body: Body, word: str) -> None:
    for name, text in papers(held_under(msgspec.structs.replace(DEFAULTS, body=body))).items():
        assert DELEGATES.findall(text) == [], name
        assert word in text, name


def test_a_paper_of_a_congress_speaks_of_delegates() -> None:
    assert all("代表" in text for text in papers(held_under(DEFAULTS)).values())


def test_no_paper_names_a_file_of_rules() -> None:
    for name, text in papers(held_under(msgspec.structs.replace(DEFAULTS, title=""))).items():
        assert not re.search(r"\.toml|\.md\b|docs/", text), name


def test_a_count_report_is_named_after_what_was_counted() -> None:
    record = held_under(DEFAULTS)
    assert count_sheet(record, record.polls["motion"]).title.zh == "表决计票结果报告单"
