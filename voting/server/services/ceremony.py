"""The scrutineers' key ceremony: the server carries their messages, checks what is public, assembles the key."""

from collections.abc import Mapping
from typing import Any

import msgspec

from voting.congress.refusal import refuse
from voting.server.proofs.port import Prover
from voting.server.services.ledger import Ledger
from voting.server.services.refusing import checks
from voting.sitting.commands import CompleteCeremony, PostCeremonyMessage
from voting.sitting.events import SittingPlan
from voting.sitting.machine import Sitting
from voting.sitting.refusals import ChamberRefusal
from voting.tally.trustees.ceremony import CeremonyPlan

CERTIFICATES, DEALINGS, VERIFICATION_KEYS = 1, 2, 3


def ceremony_plan(plan: SittingPlan) -> CeremonyPlan:
    """Names in the order of the scrutineers' indices."""
    ordered = sorted(plan.scrutineers, key=lambda s: s.index)
    return CeremonyPlan(group=plan.group, names=tuple(s.name for s in ordered), threshold=plan.threshold)


class CeremonyService:
    """Rounds of messages, checked before they are kept."""

    def __init__(self, ledger: Ledger, workers: Prover) -> None:
        self._ledger = ledger
        self._workers = workers

    def post(self, scrutineer: int, round_: int, text: str) -> None:
        """Keep a scrutineer's message of this round. Raises Refused."""
        command = PostCeremonyMessage(round=round_, scrutineer=scrutineer, message=text)
        self._ledger.require(command)
        with checks(ChamberRefusal.CEREMONY_MESSAGE_INVALID, round=round_, scrutineer=scrutineer):
            self._check(scrutineer, round_, _parse(text))
        self._ledger.carry_out(command)

    def is_full(self) -> bool:
        """Whether the last round is full but the key not yet assembled."""
        ceremony, plan = self._ledger.decided.ceremony, self._ledger.decided.plan
        posted = ceremony.messages.get(VERIFICATION_KEYS, {})
        return ceremony.keys is None and len(posted) == len(plan.scrutineers)

    def complete(self) -> None:
        """Assemble the joint key from the messages of all rounds."""
        state = self._ledger.decided
        certificates, dealings, keys = (messages_of(state, r) for r in (CERTIFICATES, DEALINGS, VERIFICATION_KEYS))
        plan = ceremony_plan(state.plan)
        trustees, public_key = self._workers.assemble_trustees(plan, certificates, dealings, keys)
        self._ledger.carry_out(CompleteCeremony(trustees=trustees.decode(), public_key=public_key))

    def _check(self, index: int, round_: int, message: Mapping[str, Any]) -> None:
        state = self._ledger.decided
        plan = ceremony_plan(state.plan)
        if round_ == CERTIFICATES:
            self._workers.check_certificate(plan, index, message)
        elif round_ == DEALINGS:
            self._workers.check_dealing(plan, index, messages_of(state, CERTIFICATES), message)
        else:
            certificates, dealings = messages_of(state, CERTIFICATES), messages_of(state, DEALINGS)
            self._workers.check_verification_key(plan, index, certificates, dealings, message)


def messages_of(state: Sitting, round_: int) -> list[dict[str, Any]]:
    """The messages of a round, in the order of the scrutineers."""
    posted = state.ceremony.messages.get(round_, {})
    return [msgspec.json.decode(posted[index], type=dict[str, Any]) for index in sorted(posted)]


def _parse(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError):
        raise refuse(ChamberRefusal.CEREMONY_MESSAGE_INVALID, reason="document_malformed") from None
