"""What holds for every reader and every input."""

import hashlib
import signal
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fuzz.readers import Reader
from tests.support.repository import ROOT

CPU_SECONDS = 20.0
"""Of this process, for one input of at most some 60 kB; ten times what the slowest honest one takes."""
PEAK_BYTES = 128 << 20
"""Beyond what is held before."""
FOUND = ROOT / "artifacts" / "fuzz"


class BoundBroken(Exception):
    """The reader took longer, or more memory, than any input may cost."""


def _out_of_time(_signal: int, _frame: object) -> None:
    raise BoundBroken(f"more than {CPU_SECONDS} seconds of processor time")


@contextmanager
def bounds() -> Iterator[None]:
    """Raise BoundBroken where what happens inside takes too long or too much."""
    before = signal.signal(signal.SIGVTALRM, _out_of_time)
    tracemalloc.start()
    signal.setitimer(signal.ITIMER_VIRTUAL, CPU_SECONDS)
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        tracemalloc.stop()
    if peak > PEAK_BYTES:
        raise BoundBroken(f"{peak} bytes at once")


def is_read(reader: Reader, raw: bytes, folder: Path) -> bool:
    """Whether the input is read (or refused, then False). Anything else is raised, and the input kept in FOUND."""
    try:
        with bounds():
            reader.read(raw, folder)
    except reader.refusals:
        return False
    except BaseException:
        kept = FOUND / reader.name / f"failed-{hashlib.sha256(raw).hexdigest()[:12]}"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(raw)
        raise
    return True
