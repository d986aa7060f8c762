"""Somebody else's program agrees: Debian's belenios-tool accepts honest records and refuses tampered ones."""

import subprocess
from pathlib import Path

import pytest

from tests.support.needed_tools import needed_belenios_2, needed_tool
from tests.support.tally.defects import DEFECTS, Defect, honest
from tests.support.tally.kind_defects import KIND_DEFECTS, KindDefect, honest_kind
from tests.support.tally.kinds import MODULAR, KindScene, make_kind
from tests.support.tally.scenes import Held, make_scene

GROUP = "BELENIOS-2048"  # the group that the tool of Debian 12 knows

pytestmark = pytest.mark.belenios


@pytest.fixture(scope="module")
def tool() -> str:
    return needed_tool("belenios-tool")


@pytest.fixture(scope="module")
def tool_2() -> str:
    return needed_belenios_2()


def verify(tool: str, folder: Path, scene: Held, archive: bytes) -> subprocess.CompletedProcess[str]:
    (folder / f"{scene.election.uuid}.bel").write_bytes(archive)
    return subprocess.run(
        [tool, "election", "verify", "--dir", str(folder)], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("threshold", [2, 3])
def test_the_tool_accepts_an_honest_record(tool: str, tmp_path: Path, threshold: int) -> None:
    scene = make_scene(GROUP, threshold)
    done = verify(tool, tmp_path, scene, honest(scene).archive)
    assert done.returncode == 0, done.stderr
    assert "all checks passed" in done.stderr


def test_the_tool_accepts_a_record_without_ballots(tool: str, tmp_path: Path) -> None:
    scene = make_scene(GROUP)
    done = verify(tool, tmp_path, scene, scene.record([]).archive())
    assert done.returncode == 0, done.stderr


REFUSED = [defect for defect in DEFECTS if defect.tool]


@pytest.mark.parametrize("defect", REFUSED, ids=lambda defect: defect.name)
def test_the_tool_refuses_what_we_refuse(tool: str, tmp_path: Path, defect: Defect) -> None:
    scene = make_scene(GROUP)
    done = verify(tool, tmp_path, scene, defect.build(scene).archive)
    assert done.returncode != 0


UNNOTICED = [defect for defect in DEFECTS if not defect.tool]


@pytest.mark.parametrize("defect", UNNOTICED, ids=lambda defect: defect.name)
def test_our_verifier_is_needed_where_version_2_of_the_tool_sees_nothing(
    tool_2: str, tmp_path: Path, defect: Defect
) -> None:
    scene = make_scene(GROUP)
    assert verify(tool_2, tmp_path, scene, defect.build(scene).archive).returncode == 0


TOOL_GROUPS = {"mixed": MODULAR, "ranked": MODULAR}
"""In BELENIOS-2048 the format defines no way to embed numbers; the tool of Debian 12 does not know Ed25519."""


def small(kind: str) -> KindScene:
    """As few ballots as show what is asked: proofs are slow in this group. Casting again takes them all."""
    return make_kind(kind, TOOL_GROUPS.get(kind, GROUP), None if kind == "again" else 2)


@pytest.mark.parametrize("kind", ["several", "mixed", "ranked", "again"])
def test_the_tool_accepts_an_honest_record_of_every_secret_kind(tool: str, tmp_path: Path, kind: str) -> None:
    scene = small(kind)
    done = verify(tool, tmp_path, scene, scene.record().archive())
    assert done.returncode == 0, done.stderr
    assert "all checks passed" in done.stderr


@pytest.mark.parametrize("kind", ["several", "ranked"])
def test_the_tool_accepts_a_record_of_any_kind_without_ballots(tool: str, tmp_path: Path, kind: str) -> None:
    scene = small(kind)
    done = verify(tool, tmp_path, scene, scene.record([]).archive())
    assert done.returncode == 0, done.stderr


def test_the_tool_does_not_read_recorded_polls(tool: str, tmp_path: Path) -> None:
    scene = make_kind("recorded", GROUP)
    assert verify(tool, tmp_path, scene, honest_kind(scene).archive).returncode != 0


SEEN_BY_TOOL = [defect for defect in KIND_DEFECTS if defect.tool]


@pytest.mark.parametrize("defect", SEEN_BY_TOOL, ids=lambda defect: f"{defect.kind}-{defect.name}")
def test_the_tool_refuses_what_we_refuse_of_other_kinds(tool: str, tmp_path: Path, defect: KindDefect) -> None:
    scene = small(defect.kind)
    done = verify(tool, tmp_path, scene, defect.build(scene).archive)
    assert done.returncode != 0


UNSEEN_BY_TOOL = [defect for defect in KIND_DEFECTS if defect.tool is False]


@pytest.mark.parametrize("defect", UNSEEN_BY_TOOL, ids=lambda defect: f"{defect.kind}-{defect.name}")
def test_our_verifier_is_needed_for_other_kinds_too(tool_2: str, tmp_path: Path, defect: KindDefect) -> None:
    scene = small(defect.kind)
    assert verify(tool_2, tmp_path, scene, defect.build(scene).archive).returncode == 0
