"""The sitting's services, joined: what a request asks for, carried out durably or refused."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from voting.congress.law.ruleset import Ruleset
from voting.congress.refusal import refuse
from voting.record.published import PublishedBoards
from voting.server.http.access import Principal
from voting.server.log import Log
from voting.server.proofs.port import Prover
from voting.server.services.admissions import AdmissionsService
from voting.server.services.ballots import BallotsService
from voting.server.services.ceremony import CeremonyService
from voting.server.services.clerk import Clerk
from voting.server.services.hands import HandsService
from voting.server.services.ledger import Ledger, OnCommit
from voting.server.services.planning import PlanningService
from voting.server.services.polls import PollsService
from voting.sitting.commands import (
    AcceptRollback,
    CallItem,
    Command,
    RecordDeparture,
    RecordLeave,
    SignIn,
    SignInObserver,
)
from voting.sitting.events import SittingPlan
from voting.sitting.machine import Sitting
from voting.storage.journal.group_commit import Journal, JournalRow
from voting.tally.groups.choice import Rng
from voting.wire.refusals import WireRefusal
from voting.wire.roles import Role


class Surroundings(msgspec.Struct, frozen=True):
    """What the outside world gives the service. clock: Unix ms; rng: the system's randomness.

    server_key: the public half (hex) of the key that signs receipts and counts. free_bytes: left on the disk of the
    data. rulebooks: the rules that polls added during the sitting may adopt, by name. code_mac: what is stored of a
    code. last_alive: until when the server before this one was alive, by its clock (Unix ms); 0 where nobody knows.
    """

    open_journal: Callable[[OnCommit], Journal]
    workers: Prover
    clock: Callable[[], int]
    rng: Rng
    free_bytes: Callable[[], int]
    log: Log
    server_key: str
    code_mac: Callable[[str], str]
    rulebooks: Mapping[str, Ruleset] = {}
    last_alive: int = 0


class SittingService:
    """One sitting, resumed from its journal or convened from `plan`.

    Raises PlanInvalid, PlanDiffers, JournalBroken, JournalTooNew or BoardDiffers when it cannot be.
    """

    def __init__(self, plan: SittingPlan, around: Surroundings) -> None:
        self._ledger = ledger = Ledger(around.open_journal, around.clock)
        self._last_alive = around.last_alive
        self.boards = PublishedBoards(lambda: ledger.boards, lambda: ledger.committed)
        self.polls = PollsService(ledger, around.workers, around.rng, around.server_key, around.free_bytes)
        self.ballots = BallotsService(ledger, around.workers)
        self.ceremony = CeremonyService(ledger, around.workers)
        self.hands = HandsService(ledger, around.free_bytes)
        self.admissions = AdmissionsService(ledger, around.code_mac)
        self.planning = PlanningService(ledger, around.rulebooks)
        services = (self.polls, self.ballots, self.ceremony)
        self._clerk = Clerk(ledger, around.workers, services, around.log)
        ledger.begin(plan)
        ledger.listen(self._clerk.on_commit)
        self._clerk.resume(self.reached)

    @property
    def journal(self) -> Journal:
        """Asked by whoever watches its health."""
        return self._ledger.journal

    @property
    def head(self) -> tuple[int, str]:
        """(number, hash) of the row that `sitting` reaches."""
        return self._ledger.head

    @property
    def reached(self) -> int:
        """Until when the server that held this sitting before was alive, by its clock (Unix ms); 0 when none was."""
        return max(self._ledger.reached, self._last_alive)

    @property
    def sitting(self) -> Sitting:
        """The committed state: the only one that may leave the server."""
        return self._ledger.committed

    def listen(self, listener: Callable[[Sequence[JournalRow]], None]) -> None:
        """Call `listener` after each commit, when `sitting` already shows it."""
        self._ledger.listen(listener)

    def stop(self) -> None:
        """Finish what is being written and let go of the journal."""
        self._clerk.stop()
        self._ledger.journal.close()

    def sign_in(self, who: Principal) -> None:
        """A delegate or observer signs in at the seat. Raises Refused."""
        self._carry_out(_sign_in(who.role, who.subject, by_desk=False))

    def sign_in_for(self, person: str) -> None:
        """The desk signs in a delegate or observer by number. Raises Refused."""
        is_observer = self.sitting.plan.roster.observer(person) is not None
        self._carry_out(_sign_in(Role.OBSERVER if is_observer else Role.DELEGATE, person, by_desk=True))

    def record_leave(self, delegate: str) -> None:
        """Leave is approved. Raises Refused."""
        self._carry_out(RecordLeave(delegate=delegate))

    def record_departure(self, delegate: str) -> None:
        """A delegate leaves during the sitting. Raises Refused."""
        self._carry_out(RecordDeparture(delegate=delegate))

    def accept_rollback(self, mark: int, mark_hash: str) -> None:
        """The operator goes on from a record that does not reach this mark; 0 and "" where the mark was lost."""
        self._carry_out(AcceptRollback(row=self._ledger.head[0], mark=mark, mark_hash=mark_hash))

    def call_item(self, item: str) -> None:
        """The chair calls an agenda item. Raises Refused."""
        self._carry_out(CallItem(item=item))

    def _carry_out(self, command: Command) -> None:
        self._ledger.carry_out(command)


def _sign_in(role: Role, person: str, by_desk: bool) -> Command:
    if role is Role.OBSERVER:
        return SignInObserver(observer=person, by_desk=by_desk)
    return SignIn(delegate=person, by_desk=by_desk)


def scrutineer_index(who: Principal) -> int:
    """The index of this scrutineer. Raises Refused for anybody else."""
    if who.role is not Role.SCRUTINEER:
        raise refuse(WireRefusal.NOT_YOUR_ROLE, role=who.role.value)
    return int(who.subject)


def chief_index(who: Principal) -> int | None:
    """The scrutineer who asks or confirms beside the chair; None for the chair."""
    return scrutineer_index(who) if who.role is Role.SCRUTINEER else None
