"""Writes forged records for every verifier: ``python -m tests.vectors.forgeries.make_forgeries DIR``.

Everything is drawn from seeded streams, so every run writes the same files. ``index.json`` lists them; README.md beside
this script says how to use them. ``--pack`` writes the one file that is kept beside it instead (`make vectors`).
"""

import argparse
import io
import json
import lzma
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.support.forged.counts import COUNTS, HONEST_COUNTS
from tests.support.forged.descriptions import DESCRIPTIONS, HONEST_DESCRIPTIONS
from tests.support.forged.forgery import Files, Forgery
from tests.support.forged.sittings import FORGED, HONEST
from tests.vectors.forgeries.tallies import ALL_GROUPS, Tallied, tallies
from voting.record.count_statement import CountCheck
from voting.record.record_checks import RECORD_CHECKS
from voting.record.whole.checks import SittingCheck
from voting.tally.json_form import sha256_hex
from voting.tally.verify.checks import CHECKS

PACKED = Path(__file__).parent / "forgeries.tar.xz"
KEYS: dict[str, str] = {
    **{str(check.number): check.key for check in (*CHECKS, *RECORD_CHECKS)},
    **{check.number: check.value for check in (*CountCheck, *SittingCheck)},
}
STATED: tuple[tuple[str, tuple[Forgery, ...]], ...] = (
    ("description", (*HONEST_DESCRIPTIONS, *DESCRIPTIONS)),
    ("count", (*HONEST_COUNTS, *COUNTS)),
    ("sitting", (*HONEST, *FORGED)),
)
"""What is the same whatever group was chosen: by kind."""


@dataclass(frozen=True)
class Entry:
    """What the index says of one forgery. record, count, receipts: where its files stand; None where it has none.

    check, key: by which it is refused; None for an honest one. poll: of a sitting, where that check fails.
    belenios_tool_refuses: None where the tool does not read such files.
    """

    name: str
    group: str
    kind: str
    check: str | None
    key: str | None
    poll: str
    belenios_tool_refuses: bool | None
    record: str | None
    count: str | None
    receipts: str | None
    sha256: dict[str, str]


def listed(groups: Sequence[str] = ALL_GROUPS) -> Iterator[Tallied]:
    """Everything that is published, each kind after honest ones of it; what is stated of a poll once, in Ed25519."""
    for group in groups:
        yield from tallies(group)
    if "Ed25519" in groups:
        for kind, forgeries in STATED:
            yield from (Tallied(forgery, "Ed25519", kind, None) for forgery in forgeries)


def files_of(made: Tallied) -> tuple[Entry, dict[str, bytes]]:
    """What the index says of it, and its files by their paths."""
    forgery, built = made.forgery, made.forgery.build()
    place = f"{made.group}/{made.kind}/{forgery.name}"
    files = {
        "record": (f"{place}.{'zip' if made.kind == 'sitting' else 'bel'}", built.record),
        "count": (f"{place}.count.json", built.count),
        "receipts": (f"{place}.receipts.json", _receipts(built)),
    }
    found = {path: raw for path, raw in files.values() if raw is not None}
    paths = {part: path if raw is not None else None for part, (path, raw) in files.items()}
    check = forgery.check
    return (
        Entry(
            name=forgery.name,
            group=made.group,
            kind=made.kind,
            check=check,
            key=None if check is None else KEYS[check],
            poll=forgery.poll,
            belenios_tool_refuses=made.tool,
            record=paths["record"],
            count=paths["count"],
            receipts=paths["receipts"],
            sha256={path: sha256_hex(raw) for path, raw in found.items()},
        ),
        found,
    )


def _receipts(built: Files) -> bytes | None:
    return json.dumps(list(built.receipts)).encode() if built.receipts else None


def everything(groups: Sequence[str] = ALL_GROUPS) -> dict[str, bytes]:
    """All files by their paths, the index first."""
    entries: list[dict[str, object]] = []
    files: dict[str, bytes] = {}
    for made in listed(groups):
        entry, found = files_of(made)
        entries.append(asdict(entry))
        files |= found
    text = json.dumps({"version": 1, "records": entries}, ensure_ascii=False, indent=1)
    return {"index.json": (text + "\n").encode(), **files}


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write these files."""
    for path, raw in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(raw)


def pack(files: Mapping[str, bytes]) -> bytes:
    """These files as one, the same bytes whenever they are the same."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path, raw in files.items():
            about = tarfile.TarInfo(path)
            about.size, about.mode = len(raw), 0o644
            archive.addfile(about, io.BytesIO(raw))
    return lzma.compress(made.getvalue(), preset=9)


def packed() -> dict[str, bytes]:
    """The files that are kept beside this script, by their paths."""
    with tarfile.open(PACKED, mode="r:xz") as archive:
        members = [member for member in archive if member.isfile()]
        return {member.name: file.read() for member in members if (file := archive.extractfile(member))}


def main(arguments: Sequence[str] | None = None) -> None:
    """Write all of them where the command line says."""
    parser = argparse.ArgumentParser(description="Write forged records for implementers of verifiers.")
    parser.add_argument("folder", type=Path, nargs="?", help="where to write them")
    parser.add_argument("--group", choices=ALL_GROUPS, action="append", help="only this group (may be repeated)")
    parser.add_argument("--pack", action="store_true", help=f"write {PACKED.name} beside this script instead")
    options = parser.parse_args(arguments)
    if options.pack == (options.folder is not None):
        parser.error("name a folder, or give --pack")
    if options.pack:
        PACKED.write_bytes(pack(everything()))
    else:
        write(options.folder, everything(options.group or ALL_GROUPS))


if __name__ == "__main__":
    main()
