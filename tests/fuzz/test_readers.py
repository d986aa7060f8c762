"""Whatever a reader is given, it reads or refuses it, within bounds; what once broke one is tried for ever."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.laws import is_read
from tests.fuzz.mutations import inputs
from tests.fuzz.places import CORPUS
from tests.fuzz.readers import READERS, Reader

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))
"""For each reader; `make fuzz` asks for more."""
LARGEST = 32_000
"""Bytes of a kept input."""

of_readers = pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.name))


@of_readers
def test_what_is_valid_is_read(reader: Reader, tmp_path: Path) -> None:
    assert reader.valid
    assert [path.name for path in reader.valid if not is_read(reader, path.read_bytes(), tmp_path)] == []


@of_readers
def test_what_once_broke_a_reader_does_so_no_more(reader: Reader, tmp_path: Path) -> None:
    for path in reader.corpus:
        is_read(reader, path.read_bytes(), tmp_path)


@of_readers
def test_no_input_whatever_breaks_a_reader(reader: Reader) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
    @given(st.data())
    def try_some(data: st.DataObject) -> None:
        raw = data.draw(inputs(reader))
        with TemporaryDirectory() as folder:
            is_read(reader, raw, Path(folder))

    try_some()


def test_the_corpus_is_small_and_each_folder_has_its_reader() -> None:
    assert {path.name for path in CORPUS.iterdir()} == {reader.name for reader in READERS if reader.corpus}
    assert [path.name for path in CORPUS.rglob("*") if path.is_file() and path.stat().st_size > LARGEST] == []
