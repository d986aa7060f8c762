"""Rosters: rows of a table become delegates and observers; every wrong cell is named by row and column."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from voting.congress.limits import MAX_NAME
from voting.congress.roster import Delegate, Observer
from voting.files.problems import FileProblem, LoadRefused, ProblemCode
from voting.files.rosters.tables import Cell, Row, Unreadable, read_table
from voting.tally.ballots.names import is_name, normal_name

SUSPENDED = "suspended"
DELEGATE_COLUMNS = {"number": "编号", "name": "姓名", "delegation": "代表团", "seat": "座位", SUSPENDED: "暂停执行职务"}
OBSERVER_COLUMNS = {"number": "编号", "name": "姓名", "post": "职务", "seat": "座位"}
NAME_COLUMNS = {"name": "姓名", "post": "职务"}
REQUIRED = ("number", "name", "delegation")
LIMITS = {"number": 20, "name": MAX_NAME, "delegation": 30, "seat": 20, "post": 60, SUSPENDED: 3}
FLAGS = {"": False, "否": False, "no": False, "是": True, "yes": True}
"""What says whether a delegate is suspended."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANK_IN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")

_IN_NUMBER = re.compile(r"[0-9A-Za-z-]")

Person = tuple[int, dict[str, str]]


class TakenPlaces:
    """Numbers and seats given so far; delegates and observers share both."""

    def __init__(self) -> None:
        self._holders: dict[tuple[str, str], str] = {}

    def take(self, file: str, row: int, field: str, value: str) -> str | None:
        """Where this value was given before, or None, and then it is taken."""
        before = self._holders.setdefault((field, value), f"{file}:{row}")
        return None if before == f"{file}:{row}" else before


def load_roster(path: Path) -> tuple[Delegate, ...]:
    """The delegates of a .csv or .xlsx roster; raises LoadRefused with every problem."""
    problems: list[FileProblem] = []
    delegates = read_delegates(path, TakenPlaces(), problems)
    if problems:
        raise LoadRefused(tuple(problems))
    return delegates


def load_observers(path: Path) -> tuple[Observer, ...]:
    """The observers of a .csv or .xlsx list; raises LoadRefused with every problem."""
    problems: list[FileProblem] = []
    observers = read_observers(path, TakenPlaces(), problems)
    if problems:
        raise LoadRefused(tuple(problems))
    return observers


def read_delegates(path: Path, taken: TakenPlaces, problems: list[FileProblem]) -> tuple[Delegate, ...]:
    """As load_roster, but problems are appended and rows without a number are left out."""
    people = _people(path, DELEGATE_COLUMNS, taken, problems)
    if not people and not any(problem.file == path.name for problem in problems):
        problems.append(FileProblem(path.name, ProblemCode.NOBODY_LISTED))
    return tuple(
        Delegate(
            number=p["number"],
            name=p.get("name", ""),
            delegation=p.get("delegation", ""),
            seat=p.get("seat") or None,
            suspended=FLAGS.get(p.get(SUSPENDED, ""), False),
        )
        for p in people
    )


def read_observers(path: Path, taken: TakenPlaces, problems: list[FileProblem]) -> tuple[Observer, ...]:
    """As load_observers, but problems are appended; the list may be empty."""
    people = _people(path, OBSERVER_COLUMNS, taken, problems)
    return tuple(Observer(p["number"], p.get("name", ""), p.get("post", ""), p.get("seat") or None) for p in people)


def read_names(path: Path, problems: list[FileProblem]) -> tuple[str, ...]:
    """The names in a .csv or .xlsx list with the columns 姓名 and, for the reader only, 职务; problems are appended."""
    names = tuple(person["name"] for _, person in _rows(path, NAME_COLUMNS, problems) if person.get("name"))
    if not names and not any(problem.file == path.name for problem in problems):
        problems.append(FileProblem(path.name, ProblemCode.NOBODY_LISTED))
    return names


def write_roster_csv(source: Path, target: Path) -> int:
    """Checks a .csv or .xlsx roster and writes it in the canonical form; answers the number of delegates.

    Canonical: UTF-8 with BOM (so that Excel shows Chinese), CRLF, the columns 编号 姓名 代表团 座位 and, where
    somebody is suspended, 暂停执行职务.
    Raises LoadRefused with every problem, and then writes nothing.
    """
    delegates = load_roster(source)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    rows = [tuple(DELEGATE_COLUMNS.values())]
    rows += [(d.number, d.name, d.delegation, d.seat or "", "是" if d.suspended else "") for d in delegates]
    columns = len(DELEGATE_COLUMNS) if any(d.suspended for d in delegates) else len(DELEGATE_COLUMNS) - 1
    writer.writerows(row[:columns] for row in rows)
    partial = target.with_name(f".{target.name}.partial")
    partial.write_bytes(text.getvalue().encode("utf-8-sig"))
    partial.replace(target)
    return len(delegates)


def _people(
    path: Path, columns: dict[str, str], taken: TakenPlaces, problems: list[FileProblem]
) -> list[dict[str, str]]:
    """The rows as field -> clean text, problems aside; rows without a number are left out."""
    people = _rows(path, columns, problems)
    _refuse_taken(path.name, iter(people), columns, taken, problems)
    return [person for _, person in people if person.get("number")]


def _rows(path: Path, columns: dict[str, str], problems: list[FileProblem]) -> list[tuple[Row, dict[str, str]]]:
    """Every row below the header with its fields as clean text; problems are appended."""
    try:
        rows = read_table(path)
    except Unreadable as error:
        problems.append(error.problem)
        return []
    if not rows:
        first = next(iter(columns.values()))
        problems.append(FileProblem(path.name, ProblemCode.COLUMN_MISSING, row=1, detail=first))
        return []
    fields = _header(path.name, rows[0], columns, problems)
    return [(row, _person(path.name, row, fields, columns, problems)) for row in rows[1:]]


def _header(file: str, header: Row, columns: dict[str, str], problems: list[FileProblem]) -> list[str | None]:
    """Which field each column holds; None where nothing may stand, "" for a column that is refused already."""
    fields: list[str | None] = []
    known = {title: field for field, title in columns.items()} | {field: field for field in columns}
    for cell in header.cells:
        field = known.get(re.sub(r"\s+", "", cell.text).lower())
        if cell.text and field is None:
            detail = " ".join(columns.values())
            problems.append(FileProblem(file, ProblemCode.COLUMN_UNKNOWN, None, header.number, cell.text, detail))
        elif field is not None and field in fields:
            problems.append(FileProblem(file, ProblemCode.COLUMN_REPEATED, None, header.number, cell.text))
        fields.append(field if field or not cell.text else "")
    for field in (f for f in REQUIRED if f in columns and f not in fields):
        problems.append(FileProblem(file, ProblemCode.COLUMN_MISSING, row=header.number, detail=columns[field]))
    return fields


def _person(
    file: str, row: Row, fields: list[str | None], columns: dict[str, str], problems: list[FileProblem]
) -> dict[str, str]:
    person: dict[str, str] = {}
    for position, cell in enumerate(row.cells):
        field = fields[position] if position < len(fields) else None
        if field is None and cell.text:
            problems.append(FileProblem(file, ProblemCode.CELL_EXTRA, row=row.number, detail=cell.text))
        if field:
            person[field] = clean(field, cell.text)
            for code, detail in _cell_problems(field, cell, person[field]):
                problems.append(FileProblem(file, code, None, row.number, columns[field], detail))
    for field in REQUIRED:
        if field in fields and not person.get(field):
            problems.append(FileProblem(file, ProblemCode.CELL_EMPTY, None, row.number, columns[field]))
    return person


def clean(field: str, text: str) -> str:
    """Numbers and seats with half-width digits and letters; names without the blanks that only align them (张　三)."""
    if field in ("number", "seat"):
        return text.translate(_FULL_WIDTH)
    if field == "name":
        return normal_name(_BLANK_IN_CHINESE.sub("", text))
    if field == SUSPENDED:
        return text.lower()
    return _BLANK_IN_CHINESE.sub("", text) if field == "delegation" else text


def _cell_problems(field: str, cell: Cell, value: str) -> Iterator[tuple[ProblemCode, str]]:
    if cell.strange:
        yield ProblemCode.CELL_TYPE_WRONG, cell.strange
        return
    if len(value) > LIMITS[field]:
        yield ProblemCode.CELL_TOO_LONG, f"{len(value)} > {LIMITS[field]}"
    elif field == SUSPENDED and value not in FLAGS:
        yield ProblemCode.FLAG_WRONG, value
    wrong = wrong_character(value) or _wrong_in_field(field, value)
    if wrong is not None:
        yield ProblemCode.CHARACTER_WRONG, f"U+{ord(wrong):04X}"


def _wrong_in_field(field: str, value: str) -> str | None:
    """The first character that no number, or no name, of a recorded poll may have (check 7); None for none."""
    if field == "number":
        return next((c for c in value if not _IN_NUMBER.fullmatch(c)), None)
    return next((c for c in value if field == "name" and c != " " and not is_name(c)), None)


def wrong_character(value: str) -> str | None:
    """The first character that no name may have, or that makes a formula of it in a spreadsheet; None for none."""
    wrong = next((c for c in value if not _usable(c)), None)
    return value[0] if wrong is None and value.startswith(("=", "+", "-", "@")) else wrong


def _usable(character: str) -> bool:
    """Neither control, format, surrogate, private-use nor unassigned-by-damage (U+FFFD) character."""
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") and character != "\ufffd"


def _refuse_taken(
    file: str,
    people: Iterator[tuple[Row, dict[str, str]]],
    columns: dict[str, str],
    taken: TakenPlaces,
    problems: list[FileProblem],
) -> None:
    codes = {"number": ProblemCode.NUMBER_TAKEN, "seat": ProblemCode.SEAT_TAKEN}
    for row, person in people:
        for field, code in codes.items():
            value = person.get(field)
            before = taken.take(file, row.number, field, value) if value else None
            if before is not None:
                detail = f"{value} ({before})"
                problems.append(FileProblem(file, code, None, row.number, columns[field], detail))
