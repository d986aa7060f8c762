"""Every report of a sitting as files in one directory."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from voting.reports.attendance_paper import attendance_paper
from voting.reports.count_paper import count_paper
from voting.reports.paper import Paper
from voting.reports.pdf import pdf_of
from voting.reports.record import PollRecord, SittingRecord
from voting.reports.results import results_csv, results_json
from voting.reports.return_paper import has_return_paper, return_paper
from voting.reports.roll_paper import has_roll, roll_paper
from voting.reports.script_paper import has_script, opening_script, script_paper
from voting.reports.xlsx import xlsx_of

RESULTS = "results"


class Written(msgspec.Struct, frozen=True):
    """What was written, and the characters that no font has (they stand in the PDFs as 〔U+...〕)."""

    files: tuple[Path, ...]
    missing: frozenset[str]


def write_reports(record: SittingRecord, out: Path, poll: str | None = None) -> Written:
    """Write the reports of the whole sitting, or of one poll, into `out`; existing files are replaced.

    OUT/attendance.*, OUT/attendance-script.*, OUT/results.csv and .json, and per poll OUT/POLL/issue-return.*,
    OUT/POLL/count.*, OUT/POLL/script.* and, of a recorded one, OUT/POLL/roll.*; papers as .pdf and .xlsx. A poll that
    is not closed has no papers, one that is not counted no count, an annulled one nothing to announce. Raises
    FontMissing, OutcomeDiffers, OSError, and ValueError for a poll whose id cannot name a directory.
    """
    chosen = tuple(record.polls) if poll is None else (poll,)
    missing: set[str] = set()
    files: list[Path] = []
    if poll is None:
        for paper in (attendance_paper(record), opening_script(record)):
            files += _write_paper(out, paper, missing)
    for id in chosen:
        for paper in _papers(record, record.polls[id]):
            files += _write_paper(_directory(out, id), paper, missing)
    results = out if poll is None else _directory(out, poll)
    files.append(_write(results / f"{RESULTS}.csv", results_csv(record, chosen)))
    files.append(_write(results / f"{RESULTS}.json", results_json(record, chosen)))
    return Written(files=tuple(files), missing=frozenset(missing))


def _papers(record: SittingRecord, poll: PollRecord) -> list[Paper]:
    makers: list[Callable[[SittingRecord, PollRecord], Paper]] = []
    makers += [return_paper] if has_return_paper(poll) else []
    makers += [count_paper] if poll.progress.count is not None else []
    makers += [script_paper] if has_script(poll) else []
    makers += [roll_paper] if has_roll(poll) else []
    return [make(record, poll) for make in makers]


def _directory(out: Path, poll: str) -> Path:
    if poll in {"", ".", ".."} or Path(poll).name != poll:
        raise ValueError(f'the poll id "{poll}" cannot name a directory')
    return out / poll


def _write_paper(folder: Path, paper: Paper, missing: set[str]) -> list[Path]:
    return [
        _write(folder / f"{paper.name}.pdf", pdf_of(paper, missing)),
        _write(folder / f"{paper.name}.xlsx", xlsx_of(paper)),
    ]


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
