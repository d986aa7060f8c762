"""What a record of format 2 states of itself: each lie in it is found, even where every ballot signs it."""

import json
from typing import Any

import msgspec
import pytest

from tests.support.forged.descriptions import DESCRIPTIONS, describing
from tests.support.forged.forgery import Forgery
from tests.support.recorded import Recorded
from tests.support.statements import OTHER
from voting.congress.law.question import Medium
from voting.congress.law.ruleset import BallotRules, Ruleset, Secrecy
from voting.record.description import (
    FirstDescription,
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


@pytest.mark.parametrize("forgery", DESCRIPTIONS, ids=[forgery.name for forgery in DESCRIPTIONS])
def test_what_is_stated_wrongly_or_in_another_spelling_is_refused_by_its_check(forgery: Forgery) -> None:
    files = forgery.build()
    assert str(failed(files.record or b"", files.receipts)) == forgery.check


@pytest.mark.parametrize("depth", [990, 5_000, 100_000])
def test_a_record_that_claims_nothing_is_not_stopped_at_by_its_depth(depth: int) -> None:
    found = verify_poll(Recorded().archive('{"x":' + "[" * depth + "]" * depth + "}"))
    assert found.verdict is Verdict.OUTCOME_NOT_STATED
    assert [one.code for one in found.reservations] == ["description", "roster", "rules_not_stated"]


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
    text = msgspec.json.encode(describing(made.stated(), medium=Medium.MIXED)).decode()
    found = verify_poll(made.archive(text))
    assert (found.verdict, [one.code for one in found.reservations]) == (Verdict.OUTCOME_NOT_STATED, ["papers_beside"])


@pytest.mark.parametrize(("least", "codes"), [(2, []), (3, ["too_few_ballots"])])
def test_a_box_opened_with_fewer_ballots_than_its_own_rules_ask_for_is_told(least: int, codes: list[str]) -> None:
    """Two votes, which the description calls secret; they are read by name, so that the rules do not fit them."""
    made = Recorded()
    rules = Ruleset(ballots=BallotRules(least_secret=least))
    text = msgspec.json.encode(describing(made.stated(), secrecy=Secrecy.SECRET, ruleset=rules)).decode()
    found = verify_poll(made.archive(text))
    assert (found.verdict, found.found is not None) == (Verdict.OUTCOME_NOT_STATED, True)
    assert [one.code for one in found.reservations] == [*codes, "other_questions"]


def test_what_comes_after_a_failed_check_is_not_reached() -> None:
    """A fault of the container, and a fault of the description itself."""
    made = Recorded()
    archive = made.archive()
    short = verify_poll(archive[: len(archive) // 2]).found
    untrue = verify_poll(
        made.archive(msgspec.json.encode(describing(made.stated(), title="示例另一议案")).decode())
    ).found
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
