"""Receipts: the server's signed promise that a ballot stands on the board.

A receipt names the ballot, its place and the head of the board after it. Whoever keeps receipts can
show that a ballot was dropped, replaced or moved before publication.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from voting.tally.errors import TallyCode, TallyError
from voting.tally.json_form import check_form, dump

RECEIPT_FORM = {
    "version": "int",
    "election_uuid": "string",
    "fingerprint": "string",
    "tracker": "string",
    "height": "int",
    "board_head": "string",
    "server_key": "string",
    "signature": "string",
}
_PREFIX = b"plenary-receipt|"
_HEX = {"fingerprint": 64, "board_head": 64, "server_key": 64, "signature": 128}
_TRACKER = re.compile(r"[A-Za-z0-9+/]{43}")


def make_receipt(
    *,
    election_uuid: str,
    fingerprint: str,
    tracker: str,
    height: int,
    board_head: str,
    server_key: str,
    sign: Callable[[bytes], bytes],
) -> dict[str, Any]:
    """A receipt for the ballot at ``height``. ``sign`` makes raw Ed25519 signatures with ``server_key`` (hex)."""
    content: dict[str, Any] = {
        "version": 1,
        "election_uuid": election_uuid,
        "fingerprint": fingerprint,
        "tracker": tracker,
        "height": height,
        "board_head": board_head,
        "server_key": server_key,
    }
    return {**content, "signature": sign(_signed_bytes(content)).hex()}


def check_receipt(receipt: Mapping[str, Any]) -> None:
    """Check a receipt's form and signature. Raises TallyError(receipt_invalid)."""
    try:
        check_form(receipt, RECEIPT_FORM, "the receipt", ordered=False)
    except TallyError as error:
        raise _invalid(error.detail) from None
    well_spelled = all(re.fullmatch(f"[0-9a-f]{{{size}}}", receipt[name]) for name, size in _HEX.items())
    if receipt["version"] != 1 or not well_spelled or not _TRACKER.fullmatch(receipt["tracker"]):
        raise _invalid("the receipt is not of version 1 or a field is misspelled")
    content = {name: receipt[name] for name in RECEIPT_FORM if name != "signature"}
    try:
        key = VerifyKey(bytes.fromhex(receipt["server_key"]))
        key.verify(_signed_bytes(content), bytes.fromhex(receipt["signature"]))
    except (CryptoError, ValueError):
        raise _invalid("the server's signature on the receipt does not hold") from None


def _signed_bytes(content: Mapping[str, Any]) -> bytes:
    return _PREFIX + dump(dict(content))


def _invalid(detail: str) -> TallyError:
    return TallyError(TallyCode.RECEIPT_INVALID, detail)
