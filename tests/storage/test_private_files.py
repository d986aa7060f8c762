"""Secrets on disk."""

from pathlib import Path

import pytest

from voting.server.app import reachable_host
from voting.storage.private_files import make_private, open_private, write_private
from voting.storage.server_key import ReceiptSigner


def test_a_private_file_is_its_owners_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    write_private(path, b"first")
    write_private(path, b"second")
    assert path.read_bytes() == b"second"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "server.key"
    write_private(path, b"first")

    def full(_descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_private(path, b"second")
    monkeypatch.undo()
    assert path.read_bytes() == b"first"
    write_private(path, b"third")
    assert path.read_bytes() == b"third"


def test_a_log_is_its_owners_whatever_it_was_and_is_continued(tmp_path: Path) -> None:
    path = tmp_path / "plenary.log"
    path.write_text("before\n")
    path.chmod(0o644)
    with open_private(path) as log:
        log.write("after\n")
    assert path.read_text() == "before\nafter\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_files_left_open_to_others_are_made_private(tmp_path: Path) -> None:
    (tmp_path / "badges.html").write_text("codes")
    (tmp_path / "badges.html").chmod(0o664)
    (tmp_path / "folder").mkdir(mode=0o755)
    make_private(tmp_path)
    assert (tmp_path / "badges.html").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o755


def test_the_receipt_key_is_made_once(tmp_path: Path) -> None:
    first = ReceiptSigner.load(tmp_path / "server.key")
    again = ReceiptSigner.load(tmp_path / "server.key")
    assert first.public_hex == again.public_hex
    assert first.sign(b"receipt") == again.sign(b"receipt")


def test_badges_name_an_address_that_terminals_can_reach() -> None:
    assert reachable_host("192.0.2.7") == "192.0.2.7"
    assert reachable_host("::1") == "[::1]"
    assert reachable_host("0.0.0.0") not in ("0.0.0.0", "")
