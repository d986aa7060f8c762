"""Zero-knowledge proofs: knowledge of a key, and a ciphertext's membership in an interval.

Every challenge is SHA-256 over a prefix and the commitments, so a proof holds for one purpose only.
Specification: "Verification keys", "Signatures", "Proofs of interval membership", "Partial decryptions".
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Element, Group, Power, Rng

PROOF_FORM = {"challenge": "string", "response": "string"}
CIPHERTEXT_FORM = {"alpha": "string", "beta": "string"}


class Proof(NamedTuple):
    """A challenge and a response, both mod q. The commitment is rebuilt from them."""

    challenge: int
    response: int

    def to_json(self) -> dict[str, str]:
        """The published spelling: decimal strings."""
        return {"challenge": str(self.challenge), "response": str(self.response)}


class Ciphertext(NamedTuple):
    """ElGamal: ``alpha = g**r``, ``beta = y**r * g**m``."""

    alpha: Element
    beta: Element

    def to_json(self, group: Group) -> dict[str, str]:
        """The published spelling."""
        return {"alpha": group.encode(self.alpha), "beta": group.encode(self.beta)}


def read_proof(group: Group, value: Any) -> Proof:
    """Read a proof whose form was checked. Raises TallyError(scalar_malformed)."""
    return Proof(group.parse_scalar(value["challenge"]), group.parse_scalar(value["response"]))


def read_ciphertext(group: Group, value: Any) -> Ciphertext:
    """Read a ciphertext's spelling without testing membership. Raises TallyError(not_in_group)."""
    return Ciphertext(group.decode(value["alpha"]), group.decode(value["beta"]))


def challenge(group: Group, prefix: str, commitments: Iterable[Element]) -> int:
    """SHA-256 of the prefix and the comma-joined commitments, as a big-endian number mod q."""
    text = prefix + ",".join(group.encode(element) for element in commitments)
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") % group.q


def prove_knowledge(group: Group, secret: int, prefix: str, rng: Rng) -> Proof:
    """Schnorr: knowledge of the secret exponent of a public key that verifier and prefix know."""
    nonce = group.random_scalar(rng)
    asked = challenge(group, prefix, [group.secret_power_g(nonce)])
    return Proof(asked, (nonce - secret * asked) % group.q)


def knowledge_holds(group: Group, public: Element, proof: Proof, prefix: str) -> bool:
    """Whether a proof made by ``prove_knowledge`` fits the public key and the prefix."""
    commitment = group.multiply(group.power_g(proof.response), group.power(public, proof.challenge))
    return proof.challenge == challenge(group, prefix, [commitment])


def key_prefix(group: Group, public: str) -> str:
    """Prefix for the proof that comes with a verification key."""
    return f"pok|{group.name}|{public}|"


def message_prefix(message: str) -> str:
    """Prefix for a signed message between scrutineers."""
    return f"sigmsg|{message}|"


def prove_interval(
    group: Group, key_power: Power, context: str, opened: "Opened", values: Sequence[int], rng: Rng
) -> tuple[Proof, ...]:
    """Prove that a ciphertext holds one of ``values`` without telling which.

    The prover knows the randomness, so that even the simulated commitments are powers of g and y only.
    ``context`` is the string S of the specification.
    """
    proofs: list[Proof] = []
    commitments: list[Element] = []
    for value in values:
        drawn = Proof(0 if value == opened.value else group.random_scalar(rng), group.random_scalar(rng))
        exponent = drawn.response + opened.randomness * drawn.challenge
        hidden = key_power(exponent)
        if value != opened.value:
            hidden = group.multiply(hidden, group.power_g((opened.value - value) * drawn.challenge))
        commitments += [group.power_g(exponent), hidden]
        proofs.append(drawn)
    asked = challenge(group, interval_prefix(group, context, opened.ciphertext), commitments)
    return _answer_true_case(group, proofs, values.index(opened.value), asked, opened.randomness)


def _answer_true_case(group: Group, proofs: list[Proof], index: int, asked: int, randomness: int) -> tuple[Proof, ...]:
    own = (asked - sum(proof.challenge for proof in proofs)) % group.q
    nonce = proofs[index].response
    proofs[index] = Proof(own, (nonce - randomness * own) % group.q)
    return tuple(proofs)


class Opened(NamedTuple):
    """A ciphertext with what its maker knows: the value inside and the randomness."""

    ciphertext: Ciphertext
    value: int
    randomness: int


def interval_holds(
    group: Group,
    key_power: Power,
    context: str,
    ciphertext: Ciphertext,
    values: Sequence[int],
    proofs: Sequence[Proof],
) -> bool:
    """Whether the proofs show that the ciphertext holds one of ``values``."""
    challenges = [proof.challenge for proof in proofs]
    alphas = group.shifted_powers(ciphertext.alpha, [0] * len(values), challenges)
    betas = group.shifted_powers(ciphertext.beta, values, challenges)
    commitments: list[Element] = []
    for proof, alpha, beta in zip(proofs, alphas, betas, strict=True):
        commitments.append(group.multiply(group.power_g(proof.response), alpha))
        commitments.append(group.multiply(key_power(proof.response), beta))
    asked = challenge(group, interval_prefix(group, context, ciphertext), commitments)
    return asked == sum(challenges) % group.q


def interval_prefix(group: Group, context: str, ciphertext: Ciphertext) -> str:
    """Prefix for interval proofs: it names the statement and the ciphertext."""
    return f"prove|{context}|{group.encode(ciphertext.alpha)},{group.encode(ciphertext.beta)}|"


def prove_decryption(group: Group, secret: int, alpha: Element, prefix: str, rng: Rng) -> Proof:
    """Prove that ``alpha**secret`` was computed with the secret of the key named in the prefix."""
    nonce = group.random_scalar(rng)
    commitments = [group.secret_power_g(nonce), group.secret_power(alpha, nonce)]
    asked = challenge(group, prefix, commitments)
    return Proof(asked, (nonce - secret * asked) % group.q)


def require_decryption(
    group: Group, public: Element, alpha: Element, factor: Element, proof: Proof, prefix: str
) -> None:
    """Raise TallyError(decryption_invalid) unless ``factor = alpha**x`` where ``public = g**x``."""
    commitments = [
        group.multiply(group.power_g(proof.response), group.power(public, proof.challenge)),
        group.multiply(group.power(alpha, proof.response), group.power(factor, proof.challenge)),
    ]
    if proof.challenge != challenge(group, prefix, commitments):
        raise TallyError(TallyCode.DECRYPTION_INVALID, "the proof of a decryption factor does not hold")
