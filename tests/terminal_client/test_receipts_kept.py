"""A headless seat, too, notices a server that goes on from a record without its ballot."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from voting.tally.ballots.credential import make_credential
from voting.tally.groups.choice import group_by_name
from voting.terminal_client.simulated.crypto import random_bytes
from voting.terminal_client.simulated.seat import SeatFailed, SeatPoll, SimulatedSeat
from voting.wire.pushed import Me, MyPoll, Receipt
from voting.wire.roles import Role

POLL: Any = SimpleNamespace(id="projects", election_uuid="uuid", fingerprint="f")
RECEIPT = Receipt(1, "uuid", "f", "tracker", 1, "head", "key", "signature")


def me(receipt: Receipt | None, known: bool = True) -> Me:
    mine = MyPoll(credential="k", stored=None, rejected=None, receipt=receipt, on_paper=False)
    return Me(Role.DELEGATE, "001", "示例代表001", "", None, True, {"projects": mine} if known else {}, 1)


def test_a_receipt_that_is_kept_and_not_returned_ends_the_seat() -> None:
    link: Any = None
    own = SeatPoll(make_credential(group_by_name("Ed25519"), random_bytes), ballots=[b"{}"], receipts=[RECEIPT])
    with ThreadPoolExecutor(1) as pool:
        seat = SimulatedSeat(link, lambda _: None, pool, polls={"projects": own})
        seat._keep_receipt(POLL, me(RECEIPT))
        for without in (me(None), me(None, known=False)):
            with pytest.raises(SeatFailed, match="does not return the receipt"):
                seat._keep_receipt(POLL, without)
