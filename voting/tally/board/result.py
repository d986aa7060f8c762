"""From the encrypted tally to the result: partial decryptions, small logarithms, and papers.

Specification: "Partial decryptions", "Election result". Nobody may decrypt a ciphertext that the
terminal has not rebuilt from the board itself: call ``sum_ballots`` first, and ``mixed_tally`` where
questions go through shuffles.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from voting.tally.board.election import AnyQuestion, Election, MixedQuestion
from voting.tally.board.encrypted_tally import Columns, encode_tally, read_tally, sum_ballots
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Element, Group, Rng
from voting.tally.groups.proofs import PROOF_FORM, Ciphertext, prove_decryption, read_proof, require_decryption
from voting.tally.json_form import OneOf, dump, load_canonical
from voting.tally.trustees.document import Trustees
from voting.tally.trustees.private_share import PrivateShare

__all__ = [
    "Result",
    "check_partial_decryption",
    "compute_result",
    "compute_results",
    "encode_tally",
    "partial_decrypt",
    "read_tally",
    "sum_ballots",
]

DECRYPTION_FORM = {"decryption_factors": [["string"]], "decryption_proofs": [[PROOF_FORM]]}
RESULT_FORM = {"result": [OneOf((["int"], [["int"]]))]}

Counts = tuple[int, ...]
"""The votes for each answer of a homomorphic question."""
Papers = tuple[tuple[int, ...], ...]
"""The numbers of each paper of a mixed question, in the order in which the shuffles left them."""
Result = tuple[Counts | Papers, ...]
"""What came out, question by question."""


def partial_decrypt(election: Election, private: PrivateShare, encrypted_tally: bytes, rng: Rng) -> bytes:
    """One scrutineer's decryption factors with their proofs.

    ``encrypted_tally``: as ``sum_ballots`` makes it; with mixed questions, as ``mixed_tally`` does.
    Raises ValueError for an unfinished share and TallyError for a tally that cannot be read.
    """
    if private.decryption is None or private.group != election.group.name:
        raise ValueError("this share cannot decrypt in this election")
    group, secret = election.group, private.decryption
    prefix = _prefix(election, group.encode(group.secret_power_g(secret)))
    columns = read_tally(election, encrypted_tally)
    return dump(
        {
            "decryption_factors": _each(columns, lambda item: group.encode(group.secret_power(item.alpha, secret))),
            "decryption_proofs": _each(
                columns, lambda item: prove_decryption(group, secret, item.alpha, prefix, rng).to_json()
            ),
        }
    )


def check_partial_decryption(
    election: Election, trustees: Trustees, owner: int, encrypted_tally: bytes, raw: bytes
) -> None:
    """Check every factor of scrutineer ``owner`` (from 1). Raises TallyError."""
    group = election.group
    spelled = trustees.verification_key(owner)
    public = group.decode(spelled)
    columns = read_tally(election, encrypted_tally)
    factors, proofs = _read_decryption(group, columns, raw)
    for item, factor, proof in zip(_flat(columns), _flat(factors), _flat(proofs), strict=True):
        if not group.is_member(factor):
            raise TallyError(TallyCode.NOT_IN_GROUP, "a decryption factor is not in the group")
        require_decryption(group, public, item.alpha, factor, read_proof(group, proof), _prefix(election, spelled))


def compute_result(
    election: Election,
    trustees: Trustees,
    encrypted_tally: bytes,
    n_ballots: int,
    decryptions: Mapping[int, bytes],
) -> tuple[bytes, Counts]:
    """The result document and the count of each answer, for an election with one homomorphic question.

    ``n_ballots`` is the number of ballots that count; ``decryptions`` are checked ones by owner.
    Raises TallyError: decryptions_missing, or result_invalid when no count from 0 to ``n_ballots`` fits;
    ValueError when the election has other questions.
    """
    raw, result = compute_results(election, trustees, encrypted_tally, n_ballots, decryptions)
    return raw, only_counts(election, result)


def compute_results(
    election: Election,
    trustees: Trustees,
    encrypted_tally: bytes,
    n_ballots: int,
    decryptions: Mapping[int, bytes],
) -> tuple[bytes, Result]:
    """The result document and what it says, question by question. Raises TallyError as ``compute_result`` does."""
    trustees.require_enough(decryptions.keys())
    group, columns = election.group, read_tally(election, encrypted_tally)
    factors = {owner: _read_decryption(group, columns, raw)[0] for owner, raw in decryptions.items()}
    opened = [
        [
            group.divide(item.beta, trustees.combine({owner: listed[q][place] for owner, listed in factors.items()}))
            for place, item in enumerate(column)
        ]
        for q, column in enumerate(columns)
    ]
    result = tuple(
        _open(group, question, elements, n_ballots)
        for question, elements in zip(election.questions, opened, strict=True)
    )
    return encode_result(result), result


def only_counts(election: Election, result: Result) -> Counts:
    """The votes per answer of an election with one homomorphic question. Raises ValueError for any other."""
    places = range(len(election.question.answers))
    votes = [result[0][place] for place in places]
    return tuple(count for count in votes if isinstance(count, int))


def encode_result(result: Iterable[Iterable[int | Sequence[int]]]) -> bytes:
    """The result document."""
    return dump(
        {"result": [[item if isinstance(item, int) else list(item) for item in question] for question in result]}
    )


def read_result(election: Election, raw: bytes) -> Result:
    """What a result document says. Raises TallyError: malformed, not canonical, result_invalid."""
    listed = load_canonical(raw, RESULT_FORM, "the result")["result"]
    if len(listed) != len(election.questions):
        raise TallyError(TallyCode.RESULT_INVALID, "the result does not have the shape of the questions")
    return tuple(_read_one(question, value) for question, value in zip(election.questions, listed, strict=True))


def _read_one(question: AnyQuestion, value: list[Any]) -> Counts | Papers:
    count = len(question.answers)
    if isinstance(question, MixedQuestion):
        fits = all(isinstance(paper, list) and len(paper) == count for paper in value)
    else:
        fits = len(value) == count and all(isinstance(votes, int) for votes in value)
    if not fits:
        raise TallyError(TallyCode.RESULT_INVALID, "the result does not have the shape of the question")
    return tuple(tuple(item) if isinstance(item, list) else item for item in value)


def _open(group: Group, question: AnyQuestion, elements: list[Element], n_ballots: int) -> Counts | Papers:
    if isinstance(question, MixedQuestion):
        return tuple(group.extract(element, len(question.answers)) for element in elements)
    return _small_logarithms(group, elements, n_ballots)


def _read_decryption(group: Group, columns: Columns, raw: bytes) -> tuple[list[list[Element]], list[list[Any]]]:
    value = load_canonical(raw, DECRYPTION_FORM, "a partial decryption")
    factors, proofs = value["decryption_factors"], value["decryption_proofs"]
    shape = [len(column) for column in columns]
    if [len(listed) for listed in factors] != shape or [len(listed) for listed in proofs] != shape:
        raise TallyError(TallyCode.DECRYPTION_INVALID, "a partial decryption does not have the shape of the questions")
    return [[group.decode(text) for text in listed] for listed in factors], proofs


def _small_logarithms(group: Group, powers: list[Element], limit: int) -> Counts:
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


Item = TypeVar("Item")


def _each(columns: Columns, make: Callable[[Ciphertext], Any]) -> list[list[Any]]:
    return [[make(item) for item in column] for column in columns]


def _flat(columns: Iterable[Iterable[Item]]) -> list[Item]:
    return [item for column in columns for item in column]


def _prefix(election: Election, public: str) -> str:
    return f"decrypt|{election.hash}|{public}|"
