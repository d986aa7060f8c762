"""Tables as secretaries keep them: .csv (UTF-8 with or without BOM, GB18030) and .xlsx, read into rows of text."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from voting.files.problems import MAX_BYTES, MAX_ROWS, FileProblem, ProblemCode
from voting.words import Language

MAX_UNPACKED_BYTES = 4 * MAX_BYTES
MAX_CELLS = 50 * MAX_ROWS
"""Of all sheets together, empty ones among them: a few bytes may say that a row is the millionth, or a column."""


class Unreadable(Exception):
    """The file as a whole cannot be used."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem.text(Language.ENGLISH))
        self.problem = problem


@dataclass(frozen=True)
class Cell:
    """The text of a cell as a person reads it; `strange` names what else it holds than text or a whole number."""

    text: str
    strange: str = ""


@dataclass(frozen=True)
class Row:
    """One row that is not blank; `number` counts as Excel does, from 1."""

    number: int
    cells: tuple[Cell, ...]


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of at most MAX_BYTES; raises Unreadable."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable(FileProblem(path.name, ProblemCode.FILE_MISSING)) from None
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise Unreadable(FileProblem(path.name, ProblemCode.FILE_UNREADABLE, detail=detail)) from None
    if len(data) > MAX_BYTES:
        detail = f"> {MAX_BYTES // 1024 // 1024} MB"
        raise Unreadable(FileProblem(path.name, ProblemCode.FILE_TOO_LARGE, detail=detail))
    return data


def read_text(path: Path) -> str:
    """Text in UTF-8 (a BOM is dropped) or, as older Chinese systems write it, GB18030; raises Unreadable."""
    data = read_bytes(path)
    if b"\0" in data:
        raise Unreadable(FileProblem(path.name, ProblemCode.ENCODING_UNKNOWN, detail="UTF-16?"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken = error.start
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        raise Unreadable(FileProblem(path.name, ProblemCode.ENCODING_UNKNOWN, detail=f"byte {broken}")) from None


def read_table(path: Path) -> list[Row]:
    """The rows of a .csv or of the only filled sheet of an .xlsx that are not blank, the header among them.

    Raises Unreadable when the file cannot be read, is too large, or holds more than MAX_ROWS rows below the header.
    """
    rows: list[Row] = []
    for number, cells in enumerate(_xlsx_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path), start=1):
        if any(cell.text or cell.strange for cell in cells):
            rows.append(Row(number, cells))
        if len(rows) > MAX_ROWS + 1:
            raise Unreadable(FileProblem(path.name, ProblemCode.TOO_MANY_ROWS, detail=str(MAX_ROWS)))
    return rows


def _csv_rows(path: Path) -> Iterator[tuple[Cell, ...]]:
    text = read_text(path)
    header = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in header and "," not in header else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for record in reader:
            yield tuple(Cell(trimmed(value)) for value in record)
    except csv.Error as error:
        problem = FileProblem(path.name, ProblemCode.SYNTAX_WRONG, row=reader.line_num, detail=str(error))
        raise Unreadable(problem) from None


def _xlsx_rows(path: Path) -> Iterator[tuple[Cell, ...]]:
    data = io.BytesIO(read_bytes(path))
    try:
        _check_unpacked_size(data, path.name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Excel extensions that openpyxl leaves out concern looks only
            book = openpyxl.load_workbook(data, read_only=True, data_only=True)
            sheet = _only_sheet(book, path.name)
            for cells in sheet.iter_rows() if sheet else ():  # bounded, as all its rows were looked at before
                yield tuple(_xlsx_cell(cell.value, getattr(cell, "number_format", "")) for cell in cells)
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever the damaged part led it into
        old = data.getvalue().startswith(b"\xd0\xcf\x11\xe0")
        detail = ".xls or password: save as .xlsx" if old else type(error).__name__
        raise Unreadable(FileProblem(path.name, ProblemCode.FILE_UNREADABLE, detail=detail)) from error


def _only_sheet(book: Any, name: str) -> Any:
    """The one sheet with content, None when all are blank; several are refused, lest the wrong one be taken."""
    filled = []
    cells = 0
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # the declared size may be far larger than the content
        is_filled = False
        for row in sheet.iter_rows(values_only=True):
            cells += 1 + len(row)
            if cells > MAX_CELLS:
                raise Unreadable(FileProblem(name, ProblemCode.FILE_TOO_LARGE, detail=f"> {MAX_CELLS} cells"))
            is_filled = is_filled or any(value is not None for value in row)
        if is_filled:
            filled.append(sheet)
    if len(filled) > 1:
        titles = " ".join(sheet.title for sheet in filled)
        raise Unreadable(FileProblem(name, ProblemCode.SHEETS_SEVERAL, detail=titles))
    return filled[0] if filled else None


def _check_unpacked_size(data: io.BytesIO, name: str) -> None:
    with zipfile.ZipFile(data) as parts:
        size = sum(part.file_size for part in parts.infolist())
    if size > MAX_UNPACKED_BYTES:
        detail = f"> {MAX_UNPACKED_BYTES // 1024 // 1024} MB unpacked"
        raise Unreadable(FileProblem(name, ProblemCode.FILE_TOO_LARGE, detail=detail))


def _xlsx_cell(value: Any, number_format: str | None) -> Cell:
    """A cell as it is shown: 1.0 is 1, and 1 under the number format 000 is 001."""
    if value is None:
        return Cell("")
    if isinstance(value, str):
        return Cell(trimmed(value), strange="#N/A" if value.startswith("#") and value.endswith(("!", "?", "A")) else "")
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        return Cell(str(value), strange=f"{type(value).__name__}: {value}")
    zeros = number_format if number_format and set(number_format) == {"0"} else ""
    return Cell(str(int(value)).zfill(len(zeros)))


def trimmed(value: str) -> str:
    """Without blanks of any width at both ends, zero-width ones and stray BOMs included."""
    return value.strip().strip("\ufeff\u200b\u200c\u200d\u200e\u200f\u2060").strip()
