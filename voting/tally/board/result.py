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
from voting.tally.groups.proofs import PROOF_FORM, prove_decryption, read_proof, require_decryption
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

DECRYPTION_FORM = {
    "decryption_factors": [["string"]],
    "decryption_proofs": [[PROOF_FORM]],
    "statement_proofs?": [[PROOF_FORM]],
}
RESULT_FORM = {"result": [OneOf((["int"], [["int"]]))]}

Counts = tuple[int, ...]
"""The votes for each answer of a homomorphic question."""
Papers = tuple[tuple[int, ...], ...]
"""The numbers of each paper of a mixed question, in the order in which the shuffles left them."""
Result = tuple[Counts | Papers, ...]
"""What came out, question by question."""


def partial_decrypt(election: Election, private: PrivateShare, encrypted_tally: bytes, rng: Rng) -> bytes:
    """One scrutineer's decryption factors with two proofs of each: the published one, and one of the whole statement.

    ``encrypted_tally``: as ``sum_ballots`` makes it; with mixed questions, as ``mixed_tally`` does.
    Raises ValueError for an unfinished share and TallyError for a tally that cannot be read.
    """
    group, secret = election.group, private.decryption_in(election.group)
    public = group.encode(group.secret_power_g(secret))
    columns = read_tally(election, encrypted_tally)
    factors = [[group.secret_power(item.alpha, secret) for item in column] for column in columns]

    def prove(alpha: Element, factor: Element, prefix_of: _PrefixOf) -> dict[str, str]:
        return prove_decryption(group, secret, alpha, prefix_of(election, public, alpha, factor), rng).to_json()

    document: dict[str, Any] = {"decryption_factors": [[group.encode(factor) for factor in row] for row in factors]}
    for name, prefix_of in _PROOFS.items():
        document[name] = [
            [prove(item.alpha, factor, prefix_of) for item, factor in zip(column, row, strict=True)]
            for column, row in zip(columns, factors, strict=True)
        ]
    return dump(document)


def check_partial_decryption(
    election: Election, trustees: Trustees, owner: int, encrypted_tally: bytes, raw: bytes
) -> bool:
    """Check every factor of scrutineer ``owner`` (from 1), and tell whether the whole statement is proven of each.

    In an election that claims our format 2 it must be. Raises TallyError.
    """
    group = election.group
    spelled = trustees.verification_key(owner)
    public = group.decode(spelled)
    columns = read_tally(election, encrypted_tally)
    factors, proofs = _read_decryption(group, columns, raw)
    if election.strict and proofs.keys() != _PROOFS.keys():
        raise TallyError(TallyCode.DECRYPTION_INVALID, f"scrutineer {owner} does not prove the whole statement")
    if not all(group.is_member(factor) for factor in _flat(factors)):
        raise TallyError(TallyCode.NOT_IN_GROUP, "a decryption factor is not in the group")
    for name, listed in proofs.items():
        for item, factor, proof in zip(_flat(columns), _flat(factors), _flat(listed), strict=True):
            prefix = _PROOFS[name](election, spelled, item.alpha, factor)
            require_decryption(group, public, item.alpha, factor, read_proof(group, proof), prefix)
    return proofs.keys() == _PROOFS.keys()


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


def _read_decryption(
    group: Group, columns: Columns, raw: bytes
) -> tuple[list[list[Element]], dict[str, list[list[Any]]]]:
    """The factors, and the proofs of each kind that is there."""
    value = load_canonical(raw, DECRYPTION_FORM, "a partial decryption")
    shape = [len(column) for column in columns]
    if any([len(listed) for listed in part] != shape for part in value.values()):
        raise TallyError(TallyCode.DECRYPTION_INVALID, "a partial decryption does not have the shape of the questions")
    factors = [[group.decode(text) for text in listed] for listed in value["decryption_factors"]]
    return factors, {name: value[name] for name in _PROOFS if name in value}


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


def _flat(columns: Iterable[Iterable[Item]]) -> list[Item]:
    return [item for column in columns for item in column]


_PrefixOf = Callable[[Election, str, Element, Element], str]


def published_prefix(election: Election, public: str, _alpha: Element, _factor: Element) -> str:
    """Prefix of the proof that the published format prescribes."""
    return f"decrypt|{election.hash}|{public}|"


def statement_prefix(election: Election, public: str, alpha: Element, factor: Element) -> str:
    """Prefix of ours, which names the whole statement: that ``factor`` is ``alpha`` to the secret of ``public``."""
    group = election.group
    return f"decrypt-statement|{election.hash}|{public}|{group.encode(alpha)},{group.encode(factor)}|"


_PROOFS: dict[str, _PrefixOf] = {"decryption_proofs": published_prefix, "statement_proofs": statement_prefix}
"""The proofs of a partial decryption, and what each names."""
