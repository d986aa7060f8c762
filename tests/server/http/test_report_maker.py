"""One report at a time, in a process of its own, for a bounded time; what its last word means to the chair."""

import io
import os
import sys
from pathlib import Path

import gevent
import pytest
from gevent.event import Event

from voting.congress.refusal import RefusalCode, Refused
from voting.server.http.reports import ReportMaker
from voting.server.log import open_log

WRITES = "import sys; path = next(a[6:] for a in sys.argv if a.startswith('--zip=')); open(path, 'wb').write(b'packed')"


def maker(tmp_path: Path, program: str, seconds: float = 60) -> ReportMaker:
    """A maker whose command is this Python program."""
    return ReportMaker(tmp_path, open_log(io.StringIO()), (sys.executable, "-c", program), seconds)


def refused(made: ReportMaker) -> Refused:
    with pytest.raises(Refused) as caught:
        made.zipped(None)
    return caught.value


@pytest.mark.parametrize(
    ("complaint", "code", "params"),
    [
        ("no Chinese font was found [font_missing]", RefusalCode.REPORT_FONT_MISSING, {}),
        ("poll p is open [not_closed]", RefusalCode.POLL_NOT_COUNTED, {}),
        ("the journal does not hold [journal_broken]", RefusalCode.REPORTS_FAILED, {"reason": "journal_broken"}),
        ("Traceback: KeyError", RefusalCode.REPORTS_FAILED, {"reason": "unknown"}),
    ],
)
def test_why_no_report_was_made_is_told(
    tmp_path: Path, complaint: str, code: RefusalCode, params: dict[str, str]
) -> None:
    refusal = refused(maker(tmp_path, f"raise SystemExit({complaint!r})")).refusal
    assert (refusal.code, refusal.params) == (code, params)


def test_what_the_command_packed_is_handed_over_and_nothing_stays(tmp_path: Path) -> None:
    with maker(tmp_path, WRITES).zipped("projects") as file:
        assert file.read() == b"packed"
        assert not Path(str(file.name)).exists()


def test_a_report_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    refusal = refused(maker(tmp_path, "import signal; signal.pause()", seconds=0.2)).refusal
    assert (refusal.code, refusal.params) == (RefusalCode.REPORTS_FAILED, {"reason": "too_slow"})


def test_a_second_report_is_refused_while_one_is_made_and_made_afterwards(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    made = maker(tmp_path, f"open({str(gate)!r}).read(); {WRITES}")
    started = Event()

    def first() -> bytes:
        started.set()
        with made.zipped(None) as file:
            return file.read()

    running = gevent.spawn(first)
    started.wait()
    assert refused(made).refusal.code is RefusalCode.REPORTS_BUSY
    gate.write_text("go", encoding="utf-8")
    assert running.get(timeout=60) == b"packed"
