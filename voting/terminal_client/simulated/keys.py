"""The keys that a scrutineer's terminal knows for itself, and holds every poll against as soon as it is open."""

import json
from typing import Any, NamedTuple

from voting.sitting.alarms import Alarm
from voting.tally.ballots.terms import stated_server_key
from voting.tally.errors import TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.trustees.ceremony import CeremonyPlan, assemble_trustees
from voting.tally.trustees.document import Trustees
from voting.tally.trustees.private_share import PrivateShare
from voting.terminal_client.simulated.crypto import Setup, TerminalDistrust, check_setup
from voting.wire.views import ScrutineerView


class OwnKeys(NamedTuple):
    """What a scrutineer's terminal knows: the trustees document that it assembled itself, and the key of receipts."""

    trustees: bytes
    server_key: str


def own_keys(trustees: bytes, share: PrivateShare | None, server_key: str) -> OwnKeys:
    """The keys to keep from the end of the ceremony on.

    share: this scrutineer's, whose key must stand in its place; None on a device that does not hold it. Raises
    TerminalDistrust.
    """
    if share is not None:
        group = group_by_name(share.group)
        key = group.encode(group.secret_power_g(share.decryption_in(group)))
        if Trustees.parse(group, trustees).verification_key(share.index) != key:
            raise TerminalDistrust("this scrutineer's own key is not part of the one that was made")
    return OwnKeys(trustees, server_key)


def check_opening(setup: Setup, fingerprint: str, own: OwnKeys) -> Alarm | None:
    """What is wrong with what a poll was opened with, by what this terminal knows for itself; None where nothing is."""
    try:
        election, _ = check_setup(setup, fingerprint)
    except (TerminalDistrust, TallyError):
        return Alarm.SETUP
    if not election.recorded and setup.trustees != own.trustees:
        return Alarm.KEY
    return Alarm.SERVER_KEY if stated_server_key(election.description) != own.server_key else None


class ShownCeremony:
    """The ceremony as one view shows it: round -> scrutineer -> message."""

    def __init__(self, view: ScrutineerView) -> None:
        names = tuple(person.name for person in sorted(view.scrutineers, key=lambda person: person.index))
        self.plan = CeremonyPlan(group=view.hall.group, names=names, threshold=view.threshold)
        self.messages = {
            number: {int(index): json.loads(text) for index, text in view.messages.get(str(number), {}).items()}
            for number in (1, 2, 3)
        }

    def complete(self, round_number: int) -> bool:
        return len(self.messages[round_number]) == self.plan.size

    def ordered(self, round_number: int) -> list[dict[str, Any]]:
        return [self.messages[round_number][index] for index in sorted(self.messages[round_number])]

    def trustees(self) -> bytes:
        return assemble_trustees(self.plan, self.ordered(1), self.ordered(2), self.ordered(3))
