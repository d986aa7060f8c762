"""Rosters as spreadsheets: what is read as a secretary means it, and every mistake refused by file, row and column."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.support.session_files import HEADER, csv_file, refused, xlsx_file
from voting.congress.roster import Delegate
from voting.files.problems import MAX_BYTES, MAX_ROWS
from voting.files.rosters import tables
from voting.files.session import LoadRefused, ProblemCode, load_observers, load_roster, write_roster_csv

# --- rosters as they come ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_csv_is_read_in_the_encodings_of_chinese_offices(tmp_path: Path, encoding: str) -> None:
    path = csv_file(tmp_path, HEADER + "001,示例代表·甲,示例团,1排01座\r\n", encoding)
    assert load_roster(path) == (Delegate("001", "示例代表·甲", "示例团", "1排01座"),)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_rare_characters_and_the_dot_of_names_are_kept(tmp_path: Path, encoding: str) -> None:
    name = "示例𠮷·𬱖㛃"
    assert load_roster(csv_file(tmp_path, f"{HEADER}1,{name},示例团,\n", encoding))[0].name == name
    assert load_roster(xlsx_file(tmp_path, ("1", name, "示例团", None)))[0].name == name


def test_the_header_may_be_english_in_any_order(tmp_path: Path) -> None:
    text = "Seat, Name ,number,delegation\nA1,示例代表,7,示例团\n"
    assert load_roster(csv_file(tmp_path, text)) == (Delegate("7", "示例代表", "示例团", "A1"),)


def test_csv_saved_by_excel_with_tabs_is_read(tmp_path: Path) -> None:
    text = HEADER.replace(",", "\t") + "001\t示例代表\t示例团\t\n"
    assert load_roster(csv_file(tmp_path, text)) == (Delegate("001", "示例代表", "示例团", None),)


def test_blanks_around_and_inside_chinese_names_are_dropped(tmp_path: Path) -> None:
    text = HEADER + " 001\u3000,\u200b示 \u3000例\xa0, 示例团 ,\u3000\n\n002,Sample Person,示例团,\n,,,\n"
    first, second = load_roster(csv_file(tmp_path, text))
    assert first == Delegate("001", "示例", "示例团", None)
    assert second.name == "Sample Person"


def test_numbers_and_seats_in_full_width_digits_are_read_as_digits(tmp_path: Path) -> None:
    text = HEADER + "Ａ００１,示例代表１,示例团,１排０１座\n"
    assert load_roster(csv_file(tmp_path, text)) == (Delegate("A001", "示例代表１", "示例团", "1排01座"),)


def test_leading_zeros_stay_as_written(tmp_path: Path) -> None:
    rows = load_roster(csv_file(tmp_path, HEADER + "001,示例甲,示例团,\n1,示例乙,示例团,\n"))
    assert [d.number for d in rows] == ["001", "1"]
    assert load_roster(xlsx_file(tmp_path, ("007", "示例甲", "示例团", None)))[0].number == "007"


@pytest.mark.parametrize(
    ("value", "number_format", "number"),
    [(1, "General", "1"), (1.0, "General", "1"), (1, "000", "001"), ("1", "@", "1")],
)
def test_excel_numbers_are_read_as_they_are_shown(
    tmp_path: Path, value: object, number_format: str, number: str
) -> None:
    path = xlsx_file(tmp_path, (value, "示例代表", "示例团", 12), number_format=number_format)
    assert load_roster(path) == (Delegate(number, "示例代表", "示例团", "12"),)


@pytest.mark.parametrize(
    ("row", "character"),
    [("0_1,示例甲,团,", "U+005F"), ("甲1,示例甲,团,", "U+7532"), ("1,示例\u0e01,团,", "U+0E01")],
)
def test_numbers_and_names_are_those_that_a_recorded_poll_can_state(tmp_path: Path, row: str, character: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(LoadRefused) as refused:
        load_roster(path)
    assert [(p.code, p.detail) for p in refused.value.problems] == [(ProblemCode.CHARACTER_WRONG, character)]


def test_rows_are_numbered_as_excel_numbers_them(tmp_path: Path) -> None:
    path = csv_file(tmp_path, '编号,"姓\n名",代表团\n\n001,示例甲,示例团\n002,,示例团\n')
    assert refused(lambda: load_roster(path)) == [("cell_empty", 4, "姓名")]
    path = xlsx_file(
        tmp_path, (None, None, None, None), ("001", "示例甲", "示例团", None), ("002", None, "示例团", None)
    )
    assert refused(lambda: load_roster(path)) == [("cell_empty", 4, "姓名")]


def test_delegates_may_be_suspended(tmp_path: Path) -> None:
    header = HEADER.replace("座位", "座位,暂停执行职务")
    rows = "".join(f"{n},示例,团,,{cell}\n" for n, cell in enumerate(("", "是", "否", "YES", "no", " 是 "), start=1))
    read = load_roster(csv_file(tmp_path, header + rows))
    assert [d.number for d in read if d.suspended] == ["2", "4", "6"]
    target = tmp_path / "canonical.csv"
    assert write_roster_csv(csv_file(tmp_path, header + rows), target) == 6
    assert load_roster(target) == read
    assert target.read_text(encoding="utf-8-sig").split("\n")[:3] == [header.strip(), "1,示例,团,,", "2,示例,团,,是"]


# --- rosters refused ---


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [("column_missing", 1, None)]),
        (HEADER, [("nobody_listed", None, None)]),
        ("编号,姓名\n1,示例\n", [("column_missing", 1, None)]),
        ("编号,姓名,代表团,手机\n1,示例,团,1\n", [("column_unknown", 1, "手机")]),
        ("编号,姓名,代表团,姓名\n1,示例,团,例\n", [("column_repeated", 1, "姓名")]),
        (HEADER + ",示例,团,\n", [("cell_empty", 2, "编号")]),
        (HEADER + "1,示例,,\n", [("cell_empty", 2, "代表团")]),
        (HEADER + "1,示例,团,1,多\n", [("cell_extra", 2, None)]),
        (HEADER + f"1,{'字' * 31},团,\n", [("cell_too_long", 2, "姓名")]),
        (HEADER + f"{'1' * 21},示例,团,\n", [("cell_too_long", 2, "编号")]),
        (HEADER + "1 2,示例,团,\n", [("character_wrong", 2, "编号")]),
        (HEADER + "1,示\ue000例,团,\n", [("character_wrong", 2, "姓名")]),
        (HEADER + "1,示\u200b例,团,\n", [("character_wrong", 2, "姓名")]),
        (HEADER + "1,示\ufffd例,团,\n", [("character_wrong", 2, "姓名")]),
        (HEADER + "1,=示例,团,\n", [("character_wrong", 2, "姓名")]),
        (HEADER.strip() + ",暂停执行职务\n1,示例,团,,停\n", [("flag_wrong", 2, "暂停执行职务")]),
        (HEADER + "1,示例甲,团,\n1,示例乙,团,\n", [("number_taken", 3, "编号")]),
        (HEADER + "1,示例甲,团,\n１,示例乙,团,\n", [("number_taken", 3, "编号")]),
        (HEADER + "1,示例甲,团,A1\n2,示例乙,团,A1\n", [("seat_taken", 3, "座位")]),
        (HEADER + '1,"示例"甲,团,\n', [("syntax_wrong", 2, None)]),
    ],
)
def test_a_roster_with_this_mistake_is_refused_at_its_place(tmp_path: Path, text: str, problems: list[object]) -> None:
    assert refused(lambda: load_roster(csv_file(tmp_path, text))) == problems


def test_all_mistakes_of_a_roster_are_listed_at_once(tmp_path: Path) -> None:
    text = HEADER + ",示例甲,,\n2,,团,A1\n2,示例丙,团,A1\n"
    assert refused(lambda: load_roster(csv_file(tmp_path, text))) == [
        ("cell_empty", 2, "编号"),
        ("cell_empty", 2, "代表团"),
        ("cell_empty", 3, "姓名"),
        ("number_taken", 4, "编号"),
        ("seat_taken", 4, "座位"),
    ]


@pytest.mark.parametrize("value", [1.5, True, datetime(2022, 1, 2, tzinfo=UTC).replace(tzinfo=None), "#N/A"])
def test_an_excel_cell_that_holds_something_else_is_refused(tmp_path: Path, value: object) -> None:
    path = xlsx_file(tmp_path, ("001", "示例代表", "示例团", value))
    assert refused(lambda: load_roster(path)) == [("cell_type_wrong", 2, "座位")]


def test_a_workbook_with_two_filled_sheets_is_refused(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, ("001", "示例代表", "示例团", None))
    book = openpyxl.load_workbook(path)
    book.create_sheet("空")
    book.save(path)
    assert len(load_roster(path)) == 1
    book.create_sheet("旧名单").append(("1",))
    book.save(path)
    assert refused(lambda: load_roster(path)) == [("sheets_several", None, None)]


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 an old .xls"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(data)
    assert refused(lambda: load_roster(path)) == [("file_unreadable", None, None)]


@pytest.mark.parametrize("data", ["编号".encode("utf-16"), b"\xff\xff\xff", b"\x81\x20"])
def test_text_in_no_known_encoding_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(data)
    assert refused(lambda: load_roster(path)) == [("encoding_unknown", None, None)]


def test_a_file_too_large_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADER + " " * MAX_BYTES)
    with pytest.raises(LoadRefused, match="5 MB") as caught:
        load_roster(path)
    assert [p.code for p in caught.value.problems] == [ProblemCode.FILE_TOO_LARGE]


def test_a_workbook_that_unpacks_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xlsx_file(tmp_path, ("001", "示例代表", "示例团", None))
    monkeypatch.setattr(tables, "MAX_UNPACKED_BYTES", 1000)
    assert refused(lambda: load_roster(path)) == [("file_too_large", None, None)]


def test_ten_thousand_rows_are_read_and_one_more_is_refused_with_the_limit(tmp_path: Path) -> None:
    rows = [f"{i},示例代表{i},示例团,\n" for i in range(MAX_ROWS + 1)]
    assert len(load_roster(csv_file(tmp_path, HEADER + "".join(rows[:-1])))) == MAX_ROWS
    with pytest.raises(LoadRefused, match="10000"):
        load_roster(csv_file(tmp_path, HEADER + "".join(rows)))


def test_a_missing_roster_is_refused(tmp_path: Path) -> None:
    assert refused(lambda: load_roster(tmp_path / "nowhere.csv")) == [("file_missing", None, None)]
    assert refused(lambda: load_roster(tmp_path / "nowhere.xlsx")) == [("file_missing", None, None)]


# --- the canonical roster ---


def test_a_workbook_is_written_as_csv_that_excel_opens(tmp_path: Path) -> None:
    source = xlsx_file(tmp_path, ("001", "示 例𠮷", "示例团", "1排01座"), (2, "示例乙", "示例团", None))
    target = tmp_path / "canonical.csv"
    assert write_roster_csv(source, target) == 2
    text = "编号,姓名,代表团,座位\r\n001,示例𠮷,示例团,1排01座\r\n2,示例乙,示例团,\r\n"
    assert target.read_bytes() == b"\xef\xbb\xbf" + text.encode()
    assert load_roster(target) == load_roster(source)
    assert write_roster_csv(target, target) == 2
    assert target.read_bytes() == b"\xef\xbb\xbf" + text.encode()


def test_a_roster_with_mistakes_is_not_written(tmp_path: Path) -> None:
    target = tmp_path / "canonical.csv"
    assert refused(lambda: write_roster_csv(csv_file(tmp_path, HEADER + "1,,团,\n"), target))
    assert not target.exists()


def test_an_observer_may_have_no_post_and_no_seat(tmp_path: Path) -> None:
    path = tmp_path / "observers.csv"
    path.write_text("number,name\nL01,示例列席001\n", encoding="utf-8")
    assert [(o.number, o.name, o.post, o.seat) for o in load_observers(path)] == [("L01", "示例列席001", "", None)]
