"""One report at a time, in a process of its own, for a bounded time; what its last word means to the chair."""

import io
import os
import sys
from pathlib import Path

import gevent
import pytest
from gevent.event import Event

from voting.congress.refusal import Refused
from voting.reports.making import ReportProblem
from voting.server.http.reports import ReportMaker
from voting.server.log import Log
from voting.sitting.refusals import ChamberRefusal
from voting.wire.refusals import WireRefusal

LEAVES = """
import pathlib, sys
folder = pathlib.Path(sys.argv[2])
(folder / "answer.json").write_text({answer!r})
(folder / "reports.zip").write_bytes(b"packed")
"""
WRITES = LEAVES.format(answer="{}")


def maker(tmp_path: Path, program: str, seconds: float = 60) -> ReportMaker:
    """A maker whose command is this Python program."""
    return ReportMaker(tmp_path, Log(io.StringIO()), "", (sys.executable, "-c", program), seconds)


def refused(made: ReportMaker) -> Refused:
    with pytest.raises(Refused) as caught:
        made.zipped(None)
    return caught.value


def leaves(problem: ReportProblem) -> str:
    return LEAVES.format(answer=f'{{"problem": "{problem}", "detail": "示例"}}')


@pytest.mark.parametrize(
    ("program", "code", "params"),
    [
        (leaves(ReportProblem.FONT_MISSING), WireRefusal.REPORT_FONT_MISSING, {}),
        (leaves(ReportProblem.NOT_CLOSED), ChamberRefusal.POLL_NOT_COUNTED, {}),
        (leaves(ReportProblem.JOURNAL_BROKEN), WireRefusal.REPORTS_FAILED, {"reason": "journal_broken"}),
        (
            "raise SystemExit('no Chinese font was found [font_missing]')",
            WireRefusal.REPORTS_FAILED,
            {"reason": "crashed"},
        ),
        (LEAVES.format(answer='{"problem": "another"}'), WireRefusal.REPORTS_FAILED, {"reason": "crashed"}),
    ],
)
def test_why_no_report_was_made_is_told(
    tmp_path: Path, program: str, code: ChamberRefusal, params: dict[str, str]
) -> None:
    refusal = refused(maker(tmp_path, program)).refusal
    assert (refusal.code, refusal.params) == (code, params)


def test_what_the_command_packed_is_handed_over_and_nothing_stays(tmp_path: Path) -> None:
    with maker(tmp_path, WRITES).zipped("projects") as file:
        assert file.read() == b"packed"
        assert not Path(str(file.name)).exists()


def test_a_report_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    refusal = refused(maker(tmp_path, "import signal; signal.pause()", seconds=0.2)).refusal
    assert (refusal.code, refusal.params) == (WireRefusal.REPORTS_FAILED, {"reason": "too_slow"})


def test_a_second_report_is_refused_while_one_is_made_and_made_afterwards(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    made = maker(tmp_path, f"open({str(gate)!r}).read()\n{WRITES}")
    started = Event()

    def first() -> bytes:
        started.set()
        with made.zipped(None) as file:
            return file.read()

    running = gevent.spawn(first)
    started.wait()
    assert refused(made).refusal.code is WireRefusal.REPORTS_BUSY
    gate.write_text("go", encoding="utf-8")
    assert running.get(timeout=60) == b"packed"


def test_the_hash_of_the_pages_that_are_served_is_handed_on(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys; folder = pathlib.Path(sys.argv[2]); (folder / 'answer.json').write_text('{}');"
        "(folder / 'reports.zip').write_text(sys.argv[3])"
    )
    made = ReportMaker(tmp_path, Log(io.StringIO()), "ab" * 32, (sys.executable, "-c", program))
    with made.zipped(None) as packed:
        assert packed.read() == b"ab" * 32
