"""A scrutineer's terminal signs, shuffles and decrypts no box of fewer ballots than the poll's frozen rules ask for."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.support.described import described
from tests.support.tally.boards import rebuild_tally
from tests.support.tally.scenes import Scene, make_scene
from voting.tally.board.chain import END_BALLOTS, Board, ballot_step
from voting.tally.board.container import read_container
from voting.tally.board.encrypted_tally import sum_ballots
from voting.terminal_client.simulated.board import Agreement, Known, Records, release, shuffle, sign
from voting.terminal_client.simulated.crypto import TerminalDistrust

BALLOTS = 5


def board_of(scene: Scene) -> tuple[Records, Known]:
    record = scene.record()
    board = Board.open(record.election, record.trustees, record.credentials)
    fingerprint = board.fingerprint
    board.append(*map(ballot_step, scene.ballots), END_BALLOTS)
    board.append(board.encrypted_tally_step(sum_ballots(scene.election, scene.ballots)))
    entries = read_container(board.to_archive(1_700_000_000)).entries
    known = Known(fingerprint, record.trustees, 1, {})
    return [(entry.kind, entry.raw.decode()) for entry in entries], known


def scene_with(description: str) -> Scene:
    return make_scene("Ed25519", description=description)


def test_as_many_ballots_as_the_rules_ask_for_are_opened() -> None:
    scene = scene_with(described(BALLOTS))
    records, known = board_of(scene)
    share = scene.ceremony.shares[0].to_json()
    assert sign(records, known, share).closed.ballots == BALLOTS


@pytest.mark.parametrize("act", [sign, shuffle, partial(release, agreement=Agreement(()))])
def test_one_ballot_fewer_is_neither_signed_nor_shuffled_nor_decrypted(act: Callable[..., object]) -> None:
    scene = scene_with(described(BALLOTS + 1))
    records, known = board_of(scene)
    share = scene.ceremony.shares[0].to_json()
    with pytest.raises(TerminalDistrust, match=r"5 ballots are not opened; the poll.s rules ask for 6"):
        act(records, known, share)


def test_a_poll_that_does_not_state_its_rules_is_not_opened() -> None:
    for description in (described().replace('"poll":', '"pool":'), described().replace('"format":2', '"format": 2')):
        records, known = board_of(scene_with(description))
        with pytest.raises(TerminalDistrust):
            sign(records, known, "{}")


def test_rules_without_the_setting_ask_for_no_number() -> None:
    records, known = board_of(scene_with(described()))
    assert rebuild_tally(records, known.fingerprint).ballots == BALLOTS
