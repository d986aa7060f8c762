"""The papers of the sitting as a zip file, made by `voting report` in a process of its own.

Setting pages is work for a processor, so the event loop does none of it: a child reads the database and writes the
files where only this user can read them. One report is made at a time, and none for longer than its time.
"""

import contextlib
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import flask
from flask import Flask, Response
from gevent import subprocess
from gevent.lock import BoundedSemaphore

from voting.congress.refusal import Refusal, RefusalCode, Refused, refuse
from voting.server.http.access import allow
from voting.server.log import Log
from voting.server.services.sitting import SittingService
from voting.wire.messages import Role

COMMAND = (sys.executable, "-m", "voting", "report")
REPORT_SECONDS = 300
NICENESS = 10
_CODE = re.compile(r"\[([a-z_]+)\]\s*$", re.MULTILINE)


class ReportMaker:
    """Runs the command on a data directory; `command` and `seconds` are other ones in tests only."""

    def __init__(
        self, data_dir: Path, log: Log, command: Sequence[str] = COMMAND, seconds: float = REPORT_SECONDS
    ) -> None:
        self._data_dir = data_dir.resolve()
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
            raise Refused(refuse(RefusalCode.REPORTS_BUSY))
        try:
            with tempfile.TemporaryDirectory(prefix="plenary-reports-") as folder:
                return self._made(Path(folder), poll)
        finally:
            self._free.release()

    def _made(self, folder: Path, poll: str | None) -> IO[bytes]:
        packed = folder / "reports.zip"
        one = [] if poll is None else [f"--poll={poll}"]
        arguments = [f"--data={self._data_dir}", f"--out={folder / 'reports'}", f"--zip={packed}", *one]
        self._run([*self._command, *arguments])
        return packed.open("rb")

    def _run(self, command: Sequence[str]) -> None:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        try:
            with contextlib.suppress(ProcessLookupError):  # it may have ended already
                os.setpriority(os.PRIO_PROCESS, child.pid, NICENESS)
            _, complaint = child.communicate(timeout=self._seconds)
        except subprocess.TimeoutExpired:
            complaint = f"it took longer than {self._seconds} seconds [too_slow]"
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()
        if child.returncode != 0:
            self._log.warning("report_not_made", status=child.returncode, complaint=complaint.strip()[-500:])
            raise Refused(_refusal(complaint))


def _refusal(complaint: str) -> Refusal:
    """What the command's last word means to the person at the console."""
    codes = _CODE.findall(complaint)
    code = codes[-1] if codes else "unknown"
    if code == "font_missing":
        return refuse(RefusalCode.REPORT_FONT_MISSING)
    if code == "not_closed":
        return refuse(RefusalCode.POLL_NOT_COUNTED)
    return refuse(RefusalCode.REPORTS_FAILED, reason=code)


class ReportsApi:
    """GET /api/reports.zip and /api/polls/<id>/reports.zip."""

    def __init__(self, service: SittingService, maker: ReportMaker) -> None:
        self._service = service
        self._maker = maker

    def attach(self, app: Flask) -> None:
        """Add the routes; their roles are enforced with those of all others."""
        app.add_url_rule("/api/reports.zip", "reports", self.sitting)
        app.add_url_rule("/api/polls/<poll>/reports.zip", "poll_reports", self.poll)

    @allow(Role.CHAIR)
    def sitting(self) -> Response:
        """Attendance and every poll of which there is something to report."""
        return _sent(self._maker.zipped(None), "reports.zip")

    @allow(Role.CHAIR, Role.SCRUTINEER)
    def poll(self, poll: str) -> Response:
        """One poll's papers; what they hold, chair and scrutineers see on their pages, too."""
        if poll not in self._service.sitting.polls:
            raise Refused(refuse(RefusalCode.UNKNOWN_POLL, poll=poll))
        return _sent(self._maker.zipped(poll), f"{poll}-reports.zip")


def _sent(file: IO[bytes], name: str) -> Response:
    response = flask.send_file(file, mimetype="application/zip", as_attachment=True, download_name=name, max_age=0)
    response.headers["Cache-Control"] = "private, no-store"
    return response
