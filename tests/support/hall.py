"""The real server as a process, and everybody's terminals over real websockets.

Nothing here sleeps: every wait is for something the server pushes or answers, and gives up after SECONDS.
"""

import asyncio
import contextlib
import csv
import dataclasses
import json
import secrets
import signal
import sqlite3
import ssl
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import aiohttp
import msgspec
import pytest

from tests.support.started import address_when_listening
from voting.congress.refusal import Refusal, Refused
from voting.sitting.events import SittingPlan
from voting.sitting.poll import PollState
from voting.tally.ballots.ballot import make_ballot
from voting.tally.ballots.credential import SigningCredential, make_credential
from voting.tally.board.election import Election
from voting.tally.board.result import partial_decrypt
from voting.tally.groups.choice import group_by_name
from voting.tally.trustees import ceremony as c
from voting.tally.trustees.private_share import PrivateShare
from voting.terminal_client.simulated.link import Link, open_http
from voting.wire.pushed import MyPoll
from voting.wire.record import PollSetup
from voting.wire.requests import CastRequest, ReleaseDecryptionRequest
from voting.wire.roles import ROLES, Role
from voting.wire.views import ConsoleView, ScrutineerView

RNG = secrets.token_bytes
SECONDS = 60
SCRIPT_SECONDS = 300
T = TypeVar("T")
_SCRIPT = Path(__file__).with_name("serve_plan.py")


class ServerProcess:
    """One sitting's server; may be killed and started again on the same data directory and port."""

    def __init__(self, directory: Path, plan: SittingPlan, tls: Sequence[Path] = ()) -> None:
        """tls: the files of a certificate and its key."""
        self.tls = tls
        self.data = directory / "data"
        self.plan = plan
        self.url = ""
        self._plan_file = directory / "plan.json"
        self._errors = directory / "errors.txt"
        self._plan_file.write_bytes(msgspec.json.encode(plan))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Of the running process."""
        assert self._process is not None
        return self._process.pid

    def most_memory_mb(self) -> int:
        """The most that this process has had at once."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024

    def start(self, *options: str) -> None:
        port = str(urlsplit(self.url).port or 0)
        command = [
            sys.executable,
            str(_SCRIPT),
            str(self._plan_file),
            str(self.data),
            port,
            *map(str, self.tls),
            *options,
        ]
        with self._errors.open("ab") as errors:
            self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        self.url = address_when_listening(self._process, self.data)

    def refused_start(self, plan: SittingPlan | None = None) -> str:
        """Why a start (with this plan) on the same data is refused: the last line on standard error."""
        other = self._plan_file
        if plan is not None:
            other = self._plan_file.with_name("other.json")
            other.write_bytes(msgspec.json.encode(plan))
        command = [sys.executable, str(_SCRIPT), str(other), str(self.data)]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        assert ended.returncode != 0
        return ended.stderr.splitlines()[-1]

    def end(self, number: signal.Signals) -> int:
        """Send the signal and wait for the end; the exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        """Wait for the end; the exit code."""
        assert self._process is not None
        code = self._process.wait(SECONDS)
        self._process = None
        return code

    def stop(self) -> None:
        if self._process is not None:
            self.end(signal.SIGTERM)

    def codes(self) -> dict[tuple[str, str], str]:
        """(role, subject) -> code."""
        with (self.data / "codes.csv").open(encoding="utf-8", newline="") as file:
            return {(row["role"], row["subject"]): row["code"] for row in csv.DictReader(file)}

    def journal(self, kind: str) -> list[dict[str, Any]]:
        """Events of this type in the journal's order, as they lie on disk."""
        with contextlib.closing(sqlite3.connect(self.data / "plenary.db")) as connection:
            events = [json.loads(event) for (event,) in connection.execute("SELECT event FROM journal ORDER BY seq")]
        return [event for event in events if event["type"] == kind]

    def complaints(self) -> list[str]:
        """Lines of the log at level error, and whatever was written to standard error."""
        log = (self.data / "plenary.log").read_text(encoding="utf-8").splitlines()
        return [line for line in log if json.loads(line)["level"] == "error"] + self._errors.read_text().splitlines()


class Hall:
    """Everybody's terminals in one sitting; `run` steps into their event loop."""

    def __init__(self, server: ServerProcess, runner: "asyncio.Runner") -> None:
        self.server = server
        self.plan = server.plan
        self.credentials: dict[tuple[str, str], SigningCredential] = {}
        self.shares: dict[int, PrivateShare] = {}
        self.choices: dict[tuple[str, str], tuple[int, ...]] = {}
        self._links: dict[tuple[str, str], Link] = {}
        self._seen: dict[tuple[str, str], int] = {}
        self._runner = runner
        self._open = contextlib.AsyncExitStack()
        self._http: aiohttp.ClientSession | None = None

    def run(self, work: Awaitable[T], seconds: float = SCRIPT_SECONDS) -> T:
        async def bounded() -> T:
            return await asyncio.wait_for(work, seconds)

        return self._runner.run(bounded())

    async def close_links(self) -> None:
        await self._open.aclose()

    async def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = await self._open.enter_async_context(open_http(self._trust()))
        return self._http

    def _trust(self) -> ssl.SSLContext | None:
        return ssl.create_default_context(cafile=str(self.server.tls[0])) if self.server.tls else None

    # --- who ---

    async def link(self, role: str, subject: str = "", fresh: bool = False) -> Link:
        """The connection of this person; `fresh` makes a second one."""
        if (role, subject) in self._links and not fresh:
            return self._links[role, subject]
        link = Link(
            await self._session(), self.server.url, self.server.codes()[role, subject], ROLES[Role(role)].audience
        )
        await self._open.enter_async_context(link)
        self._links[role, f"{subject}{'+' * len(self._links) if fresh else ''}"] = link
        return link

    async def close_link(self, link: Link) -> None:
        """A terminal goes away."""
        await link.__aexit__()

    async def ask(self, role: str, subject: str, name: str, **payload: Any) -> dict[str, Any]:
        return await (await self.link(role, subject)).ask(name, payload)

    async def chair(self, name: str, **payload: Any) -> dict[str, Any]:
        return await self.ask("chair", "", name, **payload)

    async def seat(self, number: str, name: str, **payload: Any) -> dict[str, Any]:
        return await self.ask("delegate", number, name, **payload)

    async def refusal(self, request: Awaitable[object]) -> Refusal:
        """The refusal of a request that must be refused."""
        with pytest.raises(Refused) as refused:
            await request
        return refused.value.refusal

    async def reconnected(self, *who: tuple[str, str]) -> None:
        """Wait until these (all) connections were lost and made again, and have their snapshot."""
        for key in who or tuple(self._links):
            link, before = self._links[key], self._seen.get(key, 1)
            link.changed.clear()
            while link.connections <= before or link.follower.seq is None or link.me is None:
                await asyncio.wait_for(link.next_change(), SECONDS)
                link.changed.clear()
            self._seen[key] = link.connections

    # --- what they see ---

    async def until(self, reached: Callable[[ConsoleView], bool]) -> ConsoleView:
        return await (await self.link("chair")).until(ConsoleView, reached, SECONDS)

    async def until_state(self, poll: str, *states: PollState) -> ConsoleView:
        return await self.until(lambda view: poll in view.hall.polls and view.hall.polls[poll].state in states)

    async def until_mine(self, number: str, poll: str, reached: Callable[[MyPoll], bool]) -> MyPoll:
        link = await self.link("delegate", number)
        while True:
            link.changed.clear()
            mine = link.me.polls.get(poll) if link.me else None
            if mine is not None and reached(mine):
                return mine
            await asyncio.wait_for(link.next_change(), SECONDS)

    async def receipt_of(self, number: str, poll: str) -> dict[str, Any]:
        mine = await self.until_mine(number, poll, lambda mine: mine.receipt is not None)
        receipt: dict[str, Any] = msgspec.to_builtins(mine.receipt)
        return receipt

    async def election(self, poll: str) -> Election:
        link = await self.link("chair")
        setup = msgspec.json.decode(await link.get(f"/api/polls/{poll}/setup"), type=PollSetup)
        return Election.parse(setup.election.encode())

    # --- what they do ---

    async def sign_in(self, numbers: Sequence[str]) -> None:
        await asyncio.gather(*(self.seat(number, "sign_in") for number in numbers))

    async def hold_ceremony(self) -> None:
        scrutineers = self.plan.scrutineers
        plan = c.CeremonyPlan(self.plan.group, tuple(s.name for s in scrutineers), self.plan.threshold)
        certificates: list[Any] = []
        dealings: list[Any] = []
        for s in scrutineers:
            self.shares[s.index], message = c.start_share(plan, s.index, RNG)
            certificates.append(message)
            await self._post(s.index, 1, message)
        for s in scrutineers:
            self.shares[s.index], message = c.deal_shares(plan, self.shares[s.index], certificates, RNG)
            dealings.append(message)
            await self._post(s.index, 2, message)
        for s in scrutineers:
            self.shares[s.index], message = c.finish_share(plan, self.shares[s.index], certificates, dealings, RNG)
            await self._post(s.index, 3, message)
        await self.until(lambda view: view.ceremony_complete)

    async def _post(self, index: int, round_: int, message: Any) -> None:
        text = json.dumps(message, ensure_ascii=False)
        await self.ask("scrutineer", str(index), "post_ceremony", round=round_, message=text)

    async def register(self, poll: str, numbers: Sequence[str]) -> None:
        group = group_by_name(self.plan.group)
        for number in numbers:
            credential = self.credentials[poll, number] = make_credential(group, RNG)
            await self.seat(number, "register_credential", poll=poll, credential=credential.public)

    async def open(self, poll: str, numbers: Sequence[str]) -> Election:
        """Prepare, register these delegates, open."""
        await self.chair("prepare_poll", poll=poll)
        await self.register(poll, numbers)
        await self.chair("open_poll", poll=poll, no_kin=True)
        return await self.election(poll)

    async def ballot(self, poll: str, number: str, choices: Sequence[int], **changes: Any) -> str:
        """The ballot of this delegate; changes: fields of the election that its maker lies about."""
        election = dataclasses.replace(await self.election(poll), **changes)
        return make_ballot(election, self.credentials[poll, number], choices, RNG).decode()

    async def send(self, poll: str, number: str, ballot: str) -> str:
        link = await self.link("delegate", number)
        return (await link.request(CastRequest(poll=poll, ballot=ballot))).tracker

    async def cast(self, poll: str, number: str, *choices: int) -> str:
        """Cast and wait for the receipt; the tracker."""
        tracker = await self.send(poll, number, await self.ballot(poll, number, choices))
        assert (await self.receipt_of(number, poll))["tracker"] == tracker
        self.choices[poll, number] = choices
        return tracker

    def expected(self, poll: str) -> list[int]:
        """Votes per option of all ballots that were cast."""
        cast = [choices for (of, _), choices in self.choices.items() if of == poll]
        return [sum(votes) for votes in zip(*cast, strict=True)]

    async def finish(self, poll: str, indices: Sequence[int] = (1, 3)) -> list[int]:
        """Close, count, confirm, announce; the announced votes per option in the poll's order."""
        await self.chair("close_poll", poll=poll)
        await self.until_state(poll, PollState.SEALED)
        for index in indices:
            await self.release(poll, index)
        await self.until_state(poll, PollState.COUNTED)
        await self.ask("scrutineer", "1", "confirm_count", poll=poll)
        await self.chair("announce_result", poll=poll)
        view = await self.until_state(poll, PollState.ANNOUNCED)
        result = view.hall.polls[poll].result
        assert result is not None
        return [result.count.votes[option.id] for option in view.hall.polls[poll].options]

    async def release(self, poll: str, index: int) -> None:
        link = await self.link("scrutineer", str(index))
        await link.until(ScrutineerView, lambda view: view.hall.polls[poll].state is PollState.SEALED, SECONDS)
        texts = [record["text"] for record in json.loads(await link.get(f"/api/polls/{poll}/board"))["records"]]
        event = next(i for i, text in enumerate(texts) if '"type":"EncryptedTally"' in text)
        sealed = texts[event - 2]  # between them stands its size
        decryption = partial_decrypt(await self.election(poll), self.shares[index], sealed.encode(), RNG)
        await link.request(ReleaseDecryptionRequest(poll=poll, decryption=decryption.decode()))

    async def get(self, path: str) -> tuple[int, bytes]:
        """GET without a login: what the public sees."""
        async with (await self._session()).get(self.server.url + path) as answer:
            return answer.status, await answer.read()

    async def post(self, path: str, body: Any) -> tuple[int, dict[str, Any]]:
        async with (await self._session()).post(self.server.url + path, json=body) as answer:
            return answer.status, await answer.json()

    async def headers(self, path: str) -> dict[str, str]:
        async with (await self._session()).get(self.server.url + path) as answer:
            return dict(answer.headers)


@contextlib.contextmanager
def sitting(
    directory: Path, plan: SittingPlan, tls: Sequence[Path] = (), options: Sequence[str] = ()
) -> Iterator[Hall]:
    """A server on a fresh data directory, and its hall. tls: the files of a certificate and its key."""
    server = ServerProcess(directory, plan, tls)
    server.start(*options)
    try:
        with asyncio.Runner() as runner:
            hall = Hall(server, runner)
            try:
                yield hall
            finally:
                runner.run(hall.close_links())
    finally:
        server.stop()
