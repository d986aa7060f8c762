"""A sitting as people meet it: the real server, simulated delegates, and pages in real Chromium."""

import csv
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tests.e2e.companions import Choices, Tasks
from tests.support.repository import SAMPLES

SAMPLE = SAMPLES / "pinghu-2022"
SECONDS = 60


class Hall:
    """A served sitting; `join` and `accompany` let simulated people take part beside those in Chromium."""

    def __init__(self, folder: Path, session: Path = SAMPLE) -> None:
        self.data = folder / "data"
        self._folder = folder
        self._errors = (folder / "server-errors.txt").open("wb")
        self._processes: list[subprocess.Popen[bytes]] = []
        server = self._start("-m", "voting.server", str(session), "--data", str(self.data))
        assert server.stdout is not None
        line = server.stdout.readline().decode()
        assert line.startswith("READY "), f"the server did not start: {line!r}"
        self.url = line.split()[1]
        with (self.data / "codes.csv").open(encoding="utf-8-sig", newline="") as file:
            self._links = {(row["role"], row["subject"]): row["link"] for row in csv.DictReader(file)}

    def link(self, role: str, subject: str = "") -> str:
        """The address with code that this person's badge shows."""
        return self.url + self._links[role, subject]

    def join(self, leave_free: int) -> None:
        """Simulated delegates join by themselves and vote as soon as a poll is open."""
        pace = ("--sign-in-within", "4", "--vote-within", "6", "--leave-free", str(leave_free))
        self._start("-m", "voting", "simulate", self.url, "--data", str(self.data), *pace)

    def accompany(self, choices: Mapping[str, Choices], scrutineers: Mapping[str, bool]) -> None:
        """These simulated delegates vote as told, these scrutineers do their part (see companions.Tasks)."""
        tasks = self._folder / "companions.json"
        tasks.write_bytes(msgspec.json.encode(Tasks(dict(choices), dict(scrutineers))))
        self._start("-m", "tests.e2e.companions", self.url, str(self.data / "codes.csv"), str(tasks))

    def errors(self) -> list[str]:
        """Lines of the server's log at level error, and whatever anybody wrote to standard error."""
        log = (self.data / "plenary.log").read_text(encoding="utf-8").splitlines()
        said = (self._folder / "server-errors.txt").read_text(encoding="utf-8").splitlines()
        return [line for line in log if msgspec.json.decode(line)["level"] == "error"] + said

    def end(self) -> None:
        """End what was started, the delegates first. Nobody may have failed before."""
        failed = [process.args for process in self._processes if process.poll() is not None]
        for process in reversed(self._processes):
            process.send_signal(signal.SIGINT if process is not self._processes[0] else signal.SIGTERM)
            process.wait(SECONDS)
            if process.stdout is not None:
                process.stdout.close()
        self._errors.close()
        assert not failed, (failed, self.errors())

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        self._processes.append(process)
        return process
