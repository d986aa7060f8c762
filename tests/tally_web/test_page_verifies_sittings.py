"""The page makes the checks of a whole sitting by rules of its own, and finds what Python finds."""

from typing import Any

import pytest

from tests.support.forged.sittings import FORGED, HONEST
from tests.support.whole_sitting import Whole, ended_sitting, receipts_of
from tests.tally_web.tally_page import Page
from voting.record.whole.verification import verify_sitting
from voting.sitting.poll import PollState

PARTS = 8


def asked(record: bytes, receipts: Any = ()) -> tuple[str, dict[str, Any]]:
    return "verifySitting", {"data": record, "receipts": list(receipts)}


@pytest.mark.parametrize("part", range(PARTS))
def test_every_forged_sitting_is_refused_by_the_same_check(page: Page, part: int) -> None:
    forged = [forgery for place, forgery in enumerate(FORGED) if place % PARTS == part]
    built = [(forgery, forgery.build()) for forgery in forged]
    outcomes = page.run(*[asked(files.record or b"", files.receipts) for _, files in built])
    found = {
        forgery.name: (fault and fault["number"], fault and fault["poll"])
        for forgery, fault in zip(forged, (one.done["fault"] for one in outcomes), strict=True)
    }
    assert found == {forgery.name: (forgery.check, forgery.poll) for forgery in forged}


def told(record: bytes, receipts: Any) -> dict[str, Any]:
    """What Python finds, in the words of the page."""
    found = verify_sitting(record, receipts)
    assert found.refused is None
    return {
        "fault": None,
        "reservations": [[one.code.value, one.poll] for one in found.reservations],
        "receipts": found.receipts,
        "covered": found.covered,
        "onBoard": found.on_board,
    }


def honest_and_reserved() -> list[tuple[bytes, Any]]:
    """Valid ones, and those of which something is open."""
    first, second = receipts_of(ended_sitting(), "motion-2")
    honest = [forgery.build() for forgery in HONEST]
    cases: list[tuple[bytes, Any]] = [(files.record or b"", files.receipts) for files in honest]

    def made() -> Whole:
        return Whole(ended_sitting())

    unprepared = made().listed("motion").election_uuid
    elsewhere = made()
    elsewhere.stating(polls=elsewhere.content.polls[1:])
    del elsewhere.files["motion"]
    return [
        *cases,
        (made().packed(), [first, first]),
        (made().packed(), [first, second]),
        (made().packed(), [first | {"election_uuid": unprepared}]),
        (made().listing("motion-2", state=PollState.CONFIRMED).packed(), []),
        (made().listing("motion-2", state=PollState.COUNTED).packed(), [second]),
        (elsewhere.packed(), []),
    ]


def test_what_is_open_and_what_receipts_cover_is_found_alike(page: Page) -> None:
    cases = honest_and_reserved()
    outcomes = page.run(*[asked(*case) for case in cases])
    assert [one.done for one in outcomes] == [told(*case) for case in cases]
