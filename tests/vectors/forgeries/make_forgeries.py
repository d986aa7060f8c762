"""Writes forged records for every verifier: ``python -m tests.vectors.forgeries.make_forgeries DIR``.

Everything is drawn from seeded streams, so every run writes the same files. ``index.json`` lists them; README.md beside
this script says how to use them.
"""

import argparse
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.support.tally.defects import DEFECTS, Broken, honest
from tests.support.tally.kind_defects import KIND_DEFECTS, honest_kind
from tests.support.tally.kinds import CAST, make_kind
from tests.support.tally.scenes import GROUPS, make_scene
from voting.record.record_checks import RECORD_CHECKS
from voting.tally.groups.choice import group_by_name
from voting.tally.verify.checks import CHECKS

SUMMED = "summed"
"""The kind of the first records: one homomorphic question."""

OF_THIS_HOUSE = frozenset(
    {
        "a_decryption_whose_statement_is_not_proven",
        "decryptions_whose_statements_are_not_proven",
        "a_decryption_with_a_false_proof_of_its_statement",
        "the_published_proofs_in_place_of_those_of_the_statements",
        "a_statement_proof_too_few",
    }
)
"""Defects of proofs that only records of format 2 carry; the published format does not know them, so nobody else can
look for them."""

KEYS = {check.number: check.key for check in (*CHECKS, *RECORD_CHECKS)}


@dataclass(frozen=True)
class Forgery:
    """A record to be written. check: the number of the check that refuses it; None: an honest one.

    tool: whether belenios-tool 2.0 refuses it too; None where it does not read records of this kind.
    """

    name: str
    group: str
    kind: str
    check: int | None
    tool: bool | None
    build: Callable[[], Broken]


def forgeries(group: str) -> Iterator[Forgery]:
    """All that are published in this group, each kind after an honest record of it."""
    scene = make_scene(group, 2)
    yield Forgery("honest", group, SUMMED, None, False, partial(honest, scene))
    for defect in DEFECTS:
        if defect.name not in OF_THIS_HOUSE:
            build = partial(defect.build, scene)
            yield Forgery(defect.name, group, SUMMED, defect.number, defect.tool, build)
    able = group_by_name(group).capacity > 0
    for kind in CAST:
        if able or kind not in ("mixed", "ranked"):
            yield from _of_kind(group, kind)


def _of_kind(group: str, kind: str) -> Iterator[Forgery]:
    scene = make_kind(kind, group)
    reads = None if kind == "recorded" else False
    yield Forgery(f"honest_{kind}", group, kind, None, reads, partial(honest_kind, scene))
    for defect in KIND_DEFECTS:
        if defect.kind == kind and defect.name not in OF_THIS_HOUSE:
            build = partial(defect.build, scene)
            yield Forgery(defect.name, group, kind, defect.number, defect.tool, build)


def write_forgeries(folder: Path, listed: Iterable[Forgery]) -> None:
    """Write these records with their index."""
    index = [_write(folder, forgery) for forgery in listed]
    text = json.dumps({"version": 1, "records": index}, ensure_ascii=False, indent=1)
    (folder / "index.json").write_text(text + "\n", "utf-8")


def _write(folder: Path, forgery: Forgery) -> dict[str, Any]:
    made = forgery.build()
    place = folder / forgery.group / f"{forgery.name}.bel"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(made.archive)
    receipts = None
    if made.receipts:
        receipts = f"{forgery.group}/{forgery.name}.receipts.json"
        (folder / receipts).write_text(json.dumps(made.receipts), "utf-8")
    return {
        "name": forgery.name,
        "group": forgery.group,
        "kind": forgery.kind,
        "check": forgery.check,
        "key": None if forgery.check is None else KEYS[forgery.check],
        "belenios_tool_refuses": forgery.tool,
        "file": f"{forgery.group}/{forgery.name}.bel",
        "receipts": receipts,
        "sha256": hashlib.sha256(made.archive).hexdigest(),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Write all of them into the folder named on the command line."""
    parser = argparse.ArgumentParser(description="Write forged records for implementers of verifiers.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--group", choices=GROUPS, action="append", help="only this group (may be repeated)")
    options = parser.parse_args(arguments)
    write_forgeries(options.folder, (one for group in options.group or GROUPS for one in forgeries(group)))


if __name__ == "__main__":
    main()
