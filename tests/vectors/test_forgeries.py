"""The published forgeries: many, the same whenever they are made, and each refused by the check that is named."""

import json
from typing import Any

import pytest

from tests.vectors.forgeries.make_forgeries import KEYS, files_of, listed, pack, packed, write
from tests.vectors.forgeries.tallies import ALL_GROUPS, OF_THIS_HOUSE
from tests.vectors.verdicts import python_finds
from voting.record.count_statement import CountCheck
from voting.record.whole.checks import SittingCheck

FEWEST = 80
SAMPLE = 9
Kept = dict[str, bytes]


@pytest.fixture(scope="module")
def kept() -> Kept:
    """What lies in the repository."""
    return packed()


@pytest.fixture(scope="module")
def index(kept: Kept) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(kept["index.json"])["records"]
    return records


@pytest.mark.parametrize("group", ALL_GROUPS)
def test_many_kinds_are_published_in_each_group(index: list[dict[str, Any]], group: str) -> None:
    names = [entry["name"] for entry in index if entry["group"] == group and entry["check"] is not None]
    assert len(set(names)) == len(names) >= FEWEST
    assert OF_THIS_HOUSE.isdisjoint(names)


def test_every_check_refuses_one_of_them(index: list[dict[str, Any]]) -> None:
    """But for check 17: whoever passes 16 has a result that ballots can give."""
    numbers = {*map(str, range(1, 23)), *(check.number for check in (*CountCheck, *SittingCheck))}
    assert numbers == KEYS.keys()
    assert {entry["check"] for entry in index} - {None} == numbers - {"17"}


def test_none_is_taken_out_or_renamed(index: list[dict[str, Any]]) -> None:
    """What is published has been given to others, who rely on its names: `make vectors` renews what is kept."""
    made = [(one.group, one.kind, one.forgery.name, one.forgery.check, one.forgery.poll, one.tool) for one in listed()]
    fields = ("group", "kind", "name", "check", "poll", "belenios_tool_refuses")
    assert [tuple(entry[field] for field in fields) for entry in index] == made


def _is_kept(kept: Kept, index: list[dict[str, Any]], places: range) -> None:
    every = list(listed())
    for place in places:
        entry, found = files_of(every[place])
        assert found == {path: kept.get(path) for path in found}, entry.name
        assert json.loads(json.dumps(entry.__dict__)) == index[place]


@pytest.mark.long
def test_what_is_kept_is_what_the_script_makes(kept: Kept, index: list[dict[str, Any]]) -> None:
    """A sample; the next test takes all."""
    _is_kept(kept, index, range(0, len(index), SAMPLE * 3))


@pytest.mark.long
def test_all_that_is_kept_is_what_the_script_makes(kept: Kept, index: list[dict[str, Any]]) -> None:
    _is_kept(kept, index, range(len(index)))
    listed_files = {path for entry in index for path in entry["sha256"]}
    assert kept.keys() == {"index.json", *listed_files}


@pytest.mark.parametrize("part", range(SAMPLE))
def test_each_is_refused_by_the_check_that_is_named(kept: Kept, index: list[dict[str, Any]], part: int) -> None:
    chosen = [entry for place, entry in enumerate(index) if place % SAMPLE == part and entry["group"] == "Ed25519"]
    assert chosen
    assert {entry["name"]: python_finds(entry, kept) for entry in chosen} == {
        entry["name"]: (entry["check"], entry["poll"]) for entry in chosen
    }


@pytest.mark.long
@pytest.mark.parametrize("group", ALL_GROUPS[1:])
def test_each_of_the_large_groups_is_refused_by_the_check_that_is_named(
    kept: Kept, index: list[dict[str, Any]], group: str
) -> None:
    chosen = [entry for entry in index if entry["group"] == group]
    assert {entry["name"]: python_finds(entry, kept) for entry in chosen} == {
        entry["name"]: (entry["check"], "") for entry in chosen
    }


def test_the_files_are_written_and_packed_the_same_way_every_time(tmp_path: Any) -> None:
    files = {"index.json": b"{}", "a/b.bel": b"x"}
    write(tmp_path, files)
    assert {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.*")} == files
    assert pack(files) == pack(dict(files))
