"""`voting serve` and `voting run`: codes are printed, delegates join, and an interruption ends everything."""

import asyncio
import contextlib
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.repository import HAMLET
from voting.files.session import load_session
from voting.terminal_client.simulated import Link, SimulatedChair, open_http
from voting.wire.roles import AT_A_SEAT, ROLES, Audience

pytestmark = pytest.mark.long

STOP_SECONDS = 60
PLAN = load_session(HAMLET)
DESKS = [spec.page for role, spec in ROLES.items() if role not in AT_A_SEAT for _ in spec.holders(PLAN)]


class Running:
    """A command that serves, and what it has printed up to its last line of introduction."""

    def __init__(self, *arguments: object) -> None:
        command = [sys.executable, "-u", "-m", "voting", *map(str, arguments)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.printed = ""

    def read_until(self, phrase: str) -> str:
        assert self.process.stdout is not None
        while phrase not in self.printed:
            line = self.process.stdout.readline()
            assert line, f"ended before {phrase!r}: {self.printed}"
            self.printed += line
        return self.printed

    @property
    def console(self) -> tuple[str, str]:
        """(address, code) of the chair's console."""
        found = re.search(r"(http://[^/]+)/console#code=([A-Z0-9]{10})", self.printed)
        assert found is not None
        return found[1], found[2]

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(STOP_SECONDS)


@contextlib.contextmanager
def running(*arguments: object) -> Iterator[Running]:
    command = Running(*arguments)
    try:
        yield command
    finally:
        if command.process.poll() is None:
            command.interrupt()
        if command.process.stdout is not None:
            command.process.stdout.close()


def is_listening(url: str) -> bool:
    host, port = url.removeprefix("http://").split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


async def wait_for_present(url: str, code: str, present: int) -> None:
    async with open_http() as http, Link(http, url, code, Audience.CONSOLE) as link:
        await SimulatedChair(link).until(lambda view: view.hall.attendance.present >= present, "delegates")


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_run_lets_delegates_join_and_ends_all_it_started(tmp_path: Path, taken_port: int) -> None:
    arguments = ("run", HAMLET, "--data", tmp_path / "data", "--port", taken_port, "--seats", 6, "--pace", 0.1)
    with running(*arguments) as first:
        first.read_until("6 simulated delegates are joining; the first 3 seats are free")
        assert f"Port {taken_port} is taken; using " in first.printed
        assert re.findall(r"/(\w+)#code=", first.printed) == [*DESKS, *["seat"] * 3]
        url, code = first.console
        asyncio.run(wait_for_present(url, code, 6))
        assert first.interrupt() == 0
        assert not is_listening(url)
    with running(*arguments) as second:
        second.read_until("simulated delegates are joining")
        assert second.console[1] == code  # the same sitting goes on
    with running(*arguments, "--fresh") as third:
        third.read_until("simulated delegates are joining")
        assert third.console[1] != code
    [kept] = tmp_path.glob("data.*")
    assert (kept / "plenary.db").is_file()


def test_serve_prints_the_desks_and_ends_when_asked(tmp_path: Path) -> None:
    with running("serve", HAMLET, "--data", tmp_path / "data", "--port", 0) as served:
        served.read_until("badges to print")
        assert re.findall(r"/(\w+)#code=", served.printed) == DESKS
        url, _ = served.console
        assert is_listening(url)
        assert served.interrupt() == 0
        assert not is_listening(url)


def test_another_session_cannot_go_on_in_the_same_data_directory(tmp_path: Path) -> None:
    with running("serve", HAMLET, "--data", tmp_path / "data", "--port", 0) as served:
        served.read_until("badges to print")
    other = tmp_path / "other"
    shutil.copytree(HAMLET / "rules", other / "rules")
    for file in HAMLET.glob("*.*"):
        text = file.read_text(encoding="utf-8")
        (other / file.name).write_text(text.replace("示例书房", "示例展馆"), encoding="utf-8")
    command = [sys.executable, "-m", "voting", "serve", str(other), "--data", str(tmp_path / "data"), "--port", "0"]
    refused = subprocess.run(command, capture_output=True, text=True, check=False, timeout=STOP_SECONDS)
    assert refused.returncode == 1
    assert "[server_failed]" in refused.stderr
    assert "--data" in refused.stderr
