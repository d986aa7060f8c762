"""The prover as the services see it: cryptography that is done elsewhere, while the calling greenlet waits."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from voting.server.proofs.functions import Documents, Proof, Rounds
from voting.tally.board.archive import OwnedDocument
from voting.tally.trustees.ceremony import CeremonyPlan

Message = Mapping[str, Any]


class Prover(ABC):
    """Methods raise voting.tally.errors.TallyError as the tally function they stand for does, and KeyError for a poll
    that nobody loaded. Implementations say how `load_poll` and `call` are carried out, and what else may fail.
    """

    @abstractmethod
    def load_poll(self, poll: str, election: bytes, trustees: bytes, credentials: bytes) -> None:
        """Remember an open poll's documents. Raises ValueError when others are known under this name."""

    @abstractmethod
    def call(self, proof: Proof, *arguments: bytes, poll: str | None = None) -> Documents:
        """Carry out functions.perform for a poll that was loaded, or for the ceremony."""

    def check_ballot(self, poll: str, raw: bytes) -> None:
        """Membership, signature and every proof of a ballot."""
        self.call(Proof.CHECK_BALLOT, raw, poll=poll)

    def check_shuffle(self, poll: str, owner: int, encrypted_tally: bytes, shuffle: OwnedDocument) -> bytes:
        """Scrutineer `owner`'s (from 1) signed shuffle of `encrypted_tally`; what it leaves for the next one, or to be
        decrypted.
        """
        (left,) = self.call(Proof.CHECK_SHUFFLE, _number(owner), encrypted_tally, *shuffle, poll=poll)
        return left

    def check_decryption(self, poll: str, owner: int, encrypted_tally: bytes, raw: bytes) -> None:
        """Scrutineer `owner`'s (from 1) partial decryption of the encrypted sum, or of what the shuffles left."""
        self.call(Proof.CHECK_DECRYPTION, _number(owner), encrypted_tally, raw, poll=poll)

    def sum_ballots(self, poll: str, ballots: Sequence[bytes]) -> bytes:
        """The encrypted tally's archived JSON."""
        (document,) = self.call(Proof.SUM_BALLOTS, *ballots, poll=poll)
        return document

    def compute_result(
        self, poll: str, encrypted_tally: bytes, n_ballots: int, decryptions: Mapping[int, bytes]
    ) -> bytes:
        """The result's archived JSON, from checked decryptions by owner."""
        owned = (part for owner, raw in decryptions.items() for part in (_number(owner), raw))
        (document,) = self.call(Proof.COMPUTE_RESULT, encrypted_tally, _number(n_ballots), *owned, poll=poll)
        return document

    def check_certificate(self, plan: CeremonyPlan, index: int, message: Message) -> None:
        """Round 1 of the ceremony."""
        self.call(Proof.CHECK_CERTIFICATE, _rounds(plan), _number(index), _text(message).encode())

    def check_dealing(self, plan: CeremonyPlan, index: int, certificates: Sequence[Message], message: Message) -> None:
        """Round 2 of the ceremony (its public part)."""
        self.call(Proof.CHECK_DEALING, _rounds(plan, certificates), _number(index), _text(message).encode())

    def check_verification_key(
        self,
        plan: CeremonyPlan,
        index: int,
        certificates: Sequence[Message],
        dealings: Sequence[Message],
        message: Message,
    ) -> None:
        """Round 3 of the ceremony; n-of-n form: with empty certificates and dealings."""
        rounds = _rounds(plan, certificates, dealings)
        self.call(Proof.CHECK_VERIFICATION_KEY, rounds, _number(index), _text(message).encode())

    def assemble_trustees(
        self,
        plan: CeremonyPlan,
        certificates: Sequence[Message],
        dealings: Sequence[Message],
        verification_keys: Sequence[Message],
    ) -> tuple[bytes, str]:
        """The trustees' archived JSON, all its checks passed, and the joint public key."""
        rounds = _rounds(plan, certificates, dealings, verification_keys)
        document, public_key = self.call(Proof.ASSEMBLE_TRUSTEES, rounds)
        return document, public_key.decode()


def _number(value: int) -> bytes:
    return str(value).encode()


def _text(message: Message | Sequence[Message]) -> str:
    return json.dumps(message)


def _rounds(plan: CeremonyPlan, *rounds: Sequence[Message]) -> bytes:
    return msgspec.msgpack.encode(Rounds(plan.group, plan.names, plan.threshold, *map(_text, rounds)))
