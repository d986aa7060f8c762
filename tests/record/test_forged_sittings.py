"""Every forged sitting is refused by the check, and at the poll, that its list names; the honest ones are valid."""

import pytest

from tests.support.forged.forgery import Forgery
from tests.support.forged.sittings import FORGED, HONEST
from voting.record.whole.checks import SittingCheck
from voting.record.whole.verification import verify_sitting
from voting.tally.verify.verdict import Verdict


@pytest.mark.parametrize("forgery", FORGED, ids=[forgery.name for forgery in FORGED])
def test_a_forged_sitting_is_refused_by_its_check(forgery: Forgery) -> None:
    files = forgery.build()
    assert files.record is not None
    found = verify_sitting(files.record, files.receipts)
    assert found.refused is not None
    assert (found.refused.check.number, found.refused.poll) == (forgery.check, forgery.poll)
    checks = list(SittingCheck)
    assert found.passed == checks[: checks.index(found.refused.check)]


@pytest.mark.parametrize("forgery", HONEST, ids=[forgery.name for forgery in HONEST])
def test_an_honest_sitting_is_valid(forgery: Forgery) -> None:
    files = forgery.build()
    assert files.record is not None
    found = verify_sitting(files.record, files.receipts)
    assert (found.verdict, found.reservations) == (Verdict.VALID, [])


POLLS = [forgery for forgery in FORGED if forgery.check == SittingCheck.POLLS.number]


@pytest.mark.parametrize("forgery", POLLS, ids=[forgery.name for forgery in POLLS])
def test_a_poll_that_does_not_hold_is_refused_with_its_own_reason(forgery: Forgery) -> None:
    files = forgery.build()
    assert files.record is not None
    found = verify_sitting(files.record, files.receipts)
    assert found.refused is not None
    own = found.polls[forgery.poll]
    failure = own.found.failure if own.found else None
    refused = own.count.refused if own.count else None
    assert found.refused.detail == str(failure or refused) != "None"


def test_every_check_has_forgeries_of_its_own() -> None:
    assert {forgery.check for forgery in FORGED} == {check.number for check in SittingCheck}
