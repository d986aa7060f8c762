"""A server that was started as a process, and where it listens."""

import contextlib
import subprocess
from pathlib import Path

from voting.storage.data_dir import DataDir
from voting.storage.listening import address_of

SECONDS = 60
LOOKS_A_SECOND = 20


def address_when_listening(process: subprocess.Popen[bytes], data: Path) -> str:
    """Where it listens, as soon as it does. It must not end before."""
    for _ in range(SECONDS * LOOKS_A_SECOND):
        if (url := address_of(DataDir(data).listening, process.pid)) is not None:
            return url
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = process.wait(1 / LOOKS_A_SECOND)
            raise AssertionError(f"the server did not start, but ended with {code}")
    raise AssertionError(f"the server did not listen within {SECONDS} s")
