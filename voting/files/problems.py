"""What can be wrong with a session directory: a closed list; its words are in voting.words."""

from enum import StrEnum

import msgspec

from voting.record.ballot_problems import BallotProblemCode
from voting.sitting.plan_problems import PlanProblemCode
from voting.words import Language, ProblemPlace, catalogue_of, problem_form

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 10_000
FORMAT = 1
"""The format of session.toml and agenda.toml that this release reads; a file without `format` is of the first."""


class ProblemCode(StrEnum):
    """Wire names of the problems of files, beside those of a plan (PlanProblemCode)."""

    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    FILE_TOO_LARGE = "file_too_large"
    FILE_NAME_WRONG = "file_name_wrong"
    SHEETS_SEVERAL = "sheets_several"
    TOO_MANY_ROWS = "too_many_rows"
    ENCODING_UNKNOWN = "encoding_unknown"
    SYNTAX_WRONG = "syntax_wrong"
    FORMAT_UNKNOWN = "format_unknown"
    KEY_UNKNOWN = "key_unknown"
    KEY_MISSING = "key_missing"
    TYPE_WRONG = "type_wrong"
    VALUE_WRONG = "value_wrong"
    COLUMN_MISSING = "column_missing"
    COLUMN_UNKNOWN = "column_unknown"
    COLUMN_REPEATED = "column_repeated"
    CELL_EXTRA = "cell_extra"
    CELL_EMPTY = "cell_empty"
    CELL_TOO_LONG = "cell_too_long"
    CELL_TYPE_WRONG = "cell_type_wrong"
    FLAG_WRONG = "flag_wrong"
    CHARACTER_WRONG = "character_wrong"
    NUMBER_TAKEN = "number_taken"
    SEAT_TAKEN = "seat_taken"
    NOBODY_LISTED = "nobody_listed"
    STATUTORY_SEATS_EXCEEDED = "statutory_seats_exceeded"
    RULES_MISSING = "rules_missing"
    RULES_RENAMED = "rules_renamed"
    RULES_WRONG = "rules_wrong"


AnyCode = ProblemCode | PlanProblemCode | BallotProblemCode


class FileProblem(msgspec.Struct, frozen=True):
    """One problem: in which file, at which key or row (1 = the header, as Excel counts) and column, and what it is.

    detail: for what is read from files; params: of the problems of a plan or a ballot.
    """

    file: str
    code: AnyCode
    key: str | None = None
    row: int | None = None
    column: str | None = None
    detail: str = ""
    params: dict[str, str | int] = {}

    def text(self, language: Language) -> str:
        """One line for a person of this language: place and reason."""
        words = catalogue_of(language)
        line = words.file_problems
        form = line.what[self.code] if isinstance(self.code, ProblemCode) else words.plan_problems[self.code]
        what = problem_form(form, ProblemPlace.FILE).format(detail=self.detail, format=FORMAT, **self.params)
        where = "" if self.key is None else line.key.format(key=self.key)
        where += "" if self.row is None else line.row.format(row=self.row)
        where += "" if self.column is None else line.column.format(column=self.column)
        return line.line.format(file=self.file, where=where, what=what)

    def bilingual(self) -> str:
        """The line in Chinese, and in English behind it."""
        return f"{self.text(Language.CHINESE)} ({self.text(Language.ENGLISH)})"


class LoadRefused(Exception):
    """The session directory cannot be used; `problems` holds everything that was found, in reading order."""

    def __init__(self, problems: tuple[FileProblem, ...]) -> None:
        super().__init__("\n".join(problem.bilingual() for problem in problems))
        self.problems = problems
