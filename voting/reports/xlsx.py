"""A Paper as a workbook with one sheet. Texts are stored as texts: what begins with "=" is no formula."""

import io

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from voting.reports import paper as p
from voting.reports import texts
from voting.reports.characters import printable
from voting.reports.texts import Words
from voting.reports.times import in_china

WIDTH = 8
"""Columns over which headings and sentences run."""

_THIN = Side(style="thin", color="808080")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SHADE = PatternFill("solid", fgColor="EEEEEE")
_FONT = "SimSun"


def xlsx_of(paper: p.Paper) -> bytes:
    """The workbook, for A4 and with the sheet's titles; opened with any spreadsheet program."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = printable(paper.title.zh)[:31]
    book.properties.title = printable(paper.title.zh)
    book.properties.creator = printable(paper.over[0])
    book.properties.created = book.properties.modified = in_china(paper.as_of).replace(tzinfo=None)
    _Writer(sheet).write(paper)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class _Writer:
    """Writes from the top to the bottom of one sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._row = 0
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        footer = sheet.oddFooter
        assert footer is not None
        footer.center.text = texts.PAGE.zh.replace("{page}", "&P").replace("{pages}", "&N")
        for column in range(1, WIDTH + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 32 if column == 2 else 14

    def write(self, paper: p.Paper) -> None:
        for line in paper.over:
            self._sentence(line, size=12, centre=True)
        self._sentence(paper.title.zh, size=18, bold=True, centre=True)
        if paper.subject:
            self._sentence(paper.subject, size=13, bold=True, centre=True)
        self._sentence(paper.as_of_line.zh)
        for block in paper.blocks:
            self._row += 1
            self._block(block)

    def _block(self, block: p.AnyBlock) -> None:
        match block:
            case p.Figures() | p.Facts():
                for item in block.items:
                    self._line(_both(item.label), "", item.value)
            case p.Table():
                self._table(block)
            case p.Verdict() | p.Notice():
                self._sentence(block.text.zh, size=13, bold=True)
                self._sentence(block.text.en)
            case p.Lines():
                self._sentence(_both(block.heading), bold=True)
                for number, words in enumerate(block.lines, start=1):
                    self._sentence(f"{number}. {words.zh}")
                    self._sentence(words.en)
            case p.Speech():
                for paragraph in block.paragraphs:
                    self._sentence(paragraph, size=14)
            case p.Digest():
                self._sentence(_both(block.label), bold=True)
                self._sentence(block.sha256)
                self._sentence(_both(block.note))
            case p.Signatures():
                for line in block.lines:
                    self._line(line.role.zh, line.name, "")
                self._sentence(block.date.zh)

    def _table(self, table: p.Table) -> None:
        self._sentence(_both(table.heading), bold=True)
        self._boxed(tuple(_both(column.title) for column in table.columns), bold=True, fill=_SHADE)
        for row in table.rows:
            self._boxed(row.cells, bold=row.strong)

    def _boxed(self, cells: tuple[p.Cell, ...], bold: bool, fill: PatternFill | None = None) -> None:
        self._row += 1
        for column, value in enumerate(cells, start=1):
            cell = self._put(column, value, bold=bold)
            cell.border = _BOX
            if fill is not None:
                cell.fill = fill

    def _line(self, *values: p.Cell) -> None:
        self._row += 1
        for column, value in enumerate(values, start=1):
            if value != "":
                self._put(column, value)

    def _sentence(self, text: str, *, size: int = 11, bold: bool = False, centre: bool = False) -> None:
        if not text:
            return
        self._row += 1
        self._sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=1, end_column=WIDTH)
        cell = self._put(1, text, size=size, bold=bold)
        cell.alignment = Alignment(horizontal="center" if centre else "left", vertical="center", wrap_text=True)
        lines = -(-sum(2 if ord(c) > 0x2E7F else 1 for c in text) * size // (11 * 125))
        self._sheet.row_dimensions[self._row].height = lines * size * 1.6

    def _put(self, column: int, value: p.Cell, *, size: int = 11, bold: bool = False) -> SheetCell:
        cell = self._sheet.cell(row=self._row, column=column)
        assert isinstance(cell, SheetCell)
        cell.value = value if isinstance(value, int) else printable(value)
        if not isinstance(value, int):
            cell.data_type = "s"
        cell.font = Font(name=_FONT, size=size, bold=bold)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        return cell


def _both(words: Words) -> str:
    return f"{words.zh} {words.en}".strip()
