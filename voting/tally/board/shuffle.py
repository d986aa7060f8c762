"""Shuffles: scrutineer after scrutineer re-encrypts and permutes the ballots of the mixed questions.

Specification: "Shuffles". Each question is shuffled on its own, so that a delegate's answers to two
questions cannot be joined afterwards. The permutation is known to its maker alone and forgotten; as long
as one of those who shuffled keeps silent, nobody can tell which ballot became which paper.
"""

from collections.abc import Collection, Container, Iterable, Sequence
from typing import Any

from voting.tally.board.archive import OwnedDocument
from voting.tally.board.election import Election
from voting.tally.board.encrypted_tally import Columns, encode_tally, read_tally, require_members, sum_ballots
from voting.tally.board.shuffle_owner import check_shuffle_owner, read_shuffle_owner, require_signed
from voting.tally.board.shuffle_proof import (
    SHUFFLE_PROOF_FORM,
    Statement,
    prove_shuffle,
    read_shuffle_proof,
    require_shuffle,
)
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Group, Rng
from voting.tally.groups.proofs import CIPHERTEXT_FORM, Ciphertext, read_ciphertext
from voting.tally.json_form import dump, load_canonical
from voting.tally.trustees.document import Trustees

SHUFFLE_FORM = {"ciphertexts": [[CIPHERTEXT_FORM]], "proofs": [SHUFFLE_PROOF_FORM]}


def make_shuffle(election: Election, tally: bytes, rng: Rng) -> bytes:
    """One scrutineer's shuffle of the mixed questions of ``tally``.

    ``tally`` is the encrypted tally, or what ``mixed_tally`` made of it and the shuffles before; the
    terminal must have rebuilt and checked it. Raises ValueError when no question is mixed.
    """
    columns = _mixed_columns(election, read_tally(election, tally))
    shuffled: list[Any] = []
    proofs: list[Any] = []
    for before in columns:
        after, permutation, randomness = _shuffle_column(election, before, rng)
        proof = prove_shuffle(Statement(election, before, after), permutation, randomness, rng)
        shuffled.append([item.to_json(election.group) for item in after])
        proofs.append(proof.to_json(election.group))
    return dump({"ciphertexts": shuffled, "proofs": proofs})


def check_shuffle(election: Election, tally: bytes, raw: bytes) -> None:
    """Check that a shuffle holds the same papers as ``tally``. Raises TallyError."""
    columns = _mixed_columns(election, read_tally(election, tally))
    value, shuffled = _read_shuffle(election, raw)
    if [len(column) for column in shuffled] != [len(column) for column in columns]:
        raise TallyError(TallyCode.SHUFFLE_INVALID, "a shuffle has another number of ballots than what it shuffled")
    require_members(election.group, shuffled)
    for before, after in zip(columns, shuffled, strict=True):
        _require_renewed(election.group, before, after)
    for before, after, listed in zip(columns, shuffled, value["proofs"], strict=True):
        proof = read_shuffle_proof(election.group, listed, len(before))
        require_shuffle(Statement(election, before, after), proof)


def _require_renewed(group: Group, before: Sequence[Ciphertext], after: Sequence[Ciphertext]) -> None:
    """Every output is a new ciphertext: what stays as it was can be followed through the shuffle."""
    spelled = [[(group.encode(item.alpha), group.encode(item.beta)) for item in column] for column in (before, after)]
    seen, renewed = (set(column) for column in spelled)
    if len(renewed) != len(after) or renewed & seen:
        raise TallyError(TallyCode.SHUFFLE_INVALID, "a shuffle leaves a ciphertext as it was, or makes two alike")


def mixed_tally(election: Election, tally: bytes, shuffle: bytes) -> bytes:
    """The encrypted tally with the ciphertexts of a (checked) shuffle in the places of the mixed questions.

    This is what the next scrutineer shuffles, and after the last shuffle what is decrypted. Raises TallyError.
    """
    columns = read_tally(election, tally)
    _, shuffled = _read_shuffle(election, shuffle)
    for place, column in zip(election.mixed, shuffled, strict=True):
        columns[place] = column
    return encode_tally(election.group, columns)


def mixed_so_far(
    election: Election, trustees: Trustees, ballots: Iterable[bytes], shuffles: Iterable[OwnedDocument]
) -> bytes:
    """What the next scrutineer shuffles: rebuilt from the board's ballots, every shuffle by its owner checked.

    Raises TallyError: shuffle_invalid for a scrutineer who shuffles twice, and a proof or signature that does not hold.
    """
    tally, owners = sum_ballots(election, ballots), set[int]()
    for owned, raw in shuffles:
        found = check_shuffle_owner(election, trustees, owned, raw)
        require_signed(found)
        require_new_owner(owners, found.owner)
        check_shuffle(election, tally, raw)
        tally = mixed_tally(election, tally, raw)
        owners.add(found.owner)
    return tally


def tally_to_decrypt(
    election: Election, trustees: Trustees, ballots: Iterable[bytes], shuffles: Sequence[OwnedDocument]
) -> bytes:
    """What a scrutineer may decrypt, rebuilt from the board of any secret poll: nothing else may be.

    Raises TallyError: as ``mixed_so_far``, and shuffles_missing while too few have shuffled.
    """
    if election.mixed:
        require_enough_shuffles(trustees, [read_shuffle_owner(election, owned).owner for owned, _ in shuffles])
    elif shuffles:
        raise TallyError(TallyCode.SHUFFLE_INVALID, "no question of this election is mixed")
    return mixed_so_far(election, trustees, ballots, shuffles)


def require_new_owner(owners: Container[int], owner: int) -> None:
    """Raise TallyError(shuffle_invalid) if ``owner`` is among those who shuffled."""
    if owner in owners:
        raise TallyError(TallyCode.SHUFFLE_INVALID, f"scrutineer {owner} shuffled twice")


def require_enough_shuffles(trustees: Trustees, owners: Collection[int]) -> None:
    """Raise TallyError(shuffles_missing) unless as many scrutineers shuffled as are needed to decrypt.

    Fewer could tell whose a paper is without being enough to decrypt a ballot.
    """
    trustees.require_enough(owners, TallyCode.SHUFFLES_MISSING, "shuffles")


def _mixed_columns(election: Election, columns: Columns) -> Columns:
    if not election.mixed:
        raise ValueError("no question of this election is mixed")
    return [columns[place] for place in election.mixed]


def _read_shuffle(election: Election, raw: bytes) -> tuple[Any, Columns]:
    value = load_canonical(raw, SHUFFLE_FORM, "a shuffle")
    if not len(value["ciphertexts"]) == len(value["proofs"]) == len(election.mixed):
        raise TallyError(TallyCode.SHUFFLE_INVALID, "a shuffle does not have the shape of the mixed questions")
    return value, [[read_ciphertext(election.group, item) for item in column] for column in value["ciphertexts"]]


def _shuffle_column(
    election: Election, before: Sequence[Ciphertext], rng: Rng
) -> tuple[list[Ciphertext], list[int], list[int]]:
    """The output, which input each output is, and the randomness by input. (``GenShuffle``)"""
    group, key_power = election.group, election.group.fixed_power(election.key_element)
    permutation = _draw_permutation(len(before), rng)
    randomness = [group.random_scalar(rng) for _ in before]
    renewed = [
        Ciphertext(group.multiply(item.alpha, group.power_g(number)), group.multiply(item.beta, key_power(number)))
        for item, number in zip(before, randomness, strict=True)
    ]
    return [renewed[source] for source in permutation], permutation, randomness


def _draw_permutation(size: int, rng: Rng) -> list[int]:
    """A uniform permutation. (``GenPermutation``; 24 bytes per draw, so the bias is below 2**-128)"""
    permutation = list(range(size))
    for place in range(size):
        chosen = place + int.from_bytes(rng(24), "big") % (size - place)
        permutation[place], permutation[chosen] = permutation[chosen], permutation[place]
    return permutation
