"""Where a verification stopped."""

from voting.tally.errors import CheckFailed
from voting.tally.verify.checks import CHECKS, Check, CheckStatus

SUMMED = {19: CheckStatus.NOT_APPLICABLE, 20: CheckStatus.NOT_APPLICABLE}
"""What becomes of the checks of a secret poll without shuffles, where not passed."""


def assert_stopped_at(
    number: int, failure: CheckFailed, seen: list[tuple[Check, CheckStatus]], others: dict[int, CheckStatus]
) -> None:
    """The check with this number failed; those before it passed or do not apply; those after it were not reached."""
    place = [check.number for check in CHECKS].index(number)
    assert (failure.number, failure.key) == (number, CHECKS[place].key)
    expected = [others.get(check.number, CheckStatus.PASSED) for check in CHECKS[:place]] + [CheckStatus.FAILED]
    expected += [CheckStatus.NOT_REACHED] * (len(CHECKS) - place - 1)
    assert [status for _, status in seen] == expected
