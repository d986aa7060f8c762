"""A Sheet as a workbook with one worksheet. Texts are stored as texts: what begins with "=" is no formula."""

import io
from collections.abc import Iterator, Sequence

import msgspec
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from voting.reports import sheet as p
from voting.reports import texts
from voting.reports.characters import printable
from voting.reports.times import in_china
from voting.words import Words

_THIN = Side(style="thin", color="808080")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SHADE = PatternFill("solid", fgColor="EEEEEE")
_FONT = "SimSun"
_NARROWEST, _WHOLE = 9, 80
"""Least widths of a column and of the worksheet, in characters."""


class _Line(msgspec.Struct, frozen=True):
    """One row of the worksheet: cells side by side, or one sentence across all columns.

    widest: it makes no column wider than this.
    """

    cells: tuple[p.Cell, ...]
    across: bool = False
    boxed: bool = False
    shaded: bool = False
    bold: bool = False
    centred: bool = False
    size: int = 11
    widest: int = 44


def xlsx_of(sheet: p.Sheet) -> bytes:
    """The workbook, for printing on A4; columns are as wide and rows as high as their contents."""
    book = Workbook()
    worksheet = book.active
    assert isinstance(worksheet, Worksheet)
    worksheet.title = printable(sheet.title.zh)[:31]
    book.properties.title = printable(sheet.title.zh)
    book.properties.creator = printable(sheet.over[0])
    book.properties.created = book.properties.modified = in_china(sheet.as_of).replace(tzinfo=None)
    _set_page(worksheet)
    lines = tuple(_lines(sheet))
    widths = _widths(lines)
    for column, width in enumerate(widths, start=1):
        worksheet.column_dimensions[get_column_letter(column)].width = width
    for row, line in enumerate(lines, start=1):
        _write(worksheet, row, line, widths)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _set_page(worksheet: Worksheet) -> None:
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_A4
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.print_options.horizontalCentered = True
    footer = worksheet.oddFooter
    assert footer is not None
    footer.center.text = texts.PAGE.zh.replace("{page}", "&P").replace("{pages}", "&N")


def _lines(sheet: p.Sheet) -> Iterator[_Line]:
    for over in sheet.over:
        yield _Line((over,), across=True, centred=True, size=12)
    yield _Line((sheet.title.zh,), across=True, centred=True, bold=True, size=18)
    if sheet.subject:
        yield _Line((sheet.subject,), across=True, centred=True, bold=True, size=13)
    yield _sentence(sheet.as_of_line.zh)
    for block in sheet.blocks:
        yield _Line(())
        yield from (line for line in _block(block) if line.cells != ("",))


def _block(block: p.AnyBlock) -> Iterator[_Line]:
    match block:
        case p.Figures():
            yield from (_Line((_both(item.label), item.value), boxed=True, widest=16) for item in block.items)
        case p.Facts():
            yield from (_sentence(f"{item.label.zh}：{item.value}") for item in block.items)
        case p.Table():
            yield _sentence(_both(block.heading), bold=True)
            titles = tuple(_both(column.title, "\n") for column in block.columns)
            yield _Line(titles, boxed=True, shaded=True, bold=True, centred=True)
            yield from (_Line(row.cells, boxed=True, bold=row.strong) for row in block.rows)
        case p.Verdict() | p.Notice():
            yield _sentence(block.text.zh, bold=True, size=13)
            yield _sentence(block.text.en)
        case p.Lines():
            yield _sentence(_both(block.heading), bold=True)
            for number, words in enumerate(block.lines, start=1):
                yield _sentence(f"{number}. {words.zh}")
                yield _sentence(words.en)
        case p.Speech():
            yield from (_sentence(paragraph, size=14) for paragraph in block.paragraphs)
        case p.Fingerprint():
            yield _sentence(_both(block.label), bold=True)
            yield _sentence(" ".join(word.text for word in block.words), size=14)
            yield _sentence(block.value)
            yield _sentence(block.note.zh)
            yield _sentence(block.note.en)
        case p.Signatures():
            for line in block.lines:
                yield _sentence(f"{line.role.zh}{f'（{line.name}）' if line.name else ''}：" + "＿" * 10, size=14)
            yield _sentence(block.date.zh)


def _sentence(text: str, *, bold: bool = False, size: int = 11) -> _Line:
    return _Line((text,), across=True, bold=bold, size=size)


def _both(words: Words, between: str = " ") -> str:
    return between.join(text for text in (words.zh, words.en) if text)


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _widths(lines: Sequence[_Line]) -> list[int]:
    """Widths that hold the cells of all tables; the widest column is stretched where the worksheet would be narrow."""
    widths: list[int] = []
    for line in lines:
        for column, value in enumerate(() if line.across else line.cells):
            if column == len(widths):
                widths.append(_NARROWEST)
            longest = max(map(_width, str(value).split("\n")))
            widths[column] = max(widths[column], min(longest + 3, line.widest))
    widths = widths or [_WHOLE]
    widths[widths.index(max(widths))] += max(0, _WHOLE - sum(widths))
    return widths


def _write(worksheet: Worksheet, row: int, line: _Line, widths: list[int]) -> None:
    if line.across:
        worksheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
    rooms = [sum(widths)] if line.across else widths
    needed = [1]
    for column, (value, room) in enumerate(zip(line.cells, rooms, strict=False), start=1):
        cell = worksheet.cell(row=row, column=column)
        assert isinstance(cell, SheetCell)
        _fill(cell, value, line)
        parts = str(value).split("\n")
        needed.append(sum(max(1, -(-_width(part) * line.size // (11 * (room - 1)))) for part in parts))
    worksheet.row_dimensions[row].height = max(needed) * line.size * 1.45 + 3


def _fill(cell: SheetCell, value: p.Cell, line: _Line) -> None:
    if isinstance(value, int):
        cell.value = value
    else:
        cell.value = "\n".join(printable(part) for part in value.split("\n"))
        cell.data_type = "s"
    cell.font = Font(name=_FONT, size=line.size, bold=line.bold)
    side = "center" if line.centred else "right" if isinstance(value, int) else "left"
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    if line.boxed:
        cell.border = _BOX
    if line.shaded:
        cell.fill = _SHADE
