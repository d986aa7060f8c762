"""The page's verifier accepts Python's honest records and refuses each defect at the same check."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.tally_web.tally_page import Page

ROOT = Path(__file__).resolve().parents[2]
GROUPS = ["Ed25519", "BELENIOS-2048"]


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vectors that Python writes for other implementations."""
    folder = tmp_path_factory.mktemp("vectors")
    subprocess.run([sys.executable, "-m", "tests.vectors.make_vectors", str(folder)], cwd=ROOT, check=True, timeout=300)
    return folder


@pytest.mark.parametrize("group_name", GROUPS)
def test_same_verdict_on_every_record(page: Page, vectors: Path, group_name: str) -> None:
    index = json.loads((vectors / "index.json").read_text("utf-8"))
    records = [record for record in index["records"] if record["group"] == group_name]
    requests = [("verifyArchive", _request(vectors, record)) for record in records]
    outcomes = page.run(*requests)
    verdicts = {
        record["name"]: outcome.refused["check"]["number"] if outcome.refused else outcome.done["counts"]
        for record, outcome in zip(records, outcomes, strict=True)
    }
    assert verdicts == {record["name"]: record["check"] or record["counts"] for record in records}
    assert len(verdicts) > 40


def _request(vectors: Path, record: dict[str, Any]) -> dict[str, Any]:
    receipts = json.loads((vectors / record["receipts"]).read_text("utf-8"))
    return {"data": (vectors / record["file"]).read_bytes(), "receipts": receipts}


@pytest.mark.parametrize("group_name", GROUPS)
def test_same_ceremony_documents(page: Page, vectors: Path, group_name: str) -> None:
    index = json.loads((vectors / "index.json").read_text("utf-8"))
    for entry in index["ceremonies"]:
        if entry["group"] != group_name:
            continue
        ceremony = json.loads((vectors / entry["file"]).read_text("utf-8"))
        rounds = {name: ceremony[name] for name in ("certificates", "dealings")}
        keys = ceremony["verification_keys"]
        trustees = page.call("assembleTrustees", plan=ceremony["plan"], **rounds, verificationKeys=keys)
        assert trustees.decode() == ceremony["trustees"]
        for name, fingerprint in ceremony["fingerprints"].items():
            assert page.call("ceremonyFingerprint", messages=ceremony[name]) == fingerprint
