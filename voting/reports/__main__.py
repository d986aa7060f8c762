"""`python -m voting.reports DATA FOLDER PAGES [POLL]`: reports for a server, made in a process of their own.

FOLDER then holds `answer.json` (making.Answer) and, unless it names a problem, `reports.zip`.
"""

import sys
from pathlib import Path

import msgspec

from voting.reports.making import ANSWER, PACKED, Answer, ReportRefused, make_reports


def main(data_dir: str, folder: str, pages: str, poll: str | None = None) -> None:
    """Make the reports and leave an answer. pages: hash of those that are served (hex), or empty."""
    place = Path(folder)
    try:
        make_reports(Path(data_dir), place / "reports", poll, place / PACKED, pages)
        answer = Answer()
    except ReportRefused as refused:
        answer = Answer(refused.problem, str(refused))
    (place / ANSWER).write_bytes(msgspec.json.encode(answer))


if __name__ == "__main__":
    main(*sys.argv[1:5])
