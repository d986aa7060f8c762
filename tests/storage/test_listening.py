"""Where a server listens is told by the file of the very process, and by nothing half written."""

from pathlib import Path

import pytest

from voting.storage.listening import Listening, address_of, write_listening


def test_the_process_that_wrote_it_is_reached_there(tmp_path: Path) -> None:
    path = tmp_path / "listening.json"
    write_listening(path, Listening(41, "http://127.0.0.1:1"))
    write_listening(path, Listening(42, "http://127.0.0.1:2"))
    assert address_of(path, 42) == "http://127.0.0.1:2"
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_another_process_left_behind_is_nobodys_address(tmp_path: Path) -> None:
    path = tmp_path / "listening.json"
    assert address_of(path, 42) is None
    write_listening(path, Listening(41, "http://127.0.0.1:1"))
    assert address_of(path, 42) is None


@pytest.mark.parametrize("raw", [b"", b'{"pid":42', b"[]", b"\xff", b'{"pid":42,"url":"\xff"}'])
def test_what_cannot_be_read_is_no_address(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "listening.json"
    path.write_bytes(raw)
    assert address_of(path, 42) is None
