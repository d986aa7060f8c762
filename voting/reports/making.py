"""The reports of a sitting from its data directory, in one step: read, written and packed, or refused with a code."""

from enum import StrEnum
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from msgspec.structs import replace

from voting.reports.database import RecordRefused, read_record
from voting.reports.fonts import FontMissing
from voting.reports.record import OutcomeDiffers, SittingRecord
from voting.reports.return_sheet import is_returned
from voting.reports.writing import PollIdUnusable, Written, write_reports
from voting.storage.data_dir import DataDir
from voting.storage.reading import ReadingProblem

ANSWER, PACKED = "answer.json", "reports.zip"
"""What a process that makes reports for a server leaves in its folder."""


class ReportProblem(StrEnum):
    """Why there are no reports; the values are stable words for scripts."""

    NO_SITTING = ReadingProblem.NO_SITTING.value
    JOURNAL_BROKEN = ReadingProblem.JOURNAL_BROKEN.value
    JOURNAL_TOO_NEW = ReadingProblem.JOURNAL_TOO_NEW.value
    BOARD_DIFFERS = ReadingProblem.BOARD_DIFFERS.value
    DATABASE_UNUSABLE = ReadingProblem.DATABASE_UNUSABLE.value
    KEY_DAMAGED = ReadingProblem.KEY_DAMAGED.value
    OUTCOME_DIFFERS = "outcome_differs"
    UNKNOWN_POLL = "unknown_poll"
    NOT_CLOSED = "not_closed"
    POLL_ID_UNUSABLE = "poll_id_unusable"
    FONT_MISSING = "font_missing"
    TOO_SLOW = "too_slow"
    CRASHED = "crashed"


_OF_READING = {problem: ReportProblem[problem.name] for problem in ReadingProblem}


class ReportRefused(Exception):
    """The reports were not made."""

    def __init__(self, problem: ReportProblem, detail: str) -> None:
        super().__init__(detail)
        self.problem = problem


class Answer(msgspec.Struct, frozen=True):
    """What such a process says. problem: None when the packed reports lie beside its answer."""

    problem: ReportProblem | None = None
    detail: str = ""


def make_reports(
    data_dir: Path, out: Path, poll: str | None = None, packed: Path | None = None, pages: str = ""
) -> Written:
    """Write the reports of the sitting or of one poll into `out`, and pack them. pages: hash of those served (hex).

    Raises ReportRefused, OSError.
    """
    database = DataDir(data_dir).database
    if not database.is_file():
        detail = f"{data_dir} holds no {database.name}, so no sitting was held there"
        raise ReportRefused(ReportProblem.NO_SITTING, detail)
    written = _written(database, poll, out, pages)
    if packed is not None:
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for file in written.files:
                archive.write(file, file.relative_to(out))
    return written


def _written(database: Path, poll: str | None, out: Path, pages: str) -> Written:
    try:
        record = replace(read_record(database), pages=pages)
        if poll is not None:
            _require_reportable(record, poll)
        return write_reports(record, out, poll)
    except RecordRefused as refused:
        raise ReportRefused(_OF_READING[refused.problem], str(refused)) from None
    except OutcomeDiffers as differs:
        raise ReportRefused(ReportProblem.OUTCOME_DIFFERS, str(differs)) from None
    except FontMissing as missing:
        raise ReportRefused(ReportProblem.FONT_MISSING, str(missing)) from None
    except PollIdUnusable as unusable:
        raise ReportRefused(ReportProblem.POLL_ID_UNUSABLE, str(unusable)) from None


def _require_reportable(record: SittingRecord, poll: str) -> None:
    if poll not in record.polls:
        detail = f'there is no poll "{poll}"; there are: {", ".join(record.polls)}'
        raise ReportRefused(ReportProblem.UNKNOWN_POLL, detail)
    if not is_returned(record.polls[poll]):
        state = record.polls[poll].progress.state
        raise ReportRefused(ReportProblem.NOT_CLOSED, f"poll {poll} is {state}, so there is nothing to report yet")
