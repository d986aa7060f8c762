"""The mark outside the database: never ahead of what is durable, readable after every cut."""

from pathlib import Path

import pytest

from voting.storage.high_water import HighWater, Mark, MarkDamaged, read_mark
from voting.storage.in_place import InPlace
from voting.storage.journal.chain import GENESIS
from voting.storage.journal.stopping import StorageVanished

FIRST, SECOND, THIRD = (Mark(seq, f"{seq:064x}") for seq in (1, 2, 3))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "high-water"


def test_no_file_is_no_mark(path: Path) -> None:
    assert read_mark(path) is None


def test_the_last_mark_is_read_back_and_the_file_is_its_owners(path: Path) -> None:
    high_water = HighWater(path, Mark(0, GENESIS))
    assert read_mark(path) == Mark(0, GENESIS)
    for mark in (FIRST, SECOND, THIRD):
        high_water.put(mark)
        assert read_mark(path) == mark
    high_water.close()
    high_water.close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.stat().st_size == 256


def test_a_mark_may_be_lower_than_the_last_where_people_went_back(path: Path) -> None:
    HighWater(path, THIRD).close()
    high_water = HighWater(path, FIRST)
    high_water.put(SECOND)
    high_water.put(FIRST)
    high_water.close()
    assert read_mark(path) == FIRST


@pytest.mark.parametrize("at", range(0, 120, 7))
def test_a_torn_write_leaves_the_mark_before_it(path: Path, at: int) -> None:
    high_water = HighWater(path, FIRST)
    high_water.put(SECOND)
    before = path.read_bytes()
    high_water.put(THIRD)
    high_water.close()
    after = path.read_bytes()
    path.write_bytes(after[: 128 + at] + before[128 + at :])
    assert read_mark(path) == SECOND
    path.write_bytes(after[:128] + bytes([after[128] ^ 1]) + after[129:])
    assert read_mark(path) == SECOND


@pytest.mark.parametrize("raw", [b"", b"x" * 256, b"0" * 255 + b"\n", bytes(1000)])
def test_a_file_that_holds_no_mark_is_named(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    with pytest.raises(MarkDamaged):
        read_mark(path)


def test_a_file_cut_short_or_grown_is_named(path: Path) -> None:
    HighWater(path, FIRST).close()
    whole = path.read_bytes()
    for raw in (whole[:128], whole + b"\n"):
        path.write_bytes(raw)
        with pytest.raises(MarkDamaged):
            read_mark(path)


def test_a_mark_whose_file_was_removed_or_replaced_is_not_written_into_the_void(path: Path) -> None:
    high_water = HighWater(path, FIRST)
    kept = path.read_bytes()
    path.unlink()
    with pytest.raises(StorageVanished):
        high_water.put(SECOND)
    path.write_bytes(kept)
    with pytest.raises(StorageVanished):
        high_water.put(SECOND)
    high_water.close()


@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_a_database_or_write_ahead_log_that_left_its_place_is_noticed(tmp_path: Path, suffix: str) -> None:
    database = tmp_path / "plenary.db"
    files = [database, tmp_path / "plenary.db-wal"]
    for file in files:
        file.write_bytes(b"x")
    in_place = InPlace(database)
    in_place.require()
    in_place.require()
    gone = tmp_path / f"plenary.db{suffix}"
    gone.rename(tmp_path / "elsewhere")
    with pytest.raises(StorageVanished):
        in_place.require()
    gone.write_bytes(b"x")
    with pytest.raises(StorageVanished):
        in_place.require()
