"""Every defect is found, and found by the check that is named after its law."""

import pytest

from tests.support.tally.defects import DEFECTS, Defect, honest
from tests.support.tally.scenes import COUNTS, GROUPS, make_scene
from tests.support.tally.stopping import SUMMED, assert_stopped_at
from voting.tally.errors import CheckFailed
from voting.tally.verify.checks import CHECKS, Check, CheckStatus, verify_archive


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("threshold", [2, 3])
def test_an_honest_record_passes_every_check(group: str, threshold: int) -> None:
    record = honest(make_scene(group, threshold))
    seen: list[tuple[int, CheckStatus]] = []

    verified = verify_archive(
        record.archive, record.receipts, lambda check, status: seen.append((check.number, status))
    )

    assert seen == [(check.number, SUMMED.get(check.number, CheckStatus.PASSED)) for check in CHECKS]
    assert verified.counts == COUNTS
    assert (verified.n_ballots, verified.n_credentials, verified.receipts) == (5, 6, 5)


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_the_defect_is_refused_by_its_own_check(defect: Defect, group: str) -> None:
    broken = defect.build(make_scene(group))
    seen: list[tuple[Check, CheckStatus]] = []

    with pytest.raises(CheckFailed) as caught:
        verify_archive(broken.archive, broken.receipts, lambda check, status: seen.append((check, status)))

    assert_stopped_at(defect.number, caught.value, seen, SUMMED)


def test_every_check_but_the_last_safeguard_has_a_defect() -> None:
    """Check 17 cannot fail alone: checks 11 to 16 leave no such record. It is tested directly."""
    assert {defect.number for defect in DEFECTS} == set(range(1, 19)) - {17}
