"""Ballots: an answer to each question, and a signature over all of them.

Specification: "Signatures", "Ballots". Reading is cheap and does no group arithmetic; checking does
all of it. A ballot that fails is refused whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from voting.tally.ballots.answers import (
    MIXED_ANSWER_FORM,
    PLAIN_ANSWER_FORM,
    SUM_ANSWER_FORM,
    Answer,
    Sealer,
    ciphertexts_of,
    read_answer,
    sum_ciphertexts,
)
from voting.tally.ballots.credential import SigningCredential
from voting.tally.board.election import Election
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Group, Rng
from voting.tally.groups.proofs import PROOF_FORM, Proof, knowledge_holds, prove_knowledge, read_proof
from voting.tally.json_form import OneOf, dump, load_canonical, sha256_base64

__all__ = [
    "BALLOT_FORM",
    "MAX_BALLOT_BYTES",
    "Ballot",
    "check_ballot",
    "fill_ballot",
    "last_of_each",
    "make_ballot",
    "read_ballot",
    "sum_ciphertexts",
    "tracker_of",
]

MAX_BALLOT_BYTES = 1 << 19
"""A ballot of 250 answers in the group BELENIOS-2048 fits; anything longer is refused unread."""

BALLOT_FORM = {
    "election_uuid": "string",
    "election_hash": "string",
    "credential": "string",
    "answers": [OneOf((SUM_ANSWER_FORM, MIXED_ANSWER_FORM))],
    "signature": {"hash": "string", "proof": PROOF_FORM},
}
RECORDED_BALLOT_FORM = {**BALLOT_FORM, "answers": [PLAIN_ANSWER_FORM]}

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
    answers: tuple[Answer, ...] = field(repr=False)
    content_hash: str
    signed_hash: str
    signature: Proof = field(repr=False)


def tracker_of(raw: bytes) -> str:
    """The smart ballot tracker: unpadded base64 SHA-256 of the whole ballot."""
    return sha256_base64(raw)


def ballot_form(election: Election) -> dict[str, Any]:
    """The form of a ballot in this poll."""
    return RECORDED_BALLOT_FORM if election.recorded else BALLOT_FORM


def make_ballot(election: Election, credential: SigningCredential, choices: Sequence[int], rng: Rng) -> bytes:
    """Encrypt, prove and sign the choice of an election with one question.

    ``choices``: 0 or 1 for each answer, in the question's order. Raises ValueError when the choice breaks
    the question's bounds; a terminal must not let it come so far.
    """
    return fill_ballot(election, credential, [choices], rng)


def fill_ballot(election: Election, credential: SigningCredential, answers: Sequence[Sequence[int]], rng: Rng) -> bytes:
    """Seal an answer to every question, in order, and sign the whole.

    In a recorded poll the answers stay plain. Raises ValueError when an answer is missing or breaks its
    question's bounds, or when the ballot grows too large.
    """
    if len(answers) != len(election.questions):
        raise ValueError("there must be an answer to every question")
    sealer = Sealer(election, credential.public)
    content: dict[str, Any] = {
        "election_uuid": election.uuid,
        "election_hash": election.hash,
        "credential": credential.public,
        "answers": [
            sealer.seal(question, values, rng) for question, values in zip(election.questions, answers, strict=True)
        ],
    }
    raw = sign_content(election.group, content, credential, rng)
    if len(raw) > MAX_BALLOT_BYTES:
        raise ValueError(f"the ballot has {len(raw)} bytes, more than {MAX_BALLOT_BYTES}")
    return raw


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
        value = load_canonical(raw, ballot_form(election), "the ballot")
        if value["election_uuid"] != election.uuid or value["election_hash"] != election.hash:
            raise TallyError(TallyCode.BALLOT_WRONG_ELECTION, "the ballot is for another election")
        return _to_ballot(election, raw, value)
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
    for ciphertext in (item for answer in ballot.answers for item in ciphertexts_of(answer)):
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
    """Raise TallyError(proof_invalid) unless every answer is proven to be within its question's bounds."""
    sealer = Sealer(election, ballot.credential)
    for question, answer in zip(election.questions, ballot.answers, strict=True):
        sealer.check(question, answer)


Cast = TypeVar("Cast")


def last_of_each(ballots: Iterable[tuple[str, Cast]]) -> list[Cast]:
    """Of ballots named by their credentials, the last of each (specification, "Tallied ballots")."""
    last: dict[str, Cast] = {}
    for credential, ballot in ballots:
        last.pop(credential, None)
        last[credential] = ballot
    return list(last.values())


def _to_ballot(election: Election, raw: bytes, value: Any) -> Ballot:
    listed, signature = value["answers"], value["signature"]
    if len(listed) != len(election.questions):
        raise TallyError(TallyCode.BALLOT_MALFORMED, "the ballot does not answer every question once")
    content = {key: part for key, part in value.items() if key != "signature"}
    return Ballot(
        raw=raw,
        credential=value["credential"],
        tracker=tracker_of(raw),
        answers=tuple(
            read_answer(election, question, answer) for question, answer in zip(election.questions, listed, strict=True)
        ),
        content_hash=sha256_base64(dump(content)),
        signed_hash=signature["hash"],
        signature=read_proof(election.group, signature["proof"]),
    )
