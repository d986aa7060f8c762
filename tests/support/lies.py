"""Servers that lie, each in one way that an operator could: what terminals are to find out over the wire.

Each lie is told in the server's own process, after its modules are loaded and before it serves.
"""

import secrets
from types import ModuleType
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting.record import boards
from voting.server.http import api
from voting.server.services import persons, public_record
from voting.server.services.ceremony import CeremonyService
from voting.sitting.commands import CompleteCeremony
from voting.sitting.state import Keys
from voting.storage.server_key import ReceiptSigner
from voting.tally.trustees.ceremony import CeremonyPlan, assemble_trustees, start_single


def _put(place: ModuleType | type, name: str, value: Any) -> None:
    setattr(place, name, value)


def _honest(place: ModuleType, name: str) -> Any:
    return vars(place)[name]


def _own_keys() -> Keys:
    """A key of which the server has the secret, and a trustees document in which everything holds."""
    plan = CeremonyPlan("Ed25519", ("示例",), 1)
    _, message = start_single(plan, 1, secrets.token_bytes)
    trustees = assemble_trustees(plan, [], [], [message])
    return Keys(trustees.decode(), message["public_key"]["public_key"])


def _polls_to_another_key() -> None:
    """Every secret poll is opened with a key of the server's own; the hall is shown the scrutineers'."""
    made = _own_keys()
    for module in (boards, public_record):
        _put(module, "keys_of", lambda _state: made)


def _a_key_nobody_made() -> None:
    """What comes out of the ceremony is the server's own key, everywhere and from the first view on."""
    made = _own_keys()

    def complete(self: CeremonyService) -> None:
        self._ledger.carry_out(CompleteCeremony(trustees=made.trustees, public_key=made.public_key))

    _put(CeremonyService, "complete", complete)


def _receipts_by_another_key() -> None:
    """Receipts are signed with a throw-away key, which can be denied later."""
    signer, honest = ReceiptSigner(Ed25519PrivateKey.generate()), _honest(persons, "make_receipt")

    def make(**fields: Any) -> dict[str, Any]:
        made: dict[str, Any] = honest(**{**fields, "server_key": signer.public_hex, "sign": signer.sign})
        return made

    _put(persons, "make_receipt", make)


def _polls_that_state_another_receipt_key() -> None:
    """Polls state a key of receipts that is not the one shown in the hall."""
    honest = _honest(public_record, "description_of")
    _put(public_record, "description_of", lambda *given, **named: honest(*given, **{**named, "server_key": "0" * 64}))


def _polls_held_to_fewer_laws() -> None:
    """Polls claim no format of ours: their records would need neither whole proofs nor signed shuffles."""
    honest = _honest(public_record, "description_of")
    weaker = ('"format":2', '"format":1')
    _put(public_record, "description_of", lambda *given, **named: honest(*given, **named).replace(*weaker))


def _a_closed_board_without_a_ballot() -> None:
    """What is published of a closed board is short of its last ballot."""
    honest = _honest(api, "BoardTrackers")
    _put(api, "BoardTrackers", lambda trackers: honest(trackers[:-1]))


LIES = {
    "polls to another key": _polls_to_another_key,
    "a key nobody made": _a_key_nobody_made,
    "receipts by another key": _receipts_by_another_key,
    "polls that state another receipt key": _polls_that_state_another_receipt_key,
    "polls held to fewer laws": _polls_held_to_fewer_laws,
    "a closed board without a ballot": _a_closed_board_without_a_ballot,
}
