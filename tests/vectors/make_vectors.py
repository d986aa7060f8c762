"""Writes test vectors for the browser's implementation: ``python -m tests.vectors.make_vectors DIR``.

Everything is drawn from seeded streams, so every run writes the same files. ``index.json`` lists them;
tests/vectors/README.md describes them.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.tally.defects import DEFECTS, Broken, honest
from tests.tally.scenes import COUNTS, GROUPS, Ceremony, Scene, make_scene
from voting.tally.ceremony import ceremony_fingerprint


def main(arguments: Sequence[str] | None = None) -> None:
    """Write all vectors into the folder named on the command line."""
    parser = argparse.ArgumentParser(description="Write the tally protocol's test vectors.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--group", choices=GROUPS, action="append", help="only this group (may be repeated)")
    options = parser.parse_args(arguments)
    write_vectors(options.folder, options.group or GROUPS)


def write_vectors(folder: Path, groups: Sequence[str] = GROUPS) -> None:
    """Write records, elections and ceremonies of the groups with their index."""
    index: dict[str, list[dict[str, Any]]] = {"records": [], "elections": [], "ceremonies": []}
    for group in groups:
        for threshold in (2, 3):
            scene = make_scene(group, threshold)
            name = f"{group}-{threshold}-of-3"
            index["ceremonies"].append(_write_ceremony(folder, name, scene.ceremony))
            index["elections"].append(_write_election(folder, name, scene))
            record = honest(scene)
            index["records"].append(_write_record(folder, group, f"honest_{threshold}_of_3", None, record))
        for defect in DEFECTS:
            record = defect.build(make_scene(group, 2))
            index["records"].append(_write_record(folder, group, defect.name, defect.number, record))
    _write(folder / "index.json", json.dumps(index, ensure_ascii=False, indent=1).encode())


def _write_record(folder: Path, group: str, name: str, check: int | None, record: Broken) -> dict[str, Any]:
    file, receipts = f"records/{group}/{name}.bel", f"records/{group}/{name}.receipts.json"
    _write(folder / file, record.archive)
    _write(folder / receipts, json.dumps(record.receipts, ensure_ascii=False).encode())
    counts = list(COUNTS) if check is None else None
    return {"name": name, "group": group, "check": check, "file": file, "receipts": receipts, "counts": counts}


def _write_ceremony(folder: Path, name: str, ceremony: Ceremony) -> dict[str, Any]:
    plan = ceremony.plan
    rounds = {
        "certificates": ceremony.certificates,
        "dealings": ceremony.dealings,
        "verification_keys": ceremony.verification_keys,
    }
    value = {
        "plan": {"group": plan.group, "names": list(plan.names), "threshold": plan.threshold},
        **rounds,
        "fingerprints": {key: ceremony_fingerprint(messages) for key, messages in rounds.items()},
        "working_shares": [[private.to_json() for private in stage] for stage in ceremony.working],
        "shares": [private.to_json() for private in ceremony.shares],
        "trustees": ceremony.trustees.decode(),
    }
    file = f"ceremonies/{name}.json"
    _write(folder / file, json.dumps(value, ensure_ascii=False, indent=1).encode())
    return {"name": name, "group": plan.group, "threshold": plan.threshold, "file": file}


def _write_election(folder: Path, name: str, scene: Scene) -> dict[str, Any]:
    record = scene.record()
    value = {
        "election": record.election.decode(),
        "election_hash": scene.election.hash,
        "trustees": record.trustees.decode(),
        "credentials": record.credentials.decode(),
        "signing": [{"private": str(item.private), "public": item.public} for item in scene.credentials],
        "ballots": [raw.decode() for raw in record.ballots],
        "encrypted_tally": record.tally.decode(),
        "decryptions": [{"owner": owner, "raw": raw.decode()} for owner, raw in record.decryptions],
        "result": record.result.decode(),
        "counts": list(COUNTS),
        "shares": [private.to_json() for private in scene.ceremony.shares],
    }
    file = f"elections/{name}.json"
    _write(folder / file, json.dumps(value, ensure_ascii=False, indent=1).encode())
    return {"name": name, "group": scene.group.name, "threshold": scene.ceremony.plan.threshold, "file": file}


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    main()
