"""A scrutineer's terminal without a screen: the key ceremony, then shuffles and decryptions, never unchecked.

The private share stays in this object. Before it shuffles or decrypts, the terminal rebuilds the board and the
encrypted sum from the ballots, so that nobody can have a single ballot decrypted (see board.py).
"""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

import msgspec

from voting.congress.law.ruleset import Secrecy
from voting.congress.refusal import Refused
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.tally.board.agreement import signatures_needed
from voting.tally.trustees.ceremony import deal_shares, finish_share, start_share, start_single
from voting.tally.trustees.private_share import PrivateShare
from voting.terminal_client.simulated.board import Agreement, Known, Records, release, shuffle, shuffle_hash, sign
from voting.terminal_client.simulated.checks import BallotChecks
from voting.terminal_client.simulated.crypto import Setup, TerminalDistrust, random_bytes
from voting.terminal_client.simulated.hands import HandCounter
from voting.terminal_client.simulated.keys import OwnKeys, ShownCeremony, check_opening, own_keys
from voting.terminal_client.simulated.link import Link, LinkLost
from voting.wire.declared import AnyRequest
from voting.wire.polls import PollView
from voting.wire.record import BoardRecords, PollSetup
from voting.wire.requests import (
    CompareClosedHeadRequest,
    ConfirmCountRequest,
    PostCeremonyRequest,
    PostShuffleRequest,
    RaiseAlarmRequest,
    ReleaseDecryptionRequest,
    SignClosedBoardRequest,
)
from voting.wire.views import ScrutineerView

RETRY_SECONDS = 1.0
OTHERS_WERE_ENOUGH = frozenset(
    {ChamberRefusal.POLL_NOT_SEALED, ChamberRefusal.DECRYPTIONS_COMPLETE, ChamberRefusal.DECRYPTION_REPEATED}
)
SHUFFLED_MEANWHILE = frozenset(
    {
        ChamberRefusal.SHUFFLE_OVERTAKEN,
        ChamberRefusal.SHUFFLES_COMPLETE,
        ChamberRefusal.SHUFFLE_REPEATED,
        ChamberRefusal.POLL_NOT_SEALED,
    }
)
OPENED = frozenset({PollState.OPEN, PollState.CLOSED, PollState.SEALED, PollState.COUNTED, PollState.CONFIRMED})
PAST_ALARMS = frozenset({ChamberRefusal.POLL_NOT_OPEN, ChamberRefusal.POLL_ALREADY_ENDED})
SIGNED_TOO_LATE = frozenset({ChamberRefusal.POLL_NOT_SEALED})
ALREADY_DONE = frozenset({ChamberRefusal.POLL_NOT_COUNTED, ChamberRefusal.POLL_ALREADY_ENDED})


@dataclass
class SimulatedScrutineer:
    """One scrutineer. ``checks``: shared with the others of this program.

    ``releases``: whether this one shuffles and decrypts (as many as the threshold asks for are enough); everyone checks
    the closed board and signs it. ``signed`` is kept as a device's storage is: election's uuid -> signature made here.
    ``keys``: what this one knows from the ceremony, kept too; nothing of it is taken from the server's view again.
    ``compares``: whether this scrutineer compares the closed head with the hall screen aloud, rather than wait for more
    signatures. ``on_step`` hears of "ceremony", and with the poll's id of "shuffled", "released" and "confirmed".
    """

    link: Link
    pool: Executor
    checks: BallotChecks
    releases: bool = True
    on_step: Callable[[str, str], None] = lambda *_: None
    hands: HandCounter | None = None
    share: PrivateShare | None = None
    acknowledged: set[int] = field(default_factory=set)
    posted: dict[int, str] = field(default_factory=dict)  # a message lost on the way is sent again, not made anew
    checked_ballots: dict[str, int] = field(default_factory=dict)
    shuffled: set[str] = field(default_factory=set)
    compares: bool = False
    signed: dict[str, str] = field(default_factory=dict)
    keys: OwnKeys | None = None
    server_key: str = ""
    opened: set[str] = field(default_factory=set)  # polls whose setup was looked at
    made: dict[str, set[str]] = field(default_factory=dict)  # poll -> hashes of the shuffles made here

    async def run(self) -> None:
        """Act until cancelled. Raises TerminalDistrust, TallyError or Refused."""
        async with self.link:
            while True:
                self.link.changed.clear()
                view = self.link.view(ScrutineerView)
                try:
                    if view is not None and self.link.me is not None:
                        await self._step(view, int(self.link.me.subject))
                except LinkLost:
                    self.link.look_again(RETRY_SECONDS)
                await self.link.next_change()

    async def _step(self, view: ScrutineerView, index: int) -> None:
        self.server_key = self.server_key or view.hall.server_key
        if view.trustees is None:
            await self._take_part(ShownCeremony(view), index)
            return
        keys = self._own_keys(view)
        await self._look_at_openings(view, keys)
        if self.hands is not None:
            await self.hands.act(self.link, view, index)
        for poll in view.hall.polls.values():
            if poll.state is PollState.SEALED and poll.secrecy is Secrecy.SECRET and not poll.stays_shut:
                await self._sign(view, poll, index)
                if self.releases:
                    await self._open_up(view, poll, index)
            elif poll.state is PollState.COUNTED and self._is_chief(view, index):
                await self._confirm(poll)

    # --- the key ---

    async def _take_part(self, ceremony: ShownCeremony, index: int) -> None:
        plan = ceremony.plan
        for round_number in (3,) if plan.single else (1, 2, 3):
            if index in ceremony.messages[round_number] or round_number in self.acknowledged:
                continue
            if round_number > 1 and not plan.single and not ceremony.complete(round_number - 1):
                return
            if round_number not in self.posted:
                self.share, message = self._message(ceremony, round_number, index)
                self.posted[round_number] = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
            request = PostCeremonyRequest(round=round_number, message=self.posted[round_number])
            await self.link.request(request)
            self.acknowledged.add(round_number)
            self.on_step("ceremony", "")
            return

    def _message(self, ceremony: ShownCeremony, round_number: int, index: int) -> tuple[PrivateShare, dict[str, Any]]:
        plan = ceremony.plan
        if plan.single:
            return start_single(plan, index, random_bytes)
        if round_number == 1:
            return start_share(plan, index, random_bytes)
        if self.share is None:
            raise TerminalDistrust(f"scrutineer {index} began the ceremony on another terminal")
        certificates = ceremony.ordered(1)
        if round_number == 2:
            return deal_shares(plan, self.share, certificates, random_bytes)
        return finish_share(plan, self.share, certificates, ceremony.ordered(2), random_bytes)

    def _own_keys(self, view: ScrutineerView) -> OwnKeys:
        """What was made in the ceremony, put together here once. Raises TerminalDistrust where another is shown."""
        if self.keys is None:
            self.keys = own_keys(ShownCeremony(view).trustees(), self.share, self.server_key)
        shown = (view.trustees or "").encode(), view.hall.server_key
        if shown != self.keys:
            raise TerminalDistrust("the server shows other keys than this terminal knows from the ceremony")
        return self.keys

    async def _look_at_openings(self, view: ScrutineerView, keys: OwnKeys) -> None:
        """What each poll was opened with, once. Raises TerminalDistrust, after an alarm through the server."""
        for poll in view.hall.polls.values():
            if poll.fingerprint is None or poll.state not in OPENED or poll.id in self.opened:
                continue
            setup = msgspec.json.decode(await self.link.get(f"/api/polls/{poll.id}/setup"), type=PollSetup)
            frozen = Setup(setup.election.encode(), setup.trustees.encode(), setup.credentials.encode())
            arguments = (frozen, poll.fingerprint, keys)
            alarm = await asyncio.get_running_loop().run_in_executor(self.pool, check_opening, *arguments)
            if alarm is not None:
                await self._ask(RaiseAlarmRequest(poll=poll.id, alarm=alarm), PAST_ALARMS)
                raise TerminalDistrust(f"poll {poll.id} was opened with what it cannot be: {alarm}")
            self.opened.add(poll.id)

    # --- the count ---

    async def _sign(self, view: ScrutineerView, poll: PollView, index: int) -> None:
        """Rebuild the closed board and sign it, once."""
        given = view.closed_boards.get(poll.id, {}).get(str(index))
        if given is not None:  # also one made at another device: nobody else can make it, and it is checked before use
            self.signed.setdefault(poll.election_uuid or "", given)
        if self.share is None or given is not None:
            return
        arguments = (*await self._board(view, poll, index), self.share.to_json())
        made = await asyncio.get_running_loop().run_in_executor(self.pool, sign, *arguments)
        _compare(poll, made.closed.ballots)
        self.signed[made.uuid] = made.raw  # before it is sent: the server may take it although its answer is lost
        await self._ask(SignClosedBoardRequest(poll=poll.id, signed=made.raw), SIGNED_TOO_LATE)

    async def _agreement(self, view: ScrutineerView, poll: PollView, index: int) -> Agreement | None:
        """Enough signatures, or else the head compared aloud; None while others are waited for."""
        progress = view.progress[poll.id]
        signed = tuple(view.closed_boards.get(poll.id, {}).values())
        if len(signed) >= signatures_needed(len(view.scrutineers), view.threshold):
            return Agreement(signed)
        if not self.compares or poll.closed_head is None:
            return None
        if index not in progress.compared:
            await self._ask(CompareClosedHeadRequest(poll=poll.id, head=poll.closed_head), SIGNED_TOO_LATE)
        return Agreement(signed, compared=poll.closed_head)

    async def _open_up(self, view: ScrutineerView, poll: PollView, index: int) -> None:
        """Shuffle while shuffles are missing, once; decrypt when there are enough."""
        progress = view.progress[poll.id]
        if index in progress.shuffles and poll.id not in self.shuffled:
            self.shuffled.add(poll.id)
            self.on_step("shuffled", poll.id)
        if not poll.shuffled or len(progress.shuffles) >= progress.needed:
            await self._release(view, poll, index)
        elif index not in progress.shuffles:
            await self._shuffle(view, poll, index)

    async def _shuffle(self, view: ScrutineerView, poll: PollView, index: int) -> None:
        if self.share is None:
            return
        arguments = (*await self._board(view, poll, index), self.share.to_json())
        made = await asyncio.get_running_loop().run_in_executor(self.pool, shuffle, *arguments)
        if made is None:
            return  # the view lags behind the board
        _compare(poll, made.ballots)
        self.made.setdefault(poll.id, set()).add(shuffle_hash(made.raw))
        request = PostShuffleRequest(poll=poll.id, position=made.position, shuffle=made.raw, owned=made.owned)
        await self._ask(request, SHUFFLED_MEANWHILE)
        self.link.look_again(0)  # where another one was faster, build on that shuffle

    async def _release(self, view: ScrutineerView, poll: PollView, index: int) -> None:
        if poll.id in self.checked_ballots or self.share is None:
            return
        agreement = await self._agreement(view, poll, index)
        if agreement is None:
            return
        arguments = (*await self._board(view, poll, index), self.share.to_json(), agreement)
        count, decryption = await asyncio.get_running_loop().run_in_executor(self.pool, release, *arguments)
        _compare(poll, count)
        request = ReleaseDecryptionRequest(poll=poll.id, decryption=decryption)
        await self._ask(request, OTHERS_WERE_ENOUGH)
        self.checked_ballots[poll.id] = count
        self.on_step("released", poll.id)

    async def _board(self, view: ScrutineerView, poll: PollView, index: int) -> tuple[Records, Known]:
        """The board as published, and what this terminal holds against it."""
        board = msgspec.json.decode(await self.link.get(f"/api/polls/{poll.id}/board"), type=BoardRecords)
        records = [(record.kind, record.text) for record in board.records]
        fingerprint = poll.fingerprint or ""
        signers = await self.checks.signers(records, fingerprint)
        made = frozenset(self.made.get(poll.id, ()))
        return records, Known(fingerprint, self._own_keys(view).trustees, index, signers, made, dict(self.signed))

    async def _confirm(self, poll: PollView) -> None:
        checked = self.checked_ballots.get(poll.id)
        by_hand = poll.result.count.by_hand if poll.result is not None else 0
        if checked is not None and poll.returned != checked + by_hand:
            raise TerminalDistrust(f"poll {poll.id}: {checked} ballots were checked, {poll.returned} are counted")
        await self._ask(ConfirmCountRequest(poll=poll.id), ALREADY_DONE)
        self.on_step("confirmed", poll.id)

    async def _ask(self, request: AnyRequest, settled: frozenset[ChamberRefusal]) -> None:
        try:
            await self.link.request(request)
        except Refused as refused:
            if refused.refusal.code not in settled:
                raise

    @staticmethod
    def _is_chief(view: ScrutineerView, index: int) -> bool:
        return any(person.chief and person.index == index for person in view.scrutineers)


def _compare(poll: PollView, checked: int) -> None:
    """Raise TerminalDistrust unless as many ballots were checked as the hall is told."""
    if poll.returned is not None and poll.returned != checked:
        raise TerminalDistrust(f"poll {poll.id}: {checked} ballots are on the board, {poll.returned} are announced")
