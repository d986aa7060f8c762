"""A receipt is compared with the closed board by what everybody may read of it: fingerprint, trackers, closed head."""

from typing import Any

import pytest

from tests.support.tally.boards import put_ballot
from tests.support.tally.scenes import make_scene
from voting.tally.board.chain import END_BALLOTS, Board
from voting.tally.board.closing import check_on_closed_board
from voting.tally.errors import TallyCode, TallyError


class Closed:
    """A closed board of three ballots, as it is published, and what the receipts promise."""

    def __init__(self) -> None:
        scene = make_scene("Ed25519")
        record = scene.record()
        board = Board.open(record.election, record.trustees, record.credentials)
        entries = [put_ballot(board, raw) for raw in scene.ballots[:3]]
        board.append(END_BALLOTS)
        self.fingerprint, self.head = board.fingerprint, board.head
        self.trackers = [entry.tracker for entry in entries]
        self.receipts: list[dict[str, Any]] = [
            {"height": entry.height, "tracker": entry.tracker, "board_head": entry.head} for entry in entries
        ]


@pytest.fixture(scope="module")
def closed() -> Closed:
    return Closed()


def refused(*arguments: Any) -> str:
    with pytest.raises(TallyError) as caught:
        check_on_closed_board(*arguments)
    assert caught.value.code is TallyCode.RECEIPT_INVALID
    return caught.value.detail


def test_every_receipt_is_found_on_the_closed_board(closed: Closed) -> None:
    check_on_closed_board(closed.fingerprint, closed.head, closed.trackers, closed.receipts)


def test_a_board_that_is_another_one_than_the_halls_is_refused_though_the_receipt_is_on_it(closed: Closed) -> None:
    first = closed.receipts[:1]
    assert "closed head" in refused(closed.fingerprint, closed.head, closed.trackers[:2], first)
    assert "closed head" in refused("0" * 64, closed.head, closed.trackers, first)
    assert "closed head" in refused(closed.fingerprint, "0" * 64, closed.trackers, first)
    assert "tracker" in refused(closed.fingerprint, closed.head, ["no tracker"], [])
    assert "tracker" in refused(closed.fingerprint, closed.head, ["A" * 42], [])


@pytest.mark.parametrize("change", [{"height": 2}, {"height": 9}, {"height": 0}, {"height": -2}])
def test_a_receipt_whose_ballot_stands_elsewhere_is_refused(closed: Closed, change: dict[str, Any]) -> None:
    one, two, _ = closed.receipts
    wrong = {**one, **change}
    assert "height" in refused(closed.fingerprint, closed.head, closed.trackers, [two, wrong])


@pytest.mark.parametrize("field", ["tracker", "board_head"])
def test_a_receipt_of_another_ballot_or_head_is_refused(closed: Closed, field: str) -> None:
    one, two, _ = closed.receipts
    assert "height 1" in refused(closed.fingerprint, closed.head, closed.trackers, [{**one, field: two[field]}])
