"""The file's own header and the names of its entries, each written otherwise (checks 1 and 4)."""

from collections.abc import Iterator

from tests.support.tally.broken.placed_documents import edits_of, honest
from tests.support.tally.broken.places import Placed
from tests.support.tally.scenes import TIMESTAMP, chain
from voting.tally.board.container import Entry, write_container
from voting.tally.errors import TallyCode
from voting.tally.json_form import dump, load


def headers() -> Iterator[Placed]:
    """The header in another spelling or with another field, and with another timestamp or version."""
    archive = honest("summed").archive()
    header = archive[512 : 512 + int(archive[124:135], 8)]
    for what, code, made in edits_of(header):
        if "without" not in what:
            yield _headed(f"header {what}", 4, archive, made, code=code)
    for field, new in (("version", 2), ("version", True), ("timestamp", str(TIMESTAMP + 1)), ("timestamp", TIMESTAMP)):
        says = "not of version 1 with the file's timestamp"
        yield _headed(f"header {field} {new!r}", 1, archive, dump({**load(header), field: new}), says)
    for place, name in enumerate(("BELENIOT", "", "0" * 64 + ".data.json")):
        yield _renamed_entry(f"first entry {place}", archive, 0, name, "the first entry is not called BELENIOS")
    for place, name in enumerate(("BELENIOS", "0" * 64 + ".text.json", "0" * 63 + "G.data.json", "0" * 64)):
        says = "an entry is neither <hash>.data.json nor <hash>.event.json"
        yield _renamed_entry(f"second entry {place}", archive, 1024, name, says)
    yield _headed("header []", 1, archive, b"[]", "not of version 1")
    yield _headed("header of no JSON", 1, archive, b"{", "the BELENIOS header is not a JSON document")


def contents() -> Iterator[Placed]:
    """Each entry with another content than its name says."""
    entries = chain(honest("summed").groups())
    for place, entry in enumerate(entries):
        changed = [*entries[:place], entry._replace(raw=entry.raw + b" "), *entries[place + 1 :]]
        yield _named_otherwise(f"{place}: {entry.kind}", changed)


def _named_otherwise(name: str, entries: list[Entry]) -> Placed:
    says = "do not have the hash in its name"
    return Placed(name, 1, TallyCode.ARCHIVE_INVALID, says, lambda: write_container(entries, TIMESTAMP))


def _renamed_entry(name: str, archive: bytes, start: int, entry: str, says: str) -> Placed:
    block = bytearray(archive[start : start + 512])
    block[:100] = entry.encode().ljust(100, b"\0")
    made = archive[:start] + _summed(block) + archive[start + 512 :]
    return Placed(name, 1, TallyCode.ARCHIVE_INVALID, says, lambda: made)


def _summed(block: bytearray) -> bytes:
    """A tar header with its checksum made again."""
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def _headed(
    name: str, number: int, archive: bytes, header: bytes, says: str = "", code: TallyCode = TallyCode.ARCHIVE_INVALID
) -> Placed:
    block = bytearray(archive[:512])
    block[124:135] = b"%011o" % len(header)
    made = _summed(block) + header + bytes(-len(header) % 512) + archive[1024:]
    return Placed(name, number, code, says, lambda: made)
