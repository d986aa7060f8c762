"""What a seat compares by itself once no ballot can come any more: its receipts with the closed board.

The heads of a board follow from its fingerprint and the trackers of its ballots, in order, up to the closed head.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any

from voting.tally.board.chain import ballot_head_of, closed_head_of
from voting.tally.errors import TallyCode, TallyError


def check_on_closed_board(
    fingerprint: str, closed_head: str, trackers: Sequence[str], receipts: Sequence[Mapping[str, Any]]
) -> None:
    """The ballot of each receipt stands where it was promised, on the very board that is closed.

    Raises TallyError(receipt_invalid).
    """
    heads = [fingerprint]
    for height, tracker in enumerate(trackers, start=1):
        heads.append(ballot_head_of(heads[-1], height, _digest_of(tracker)))
    if closed_head_of(heads[-1], len(trackers)) != closed_head:
        raise TallyError(TallyCode.RECEIPT_INVALID, "the closed head is not that of these ballots")
    for receipt in receipts:
        height = receipt["height"]
        promised = (receipt["tracker"], receipt["board_head"])
        if not 1 <= height <= len(trackers) or (trackers[height - 1], heads[height]) != promised:
            detail = f"the ballot of the receipt is not at height {height} of the closed board"
            raise TallyError(TallyCode.RECEIPT_INVALID, detail)


def _digest_of(tracker: str) -> str:
    """The hash of a ballot in hex."""
    try:
        return base64.b64decode(f"{tracker}=", validate=True).hex()
    except (binascii.Error, ValueError):
        raise TallyError(TallyCode.RECEIPT_INVALID, "a published tracker is none") from None
