"""The log moves on to a new file when it is full, and keeps so many older ones."""

from pathlib import Path

from voting.storage.rotating import RotatingFile


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_a_full_file_moves_aside_and_the_oldest_goes(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with RotatingFile(path, limit=10, kept=2) as file:
        for number in range(8):
            file.write(f"第{number}行")
            file.write("\n")
    assert lines(path) == ["第6行", "第7行"]
    assert lines(tmp_path / "log.1") == ["第4行", "第5行"]
    assert lines(tmp_path / "log.2") == ["第2行", "第3行"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["log", "log.1", "log.2"]
    assert all(p.stat().st_mode & 0o777 == 0o600 for p in tmp_path.iterdir())


def test_what_was_there_before_counts(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_text("x" * 20)
    with RotatingFile(path, limit=10, kept=1) as file:
        file.write("new\n")
    assert lines(path) == ["new"]
    assert lines(tmp_path / "log.1") == ["x" * 20]
