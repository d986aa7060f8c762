"""Commands as people run them."""

import subprocess
import sys


def voting(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """`voting` in a process of its own, its output as text."""
    command = [sys.executable, "-m", "voting", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
