"""A delegate's terminal without a screen: signs in, gets ready, votes as told, keeps the receipt.

It acts on nothing but what was pushed to it, and each step may be repeated: whatever happens to the line or the server,
the next push leads it on from where the sitting is. A ballot is made once; every later attempt sends the same bytes.
Where the last press counts, a second ballot is made only when the receipt of the first one is kept.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field

import msgspec

from voting.congress.law.question import Medium
from voting.congress.refusal import Refused
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.tally.ballots.ballot import tracker_of
from voting.tally.ballots.credential import SigningCredential, make_credential
from voting.tally.board.closing import check_on_closed_board
from voting.tally.groups.choice import group_by_name
from voting.terminal_client.simulated.crypto import (
    SeatKeys,
    Setup,
    TerminalDistrust,
    cast_ballot,
    check_own_receipt,
    random_bytes,
)
from voting.terminal_client.simulated.link import Link, LinkLost
from voting.wire.declared import declared
from voting.wire.polls import PollView
from voting.wire.pushed import Me, Receipt
from voting.wire.record import BoardTrackers, PollSetup
from voting.wire.requests import CastRequest, RegisterCredentialRequest, SignInRequest
from voting.wire.views import SeatView

TOO_LATE = frozenset(
    {
        ChamberRefusal.POLL_NOT_OPEN,
        ChamberRefusal.POLL_NOT_PREPARED,
        ChamberRefusal.NOT_ON_CREDENTIAL_LIST,
        ChamberRefusal.VOTES_ON_PAPER,
    }
)

RETRY_SECONDS = 1.0


class SeatFailed(Exception):
    """A seat could not do what it was told."""

    def __init__(self, delegate: str, poll: str, detail: str) -> None:
        super().__init__(f"seat of delegate {delegate}, poll {poll}: {detail}")


Choice = tuple[str, ...]


@dataclass
class SeatPoll:
    """What this terminal knows of one poll, and no other terminal does.

    ``ballots``: made so far; ``stored``: how many of them the server has acknowledged; ``receipts``: one for each that
    was verified, in the same order. ``choices``: what is to be cast, once the delegate has made up their mind.
    ``closed_head``: of the closed board on which so many receipts were ``found``.
    """

    credential: SigningCredential
    registered: bool = False
    choices: tuple[Choice, ...] | None = None
    ballots: list[bytes] = field(default_factory=list)
    stored: int = 0
    missed: bool = False
    receipts: list[Receipt] = field(default_factory=list)
    closed_head: str | None = None
    found: int = 0


async def at_once(_: str) -> None:
    """The pace of a rehearsal: no delegate hesitates."""


@dataclass
class SimulatedSeat:
    """One delegate. ``choose`` gives the choice in a poll (see voting.record.choices), None for not pressing.

    ``choose_first``: a choice that the delegate casts before it and replaces, where the last press counts.
    ``hesitate`` is awaited with "sign_in" or a poll's id before the delegate acts. ``on_step`` hears of "signed_in",
    "registered", "stored" and "receipt" with the poll's id, for progress bars and drills.
    """

    link: Link
    choose: Callable[[PollView], Choice | None]
    pool: Executor
    hesitate: Callable[[str], Awaitable[None]] = at_once
    on_step: Callable[[str, str], None] = lambda *_: None
    choose_first: Callable[[PollView], Choice | None] = lambda _: None
    polls: dict[str, SeatPoll] = field(default_factory=dict)
    keys: SeatKeys = field(default_factory=SeatKeys)
    signed_in: bool = False

    async def run(self) -> None:
        """Take part until cancelled. Raises SeatFailed, TerminalDistrust or TallyError."""
        async with self.link:
            while True:
                self.link.changed.clear()
                try:
                    await self._step()
                except LinkLost:
                    self.link.look_again(RETRY_SECONDS)
                await self.link.next_change()

    @property
    def receipts(self) -> dict[str, tuple[Receipt, ...]]:
        """Verified receipts by poll: one for every ballot, replaced ones included."""
        return {poll: tuple(own.receipts) for poll, own in self.polls.items() if own.receipts}

    async def _step(self) -> None:
        me, view = self.link.me, self.link.view(SeatView)
        if me is None or view is None:
            return
        self.keys = self.keys.seeing(view.hall.key, view.hall.server_key)
        if not self.signed_in:
            await self._sign_in(me)
        for poll in view.hall.polls.values():
            self._keep_receipt(poll, me)
            await self._compare_with_closed_board(poll)
            if poll.medium is Medium.BY_HAND or (poll.id in me.polls and me.polls[poll.id].on_paper):
                continue
            if poll.state is PollState.PREPARED:
                await self._get_ready(poll, view.hall.group)
            elif poll.state is PollState.OPEN:
                await self._vote(poll)

    async def _sign_in(self, me: Me) -> None:
        await self.hesitate("sign_in")
        if not me.signed_in:
            try:
                await self.link.request(SignInRequest())
            except Refused as refused:
                if refused.refusal.code != ChamberRefusal.ALREADY_SIGNED_IN:
                    raise SeatFailed(me.subject, "-", refused.refusal.code) from refused
        self.signed_in = True
        self.on_step("signed_in", "")

    async def _get_ready(self, poll: PollView, group: str) -> None:
        own = self.polls.get(poll.id)
        if own is None:
            own = self.polls[poll.id] = SeatPoll(make_credential(group_by_name(group), random_bytes))
        if own.registered:
            return
        request = RegisterCredentialRequest(poll=poll.id, credential=own.credential.public)
        own.registered = await self._carried_out(request, poll)
        if own.registered:
            self.on_step("registered", poll.id)

    async def _vote(self, poll: PollView) -> None:
        own = self.polls.get(poll.id)
        if own is None or not own.registered or own.missed or len(own.receipts) < own.stored:
            return
        if own.choices is None:
            wanted = (self.choose_first(poll) if poll.last_press_counts else None, self.choose(poll))
            own.choices = tuple(choice for choice in wanted if choice is not None)
        if own.stored == len(own.choices):
            return
        if own.stored == len(own.ballots):
            await self.hesitate(poll.id)
            own.ballots.append(await self._make(poll, own.credential, own.choices[own.stored]))
        request = CastRequest(poll=poll.id, ballot=own.ballots[-1].decode())
        if await self._carried_out(request, poll):
            own.stored = len(own.ballots)
            self.on_step("stored", poll.id)
        else:
            own.missed = True

    async def _make(self, poll: PollView, credential: SigningCredential, choice: Choice) -> bytes:
        setup = msgspec.json.decode(await self.link.get(f"/api/polls/{poll.id}/setup"), type=PollSetup)
        frozen = Setup(setup.election.encode(), setup.trustees.encode(), setup.credentials.encode())
        shown = (poll.kind, poll.secrecy, tuple(option.id for option in poll.options))
        arguments = (frozen, poll.fingerprint or "", self.keys, credential, shown, choice)
        return await asyncio.get_running_loop().run_in_executor(self.pool, cast_ballot, *arguments)

    async def _carried_out(self, request: RegisterCredentialRequest | CastRequest, poll: PollView) -> bool:
        """True when done, False when the poll has moved on meanwhile. Raises SeatFailed for any other refusal."""
        try:
            await self.link.request(request)
        except Refused as refused:
            if refused.refusal.code in TOO_LATE:
                return False
            raise SeatFailed(
                self._subject, poll.id, f"{declared(type(request)).name}: {refused.refusal.code}"
            ) from refused
        return True

    def _keep_receipt(self, poll: PollView, me: Me) -> None:
        own, mine = self.polls.get(poll.id), me.polls.get(poll.id)
        if own is not None and own.receipts and (mine is None or mine.receipt is None):
            raise SeatFailed(me.subject, poll.id, "the server does not return the receipt that this terminal keeps")
        if own is None or mine is None or len(own.receipts) == len(own.ballots):
            return
        if mine.rejected is not None:
            raise SeatFailed(me.subject, poll.id, f"the ballot was rejected: {mine.rejected}")
        if mine.receipt is None or mine.receipt in own.receipts:
            return
        uuid, fingerprint = poll.election_uuid or "", poll.fingerprint or ""
        tracker, server_key = tracker_of(own.ballots[-1]), self.keys.server_key
        check_own_receipt(msgspec.to_builtins(mine.receipt), uuid, fingerprint, tracker, server_key)
        own.receipts.append(mine.receipt)
        own.stored = len(own.ballots)
        self.on_step("receipt", poll.id)

    async def _compare_with_closed_board(self, poll: PollView) -> None:
        """Once no ballot can come any more: every receipt kept here is on the very board that the hall is shown."""
        own = self.polls.get(poll.id)
        if own is None or not own.receipts or poll.closed_head is None:
            return
        if own.closed_head not in (None, poll.closed_head):
            raise TerminalDistrust(f"poll {poll.id}: the hall is shown another closed head than before")
        if own.found < len(own.receipts):
            path = f"/api/polls/{poll.id}/trackers"
            published = msgspec.json.decode(await self.link.get(path), type=BoardTrackers)
            receipts = [msgspec.to_builtins(receipt) for receipt in own.receipts]
            check_on_closed_board(poll.fingerprint or "", poll.closed_head, published.trackers, receipts)
            own.closed_head, own.found = poll.closed_head, len(own.receipts)

    @property
    def _subject(self) -> str:
        return self.link.me.subject if self.link.me is not None else "?"
