"""Ballots: one ciphertext per answer, proofs that the choice is well formed, and a signature.

Specification: "Encrypted answers", "Signatures", "Ballots". Reading is cheap and does no group
arithmetic; checking does all of it. A ballot that fails is refused whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from voting.tally.credential import SigningCredential
from voting.tally.election import Election, Question
from voting.tally.errors import TallyCode, TallyError
from voting.tally.group import Group, Power, Rng
from voting.tally.json_form import dump, load_canonical, sha256_base64
from voting.tally.proofs import (
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

MAX_BALLOT_BYTES = 1 << 19
"""A ballot of 200 answers in the larger group fits; anything longer is refused unread."""

BALLOT_FORM = {
    "election_uuid": "string",
    "election_hash": "string",
    "credential": "string",
    "answers": [{"choices": [CIPHERTEXT_FORM], "individual_proofs": [[PROOF_FORM]], "overall_proof": [PROOF_FORM]}],
    "signature": {"hash": "string", "proof": PROOF_FORM},
}

_BALLOT_CODES = {
    TallyCode.DOCUMENT_MALFORMED: TallyCode.BALLOT_MALFORMED,
    TallyCode.DOCUMENT_NOT_CANONICAL: TallyCode.BALLOT_NOT_CANONICAL,
    TallyCode.SCALAR_MALFORMED: TallyCode.BALLOT_MALFORMED,
}


@dataclass(frozen=True)
class Ballot:
    """A ballot that was read. ``tracker`` is what a receipt names; ``credential`` is the signer's key."""

    raw: bytes = field(repr=False)
    credential: str
    tracker: str
    choices: tuple[Ciphertext, ...] = field(repr=False)
    individual_proofs: tuple[tuple[Proof, ...], ...] = field(repr=False)
    overall_proof: tuple[Proof, ...] = field(repr=False)
    content_hash: str
    signed_hash: str
    signature: Proof = field(repr=False)


def tracker_of(raw: bytes) -> str:
    """The smart ballot tracker: unpadded base64 SHA-256 of the whole ballot."""
    return sha256_base64(raw)


def make_ballot(election: Election, credential: SigningCredential, choices: Sequence[int], rng: Rng) -> bytes:
    """Encrypt, prove and sign a choice: 0 or 1 for each answer, in the question's order.

    Raises ValueError when the choice breaks the question's bounds; a terminal must not let it come so far.
    """
    _check_choices(election.question, choices)
    group = election.group
    key_power = group.fixed_power(election.key_element)
    opened = [_encrypt(group, key_power, choice, rng) for choice in choices]
    context = f"{election.hash}|{credential.public}"
    individual = [prove_interval(group, key_power, context, item, (0, 1), rng) for item in opened]
    total = _sum_opened(group, opened)
    ciphertexts = [item.ciphertext for item in opened]
    overall = prove_interval(
        group, key_power, _overall_context(group, context, ciphertexts), total, _sums(election.question), rng
    )
    content: dict[str, Any] = {
        "election_uuid": election.uuid,
        "election_hash": election.hash,
        "credential": credential.public,
        "answers": [
            {
                "choices": [ciphertext.to_json(group) for ciphertext in ciphertexts],
                "individual_proofs": [[proof.to_json() for proof in proofs] for proofs in individual],
                "overall_proof": [proof.to_json() for proof in overall],
            }
        ],
    }
    return sign_content(group, content, credential, rng)


def sign_content(group: Group, content: dict[str, Any], credential: SigningCredential, rng: Rng) -> bytes:
    """Append the signature to a ballot's content and serialise the whole."""
    digest = sha256_base64(dump(content))
    proof = prove_knowledge(group, credential.private, f"sig|{digest}|", rng)
    return dump({**content, "signature": {"hash": digest, "proof": proof.to_json()}})


def read_ballot(election: Election, raw: bytes) -> Ballot:
    """Read a ballot for this election: size, canonical JSON, identifiers, shape. No group arithmetic.

    Raises TallyError: ballot_too_large, ballot_malformed, ballot_not_canonical, ballot_wrong_election,
    not_in_group (an element's spelling).
    """
    if len(raw) > MAX_BALLOT_BYTES:
        raise TallyError(TallyCode.BALLOT_TOO_LARGE, f"the ballot has {len(raw)} bytes, more than {MAX_BALLOT_BYTES}")
    try:
        value = load_canonical(raw, BALLOT_FORM, "the ballot")
        if value["election_uuid"] != election.uuid or value["election_hash"] != election.hash:
            raise TallyError(TallyCode.BALLOT_WRONG_ELECTION, "the ballot is for another election")
        _check_shape(election.question, value["answers"])
        return _to_ballot(election.group, raw, value)
    except TallyError as error:
        raise TallyError(_BALLOT_CODES.get(error.code, error.code), error.detail) from None


def check_ballot(election: Election, credentials: frozenset[str], raw: bytes) -> Ballot:
    """Read a ballot and check everything: credential, group membership, signature, all proofs.

    ``credentials`` are the poll's registered public credentials, each checked when it was registered.
    Raises TallyError.
    """
    ballot = read_ballot(election, raw)
    check_credential_listed(ballot, credentials)
    check_elements(election, ballot)
    check_signature(election, ballot)
    check_proofs(election, ballot)
    return ballot


def check_credential_listed(ballot: Ballot, credentials: frozenset[str]) -> None:
    """Raise TallyError(credential_unknown) unless the ballot's credential takes part in the poll."""
    if ballot.credential not in credentials:
        raise TallyError(TallyCode.CREDENTIAL_UNKNOWN, "the ballot's credential is not on the list of this poll")


def check_elements(election: Election, ballot: Ballot) -> None:
    """Raise TallyError(not_in_group) unless every ciphertext lies in the group."""
    for ciphertext in ballot.choices:
        if not (election.group.is_member(ciphertext.alpha) and election.group.is_member(ciphertext.beta)):
            raise TallyError(TallyCode.NOT_IN_GROUP, "a ciphertext of the ballot is not in the group")


def check_signature(election: Election, ballot: Ballot) -> None:
    """Raise TallyError(signature_invalid) unless the credential's owner signed exactly this content."""
    group = election.group
    public = group.decode(ballot.credential)
    prefix = f"sig|{ballot.content_hash}|"
    signed = ballot.signed_hash == ballot.content_hash
    if not signed or not knowledge_holds(group, public, ballot.signature, prefix):
        raise TallyError(TallyCode.SIGNATURE_INVALID, "the ballot's signature does not hold")


def check_proofs(election: Election, ballot: Ballot) -> None:
    """Raise TallyError(proof_invalid) unless each choice is 0 or 1 and their sum is within bounds."""
    group = election.group
    key_power = group.fixed_power(election.key_element)
    context = f"{election.hash}|{ballot.credential}"
    for ciphertext, proofs in zip(ballot.choices, ballot.individual_proofs, strict=True):
        if not interval_holds(group, key_power, context, ciphertext, (0, 1), proofs):
            raise TallyError(TallyCode.PROOF_INVALID, "a choice is not proven to be 0 or 1")
    total = sum_ciphertexts(group, ballot.choices)
    overall = _overall_context(group, context, ballot.choices)
    if not interval_holds(group, key_power, overall, total, _sums(election.question), ballot.overall_proof):
        raise TallyError(TallyCode.PROOF_INVALID, "the number of choices is not proven to be within bounds")


def sum_ciphertexts(group: Group, ciphertexts: Sequence[Ciphertext]) -> Ciphertext:
    """The ciphertext of the sum of the values inside."""
    return Ciphertext(
        group.product(item.alpha for item in ciphertexts), group.product(item.beta for item in ciphertexts)
    )


def _check_choices(question: Question, choices: Sequence[int]) -> None:
    if len(choices) != len(question.answers) or any(choice not in (0, 1) for choice in choices):
        raise ValueError("a choice must be 0 or 1 for each answer")
    if not question.min <= sum(choices) <= question.max:
        raise ValueError(f"between {question.min} and {question.max} answers must be chosen")


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


def _overall_context(group: Group, context: str, ciphertexts: Sequence[Ciphertext]) -> str:
    spelled = ",".join(f"{group.encode(item.alpha)},{group.encode(item.beta)}" for item in ciphertexts)
    return f"{context}|{spelled}"


def _check_shape(question: Question, answers: Any) -> None:
    count = len(question.answers)
    fits = (
        len(answers) == 1
        and len(answers[0]["choices"]) == count
        and [len(proofs) for proofs in answers[0]["individual_proofs"]] == [2] * count
        and len(answers[0]["overall_proof"]) == len(_sums(question))
    )
    if not fits:
        raise TallyError(TallyCode.BALLOT_MALFORMED, "the ballot does not have the shape of the question")


def _to_ballot(group: Group, raw: bytes, value: Any) -> Ballot:
    answer, signature = value["answers"][0], value["signature"]
    content = {key: part for key, part in value.items() if key != "signature"}
    return Ballot(
        raw=raw,
        credential=value["credential"],
        tracker=tracker_of(raw),
        choices=tuple(read_ciphertext(group, item) for item in answer["choices"]),
        individual_proofs=tuple(
            tuple(read_proof(group, proof) for proof in proofs) for proofs in answer["individual_proofs"]
        ),
        overall_proof=tuple(read_proof(group, proof) for proof in answer["overall_proof"]),
        content_hash=sha256_base64(dump(content)),
        signed_hash=signature["hash"],
        signature=read_proof(group, signature["proof"]),
    )
