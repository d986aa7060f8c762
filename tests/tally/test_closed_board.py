"""Scrutineers agree on one closed board: what their signatures say, and how many must stand before it is decrypted."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tally.scenes import GROUPS, Scene, make_scene
from voting.tally.board.agreement import (
    ClosedBoard,
    check_closed_board,
    require_agreement,
    sign_closed_board,
    signatures_needed,
    signers_of,
)
from voting.tally.board.chain import END_BALLOTS, Board, ballot_step, closed_head_of
from voting.tally.errors import TallyCode, TallyError
from voting.tally.json_form import dump, load
from voting.tally.trustees.document import Trustees

CLOSED = ClosedBoard("ab" * 32, 5)


def trustees_of(scene: Scene) -> Trustees:
    return Trustees.parse(scene.group, scene.ceremony.trustees)


def signed(scene: Scene, owner: int, closed: ClosedBoard = CLOSED) -> bytes:
    return sign_closed_board(scene.election, scene.ceremony.shares[owner - 1], closed, scene.rng)


def code_of(act: Callable[[], object]) -> TallyCode:
    with pytest.raises(TallyError) as refused:
        act()
    return refused.value.code


@given(st.data(), st.integers(1, 50))
def test_two_sets_of_signers_share_an_honest_scrutineer(data: st.DataObject, scrutineers: int) -> None:
    threshold = data.draw(st.integers(1, scrutineers))
    dishonest = data.draw(st.sets(st.integers(1, scrutineers), max_size=threshold - 1))
    needed = signatures_needed(scrutineers, threshold)
    everybody = st.permutations(range(1, scrutineers + 1))
    one, other = set(data.draw(everybody)[:needed]), set(data.draw(everybody)[:needed])
    assert threshold <= needed <= scrutineers
    assert (one & other) - dishonest


@given(st.data(), st.integers(1, 50))
def test_one_signature_less_would_not_do(data: st.DataObject, scrutineers: int) -> None:
    threshold = data.draw(st.integers(1, scrutineers))
    fewer = signatures_needed(scrutineers, threshold) - 1
    assert max(0, 2 * fewer - scrutineers) < threshold


@pytest.mark.parametrize(("scrutineers", "threshold", "needed"), [(3, 2, 3), (3, 3, 3), (5, 3, 4), (7, 4, 6)])
def test_so_many_are_asked_for(scrutineers: int, threshold: int, needed: int) -> None:
    assert signatures_needed(scrutineers, threshold) == needed


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("threshold", [2, 3])
def test_a_signature_says_who_signed_which_board(group: str, threshold: int) -> None:
    scene = make_scene(group, threshold)
    assert check_closed_board(scene.election, trustees_of(scene), signed(scene, 2)) == (2, CLOSED)


@pytest.mark.parametrize("change", [{"owner": 3}, {"closed_head": "cd" * 32}, {"ballots": 4}])
def test_a_signature_holds_for_nothing_else(change: dict[str, object]) -> None:
    scene = make_scene("Ed25519")
    other = dump({**load(signed(scene, 2)), **change})
    assert code_of(lambda: check_closed_board(scene.election, trustees_of(scene), other)) is TallyCode.BOARD_DISPUTED


def test_a_signature_holds_for_no_other_poll() -> None:
    scene, other = make_scene("Ed25519"), make_scene("Ed25519", 2, '{"format":2,"sample":"another"}')
    assert scene.election.hash != other.election.hash
    found = code_of(lambda: check_closed_board(other.election, trustees_of(scene), signed(scene, 2)))
    assert found is TallyCode.BOARD_DISPUTED


def test_nobody_signs_for_a_scrutineer_whom_nobody_knows() -> None:
    scene = make_scene("Ed25519")
    unknown = dump({**load(signed(scene, 2)), "owner": 4})
    found = code_of(lambda: check_closed_board(scene.election, trustees_of(scene), unknown))
    assert found is TallyCode.DECRYPTION_INVALID


@pytest.mark.parametrize("other", [ClosedBoard("cd" * 32, 5), ClosedBoard(CLOSED.head, 4)])
def test_signers_are_counted_once_and_a_signature_on_another_board_stops_everything(other: ClosedBoard) -> None:
    scene = make_scene("Ed25519")
    trustees = trustees_of(scene)
    twice = [signed(scene, 1), signed(scene, 1), signed(scene, 3)]
    assert signers_of(scene.election, trustees, CLOSED, twice) == {1, 3}
    split = [*twice, signed(scene, 2, other)]
    assert code_of(lambda: signers_of(scene.election, trustees, CLOSED, split)) is TallyCode.BOARD_DISPUTED


def test_a_board_is_decrypted_only_with_enough_signatures_or_compared_aloud() -> None:
    scene = make_scene("Ed25519")

    def allow(*owners: int, compared: str | None = None, closed: ClosedBoard = CLOSED) -> None:
        statements = [signed(scene, owner, closed) for owner in owners]
        require_agreement(scene.election, trustees_of(scene), CLOSED, statements, compared)

    allow(1, 2, 3)
    allow(2, compared=CLOSED.head)
    allow(compared=CLOSED.head)
    assert code_of(lambda: allow(1, 3)) is TallyCode.AGREEMENT_MISSING
    assert code_of(lambda: allow(1, 1, 1)) is TallyCode.AGREEMENT_MISSING
    assert code_of(lambda: allow(1, 2, 3, compared="cd" * 32)) is TallyCode.BOARD_DISPUTED
    other = ClosedBoard("cd" * 32, 5)
    assert code_of(lambda: allow(2, compared=CLOSED.head, closed=other)) is TallyCode.BOARD_DISPUTED


@pytest.mark.parametrize("ballots", [0, 1, 5])
def test_the_closed_head_follows_from_the_last_ballot(ballots: int) -> None:
    scene = make_scene("Ed25519")
    record = scene.record()
    board = Board.open(record.election, record.trustees, record.credentials)
    board.append(*map(ballot_step, scene.ballots[:ballots]))
    expected = closed_head_of(board.head, ballots)
    board.append(END_BALLOTS)
    assert board.head == expected
