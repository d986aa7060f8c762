"""The page names the check that the index names for each published forgery, as Python does."""

import json
from typing import Any

import pytest

from tests.tally_web.tally_page import Outcome, Page
from tests.vectors.forgeries.make_forgeries import packed
from tests.vectors.forgeries.tallies import ALL_GROUPS
from tests.vectors.verdicts import STATED, Found, asked_of_page
from voting.record.count_statement import CountCheck

PARTS = 8


@pytest.fixture(scope="module")
def kept() -> dict[str, bytes]:
    return packed()


@pytest.fixture(scope="module")
def index(kept: dict[str, bytes]) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(kept["index.json"])["records"]
    return records


def page_finds(entry: dict[str, Any], outcome: Outcome) -> Found:
    """In the words of the index."""
    if entry["kind"] == "sitting":
        fault = outcome.done["fault"]
        assert fault or not outcome.done["reservations"]
        return (fault["number"], fault["poll"]) if fault else (None, "")
    if entry["kind"] not in STATED:
        return (str(outcome.refused["check"]["number"]) if outcome.refused else None, "")
    failed = outcome.done["failed"]
    assert failed or not outcome.done["reservations"]
    if isinstance(failed, str):
        return CountCheck(failed).number, ""
    return None if failed is None else str(failed), ""


def refused_alike(page: Page, kept: dict[str, bytes], entries: list[dict[str, Any]]) -> None:
    outcomes = page.run(*[asked_of_page(entry, kept) for entry in entries])
    assert {e["name"]: page_finds(e, outcome) for e, outcome in zip(entries, outcomes, strict=True)} == {
        e["name"]: (e["check"], e["poll"]) for e in entries
    }


@pytest.mark.parametrize("part", range(PARTS))
def test_each_is_refused_by_the_check_that_is_named(
    page: Page, kept: dict[str, bytes], index: list[dict[str, Any]], part: int
) -> None:
    refused_alike(page, kept, [entry for entry in index if entry["group"] == "Ed25519"][part::PARTS])


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("group", ALL_GROUPS[1:])
def test_each_of_the_large_groups_is_refused_by_the_check_that_is_named(
    page: Page, kept: dict[str, bytes], index: list[dict[str, Any]], group: str, part: int
) -> None:
    refused_alike(page, kept, [entry for entry in index if entry["group"] == group][part::PARTS])
