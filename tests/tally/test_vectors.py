"""The vectors for the browser's implementation can be written and are what their index says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.repository import ROOT
from tests.support.tally.defects import DEFECTS
from tests.support.tally.kind_defects import KIND_DEFECTS
from tests.support.tally.kinds import CAST
from voting.tally.errors import CheckFailed
from voting.tally.verify.checks import verify_archive


@pytest.mark.long
def test_the_written_vectors_keep_what_their_index_promises(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.support.tally.vectors.make_vectors", str(tmp_path), "--group", "Ed25519"]
    subprocess.run(command, cwd=ROOT, check=True)
    index = json.loads((tmp_path / "index.json").read_text("utf-8"))
    assert len(index["records"]) == len(DEFECTS) + 2
    assert (len(index["elections"]), len(index["ceremonies"])) == (2, 2)
    assert len(index["kind_records"]) == len(KIND_DEFECTS) + len(CAST)
    assert (len(index["kind_elections"]), len(index["embeddings"])) == (len(CAST), 1)
    for entry in [*index["records"], *index["kind_records"]]:
        archive = (tmp_path / entry["file"]).read_bytes()
        receipts = json.loads((tmp_path / entry["receipts"]).read_text("utf-8"))
        if entry["check"] is None:
            result = json.loads(json.dumps(verify_archive(archive, receipts).result))
            assert result == (entry["result"] if "result" in entry else [entry["counts"]])
            continue
        with pytest.raises(CheckFailed) as caught:
            verify_archive(archive, receipts)
        assert caught.value.number == entry["check"], entry["name"]
