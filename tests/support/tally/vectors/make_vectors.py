"""Writes test vectors for the browser's implementation: ``python -m tests.support.tally.vectors.make_vectors DIR``.

Everything is drawn from seeded streams, so every run writes the same files. ``index.json`` lists them;
tests/support/tally/vectors/README.md describes them.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.support.known import known
from tests.support.tally.defects import DEFECTS, Broken, honest
from tests.support.tally.kind_defects import KIND_DEFECTS, honest_kind
from tests.support.tally.kinds import CAST, MODULAR, KindScene, make_kind
from tests.support.tally.scenes import COUNTS, GROUPS, Ceremony, Scene, make_scene
from voting.tally.ballots.questions import MixedQuestion
from voting.tally.ballots.singly import WriteIns
from voting.tally.errors import TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.json_form import load
from voting.tally.trustees.ceremony import ceremony_fingerprint

ALL_GROUPS = (*GROUPS, MODULAR)
"""Of the last, slow one only one record with shuffles and what it embeds are written."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Write all vectors into the folder named on the command line."""
    parser = argparse.ArgumentParser(description="Write the tally protocol's test vectors.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--group", choices=ALL_GROUPS, action="append", help="only this group (may be repeated)")
    options = parser.parse_args(arguments)
    write_vectors(options.folder, options.group or ALL_GROUPS)


def write_vectors(folder: Path, groups: Sequence[str] = ALL_GROUPS) -> None:
    """Write records, elections and ceremonies of the groups with their index."""
    index: dict[str, list[dict[str, Any]]] = {"records": [], "elections": [], "ceremonies": []}
    index |= {"kind_records": [], "kind_elections": [], "embeddings": []}
    if MODULAR in groups:
        _write_honest_kind(folder, make_kind("ranked", MODULAR), index)
        index["embeddings"].append(_write_embeddings(folder, MODULAR))
    for group in (group for group in groups if group != MODULAR):
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
        _write_kinds(folder, group, index)
    _write(folder / "index.json", json.dumps(index, ensure_ascii=False, indent=1).encode())


def _write_record(folder: Path, group: str, name: str, check: int | None, record: Broken) -> dict[str, Any]:
    file, receipts = f"records/{group}/{name}.bel", f"records/{group}/{name}.receipts.json"
    _write(folder / file, record.archive)
    _write(folder / receipts, json.dumps(record.receipts, ensure_ascii=False).encode())
    counts = list(COUNTS) if check is None else None
    return {"name": name, "group": group, "check": check, "file": file, "receipts": receipts, "counts": counts}


def _write_kinds(folder: Path, group: str, index: dict[str, list[dict[str, Any]]]) -> None:
    """Records of the further kinds in the groups that can hold them, and what the groups embed."""
    able = group_by_name(group).capacity > 0
    for kind in CAST:
        if able or kind not in ("mixed", "ranked"):
            _write_honest_kind(folder, make_kind(kind, group), index)
    for defect in KIND_DEFECTS:
        if able or defect.kind != "ranked":
            scene = make_kind(defect.kind, group)
            record = defect.build(scene)
            index["kind_records"].append(_write_kind_record(folder, scene, defect.name, defect.number, record))
    if able:
        index["embeddings"].append(_write_embeddings(folder, group))


def _write_honest_kind(folder: Path, scene: KindScene, index: dict[str, list[dict[str, Any]]]) -> None:
    index["kind_elections"].append(_write_kind_election(folder, scene))
    record = honest_kind(scene)
    index["kind_records"].append(_write_kind_record(folder, scene, f"honest_{scene.kind}", None, record))


def _write_kind_record(folder: Path, scene: KindScene, name: str, check: int | None, record: Broken) -> dict[str, Any]:
    group = scene.group.name
    file, receipts = f"kinds/{group}/{name}.bel", f"kinds/{group}/{name}.receipts.json"
    _write(folder / file, record.archive)
    _write(folder / receipts, json.dumps(record.receipts, ensure_ascii=False).encode())
    result = load(scene.record().result)["result"] if check is None else None
    entry = {"name": name, "kind": scene.kind, "group": group, "check": check, "file": file, "receipts": receipts}
    return {**entry, "result": result}


def _write_kind_election(folder: Path, scene: KindScene) -> dict[str, Any]:
    record = scene.record()
    value = {
        "election": record.election.decode(),
        "election_hash": scene.election.hash,
        "trustees": record.trustees.decode(),
        "credentials": record.credentials.decode(),
        "signing": [{"private": str(item.private), "public": item.public} for item in scene.credentials],
        "answers": [[list(values) for values in answers] for answers in CAST[scene.kind][1]],
        "ballots": [raw.decode() for raw in record.ballots],
        "encrypted_tally": None if record.tally is None else known(record.tally).decode(),
        "shuffles": [{"owned": owned.decode(), "raw": raw.decode()} for owned, raw in record.shuffles],
        "mixed_tally": None if record.tally is None else scene.mixed(record).decode(),
        "decryptions": [{"owner": owner, "raw": raw.decode()} for owner, raw in record.decryptions],
        "result": record.result.decode(),
        "shares": [] if scene.ceremony is None else [private.to_json() for private in scene.ceremony.shares],
        "papers": _papers(scene),
    }
    file = f"kinds/{scene.group.name}/{scene.kind}.json"
    _write(folder / file, json.dumps(value, ensure_ascii=False, indent=1).encode())
    return {"kind": scene.kind, "group": scene.group.name, "file": file}


def _papers(scene: KindScene) -> list[dict[str, Any]]:
    """How the numbers of questions with write-ins are to be read; None where they cannot be."""
    found: list[dict[str, Any]] = []
    for place, question in enumerate(scene.election.questions):
        if isinstance(question, MixedQuestion) and isinstance(question.use, WriteIns):
            for answers in CAST[scene.kind][1]:
                found.append(
                    {"question": place, "numbers": list(answers[place]), **_read(question.use, answers[place])}
                )
    return found


def _read(use: WriteIns, numbers: Sequence[int]) -> dict[str, Any]:
    try:
        paper = use.read(numbers)
    except TallyError:
        return {"marks": None, "write_ins": None}
    return {"marks": list(paper.marks), "write_ins": list(paper.write_ins)}


def _write_embeddings(folder: Path, name: str) -> dict[str, Any]:
    group = group_by_name(name)
    samples: tuple[list[int], ...] = ([], [0], [1, 2, 3], [0] * 30, [255] * 30, list(range(30)))
    value = {
        "capacity": group.capacity,
        "generators": [{"index": index, "element": group.encode(group.generator(index))} for index in range(-1, 20)],
        "embedded": [{"values": values, "element": group.encode(group.embed(values))} for values in samples],
    }
    file = f"embeddings/{name}.json"
    _write(folder / file, json.dumps(value, indent=1).encode())
    return {"group": name, "file": file}


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
        "encrypted_tally": known(record.tally).decode(),
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
