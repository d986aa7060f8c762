"""The container of a sitting's record: one form, bounds, and no name that leads elsewhere."""

import io
import struct
import zipfile

import pytest

from voting.record.whole import container
from voting.record.whole.container import NoContainer, read_files, write_files

FILES = {"sitting.json": b"{}", "polls/01-motion/record.bel": b"x" * 600, "polls/01-motion/count.json": b""}


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """As another program writes them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, raw in files.items():
            archive.writestr(zipfile.ZipInfo(name), raw, compression)
    return made.getvalue()


def test_what_was_written_is_read_and_other_programs_read_it_too() -> None:
    raw = write_files(FILES)
    assert read_files(raw) == FILES
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == FILES


def refused(raw: bytes) -> str:
    with pytest.raises(NoContainer) as found:
        read_files(raw)
    return str(found.value)


@pytest.mark.parametrize("place", [0, 4, 6, 8, 10, 14, 18, 22, 26, 28, 30, 42])
def test_no_byte_of_a_header_may_be_another(place: int) -> None:
    raw = bytearray(write_files(FILES))
    raw[place] ^= 1
    assert refused(bytes(raw))


def test_nothing_stands_before_between_or_behind() -> None:
    raw = write_files(FILES)
    for changed in (b"", b"x" + raw, raw + b"x", raw[:-1], raw[:40], raw + raw):
        assert refused(changed)
    directory = raw.index(b"PK\x01\x02")
    assert refused(raw[:directory] + b"x" + raw[directory:])


def test_wherever_it_is_cut_it_is_no_container() -> None:
    raw = write_files(FILES)
    for end in range(len(raw)):
        assert refused(raw[:end])


def test_a_directory_that_names_other_files_is_refused() -> None:
    raw = write_files(FILES)
    place = raw.rindex(b"sitting.json")
    assert refused(raw[:place] + b"another.json" + raw[place + 12 :]).startswith("it is not written in its one form")


def test_what_another_program_packed_is_refused() -> None:
    for compression in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        assert refused(zipped(FILES, compression))


@pytest.mark.parametrize(
    "name", ["", "../a", "a/../b", "/a", "a//b", "a/", "a\\b", "A", "a:b", "a/b/c/d", ".a", "a b", "a" * 101, "名"]
)
def test_a_name_leads_nowhere_else(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        write_files({name: b""})
    encoded = name.encode()
    header = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, len(encoded), 0)
    assert "name" in refused(header + encoded)


def test_a_name_occurs_once() -> None:
    raw = write_files({"a": b""})
    one = raw[: raw.index(b"PK\x01\x02")]
    assert refused(one + raw) == "a name occurs twice"


def test_a_file_that_promises_more_than_there_is_is_refused() -> None:
    raw = bytearray(write_files(FILES))
    raw[18:26] = struct.pack("<II", 1 << 31, 1 << 31)
    assert refused(bytes(raw)).startswith("a file is cut short")


def test_sizes_and_numbers_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = write_files(FILES)
    monkeypatch.setattr(container, "MAX_FILES", 2)
    assert refused(raw) == "it holds more than 2 files"
    with pytest.raises(ValueError, match="it holds 3 files"):
        write_files(FILES)
    monkeypatch.setattr(container, "MAX_FILES", 3)
    monkeypatch.setattr(container, "MAX_SITTING_BYTES", 700)
    assert refused(raw).startswith("it is larger than 700 bytes")
    with pytest.raises(ValueError, match="larger than 700"):
        write_files(FILES)
