"""The real server as a process of its own, started, killed and ended by its process id only.

Commands never import the server: it patches the standard library for its event loop before anything else is imported.
"""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from voting.storage.data_dir import DataDir
from voting.storage.listening import address_of

START_SECONDS = 90.0
STOP_SECONDS = 20.0
LOOK_SECONDS = 0.05


class ServerFailed(Exception):
    """The server did not start, or ended by itself; the message holds what it said last."""


@dataclass
class ServerProcess:
    """`python -m voting.server`. After `start`, ``url`` is where it listens; a restart takes the same port."""

    session_dir: Path
    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 0
    group: str | None = None
    options: Sequence[str] = ()
    url: str = ""
    starts: int = 0
    _process: asyncio.subprocess.Process | None = field(default=None, repr=False)
    _leaving: bool = False

    async def start(self) -> str:
        """Start and wait until it listens; returns the address. Raises ServerFailed."""
        try:
            await self._spawn()
        except OSError as error:
            raise ServerFailed(f"{error.filename or self.data_dir} cannot be used: {error.strerror}") from None
        self.starts += 1
        try:
            self.url = await asyncio.wait_for(self._address(), START_SECONDS)
        except TimeoutError:
            await self.kill()
            raise ServerFailed(f"the server did not listen within {START_SECONDS:g} s") from None
        self.port = urlsplit(self.url).port or self.port
        self._leaving = False
        return self.url

    async def _spawn(self) -> None:
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        with DataDir(self.data_dir).errors.open("ab") as errors:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, *self._arguments(), stdout=asyncio.subprocess.DEVNULL, stderr=errors
            )

    async def wait(self) -> int:
        """The exit status of the present process, once it has ended."""
        return await self._running().wait()

    async def watch(self) -> None:
        """Raise ServerFailed as soon as the server ends without having been told to."""
        while True:
            status = await self.wait()
            if not self._leaving:
                raise ServerFailed(f"the server ended with status {status}{self._last_words()}")
            await asyncio.sleep(0.05)  # a drill is starting it anew

    async def kill(self) -> None:
        """SIGKILL, as a power cut would: nothing is flushed."""
        self._leaving = True
        process = self._running()
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def stop(self) -> None:
        """SIGTERM, and SIGKILL when it does not leave in time."""
        self._leaving = True
        if self._process is None or self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
        except TimeoutError:
            await self.kill()

    def _arguments(self) -> list[str]:
        fixed = ["-m", "voting.server", str(self.session_dir), "--data", str(self.data_dir)]
        place = ["--host", self.host, "--port", str(self.port)]
        group = ["--group", self.group] if self.group else []
        return [*fixed, *place, *group, *self.options]

    async def _address(self) -> str:
        process, file = self._running(), DataDir(self.data_dir).listening
        ended = asyncio.ensure_future(process.wait())
        try:
            while not ended.done():
                if (url := address_of(file, process.pid)) is not None:
                    return url
                await asyncio.wait({ended}, timeout=LOOK_SECONDS)
            raise ServerFailed(f"the server did not start (status {ended.result()}){self._last_words()}")
        finally:
            ended.cancel()

    def _last_words(self) -> str:
        text = DataDir(self.data_dir).errors.read_text(encoding="utf-8", errors="replace").strip()
        return f": {text.splitlines()[-1]}" if text else ""

    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise RuntimeError("the server was not started")
        return self._process
