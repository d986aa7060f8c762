"""The page's verifier accepts Python's honest records and refuses each defect at the same check."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.needed_tools import needed_belenios_2
from tests.support.repository import ROOT
from tests.support.tally.foreign import COUNTS, foreign_record
from tests.support.tally.lacking import LACKING
from tests.tally_web.tally_page import Page
from voting.tally.verify.checks import verify_archive

GROUPS = ["Ed25519", pytest.param("BELENIOS-2048", marks=pytest.mark.long)]
ALL_GROUPS = [*GROUPS, pytest.param("RFC-3526-2048", marks=pytest.mark.long)]


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vectors that Python writes for other implementations."""
    folder = tmp_path_factory.mktemp("vectors")
    subprocess.run(
        [sys.executable, "-m", "tests.support.tally.vectors.make_vectors", str(folder)],
        cwd=ROOT,
        check=True,
        timeout=300,
    )
    return folder


@pytest.mark.parametrize("group_name", ALL_GROUPS)
def test_same_verdict_on_every_kind_of_poll(page: Page, vectors: Path, group_name: str) -> None:
    index = json.loads((vectors / "index.json").read_text("utf-8"))
    records = [record for record in index["kind_records"] if record["group"] == group_name]
    outcomes = page.run(*[("verifyArchive", _request(vectors, record)) for record in records])
    verdicts = {
        record["name"]: outcome.refused["check"]["number"] if outcome.refused else outcome.done["result"]
        for record, outcome in zip(records, outcomes, strict=True)
    }
    assert verdicts == {record["name"]: record["check"] or record["result"] for record in records}
    assert verdicts


@pytest.mark.parametrize("group_name", ["Ed25519", "RFC-3526-2048"])
def test_same_embedded_numbers_and_hidden_generators(page: Page, vectors: Path, group_name: str) -> None:
    index = json.loads((vectors / "index.json").read_text("utf-8"))
    (entry,) = [entry for entry in index["embeddings"] if entry["group"] == group_name]
    expected = json.loads((vectors / entry["file"]).read_text("utf-8"))
    found = page.call(
        "group",
        group=group_name,
        indexes=[item["index"] for item in expected["generators"]],
        values=[item["values"] for item in expected["embedded"]],
    )
    assert found["capacity"] == expected["capacity"]
    assert found["generators"] == [item["element"] for item in expected["generators"]]
    assert found["embedded"] == [item["element"] for item in expected["embedded"]]
    assert found["extracted"] == [item["values"] for item in expected["embedded"]]


def test_papers_are_read_alike(page: Page, vectors: Path) -> None:
    """Void papers are ``null`` on both sides."""
    scene = json.loads((vectors / "kinds" / "Ed25519" / "mixed.json").read_text("utf-8"))
    for paper in scene["papers"]:
        request = {"election": scene["election"].encode(), "question": paper["question"], "numbers": paper["numbers"]}
        found = page.call("readPaper", **request)
        assert found == {"marks": paper["marks"], "writeIns": paper["write_ins"], "again": found["again"]}
        assert found["again"] == (None if paper["marks"] is None else paper["numbers"])


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


def test_same_laws_are_named(page: Page) -> None:
    outcomes = page.run(*[("verifyArchive", {"data": record.build(), "receipts": []}) for record in LACKING])
    found = {
        record.name: outcome.refused["check"]["number"] if outcome.refused else outcome.done["lacking"]
        for record, outcome in zip(LACKING, outcomes, strict=True)
    }
    assert found == {
        record.name: record.found[0] if record.found and isinstance(record.found[0], int) else list(record.found)
        for record in LACKING
    }


@pytest.mark.belenios
@pytest.mark.parametrize("threshold", [None, 2])
def test_an_election_of_another_program_is_verified_alike(page: Page, tmp_path: Path, threshold: int | None) -> None:
    archive = foreign_record(needed_belenios_2(), tmp_path, threshold)
    (found,) = page.run(("verifyArchive", {"data": archive, "receipts": []}))
    assert found.done["counts"] == list(COUNTS)
    assert found.done["lacking"] == list(verify_archive(archive).lacking)


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
