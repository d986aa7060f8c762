"""A server whose journal failed ends, though log and standard error lie on the same full disk."""

import errno
import io
import json
import subprocess
import sys

import pytest

from voting.server.last_words import EXIT_JOURNAL_FAILED, GOODBYE_SECONDS, Unfailing, fail_stop
from voting.server.log import Log, Stopping


class Full(io.StringIO):
    """A stream on a full disk."""

    def write(self, _text: str) -> int:
        raise OSError(errno.ENOSPC, "full")

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "full")


def test_the_end_is_certain_before_anything_is_told() -> None:
    stream, order = io.StringIO(), list[str]()
    fail_stop(Log(stream), lambda: order.append(stream.getvalue()))(OSError(errno.ENOSPC, "full"))
    assert order == [""]
    line = json.loads(stream.getvalue())
    assert (line["event"], line["reason"]) == ("journal_failed", "disk_full")


def test_a_log_on_a_full_disk_loses_lines_and_raises_nothing() -> None:
    Log(Full()).write(Stopping())


def test_a_shielded_stream_loses_what_the_disk_does_not_take() -> None:
    shielded = Unfailing(Full())
    assert shielded.write("lost") == 4
    shielded.flush()
    kept = io.StringIO()
    Unfailing(kept).write("kept")
    assert kept.getvalue() == "kept"


@pytest.mark.parametrize("busy", ["import gevent; gevent.sleep(60)", "while True: pass"])
def test_the_process_ends_soon_whatever_its_event_loop_does(busy: str) -> None:
    code = f"""
from gevent import monkey
monkey.patch_all()
from voting.server.last_words import end_soon
end_soon()
{busy}
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert ended.returncode == EXIT_JOURNAL_FAILED
    assert GOODBYE_SECONDS < 2
