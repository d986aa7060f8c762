"""A scrutineer's terminal signs one closed board of a poll and no other, and decrypts only what enough have signed."""

from dataclasses import dataclass, replace

import pytest

from tests.support.described import described
from tests.support.tally.scenes import Scene, make_scene
from voting.tally.board.agreement import ClosedBoard, sign_closed_board
from voting.tally.board.chain import END_BALLOTS, Board, ballot_step
from voting.tally.board.container import read_container
from voting.tally.board.result import sum_ballots
from voting.tally.errors import TallyCode, TallyError
from voting.terminal_client.simulated.board import Agreement, Known, Records, release, sign
from voting.terminal_client.simulated.crypto import TerminalDistrust, random_bytes


@dataclass
class Terminal:
    """Scrutineer `index`, and what this device keeps across restarts."""

    scene: Scene
    index: int
    kept: dict[str, str]

    def known(self) -> Known:
        record = self.scene.record()
        fingerprint = Board.open(record.election, record.trustees, record.credentials).fingerprint
        return Known(fingerprint, record.trustees, self.index, {}, kept=dict(self.kept))

    @property
    def share(self) -> str:
        return self.scene.ceremony.shares[self.index - 1].to_json()

    def sign(self, records: Records) -> str:
        made = sign(records, self.known(), self.share)
        self.kept[made.uuid] = made.raw
        return made.raw

    def release(self, records: Records, *signed: str, compared: str | None = None) -> int:
        return release(records, self.known(), self.share, Agreement(signed, compared))[0]


@pytest.fixture
def terminals() -> list[Terminal]:
    return [Terminal(make_scene("Ed25519", description=described()), index, {}) for index in (1, 2, 3)]


def board_of(ballots: int) -> tuple[Records, str]:
    """A board with the first of the scene's ballots, and its closed head."""
    scene = make_scene("Ed25519", description=described())
    record = scene.record()
    board = Board.open(record.election, record.trustees, record.credentials)
    board.append(*map(ballot_step, scene.ballots[:ballots]), END_BALLOTS)
    closed = board.head
    board.append(board.encrypted_tally_step(sum_ballots(scene.election, scene.ballots[:ballots])))
    entries = read_container(board.to_archive(1_700_000_000)).entries
    return [(entry.kind, entry.raw.decode()) for entry in entries], closed


WHOLE, HEAD = board_of(5)
LESS, OTHER_HEAD = board_of(4)


def test_all_three_sign_and_then_decrypt(terminals: list[Terminal]) -> None:
    signed = [terminal.sign(WHOLE) for terminal in terminals]
    assert [terminal.release(WHOLE, *signed) for terminal in terminals] == [5, 5, 5]


def test_too_few_signatures_decrypt_nothing_unless_the_head_is_compared_aloud(terminals: list[Terminal]) -> None:
    signed = [terminal.sign(WHOLE) for terminal in terminals[:2]]
    with pytest.raises(TallyError) as refused:
        terminals[0].release(WHOLE, *signed)
    assert refused.value.code is TallyCode.AGREEMENT_MISSING
    assert terminals[0].release(WHOLE, *signed, compared=HEAD) == 5


def test_the_head_compared_aloud_must_be_that_of_the_board_rebuilt_here(terminals: list[Terminal]) -> None:
    own = terminals[0].sign(WHOLE)
    with pytest.raises(TallyError, match="head that was compared"):
        terminals[0].release(WHOLE, own, compared=OTHER_HEAD)


def test_another_board_of_a_poll_is_neither_signed_nor_decrypted_also_after_a_restart(
    terminals: list[Terminal],
) -> None:
    one = terminals[0]
    signed = [terminal.sign(LESS) for terminal in terminals]
    assert one.release(LESS, *signed) == 4
    again = replace(one)
    with pytest.raises(TerminalDistrust, match="another board of this poll"):
        again.sign(WHOLE)
    with pytest.raises(TerminalDistrust, match="another board of this poll"):
        again.release(WHOLE, compared=HEAD)
    assert again.release(LESS, *signed) == 4


def test_a_board_that_this_terminal_has_not_signed_is_not_decrypted(terminals: list[Terminal]) -> None:
    with pytest.raises(TerminalDistrust, match="has not signed"):
        terminals[0].release(WHOLE, *(terminal.sign(WHOLE) for terminal in terminals[1:]), compared=HEAD)


def test_what_the_device_keeps_must_be_its_own_signature(terminals: list[Terminal]) -> None:
    one, two, _ = terminals
    one.kept[one.scene.election.uuid] = two.sign(WHOLE)
    with pytest.raises(TerminalDistrust, match="another board"):
        one.release(WHOLE, compared=HEAD)
    one.kept[one.scene.election.uuid] = two.sign(WHOLE).replace('"owner":2', '"owner":1')
    with pytest.raises(TerminalDistrust, match="not its own"):
        one.release(WHOLE, compared=HEAD)


def test_another_scrutineers_signature_on_another_board_is_an_alarm(terminals: list[Terminal]) -> None:
    signed = [terminals[0].sign(WHOLE), terminals[1].sign(WHOLE), terminals[2].sign(LESS)]
    with pytest.raises(TallyError, match="another board of this poll"):
        terminals[0].release(WHOLE, *signed, compared=HEAD)


def test_the_same_head_with_another_number_of_ballots_is_another_board(terminals: list[Terminal]) -> None:
    one = terminals[0]
    raw = sign_closed_board(one.scene.election, one.scene.ceremony.shares[0], ClosedBoard(HEAD, 4), random_bytes)
    one.kept[one.scene.election.uuid] = raw.decode()
    with pytest.raises(TerminalDistrust, match="another board"):
        one.sign(WHOLE)
