"""Until when a server was alive."""

from pathlib import Path

import pytest

from voting.storage.last_alive import LastAlive, read_alive


def test_the_last_moment_that_was_noted_is_read(tmp_path: Path) -> None:
    path = tmp_path / "alive"
    assert read_alive(path) == 0
    alive = LastAlive(path, 5)
    assert (read_alive(path), path.stat().st_mode & 0o777) == (5, 0o600)
    for at in (1_645_150_000_000, 7):
        alive.put(at)
        assert read_alive(path) == at
    alive.close()


def test_once_closed_it_writes_into_no_other_file_that_took_its_number(tmp_path: Path) -> None:
    alive = LastAlive(tmp_path / "alive", 5)
    alive.close()
    with (tmp_path / "other").open("wb") as other:
        alive.put(7)
        assert other.fileno() >= 0
    alive.close()
    assert ((tmp_path / "other").read_bytes(), read_alive(tmp_path / "alive")) == (b"", 5)


@pytest.mark.parametrize("raw", [b"", b"12\n", b"-0000000000000000001\n", b"00000000000000000001", b"x" * 21])
def test_a_damaged_file_says_nothing(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "alive").write_bytes(raw)
    assert read_alive(tmp_path / "alive") == 0


def test_a_disk_that_takes_nothing_ends_nothing_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alive = LastAlive(tmp_path / "alive", 5)

    def full(*_: object) -> int:
        raise OSError(28, "full")

    monkeypatch.setattr("os.pwrite", full)
    alive.put(6)
    alive.close()
    assert read_alive(tmp_path / "alive") == 5
