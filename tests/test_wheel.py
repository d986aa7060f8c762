"""An installed wheel has the words and the rule presets, and finds them without a checkout around it."""

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.support.repository import ROOT
from voting.words import Catalogue, Language

RULES = {path.name: path.read_bytes() for path in (ROOT / "config" / "rules").glob("*.toml")}
FIND = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from voting.files.rulebooks import load_rulebooks
from voting.files.rules import PRESETS
print(json.dumps([str(PRESETS), list(load_rulebooks(Path(sys.argv[1]) / "no-session"))]))
"""


def build(place: Path) -> Path:
    """A wheel without the pages, which take a minute to build; tests/test_page_bundle.py builds those."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOTING_SKIP_PAGES", "1")
        (built,) = WheelBuilder(str(ROOT)).build(directory=str(place), versions=["standard"])
    return Path(built)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """The wheel unpacked as an installer does."""
    site = wheel.parent / "site"
    with ZipFile(wheel) as packed:
        packed.extractall(site)
    return site


def test_a_wheel_is_the_same_bytes_whenever_it_is_built(wheel: Path, tmp_path: Path) -> None:
    assert build(tmp_path).read_bytes() == wheel.read_bytes()


def test_a_wheel_holds_every_preset_byte_for_byte(installed: Path) -> None:
    packed = installed / "voting" / "files" / "presets"
    assert RULES
    assert {path.name: path.read_bytes() for path in packed.iterdir()} == RULES


def test_a_wheel_holds_the_words_of_both_languages(installed: Path) -> None:
    for language in Language:
        packed = {path.name for path in (installed / "voting" / "words" / language.value).iterdir()}
        assert packed == {f"{name}.json" for name in Catalogue.__struct_fields__}


def test_an_installed_program_adopts_its_own_presets(installed: Path) -> None:
    command = [sys.executable, "-c", FIND, str(installed)]
    answer = subprocess.run(command, cwd=installed, check=True, capture_output=True, text=True)
    place, names = json.loads(answer.stdout)
    assert Path(place) == installed / "voting" / "files" / "presets"
    assert names == sorted(name.removesuffix(".toml") for name in RULES)
