"""One owner of the names of a data directory's files."""

import re
from pathlib import Path

import pytest

from tests.support.repository import modules
from voting.storage.data_dir import DataDir, DataDirInUse


def file_names() -> set[str]:
    data = DataDir(Path("d"))
    names = {name for name, kind in vars(DataDir).items() if isinstance(kind, property)}
    return {getattr(data, name).name for name in names}


def test_no_other_module_spells_the_name_of_one_of_its_files() -> None:
    assert len(file_names()) == 10
    literal = re.compile("|".join(rf"""["']{re.escape(name)}["']""" for name in file_names()))
    spelled = {path.name for path in modules() if literal.search(path.read_text(encoding="utf-8"))}
    assert spelled == {"data_dir.py"}


def test_a_directory_is_held_by_one_server_at_a_time(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "new" / "sitting")
    with data.taken() as log:
        log.write("kept\n")
        with pytest.raises(DataDirInUse), DataDir(data.path).taken():
            pass
    with data.taken():
        assert data.log.read_text(encoding="utf-8") == "kept\n"


def test_all_its_files_are_private_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_text("codes")
    (tmp_path / "codes.csv").chmod(0o644)
    with DataDir(tmp_path).taken():
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}
    assert set(modes) == {"codes.csv", "lock", "plenary.db", "plenary.log"}


@pytest.mark.parametrize("mode", [0o777, 0o755, 0o700])
def test_the_directory_is_private_whatever_it_was(tmp_path: Path, mode: int) -> None:
    made = tmp_path / "sitting"
    made.mkdir()
    made.chmod(mode)
    with DataDir(made).taken():
        assert made.stat().st_mode & 0o777 == 0o700
