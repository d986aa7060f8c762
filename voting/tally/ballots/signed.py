"""Signed messages between scrutineers (specification, "Public key infrastructure")."""

from typing import Any

from voting.tally.groups.choice import Element, Group, Rng
from voting.tally.groups.proofs import PROOF_FORM, knowledge_holds, message_prefix, prove_knowledge, read_proof

SIGNED_FORM = {"message": "string", "signature": PROOF_FORM}


def sign(group: Group, signing_key: int, message: str, rng: Rng) -> dict[str, str]:
    """A detached signature: ``{"challenge", "response"}``."""
    return prove_knowledge(group, signing_key, message_prefix(message), rng).to_json()


def sign_message(group: Group, signing_key: int, message: str, rng: Rng) -> dict[str, Any]:
    """A message with its signature: ``{"message", "signature"}``."""
    return {"message": message, "signature": sign(group, signing_key, message, rng)}


def signature_holds(group: Group, verification: Element, message: str, signature: Any) -> bool:
    """Whether the owner of ``verification`` signed the message. Raises TallyError(scalar_malformed)."""
    return knowledge_holds(group, verification, read_proof(group, signature), message_prefix(message))
