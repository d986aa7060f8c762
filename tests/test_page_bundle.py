"""The pages are built to the same bytes wherever they are built, and their HTML names what it loads by its hash."""

import base64
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.repository import ROOT, WEB
from voting.server.page_bundle import bundle_files
from voting.wire.roles import ROUTES

pytestmark = pytest.mark.long

LOADING = re.compile(r"<(?:script|link)\b[^>]*>")
NOTHING_LOADED = '<link rel="icon" href="data:," />'


def built(web: Path, target: Path) -> Path:
    command = ["node_modules/.bin/vite", "build", "--outDir", str(target), "--emptyOutDir", "--logLevel", "error"]
    subprocess.run(command, cwd=web, check=True)
    return target


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(WEB, tmp_path_factory.mktemp("bundle") / "static")


def test_another_checkout_builds_the_same_bytes(bundle: Path, tmp_path: Path) -> None:
    for part in ("voting/words", "voting/terminal_client/web"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    web = tmp_path / "voting" / "terminal_client" / "web"
    (web / "node_modules").symlink_to((WEB / "node_modules").resolve())
    files = bundle_files(built(web, tmp_path / "static"))
    assert files == bundle_files(bundle)
    assert {f"{page}/index.html" for page in ROUTES} <= files.keys()


@pytest.mark.parametrize("page", ROUTES)
def test_a_page_names_every_script_and_style_by_its_hash(bundle: Path, page: str) -> None:
    elements = LOADING.findall((bundle / page / "index.html").read_text(encoding="utf-8"))
    loading = [element for element in elements if element != NOTHING_LOADED]
    assert any(element.startswith("<script") for element in loading)
    for element in loading:
        found = re.search(r'(?:src|href)="/([^"]+)"', element)
        assert found, element
        digest = base64.b64encode(hashlib.sha384((bundle / found[1]).read_bytes()).digest()).decode()
        assert f'integrity="sha384-{digest}"' in element


def test_no_script_stands_in_a_page_itself(bundle: Path) -> None:
    for page in ROUTES:
        html = (bundle / page / "index.html").read_text(encoding="utf-8")
        assert re.findall(r"<script[^>]*>([^<]+)</script>|\bon\w+=", html) == []
