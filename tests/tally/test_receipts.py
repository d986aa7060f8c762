"""Receipts: signed over every field."""

from typing import Any

import pytest

from tests.support.tally.scenes import OTHER_SERVER, SERVER, make_receipts, make_scene
from voting.tally.board.receipt import RECEIPT_FORM, check_receipt
from voting.tally.errors import TallyCode, TallyError
from voting.tally.json_form import dump


@pytest.fixture(scope="module")
def receipt() -> dict[str, Any]:
    scene = make_scene("Ed25519")
    return make_receipts(scene, scene.record())[0]


def test_an_honest_receipt_holds(receipt: dict[str, Any]) -> None:
    check_receipt(receipt)
    assert list(receipt) == list(RECEIPT_FORM)
    assert (receipt["version"], receipt["height"]) == (1, 1)


def test_the_signature_covers_the_stated_bytes(receipt: dict[str, Any]) -> None:
    content = {key: value for key, value in receipt.items() if key != "signature"}
    SERVER.verify_key.verify(b"plenary-receipt|" + dump(content), bytes.fromhex(receipt["signature"]))


CHANGES: dict[str, Any] = {
    "version": 2,
    "election_uuid": "11111111111111",
    "fingerprint": "0" * 64,
    "tracker": "A" * 43,
    "height": 2,
    "board_head": "0" * 64,
    "server_key": bytes(OTHER_SERVER.verify_key).hex(),
    "signature": "0" * 128,
}


@pytest.mark.parametrize("field", CHANGES)
def test_no_field_of_a_receipt_can_be_changed(receipt: dict[str, Any], field: str) -> None:
    with pytest.raises(TallyError) as caught:
        check_receipt({**receipt, field: CHANGES[field]})
    assert caught.value.code is TallyCode.RECEIPT_INVALID


@pytest.mark.parametrize(
    "change",
    [
        {"height": "1"},
        {"height": True},
        {"height": -1},
        {"signature": "zz"},
        {"server_key": "00" * 31},
        {"tracker": "A" * 42},
        {"election_uuid": "\ud800"},
        {"more": 1},
    ],
    ids=str,
)
def test_a_misshapen_receipt_is_refused(receipt: dict[str, Any], change: dict[str, Any]) -> None:
    with pytest.raises(TallyError) as caught:
        check_receipt({**receipt, **change})
    assert caught.value.code is TallyCode.RECEIPT_INVALID
