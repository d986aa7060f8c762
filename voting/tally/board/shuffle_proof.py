"""The proof that a list of ciphertexts was re-encrypted and permuted, and nothing else.

Specification: "Shuffle algorithms" (taken there from CHVote 1.3.2, after Wikström and Terelius). The
prover commits to a permutation, shows that the commitment is one, and that the output is the input
under it. Positions count from 0: ``permutation[i]`` is the input that output ``i`` re-encrypts.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from voting.tally.board.election import Election
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Element, Group, Rng
from voting.tally.groups.proofs import Ciphertext

_PAIR = ("string", "string")
SHUFFLE_PROOF_FORM = (
    ("string", "string", "string", _PAIR, ["string"]),
    ("string", "string", "string", "string", ["string"], ["string"]),
    ["string"],
    ["string"],
)


@dataclass(frozen=True)
class ShuffleProof:
    """Commitments ``t`` (five, then one per ciphertext), responses ``s``, and the commitments c and ĉ."""

    t: tuple[Element, ...]
    t_chain: tuple[Element, ...]
    s: tuple[int, ...]
    s_chain: tuple[int, ...]
    s_own: tuple[int, ...]
    permutation: tuple[Element, ...]
    chain: tuple[Element, ...]

    def to_json(self, group: Group) -> Any:
        """The published form: nested arrays."""
        t1, t2, t3, t41, t42 = _spell(group, self.t)
        s1, s2, s3, s4 = map(str, self.s)
        return [
            [t1, t2, t3, [t41, t42], _spell(group, self.t_chain)],
            [s1, s2, s3, s4, [str(number) for number in self.s_chain], [str(number) for number in self.s_own]],
            _spell(group, self.permutation),
            _spell(group, self.chain),
        ]


def read_shuffle_proof(group: Group, value: Any, size: int) -> ShuffleProof:
    """Read a proof whose form was checked, for ``size`` ciphertexts.

    Raises TallyError: shuffle_invalid (another length), not_in_group, scalar_malformed.
    """
    (t1, t2, t3, (t41, t42), t_chain), (s1, s2, s3, s4, s_chain, s_own), permutation, chain = value
    if {len(part) for part in (t_chain, s_chain, s_own, permutation, chain)} != {size}:
        raise TallyError(TallyCode.SHUFFLE_INVALID, "a shuffle's proof is for another number of ballots")
    return ShuffleProof(
        t=tuple(group.parse(text) for text in (t1, t2, t3, t41, t42)),
        t_chain=tuple(group.parse(text) for text in t_chain),
        s=tuple(group.parse_scalar(text) for text in (s1, s2, s3, s4)),
        s_chain=tuple(group.parse_scalar(text) for text in s_chain),
        s_own=tuple(group.parse_scalar(text) for text in s_own),
        permutation=tuple(group.parse(text) for text in permutation),
        chain=tuple(group.parse(text) for text in chain),
    )


@dataclass(frozen=True)
class Statement:
    """What a proof is about: these ciphertexts became those, in this election."""

    election: Election
    before: Sequence[Ciphertext]
    after: Sequence[Ciphertext]

    @property
    def group(self) -> Group:
        """The election's group."""
        return self.election.group

    @property
    def size(self) -> int:
        """The number of ciphertexts."""
        return len(self.before)

    @cached_property
    def base(self) -> Element:
        """The generator h at which the chain of commitments starts."""
        return _generator(self.group, -1)

    @cached_property
    def bases(self) -> list[Element]:
        """One generator per ciphertext."""
        return [_generator(self.group, index) for index in range(self.size)]

    @cached_property
    def _spelled(self) -> str:
        return _join(self.group, (part for pair in (*self.before, *self.after) for part in pair))

    def exponents(self, permutation: Sequence[Element]) -> list[int]:
        """The challenges u that make the permutation's commitment speak (``GetNIZKPChallenges``)."""
        text = f"shuffle-challenges|{self.election.hash}|{self._spelled}{_join(self.group, permutation)}"
        start = hashlib.sha256(text.encode()).hexdigest()
        parts = (hashlib.sha256(str(index).encode()).hexdigest() for index in range(self.size))
        return [_number(self.group, start + part) for part in parts]

    def challenge(
        self, t: Sequence[Element], t_chain: Sequence[Element], permutation: Sequence[Element], chain: Sequence[Element]
    ) -> int:
        """The challenge c over everything that was committed to (``GetNIZKPChallenge``)."""
        group = self.group
        committed = _join(group, (*t, *t_chain))
        stated = f"{self._spelled}{_join(group, (*permutation, *chain))}{self.election.public_key}"
        return _number(group, f"shuffle-challenge|{self.election.hash}|{committed}{stated}")


def prove_shuffle(
    statement: Statement, permutation: Sequence[int], randomness: Sequence[int], rng: Rng
) -> ShuffleProof:
    """Prove a shuffle; ``randomness[i]`` re-encrypted input ``i``. (``GenShuffleProof``)"""
    group, size = statement.group, statement.size
    q, power_g = group.q, group.power_g

    def draw() -> list[int]:
        return [group.random_scalar(rng) for _ in range(size)]

    r, r_chain, w_chain, w_own = draw(), draw(), draw(), draw()
    w = [group.random_scalar(rng) for _ in range(4)]
    committed = [group.identity] * size
    for source, base in zip(permutation, statement.bases, strict=True):
        committed[source] = group.multiply(power_g(r[source]), base)
    u = statement.exponents(committed)
    u_own = [u[source] for source in permutation]
    chain = _commitment_chain(group, statement.base, u_own, r_chain)
    t = _commitments(statement, w, w_own)
    previous = [statement.base, *chain][:size]
    t_chain = [
        group.multiply(power_g(hidden), group.power(before, own))
        for hidden, before, own in zip(w_chain, previous, w_own, strict=True)
    ]
    c = statement.challenge(t, t_chain, committed, chain)
    secrets = _secrets(q, u, u_own, r, r_chain, randomness)
    return ShuffleProof(
        t=tuple(t),
        t_chain=tuple(t_chain),
        s=tuple((hidden + c * secret) % q for hidden, secret in zip(w, secrets, strict=True)),
        s_chain=tuple((hidden + c * secret) % q for hidden, secret in zip(w_chain, r_chain, strict=True)),
        s_own=tuple((hidden + c * secret) % q for hidden, secret in zip(w_own, u_own, strict=True)),
        permutation=tuple(committed),
        chain=tuple(chain),
    )


def require_shuffle(statement: Statement, proof: ShuffleProof) -> None:
    """Raise TallyError(shuffle_invalid) unless the proof holds. (``CheckShuffleProof``)"""
    group, (s1, s2, s3, s4), c = statement.group, proof.s, 0
    if len(statement.after) != statement.size:
        raise _invalid()
    u = statement.exponents(proof.permutation)
    c = statement.challenge(proof.t, proof.t_chain, proof.permutation, proof.chain)
    product = 1
    for exponent in u:
        product = product * exponent % group.q
    last = proof.chain[-1] if proof.chain else statement.base
    ratio = group.divide(group.product(proof.permutation), group.product(statement.bases))
    ended = group.divide(last, group.power(statement.base, product))
    opened = _product_of_powers(group, proof.permutation, u)
    alpha = _product_of_powers(group, (item.alpha for item in statement.before), u)
    beta = _product_of_powers(group, (item.beta for item in statement.before), u)
    key_power = group.fixed_power(statement.election.key_element)
    after_alpha = _product_of_powers(group, (item.alpha for item in statement.after), proof.s_own)
    after_beta = _product_of_powers(group, (item.beta for item in statement.after), proof.s_own)
    expected = (
        group.multiply(group.power(ratio, -c), group.power_g(s1)),
        group.multiply(group.power(ended, -c), group.power_g(s2)),
        group.product(
            (group.power(opened, -c), group.power_g(s3), _product_of_powers(group, statement.bases, proof.s_own))
        ),
        group.product((group.power(beta, -c), key_power(-s4), after_beta)),
        group.product((group.power(alpha, -c), group.power_g(-s4), after_alpha)),
    )
    if expected != proof.t:
        raise _invalid()
    links = pairwise((statement.base, *proof.chain))
    responses = zip(links, proof.s_chain, proof.s_own, proof.t_chain, strict=True)
    for (before, link), hidden, own, committed in responses:
        found = group.product((group.power(link, -c), group.power_g(hidden), group.power(before, own)))
        if found != committed:
            raise _invalid()


def _commitments(statement: Statement, w: Sequence[int], w_own: Sequence[int]) -> list[Element]:
    group = statement.group
    key_power = group.fixed_power(statement.election.key_element)
    w1, w2, w3, w4 = w
    betas = _product_of_powers(group, (item.beta for item in statement.after), w_own)
    alphas = _product_of_powers(group, (item.alpha for item in statement.after), w_own)
    return [
        group.power_g(w1),
        group.power_g(w2),
        group.multiply(group.power_g(w3), _product_of_powers(group, statement.bases, w_own)),
        group.multiply(key_power(-w4), betas),
        group.multiply(group.power_g(-w4), alphas),
    ]


def _secrets(
    q: int, u: Sequence[int], u_own: Sequence[int], r: Sequence[int], r_chain: Sequence[int], randomness: Sequence[int]
) -> tuple[int, int, int, int]:
    """What s1 to s4 answer for: the openings of the products that the checker can build."""
    chained, weight = 0, 1
    for hidden, own in zip(reversed(r_chain), reversed(u_own), strict=True):
        chained += hidden * weight
        weight = weight * own % q
    opened = sum(hidden * exponent for hidden, exponent in zip(r, u, strict=True))
    encrypted = sum(hidden * exponent for hidden, exponent in zip(randomness, u, strict=True))
    return sum(r) % q, chained % q, opened % q, encrypted % q


def _commitment_chain(
    group: Group, start: Element, exponents: Sequence[int], randomness: Sequence[int]
) -> list[Element]:
    chain: list[Element] = []
    for exponent, hidden in zip(exponents, randomness, strict=True):
        start = group.multiply(group.power_g(hidden), group.power(start, exponent))
        chain.append(start)
    return chain


def _product_of_powers(group: Group, bases: Iterable[Element], exponents: Sequence[int]) -> Element:
    return group.product(group.power(base, exponent) for base, exponent in zip(bases, exponents, strict=True))


@lru_cache(maxsize=8192)
def _generator(group: Group, index: int) -> Element:
    return group.generator(index)


def _spell(group: Group, elements: Iterable[Element]) -> list[str]:
    return [group.encode(element) for element in elements]


def _join(group: Group, elements: Iterable[Element]) -> str:
    """Each element followed by a comma."""
    return "".join(f"{text}," for text in _spell(group, elements))


def _number(group: Group, text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") % group.q


def _invalid() -> TallyError:
    return TallyError(TallyCode.SHUFFLE_INVALID, "the proof of a shuffle does not hold")
