"""Proof workers: cryptography off the event loop, in child processes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voting.tally.ceremony import CeremonyPlan


class ProofWorkerFailed(Exception):  # noqa: N818
    """A programmer error in a worker, or a job whose workers died twice."""


class ProofWorkers:
    """`count` child processes; every method but start/stop/load_poll blocks the calling greenlet only.

    Methods raise voting.tally.errors.TallyError exactly as the tally function they stand for, or ProofWorkerFailed.
    """

    def __init__(self, count: int) -> None:
        raise NotImplementedError

    def start(self) -> None:
        """Start the children."""

    def stop(self) -> None:
        """End the children; waiting jobs fail with ProofWorkerFailed."""

    def load_poll(self, key: str, election: bytes, trustees: bytes, credentials: bytes) -> None:
        """Remember an open poll under `key`; each worker reads it once, a restarted one again."""

    def check_ballot(self, key: str, raw: bytes) -> None:
        """Signature, membership and every proof of a ballot of poll `key`."""
        raise NotImplementedError

    def check_decryption(self, key: str, owner: int, encrypted_tally: bytes, raw: bytes) -> None:
        """A scrutineer's partial decryption of the encrypted sum."""
        raise NotImplementedError

    def sum_ballots(self, key: str, ballots: list[bytes]) -> bytes:
        """The encrypted tally's archived JSON."""
        raise NotImplementedError

    def compute_result(
        self, key: str, encrypted_tally: bytes, n_ballots: int, decryptions: dict[int, bytes]
    ) -> tuple[bytes, tuple[int, ...]]:
        """The result's archived JSON and the votes per answer."""
        raise NotImplementedError

    def check_certificate(self, plan: "CeremonyPlan", index: int, message: Mapping[str, Any]) -> None:
        """Round 1 of the ceremony."""
        raise NotImplementedError

    def check_dealing(
        self,
        plan: "CeremonyPlan",
        index: int,
        certificates: Sequence[Mapping[str, Any]],
        message: Mapping[str, Any],
    ) -> None:
        """Round 2 of the ceremony (its public part)."""
        raise NotImplementedError

    def check_verification_key(
        self,
        plan: "CeremonyPlan",
        index: int,
        certificates: Sequence[Mapping[str, Any]],
        dealings: Sequence[Mapping[str, Any]],
        message: Mapping[str, Any],
    ) -> None:
        """Round 3 of the ceremony; n-of-n form: with empty certificates and dealings."""
        raise NotImplementedError

    def assemble_trustees(
        self,
        plan: "CeremonyPlan",
        certificates: Sequence[Mapping[str, Any]],
        dealings: Sequence[Mapping[str, Any]],
        verification_keys: Sequence[Mapping[str, Any]],
    ) -> tuple[bytes, str]:
        """The trustees' archived JSON (fully checked) and the joint public key."""
        raise NotImplementedError
