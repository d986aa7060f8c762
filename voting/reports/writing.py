"""Every report of a sitting as files in one directory."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from voting.reports.attendance_sheet import attendance_sheet
from voting.reports.count_sheet import count_sheet
from voting.reports.fingerprint_sheet import fingerprint_sheet
from voting.reports.pdf import pdf_of
from voting.reports.record import PollRecord, SittingRecord
from voting.reports.results import results_csv, results_json
from voting.reports.return_sheet import has_return_sheet, return_sheet
from voting.reports.roll_sheet import has_roll, roll_sheet
from voting.reports.script_sheet import has_script, opening_script, script_sheet
from voting.reports.sheet import Sheet
from voting.reports.xlsx import xlsx_of

RESULTS = "results"


class PollIdUnusable(Exception):
    """A poll's id cannot name a directory."""


class Written(msgspec.Struct, frozen=True):
    """What was written, and the characters that no font has (they stand in the PDFs as 〔U+...〕)."""

    files: tuple[Path, ...]
    missing: frozenset[str]


def write_reports(record: SittingRecord, out: Path, poll: str | None = None) -> Written:
    """Write the reports of the whole sitting, or of one poll, into `out`; existing files are replaced.

    OUT/attendance.*, OUT/attendance-script.*, OUT/fingerprints.*, OUT/results.csv and .json, and per poll
    OUT/POLL/issue-return.*, OUT/POLL/count.*, OUT/POLL/script.* and, of a recorded one, OUT/POLL/roll.*; sheets as .pdf
    and .xlsx. A poll that is not closed has no sheets, one that is not counted no count, an annulled one nothing to
    announce. Raises FontMissing, OutcomeDiffers, OSError, and PollIdUnusable for a poll whose id names no directory.
    """
    chosen = tuple(record.polls) if poll is None else (poll,)
    missing: set[str] = set()
    files: list[Path] = []
    if poll is None:
        for sheet in (attendance_sheet(record), opening_script(record), fingerprint_sheet(record)):
            files += _write_sheet(out, sheet, missing)
    for id in chosen:
        for sheet in _sheets(record, record.polls[id]):
            files += _write_sheet(_directory(out, id), sheet, missing)
    results = out if poll is None else _directory(out, poll)
    files.append(_write(results / f"{RESULTS}.csv", results_csv(record, chosen)))
    files.append(_write(results / f"{RESULTS}.json", results_json(record, chosen)))
    return Written(files=tuple(files), missing=frozenset(missing))


def _sheets(record: SittingRecord, poll: PollRecord) -> list[Sheet]:
    makers: list[Callable[[SittingRecord, PollRecord], Sheet]] = []
    makers += [return_sheet] if has_return_sheet(poll) else []
    makers += [count_sheet] if poll.progress.count is not None else []
    makers += [script_sheet] if has_script(poll) else []
    makers += [roll_sheet] if has_roll(poll) else []
    return [make(record, poll) for make in makers]


def _directory(out: Path, poll: str) -> Path:
    if poll in {"", ".", ".."} or Path(poll).name != poll:
        raise PollIdUnusable(f'the poll id "{poll}" cannot name a directory')
    return out / poll


def _write_sheet(folder: Path, sheet: Sheet, missing: set[str]) -> list[Path]:
    return [
        _write(folder / f"{sheet.name}.pdf", pdf_of(sheet, missing)),
        _write(folder / f"{sheet.name}.xlsx", xlsx_of(sheet)),
    ]


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
