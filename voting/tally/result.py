"""From ballots to counts: the encrypted sum, partial decryptions, and the small logarithms.

Specification: "Encrypted tally", "Partial decryptions", "Election result". Nobody may decrypt a
ciphertext that the terminal has not rebuilt from the board itself: call ``sum_ballots`` first.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from voting.tally.ballot import read_ballot
from voting.tally.election import Election
from voting.tally.errors import TallyCode, TallyError
from voting.tally.group import Element, Group, Rng
from voting.tally.json_form import dump, load_canonical
from voting.tally.private_share import PrivateShare
from voting.tally.proofs import (
    CIPHERTEXT_FORM,
    PROOF_FORM,
    Ciphertext,
    prove_decryption,
    read_ciphertext,
    read_proof,
    require_decryption,
)
from voting.tally.trustees import Trustees

TALLY_FORM = [[CIPHERTEXT_FORM]]
DECRYPTION_FORM = {"decryption_factors": [["string"]], "decryption_proofs": [[PROOF_FORM]]}
RESULT_FORM = {"result": [["int"]]}


def sum_ballots(election: Election, ballots: Iterable[bytes]) -> bytes:
    """The encrypted_tally document: answer by answer the product of the ballots (1, 1 when there are none).

    The ballots must have been checked. Raises TallyError for one that cannot be read.
    """
    return encode_tally(
        election.group, add_ciphertexts(election, (read_ballot(election, raw).choices for raw in ballots))
    )


def add_ciphertexts(election: Election, ballots: Iterable[Iterable[Ciphertext]]) -> list[Ciphertext]:
    """The sum of ballots' choices, answer by answer."""
    group = election.group
    totals = [Ciphertext(group.identity, group.identity)] * len(election.question.answers)
    for choices in ballots:
        totals = [
            Ciphertext(group.multiply(total.alpha, choice.alpha), group.multiply(total.beta, choice.beta))
            for total, choice in zip(totals, choices, strict=True)
        ]
    return totals


def encode_tally(group: Group, totals: Iterable[Ciphertext]) -> bytes:
    """The encrypted_tally document of one question."""
    return dump([[total.to_json(group) for total in totals]])


def read_tally(election: Election, raw: bytes) -> list[Ciphertext]:
    """Read an encrypted_tally. Raises TallyError: malformed, not canonical, tally_invalid, not_in_group."""
    value = load_canonical(raw, TALLY_FORM, "the encrypted tally")
    if len(value) != 1 or len(value[0]) != len(election.question.answers):
        raise TallyError(TallyCode.TALLY_INVALID, "the encrypted tally does not have the shape of the question")
    totals = [read_ciphertext(election.group, item) for item in value[0]]
    if not all(election.group.is_member(element) for total in totals for element in total):
        raise TallyError(TallyCode.NOT_IN_GROUP, "an element of the encrypted tally is not in the group")
    return totals


def partial_decrypt(election: Election, private: PrivateShare, encrypted_tally: bytes, rng: Rng) -> bytes:
    """One scrutineer's decryption factors with their proofs.

    Raises ValueError for an unfinished share and TallyError for a tally that cannot be read.
    """
    if private.decryption is None or private.group != election.group.name:
        raise ValueError("this share cannot decrypt in this election")
    group, secret = election.group, private.decryption
    prefix = _prefix(election, group.encode(group.secret_power_g(secret)))
    factors: list[str] = []
    proofs: list[dict[str, str]] = []
    for total in read_tally(election, encrypted_tally):
        factors.append(group.encode(group.secret_power(total.alpha, secret)))
        proofs.append(prove_decryption(group, secret, total.alpha, prefix, rng).to_json())
    return dump({"decryption_factors": [factors], "decryption_proofs": [proofs]})


def check_partial_decryption(
    election: Election, trustees: Trustees, owner: int, encrypted_tally: bytes, raw: bytes
) -> None:
    """Check every factor of scrutineer ``owner`` (from 1). Raises TallyError."""
    group = election.group
    spelled = trustees.verification_key(owner)
    public = group.decode(spelled)
    totals = read_tally(election, encrypted_tally)
    factors, proofs = _read_decryption(election, raw)
    for total, factor, proof in zip(totals, factors, proofs, strict=True):
        if not group.is_member(factor):
            raise TallyError(TallyCode.NOT_IN_GROUP, "a decryption factor is not in the group")
        require_decryption(group, public, total.alpha, factor, read_proof(group, proof), _prefix(election, spelled))


def compute_result(
    election: Election,
    trustees: Trustees,
    encrypted_tally: bytes,
    n_ballots: int,
    decryptions: Mapping[int, bytes],
) -> tuple[bytes, tuple[int, ...]]:
    """The result document and the count of each answer, from checked decryptions by owner.

    Raises TallyError: decryptions_missing, or result_invalid when no count from 0 to ``n_ballots`` fits.
    """
    trustees.require_enough(decryptions.keys())
    group = election.group
    factors = {owner: _read_decryption(election, raw)[0] for owner, raw in decryptions.items()}
    powers = [
        group.divide(total.beta, trustees.combine({owner: listed[place] for owner, listed in factors.items()}))
        for place, total in enumerate(read_tally(election, encrypted_tally))
    ]
    counts = _small_logarithms(group, powers, n_ballots)
    return encode_result(counts), counts


def encode_result(counts: Iterable[int]) -> bytes:
    """The result document of one question."""
    return dump({"result": [list(counts)]})


def read_result(election: Election, raw: bytes) -> tuple[int, ...]:
    """The counts in a result document. Raises TallyError: malformed, not canonical, result_invalid."""
    listed = load_canonical(raw, RESULT_FORM, "the result")["result"]
    if len(listed) != 1 or len(listed[0]) != len(election.question.answers):
        raise TallyError(TallyCode.RESULT_INVALID, "the result does not have the shape of the question")
    return tuple(listed[0])


def _read_decryption(election: Election, raw: bytes) -> tuple[list[Element], list[Any]]:
    value = load_canonical(raw, DECRYPTION_FORM, "a partial decryption")
    factors, proofs = value["decryption_factors"], value["decryption_proofs"]
    count = len(election.question.answers)
    if [len(listed) for listed in factors] != [count] or [len(listed) for listed in proofs] != [count]:
        raise TallyError(TallyCode.DECRYPTION_INVALID, "a partial decryption does not have the shape of the question")
    return [election.group.decode(text) for text in factors[0]], proofs[0]


def _small_logarithms(group: Group, powers: list[Element], limit: int) -> tuple[int, ...]:
    found: dict[object, int] = {}
    wanted = set(powers)
    power = group.identity
    for exponent in range(limit + 1):
        if power in wanted:
            found[power] = exponent
        power = group.multiply(power, group.g)
    if len(found) < len(wanted):
        raise TallyError(TallyCode.RESULT_INVALID, "the decryptions do not give a count that the ballots allow")
    return tuple(found[power] for power in powers)


def _prefix(election: Election, public: str) -> str:
    return f"decrypt|{election.hash}|{public}|"
