"""The answer to one question, as it stands in a ballot: encrypted with its proofs, or plain.

Specification: "Encrypted answers". ``SumAnswer`` answers a homomorphic question, ``MixedAnswer`` one
that goes through shuffles, ``PlainAnswer`` any question of a recorded poll.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from voting.tally.board.election import AnyQuestion, Election, MixedQuestion, Question
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Group, Power, Rng
from voting.tally.groups.proofs import (
    CIPHERTEXT_FORM,
    PROOF_FORM,
    Ciphertext,
    Opened,
    Proof,
    interval_holds,
    knowledge_holds,
    prove_interval,
    prove_knowledge,
    read_ciphertext,
    read_proof,
)

SUM_ANSWER_FORM = {"choices": [CIPHERTEXT_FORM], "individual_proofs": [[PROOF_FORM]], "overall_proof": [PROOF_FORM]}
MIXED_ANSWER_FORM = {"choices": CIPHERTEXT_FORM, "proof": PROOF_FORM}
PLAIN_ANSWER_FORM = ["int"]


@dataclass(frozen=True)
class SumAnswer:
    """One ciphertext per answer, each proven to hold 0 or 1, and their sum proven to be within bounds."""

    choices: tuple[Ciphertext, ...] = field(repr=False)
    individual_proofs: tuple[tuple[Proof, ...], ...] = field(repr=False)
    overall_proof: tuple[Proof, ...] = field(repr=False)


@dataclass(frozen=True)
class MixedAnswer:
    """One ciphertext for all the numbers, with a proof that its maker knows what is inside."""

    ciphertext: Ciphertext = field(repr=False)
    proof: Proof = field(repr=False)


@dataclass(frozen=True)
class PlainAnswer:
    """The numbers themselves."""

    values: tuple[int, ...]


Answer = SumAnswer | MixedAnswer | PlainAnswer


@dataclass(frozen=True)
class Sealer:
    """What the answers of one ballot are bound to: the election and the credential (the string S)."""

    election: Election
    credential: str

    @property
    def group(self) -> Group:
        """The election's group."""
        return self.election.group

    @property
    def context(self) -> str:
        """The string S of the specification."""
        return f"{self.election.hash}|{self.credential}"

    @property
    def key_power(self) -> Power:
        """Powers of the election's key."""
        return self.group.fixed_power(self.election.key_element)

    def seal(self, question: AnyQuestion, values: Sequence[int], rng: Rng) -> Any:
        """The published answer to one question. Raises ValueError when the question forbids the values."""
        question.check_choices(values)
        if self.election.recorded:
            return list(values)
        if isinstance(question, MixedQuestion):
            return self._seal_mixed(values, rng)
        return self._seal_sum(question, values, rng)

    def check(self, question: AnyQuestion, answer: Answer) -> None:
        """Raise TallyError(proof_invalid) unless the answer is proven (or, when plain, seen) to be allowed."""
        if isinstance(answer, SumAnswer) and isinstance(question, Question):
            self._check_sum(question, answer)
        elif isinstance(answer, MixedAnswer):
            self._check_mixed(answer)
        elif isinstance(answer, PlainAnswer):
            _check_plain(question, answer)

    def _seal_sum(self, question: Question, values: Sequence[int], rng: Rng) -> dict[str, Any]:
        group, key_power = self.group, self.key_power
        opened = [_encrypt(group, key_power, value, rng) for value in values]
        individual = [prove_interval(group, key_power, self.context, item, (0, 1), rng) for item in opened]
        ciphertexts = [item.ciphertext for item in opened]
        overall = prove_interval(
            group, key_power, self._overall(ciphertexts), _sum_opened(group, opened), _sums(question), rng
        )
        return {
            "choices": [ciphertext.to_json(group) for ciphertext in ciphertexts],
            "individual_proofs": [[proof.to_json() for proof in proofs] for proofs in individual],
            "overall_proof": [proof.to_json() for proof in overall],
        }

    def _seal_mixed(self, values: Sequence[int], rng: Rng) -> dict[str, Any]:
        group, randomness = self.group, self.group.random_scalar(rng)
        hidden = group.multiply(self.key_power(randomness), group.embed(values))
        ciphertext = Ciphertext(group.power_g(randomness), hidden)
        proof = prove_knowledge(group, randomness, self._mixed_prefix(ciphertext), rng)
        return {"choices": ciphertext.to_json(group), "proof": proof.to_json()}

    def _check_sum(self, question: Question, answer: SumAnswer) -> None:
        group, key_power, context = self.group, self.key_power, self.context
        for ciphertext, proofs in zip(answer.choices, answer.individual_proofs, strict=True):
            if not interval_holds(group, key_power, context, ciphertext, (0, 1), proofs):
                raise TallyError(TallyCode.PROOF_INVALID, "a choice is not proven to be 0 or 1")
        total = sum_ciphertexts(group, answer.choices)
        overall = self._overall(answer.choices)
        if not interval_holds(group, key_power, overall, total, _sums(question), answer.overall_proof):
            raise TallyError(TallyCode.PROOF_INVALID, "the number of choices is not proven to be within bounds")

    def _check_mixed(self, answer: MixedAnswer) -> None:
        prefix = self._mixed_prefix(answer.ciphertext)
        if not knowledge_holds(self.group, answer.ciphertext.alpha, answer.proof, prefix):
            raise TallyError(TallyCode.PROOF_INVALID, "the maker of an answer does not prove to know it")

    def _overall(self, ciphertexts: Sequence[Ciphertext]) -> str:
        return f"{self.context}|" + ",".join(_spell(self.group, item) for item in ciphertexts)

    def _mixed_prefix(self, ciphertext: Ciphertext) -> str:
        return f"raweg|{self.context}|{self.election.public_key},{_spell(self.group, ciphertext)}|"


def read_answer(election: Election, question: AnyQuestion, value: Any) -> Answer:
    """Read an answer whose ballot has the right form. No group arithmetic.

    Raises TallyError: ballot_malformed (not the question's shape), scalar_malformed, not_in_group (spelling).
    """
    group = election.group
    if election.recorded:
        return _read_plain(question, value)
    if isinstance(question, MixedQuestion):
        _require_shape("proof" in value)
        return MixedAnswer(read_ciphertext(group, value["choices"]), read_proof(group, value["proof"]))
    _require_shape("overall_proof" in value)
    count = len(question.answers)
    _require_shape(
        len(value["choices"]) == count
        and [len(proofs) for proofs in value["individual_proofs"]] == [2] * count
        and len(value["overall_proof"]) == len(_sums(question))
    )
    return SumAnswer(
        choices=tuple(read_ciphertext(group, item) for item in value["choices"]),
        individual_proofs=tuple(
            tuple(read_proof(group, proof) for proof in proofs) for proofs in value["individual_proofs"]
        ),
        overall_proof=tuple(read_proof(group, proof) for proof in value["overall_proof"]),
    )


def ciphertexts_of(answer: Answer) -> tuple[Ciphertext, ...]:
    """All the ciphertexts of an answer."""
    if isinstance(answer, SumAnswer):
        return answer.choices
    return (answer.ciphertext,) if isinstance(answer, MixedAnswer) else ()


def sum_ciphertexts(group: Group, ciphertexts: Sequence[Ciphertext]) -> Ciphertext:
    """The ciphertext of the sum of the values inside."""
    return Ciphertext(
        group.product(item.alpha for item in ciphertexts), group.product(item.beta for item in ciphertexts)
    )


def _read_plain(question: AnyQuestion, value: list[int]) -> PlainAnswer:
    _require_shape(len(value) == len(question.answers))
    return PlainAnswer(tuple(value))


def _check_plain(question: AnyQuestion, answer: PlainAnswer) -> None:
    try:
        question.check_choices(answer.values)
    except ValueError as error:
        raise TallyError(TallyCode.PROOF_INVALID, f"an answer is not allowed: {error}") from None


def _require_shape(fits: bool) -> None:
    if not fits:
        raise TallyError(TallyCode.BALLOT_MALFORMED, "the ballot does not have the shape of the question")


def _encrypt(group: Group, key_power: Power, value: int, rng: Rng) -> Opened:
    randomness = group.random_scalar(rng)
    # Multiplied for 0 as well, so that the time does not tell the choice.
    beta = group.multiply(key_power(randomness), group.g if value else group.identity)
    return Opened(Ciphertext(group.power_g(randomness), beta), value, randomness)


def _sum_opened(group: Group, opened: Sequence[Opened]) -> Opened:
    return Opened(
        sum_ciphertexts(group, [item.ciphertext for item in opened]),
        sum(item.value for item in opened),
        sum(item.randomness for item in opened) % group.q,
    )


def _sums(question: Question) -> range:
    return range(question.min, question.max + 1)


def _spell(group: Group, ciphertext: Ciphertext) -> str:
    return f"{group.encode(ciphertext.alpha)},{group.encode(ciphertext.beta)}"
