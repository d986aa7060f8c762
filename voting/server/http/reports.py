"""The papers of the sitting as a zip file, made by `python -m voting.reports` in a process of its own.

Setting pages is work for a processor, so the event loop does none of it: a child reads the database and writes the
files where only this user can read them. One report is made at a time, and none for longer than its time.
"""

import contextlib
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import flask
import msgspec
from flask import Response
from gevent import subprocess
from gevent.lock import BoundedSemaphore

from voting.congress.refusal import Refused, refuse
from voting.reports.making import ANSWER, PACKED, Answer, ReportProblem
from voting.server.http.routes import Route
from voting.server.log import Log, ReportNotMade
from voting.server.services.sitting import SittingService
from voting.sitting.refusals import ChamberRefusal
from voting.wire.refusals import WireRefusal
from voting.wire.roles import OFFICIALS, Role

COMMAND = (sys.executable, "-m", "voting.reports")
REPORT_SECONDS = 300
NICENESS = 10
_REFUSALS = {
    ReportProblem.FONT_MISSING: WireRefusal.REPORT_FONT_MISSING,
    ReportProblem.NOT_CLOSED: ChamberRefusal.POLL_NOT_COUNTED,
}


class ReportMaker:
    """Runs the command on a data directory. pages: hash of the pages that are served (hex), or empty.

    `command` and `seconds` are other ones in tests only.
    """

    def __init__(
        self,
        data_dir: Path,
        log: Log,
        pages: str = "",
        command: Sequence[str] = COMMAND,
        seconds: float = REPORT_SECONDS,
    ) -> None:
        self._data_dir, self._pages = data_dir.resolve(), pages
        self._log = log
        self._command = tuple(command)
        self._seconds = seconds
        self._free = BoundedSemaphore(1)

    def zipped(self, poll: str | None) -> IO[bytes]:
        """The zip file of one poll's papers, or of the whole sitting's; blocks this greenlet only.

        It has no name any more and is gone once it is closed. Raises Refused: reports_busy, report_font_missing,
        poll_not_counted (nothing to report yet), reports_failed.
        """
        if not self._free.acquire(blocking=False):
            raise refuse(WireRefusal.REPORTS_BUSY)
        try:
            with tempfile.TemporaryDirectory(prefix="plenary-reports-") as folder:
                return self._made(Path(folder), poll)
        finally:
            self._free.release()

    def _made(self, folder: Path, poll: str | None) -> IO[bytes]:
        command = [*self._command, str(self._data_dir), str(folder), self._pages, *([] if poll is None else [poll])]
        in_time, complaint = self._run(command)
        answer = _answer_in(folder) if in_time else Answer(ReportProblem.TOO_SLOW)
        if answer.problem is None:
            return (folder / PACKED).open("rb")
        self._log.write(ReportNotMade(problem=answer.problem, detail=answer.detail, complaint=complaint[-500:]))
        raise _refusal(answer.problem)

    def _run(self, command: Sequence[str]) -> tuple[bool, str]:
        """Whether the child ended in its time, and what it complained about."""
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        try:
            with contextlib.suppress(ProcessLookupError):  # it may have ended already
                os.setpriority(os.PRIO_PROCESS, child.pid, NICENESS)
            return True, child.communicate(timeout=self._seconds)[1]
        except subprocess.TimeoutExpired:
            return False, ""
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()


def _answer_in(folder: Path) -> Answer:
    try:
        return msgspec.json.decode((folder / ANSWER).read_bytes(), type=Answer)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Answer(ReportProblem.CRASHED)


def _refusal(problem: ReportProblem) -> Refused:
    """What the problem means to the person at the console."""
    if problem in _REFUSALS:
        return refuse(_REFUSALS[problem])
    return refuse(WireRefusal.REPORTS_FAILED, reason=problem.value)


class ReportsApi:
    """GET /api/reports.zip and /api/polls/<id>/reports.zip."""

    def __init__(self, service: SittingService, maker: ReportMaker) -> None:
        self._service = service
        self._maker = maker

    def routes(self) -> tuple[Route, ...]:
        """What is asked where, and by whom."""
        return (
            Route("reports", "/api/reports.zip", frozenset({Role.CHAIR}), self.sitting),
            Route("poll_reports", "/api/polls/<poll>/reports.zip", OFFICIALS, self.poll),
        )

    def sitting(self) -> Response:
        """Attendance and every poll of which there is something to report."""
        return _sent(self._maker.zipped(None), "reports.zip")

    def poll(self, poll: str) -> Response:
        """One poll's papers; what they hold, chair and scrutineers see on their pages, too."""
        if poll not in self._service.sitting.polls:
            raise refuse(ChamberRefusal.UNKNOWN_POLL, poll=poll)
        return _sent(self._maker.zipped(poll), f"{poll}-reports.zip")


def _sent(file: IO[bytes], name: str) -> Response:
    response = flask.send_file(file, mimetype="application/zip", as_attachment=True, download_name=name, max_age=0)
    response.headers["Cache-Control"] = "private, no-store"
    return response
