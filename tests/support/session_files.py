"""Small session directories, rosters in both forms, and what a refusal names."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from voting.files.session import LoadRefused

HEADER = "编号,姓名,代表团,座位\n"
SESSION = """
statutory_seats = 5
roster = "roster.csv"
threshold = 1
[titles]
congress = "示例届"
session = "第一次会议"
sitting = "第一次全体会议"
[[scrutineers]]
name = "示例监票人"
chief = true
"""
NUMBERS = ("001", "002", "003", "004", "005")
AGENDA = """
[[items]]
id = "votes"
title = "表决"
polls = ["projects"]
[[polls]]
id = "projects"
kind = "choose"
title = "票决"
seats = 1
[[polls.options]]
id = "a"
title = "示例项目"
"""


def small_session(tmp_path: Path) -> Path:
    """A directory with few delegates and one poll that loads without a refusal."""
    (tmp_path / "session.toml").write_text(SESSION, encoding="utf-8")
    (tmp_path / "agenda.toml").write_text(AGENDA, encoding="utf-8")
    rows = "".join(f"{number},示例代表{number},示例团,1排{number[1:]}座\n" for number in NUMBERS)
    (tmp_path / "roster.csv").write_text(HEADER + rows, encoding="utf-8")
    return tmp_path


def csv_file(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "roster.csv"
    path.write_bytes(text.encode(encoding))
    return path


def xlsx_file(tmp_path: Path, *rows: tuple[Any, ...], number_format: str = "General") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (("编号", "姓名", "代表团", "座位"), *rows):
        sheet.append(row)
    for row in sheet.iter_rows(max_col=1, min_row=2):
        row[0].number_format = number_format
    path = tmp_path / "roster.xlsx"
    book.save(path)
    return path


def refused(load: Callable[[], object]) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(LoadRefused) as caught:
        load()
    return [(str(p.code), p.row, p.column or p.key) for p in caught.value.problems]
