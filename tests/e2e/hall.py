"""A sitting as people meet it: the real server, and the links on everybody's badge."""

import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec

from tests.support.started import address_when_listening

SECONDS = 60


class Hall:
    """A served sitting; `join` lets simulated delegates in beside the people in Chromium."""

    def __init__(self, folder: Path, session: Path) -> None:
        self.data = folder / "data"
        self._errors = (folder / "server-errors.txt").open("w+b")
        self._processes: list[subprocess.Popen[bytes]] = []
        server = self._start("-m", "voting.server", str(session), "--data", str(self.data))
        self.url = address_when_listening(server, self.data)
        with (self.data / "codes.csv").open(encoding="utf-8-sig", newline="") as file:
            self._links = {(row["role"], row["subject"]): row["link"] for row in csv.DictReader(file)}

    def link(self, role: str, subject: str = "") -> str:
        """The address with code that this person's badge shows."""
        return self.url + self._links[role, subject]

    def join(self, leave_free: int) -> None:
        """Simulated delegates join by themselves and vote as soon as a poll is open."""
        pace = ("--sign-in-within", "4", "--vote-within", "6", "--leave-free", str(leave_free))
        self._start("-m", "voting", "simulate", self.url, "--data", str(self.data), *pace)

    def errors(self) -> list[str]:
        """Lines of the server's log at level error, and whatever anybody wrote to standard error."""
        log = (self.data / "plenary.log").read_text(encoding="utf-8").splitlines()
        self._errors.seek(0)
        said = self._errors.read().decode().splitlines()
        return [line for line in log if msgspec.json.decode(line)["level"] == "error"] + said

    def end(self) -> None:
        """End what was started, the delegates first. Nobody may have failed before, nor have had errors to report."""
        failed = [process.args for process in self._processes if process.poll() is not None]
        for process in reversed(self._processes):
            process.send_signal(signal.SIGINT if process is not self._processes[0] else signal.SIGTERM)
            process.wait(SECONDS)
        errors = self.errors()
        self._errors.close()
        assert not failed + errors, (failed, errors)

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=self._errors, env=os.environ
        )
        self._processes.append(process)
        return process
