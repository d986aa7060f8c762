"""What a record of format 2 states of itself: each lie in it is found, even where every ballot signs it."""

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from tests.support.recorded import Recorded
from tests.support.statements import OTHER
from voting.congress.law.question import Medium
from voting.congress.law.ruleset import BallotRules, Press, Ruleset, Secrecy
from voting.record.description import (
    Description,
    FirstDescription,
    StatedTerms,
    read_description,
    roster_document,
)
from voting.record.record_checks import RECORD_CHECKS
from voting.record.spelling import MAX_NESTING, Misspelled, nesting, read_spelled
from voting.record.verification import verify_poll
from voting.tally.json_form import sha256_hex
from voting.tally.verify.checks import CheckStatus
from voting.tally.verify.verdict import Verdict


def failed(archive: bytes, receipts: Any = ()) -> int | None:
    """The number of the check that does not hold."""
    found = verify_poll(archive, receipts).found
    assert found is not None
    return found.failure.number if found.failure else None


def test_an_honest_record_is_valid_and_decides() -> None:
    archive = Recorded().archive()
    found = verify_poll(archive, Recorded().receipts(archive))
    assert (found.verdict, found.reservations) == (Verdict.VALID, ())
    assert found.found is not None
    statuses = {check.number: status for check, status in found.found.outcomes}
    assert [statuses[number] for number in (18, 21, 22)] == [CheckStatus.PASSED] * 3


STATED: list[tuple[str, Callable[[Description], Description]]] = [
    ("format 3", lambda d: msgspec.structs.replace(d, format=3)),
    ("another title", lambda d: _poll(d, title="示例另一议案")),
    ("a key too short", lambda d: msgspec.structs.replace(d, server_key="0" * 63)),
    ("a key in capitals", lambda d: msgspec.structs.replace(d, server_key="A" * 64)),
    ("a hash too long", lambda d: msgspec.structs.replace(d, roster_sha256="0" * 65)),
    ("credentials of another list", lambda d: msgspec.structs.replace(d, credentials_sha256="0" * 64)),
    ("terms that the rules do not have", lambda d: msgspec.structs.replace(d, terms=StatedTerms("first"))),
    ("rules without their terms", lambda d: _poll(d, ruleset=Ruleset(ballots=BallotRules(press=Press.LAST)))),
]


def _poll(stated: Description, **changes: Any) -> Description:
    return msgspec.structs.replace(stated, poll=msgspec.structs.replace(stated.poll, **changes))


@pytest.mark.parametrize(("lie", "change"), STATED, ids=[name for name, _ in STATED])
def test_what_is_stated_wrongly_fails_check_21(lie: str, change: Callable[[Description], Description]) -> None:
    made = Recorded()
    if lie == "format 3":
        text = made.text().replace('"format":2,', '"format":2,"format":3,', 1)
    else:
        text = msgspec.json.encode(change(made.stated())).decode()
    assert failed(made.archive(text)) == 21


IN_ORDER = ('"in_office":3,"statutory_seats":4', '"statutory_seats":4,"in_office":3')


def with_nesting(text: str, depth: int) -> str:
    return text.replace('"in_office":3', f'"x":{"[" * depth}{"]" * depth},"in_office":3')


SPELLINGS: list[tuple[str, Callable[[str], str]]] = [
    ("a blank", lambda text: text.replace('"in_office":', '"in_office": ')),
    ("a key twice", lambda text: text.replace('"in_office":3', '"in_office":3,"in_office":3')),
    ("an unknown field", lambda text: text.replace('"in_office":3', '"note":"x","in_office":3')),
    (
        "another order",
        lambda text: text.replace('"in_office":3,"statutory_seats":4', '"statutory_seats":4,"in_office":3'),
    ),
    ("a float", lambda text: text.replace('"in_office":3', '"in_office":3.0')),
    ("an exponent", lambda text: text.replace('"in_office":3', '"in_office":3e0')),
    ("not a number", lambda text: text.replace('"in_office":3', '"in_office":NaN')),
    ("a number beyond 2^53", lambda text: text.replace('"statutory_seats":4', '"statutory_seats":9007199254740993')),
    ("a number of 2^53", lambda text: text.replace('"statutory_seats":4', '"statutory_seats":9007199254740992')),
    ("a number of 5000 digits", lambda text: text.replace('"statutory_seats":4', f'"statutory_seats":{"9" * 5000}')),
    ("nested 1,000 deep", lambda text: with_nesting(text, 1_000)),
    ("nested 100,000 deep", lambda text: with_nesting(text, 100_000)),
    ("an escape", lambda text: text.replace("示", "\\u793a", 1)),
    ("half a character", lambda text: text.replace("示", "\\ud800", 1)),
    ("cut off", lambda text: text[:-1]),
    ("something behind it", lambda text: text + " "),
]


@pytest.mark.parametrize(("change", "spell"), SPELLINGS, ids=[name for name, _ in SPELLINGS])
def test_another_spelling_fails_check_21(change: str, spell: Callable[[str], str]) -> None:
    made = Recorded()
    text = spell(made.text())
    assert text != made.text()
    assert failed(made.archive(text)) == 21


@pytest.mark.parametrize("depth", [990, 5_000, 100_000])
def test_a_record_that_claims_nothing_is_not_stopped_at_by_its_depth(depth: int) -> None:
    found = verify_poll(Recorded().archive('{"x":' + "[" * depth + "]" * depth + "}"))
    assert found.verdict is Verdict.OUTCOME_NOT_STATED
    assert [one.code for one in found.reservations] == ["description", "roster", "rules_not_stated"]


@pytest.mark.parametrize(
    "changes",
    [{"present": 1}, {"present": 4}, {"in_office": 5}, {"statutory_seats": 2}, {"in_office": 1, "present": 1}],
)
def test_more_credentials_than_delegates_fail_check_22(changes: dict[str, int]) -> None:
    made = Recorded()
    text = msgspec.json.encode(msgspec.structs.replace(made.stated(), **changes)).decode()
    assert failed(made.archive(text)) == 22


def test_receipts_are_signed_by_the_server_that_the_record_states() -> None:
    made = Recorded()
    honest, silent = made.archive(), made.archive('{"format":2,"sitting":{}}')
    assert failed(honest, made.receipts(honest)) is None
    assert failed(honest, made.receipts(honest, OTHER)) == 18
    assert failed(silent, made.receipts(silent)) == 18


def test_a_record_by_another_house_is_told_what_it_lacks() -> None:
    found = verify_poll(Recorded().archive("An election by someone else"))
    assert found.verdict is Verdict.OUTCOME_NOT_STATED
    assert [one.code for one in found.reservations] == ["description", "roster", "rules_not_stated"]
    assert found.found is not None
    statuses = {check.number: status for check, status in found.found.outcomes}
    assert (statuses[21], statuses[22]) == (CheckStatus.NOT_APPLICABLE, CheckStatus.NOT_APPLICABLE)


def test_what_the_first_release_stated_is_read_and_lacks_the_description_alone() -> None:
    made = Recorded()
    stated = made.stated()
    first = FirstDescription(
        sitting=stated.sitting,
        poll=stated.poll,
        in_office=stated.in_office,
        statutory_seats=stated.statutory_seats,
        present=stated.present,
    )
    found = verify_poll(made.archive(msgspec.json.encode(first).decode()))
    assert [one.code for one in found.reservations] == ["description"]
    assert found.decided is not None
    crowded = msgspec.structs.replace(first, present=1)
    found = verify_poll(made.archive(msgspec.json.encode(crowded).decode()))
    assert [one.code for one in found.reservations] == ["description", "roster"]


def test_a_poll_whose_papers_are_not_given_is_valid_without_an_outcome() -> None:
    made = Recorded()
    text = msgspec.json.encode(_poll(made.stated(), medium=Medium.MIXED)).decode()
    found = verify_poll(made.archive(text))
    assert (found.verdict, [one.code for one in found.reservations]) == (Verdict.OUTCOME_NOT_STATED, ["papers_beside"])


@pytest.mark.parametrize(("least", "codes"), [(2, []), (3, ["too_few_ballots"])])
def test_a_box_opened_with_fewer_ballots_than_its_own_rules_ask_for_is_told(least: int, codes: list[str]) -> None:
    """Two votes, which the description calls secret; they are read by name, so that the rules do not fit them."""
    made = Recorded()
    rules = Ruleset(ballots=BallotRules(least_secret=least))
    text = msgspec.json.encode(_poll(made.stated(), secrecy=Secrecy.SECRET, ruleset=rules)).decode()
    found = verify_poll(made.archive(text))
    assert (found.verdict, found.found is not None) == (Verdict.OUTCOME_NOT_STATED, True)
    assert [one.code for one in found.reservations] == [*codes, "other_questions"]


def test_what_comes_after_a_failed_check_is_not_reached() -> None:
    """A fault of the container, and a fault of the description itself."""
    made = Recorded()
    archive = made.archive()
    short = verify_poll(archive[: len(archive) // 2]).found
    untrue = verify_poll(made.archive(msgspec.json.encode(_poll(made.stated(), title="示例另一议案")).decode())).found
    assert short is not None
    assert untrue is not None
    assert [(check.number, status) for check, status in short.outcomes[-2:]] == [
        (21, CheckStatus.NOT_REACHED),
        (22, CheckStatus.NOT_REACHED),
    ]
    assert [status for _, status in untrue.outcomes[-2:]] == [CheckStatus.FAILED, CheckStatus.NOT_REACHED]


def test_the_checks_are_named_in_order() -> None:
    assert [(check.number, check.key) for check in RECORD_CHECKS] == [(21, "description"), (22, "roster")]


def test_the_roster_document_lists_numbers_and_names_in_order() -> None:
    roster = Recorded().chamber.plan.roster
    assert json.loads(roster_document(roster)) == [[f"00{i}", f"示例代表00{i}"] for i in (1, 2, 3)]
    assert Recorded().stated().roster_sha256 == sha256_hex(roster_document(roster))


def test_nesting_counts_brackets_outside_of_texts() -> None:
    assert [nesting(raw) for raw in (b"1", b"[]", b'["[[\\"["]', b'{"a":[{}],"b":[[[]]]}')] == [0, 1, 1, 4]
    deep = b"[" * MAX_NESTING + b"]" * MAX_NESTING
    assert read_spelled(deep, list) is not None
    with pytest.raises(Misspelled, match="nested deeper"):
        read_spelled(b"[" + deep + b"]", list)


def test_a_description_with_half_a_character_is_misspelled() -> None:
    with pytest.raises(Misspelled):
        read_description('{"format":2,"\ud800')
