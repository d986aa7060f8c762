"""Scrutineers' keys in several blocks, and the forger who is accepted where nothing is false."""

import pytest

from tests.support.tally.broken.forged_keys import Forger, proven, record_with
from tests.support.tally.scenes import seeded
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.json_form import dump
from voting.tally.trustees.document import Block, Trustees
from voting.tally.verify.checks import verify_archive

GROUP = group_by_name("Ed25519")


@pytest.mark.parametrize(("size", "threshold"), [(3, 2), (3, 3), (1, 1), (5, 3), (50, 2)])
def test_the_forgers_keys_are_accepted_where_nothing_is_false(size: int, threshold: int) -> None:
    trustees = verify_archive(Forger(size=size, threshold=threshold).archive()).trustees
    assert trustees is not None
    assert (trustees.size, trustees.threshold) == (size, threshold)


def several_blocks() -> tuple[Trustees, dict[int, int], Forger]:
    """One who is indispensable, two of three, and another who is indispensable; their secrets by number."""
    forger = Forger()
    ends = [["Single", proven(GROUP, secret, seeded("ends"))] for secret in (11, 13)]
    raw = dump([ends[0], ["Pedersen", forger.block()], ends[1]])
    secrets = {1: 11, **{2 + place: forger.share(place) for place in range(3)}, 5: 13}
    return Trustees.parse(GROUP, raw), secrets, forger


def test_scrutineers_are_numbered_through_all_the_blocks() -> None:
    trustees, secrets, _ = several_blocks()
    keys = {owner: GROUP.encode(GROUP.power_g(secret)) for owner, secret in secrets.items()}
    assert {owner: trustees.verification_key(owner) for owner in range(1, 6)} == keys
    assert trustees.blocks == (
        Block("Single", 1, 1, (keys[1],)),
        Block("Pedersen", 2, 2, (keys[2], keys[3], keys[4])),
        Block("Single", 5, 1, (keys[5],)),
    )
    assert (trustees.size, trustees.threshold) == (5, 4)
    for owner in (0, 6):
        with pytest.raises(TallyError) as caught:
            trustees.verification_key(owner)
        assert caught.value.code is TallyCode.DECRYPTION_INVALID


@pytest.mark.parametrize("missing", [{1}, {5}, {2, 3}, {2, 4}, {3, 4}])
def test_every_block_must_reach_its_threshold(missing: set[int]) -> None:
    trustees, secrets, _ = several_blocks()
    with pytest.raises(TallyError) as caught:
        trustees.combine({owner: GROUP.power_g(secret) for owner, secret in secrets.items() if owner not in missing})
    assert caught.value.code is TallyCode.DECRYPTIONS_MISSING


@pytest.mark.parametrize("left_out", [None, 2, 3, 4])
def test_the_factors_of_all_blocks_give_the_whole_key(left_out: int | None) -> None:
    trustees, secrets, forger = several_blocks()
    factors = {owner: GROUP.power_g(secret) for owner, secret in secrets.items() if owner != left_out}
    assert GROUP.encode(trustees.combine(factors)) == trustees.public_key
    chosen = {owner: secret for owner, secret in secrets.items() if owner != left_out}
    archive = record_with(
        [
            ["Single", proven(GROUP, 11, seeded("a"))],
            ["Pedersen", forger.block()],
            ["Single", proven(GROUP, 13, seeded("b"))],
        ],
        trustees.public_key,
        chosen,
    )
    assert verify_archive(archive).owners == tuple(chosen)


@pytest.mark.parametrize(
    ("singles", "size", "says"),
    [(0, 50, "certificate 1 was made for another"), (0, 51, "more than 50"), (1, 50, "more than 50")],
)
def test_fifty_scrutineers_are_read_and_no_more(singles: int, size: int, says: str) -> None:
    """Copies of the first: what is read of them is refused, for another reason than their number."""
    block = Forger().block()
    many = {name: value[:1] * size if isinstance(value, list) else value for name, value in block.items()}
    alone = [["Single", proven(GROUP, 11, seeded("alone"))]] * singles
    with pytest.raises(TallyError, match=says):
        Trustees.parse(GROUP, dump([*alone, ["Pedersen", many]]))


def test_a_key_of_one_block_may_not_return_in_another() -> None:
    forger = Forger()
    raw = dump([["Single", proven(GROUP, forger.share(1), seeded("again"))], ["Pedersen", forger.block()]])
    with pytest.raises(TallyError, match="scrutineers have the same key"):
        Trustees.parse(GROUP, raw)


@pytest.mark.parametrize("owner", [2, 3, 4])
def test_whoever_is_more_than_enough_must_agree(owner: int) -> None:
    """Whichever of the three of a block says something else, it does not fit the two others."""
    trustees, secrets, _ = several_blocks()
    factors = {number: GROUP.power_g(secret) for number, secret in secrets.items()}
    factors[owner] = GROUP.multiply(factors[owner], GROUP.g)
    with pytest.raises(TallyError, match="the decryption of scrutineer 4 contradicts those of the others") as caught:
        trustees.combine(factors)
    assert caught.value.code is TallyCode.DECRYPTION_INVALID
