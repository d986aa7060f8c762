"""The main job at full size: 251 delegates, both polls, two of three scrutineers, checked by a program of others."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.needed_tools import needed_tool
from tests.support.repository import ROOT

pytestmark = pytest.mark.rehearsal

SAMPLE = ROOT / "config" / "samples" / "pinghu-2022"
SECONDS = 900


@pytest.mark.belenios
def test_251_delegates_choose_ten_of_twelve_and_belenios_tool_accepts_both_records(tmp_path: Path) -> None:
    tool = needed_tool("belenios-tool")
    out = tmp_path / "out"
    rehearse = [sys.executable, "-m", "voting", "rehearse", str(SAMPLE), "--group", "BELENIOS-2048", "--no-follow-ups"]
    held = subprocess.run(
        [*rehearse, "--out", str(out)], cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert held.returncode == 0, held.stderr
    result = json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert result["sitting"] == {"due": 251, "present": 251, "quorum": 168}
    assert [poll["id"] for poll in result["polls"]] == ["projects", "work-report"]
    for poll in result["polls"]:
        assert poll["group"] == "BELENIOS-2048"
        assert poll["issued"] == 251
        verify = [tool, "election", "verify", "--dir", str(out / poll["id"])]
        checked = subprocess.run(verify, capture_output=True, text=True, timeout=SECONDS, check=False)
        assert checked.returncode == 0, checked.stderr
        own = [sys.executable, "-m", "voting", "verify", str(out / poll["archive"])]
        assert subprocess.run(own, cwd=ROOT, capture_output=True, timeout=SECONDS, check=False).returncode == 0
