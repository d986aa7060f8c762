"""Codes and tokens that are taken back at the console: in the journal, so that no start of the server revives them."""

from collections.abc import Callable, Iterator, Sequence

from voting.congress.refusal import refuse
from voting.server.http.access import Access, Principal
from voting.server.services.codes import Badge, fresh_code
from voting.server.services.ledger import Ledger
from voting.sitting import events as e
from voting.sitting.commands import LogOutEverywhere, ReplaceCode
from voting.sitting.machine import Sitting
from voting.storage.journal.chain import JournalRow
from voting.wire.refusals import WireRefusal
from voting.wire.roles import ROLES, Holder, Role

REVOCABLE = frozenset(Role) - {Role.CHAIR, Role.PUBLIC}
"""Whom the console may shut out; it cannot shut out itself."""


class AdmissionsService:
    """Gives new codes and takes tokens back. address: how terminals reach the server; set when it is known."""

    def __init__(self, ledger: Ledger, code_mac: Callable[[str], str]) -> None:
        self._ledger = ledger
        self._code_mac = code_mac
        self.address = ""

    def new_code(self, who: Principal) -> Badge:
        """A badge that replaces this person's; it is shown once and kept nowhere. Raises Refused."""
        badge = Badge(who.role, self._holder(who), fresh_code(who.role, set()))
        mac = self._code_mac(badge.code)
        self._ledger.carry_out(ReplaceCode(role=who.role.value, subject=who.subject, code_mac=mac))
        return badge

    def log_out_everywhere(self, who: Principal) -> None:
        """Every terminal of this person has to log in again. Raises Refused."""
        self._holder(who)
        self._ledger.carry_out(LogOutEverywhere(role=who.role.value, subject=who.subject))

    def _holder(self, who: Principal) -> Holder:
        """Whom the console may shut out. Raises Refused for everybody else."""
        holders = ROLES[who.role].holders(self._ledger.committed.plan) if who.role in REVOCABLE else ()
        for holder in holders:
            if holder.subject == who.subject:
                return holder
        raise refuse(WireRefusal.PERSON_UNKNOWN, role=who.role.value, subject=who.subject)


def generation_in(sitting: Sitting, who: Principal) -> int:
    """The generation of this principal's tokens that is good."""
    return sitting.admission(who.role.value, who.subject).generation


def replaced(sitting: Sitting) -> frozenset[Principal]:
    """Whose code is no longer that of the badge they were given first."""
    return frozenset(who for who, _ in _codes_given(sitting))


def follow_codes(access: Access, sitting: Sitting) -> None:
    """Let the codes in that replaced those of badges before this start of the server."""
    for who, code_mac in _codes_given(sitting):
        access.replace(who, code_mac)


def _codes_given(sitting: Sitting) -> Iterator[tuple[Principal, str]]:
    for role, people in sitting.admissions.items():
        for subject, admission in people.items():
            if admission.code_mac is not None:
                yield Principal(Role(role), subject), admission.code_mac


def shut_out(rows: Sequence[JournalRow]) -> tuple[Principal, ...]:
    """Whose tokens these rows took back."""
    return tuple(who for row in rows if (who := _shut_out_by(row.event)) is not None)


def _shut_out_by(event: e.AnyEvent) -> Principal | None:
    match event:
        case e.CodeReplaced(role=role, subject=subject) | e.LoggedOutEverywhere(role=role, subject=subject):
            return Principal(Role(role), subject)
        case e.DelegateDeparted(delegate=number):
            return Principal(Role.DELEGATE, number)
        case _:
            return None
