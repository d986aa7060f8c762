"""What became of each fault is said in a word, and what was noticed only by the clock is counted apart."""

import pytest

from tests.mutants.__main__ import NO_TESTS, NOT_IN_TIME, Tried, report
from tests.mutants.operators import Mutant
from tests.mutants.plan import Room

PASSED, FAILED, BROKEN = 0, 1, 2
FAULT = Mutant("voting/tally/json_form.py", "check", 7, "pass instead of raise", "raise", 0, 5, "pass")


def tried(code: int, *, secure: bool = False) -> Tried:
    return Tried(FAULT, Room(("voting/tally/**/*.py",), ("tests/tally",), secure=secure), code, 1.0)


@pytest.mark.parametrize(
    ("code", "fate", "noticed"),
    [
        (PASSED, "SURVIVED", False),
        (NO_TESTS, "SURVIVED", False),
        (FAILED, "noticed ", True),
        (BROKEN, "noticed ", True),
        (NOT_IN_TIME, "too late", True),
    ],
)
def test_the_fate_of_a_fault(code: int, fate: str, noticed: bool) -> None:
    assert (tried(code).fate, tried(code).noticed) == (fate, noticed)


def test_those_whose_tests_did_not_end_are_noticed_and_counted_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([tried(FAILED), tried(NOT_IN_TIME), tried(NOT_IN_TIME)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("2 noticed only in that their tests did not end in time")
    assert told[1:] == ["3 of 3 noticed: 100.0%; in security checks 0 were not"]


def test_nothing_is_said_of_the_clock_where_all_ended(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([tried(FAILED)] * 19 + [tried(PASSED)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        FAULT.name,
        "19 of 20 noticed: 95.0%; in security checks 0 were not",
    ]


def test_less_than_the_bar_or_one_check_of_security_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([tried(FAILED)] * 18 + [tried(PASSED)]) == 1
    assert report([tried(FAILED)] * 99 + [tried(PASSED, secure=True)]) == 1
    assert f"SECURITY {FAULT.name}" in capsys.readouterr().out
