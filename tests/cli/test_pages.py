"""`voting pages`: the hash that anybody can make again, and what a server gives instead of these pages."""

import hashlib
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from werkzeug.serving import make_server

from voting.cli import cli
from voting.commands import pages
from voting.server.http.access import ServerSecret, Tokens
from voting.server.http.pages import page_routes
from voting.server.http.routes import Routes
from voting.server.page_bundle import address_of, bundle_files, bundle_hash
from voting.wire.roles import ROUTES

SCRIPT = "assets/seat-1a2b3c.js"
BY_HAND = "find . -type f ! -name '.*' -printf '%P\\n' | LC_ALL=C sort | xargs -d '\\n' sha256sum | sha256sum"
"""As docs/guides/operator.md says it."""


def build(folder: Path) -> Path:
    for page in ROUTES:
        (folder / page).mkdir(parents=True)
        (folder / page / "index.html").write_text(f"<title>{page}</title>", encoding="utf-8")
    (folder / "assets").mkdir()
    (folder / SCRIPT).write_text("export {}", encoding="utf-8")
    (folder / ".built").write_text("", encoding="utf-8")  # of make, not of the build
    return folder


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = build(tmp_path / "installed")
    monkeypatch.setattr(pages, "STATIC_DIR", folder)
    return folder


@pytest.fixture
def served(tmp_path: Path) -> Path:
    return build(tmp_path / "served")


@pytest.fixture
def url(served: Path) -> Iterator[str]:
    app = Flask("pages", static_folder=None)
    Routes(app, Tokens(ServerSecret(bytes(64)), lambda _: 0)).add(page_routes(served))
    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def voting(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["pages", *arguments])


def test_the_hash_is_printed_in_hex_and_in_words(installed: Path) -> None:
    done = voting()
    assert done.exit_code == 0
    printed, words = done.output.splitlines()
    assert printed == f"Pages: {bundle_hash(installed)}"
    assert len(words.split()) == 12


def test_anybody_makes_the_hash_again_with_the_tools_of_the_system(installed: Path) -> None:
    made = subprocess.run(["bash", "-c", BY_HAND], cwd=installed, capture_output=True, text=True, check=True).stdout
    assert made.split()[0] == bundle_hash(installed)


@pytest.mark.parametrize("name", [SCRIPT, "seat/index.html", "assets/added.js"])
def test_the_hash_is_another_one_for_any_other_file(installed: Path, name: str) -> None:
    before = bundle_hash(installed)
    (installed / name).write_text("something else", encoding="utf-8")
    assert bundle_hash(installed) != before


def test_a_file_under_another_name_is_another_bundle(installed: Path) -> None:
    before = bundle_hash(installed)
    (installed / SCRIPT).rename(installed / "assets" / "seat-1a2b3d.js")
    assert bundle_hash(installed) != before


def test_the_files_are_listed_as_sha256sum_does(installed: Path) -> None:
    listed = voting("--list").output.splitlines()
    assert f"{hashlib.sha256(b'export {}').hexdigest()}  {SCRIPT}" in listed
    assert listed == [f"{digest}  {name}" for name, digest in bundle_files(installed).items()]


def test_a_server_that_gives_the_same_pages_is_said_to(installed: Path, url: str) -> None:
    done = voting("--from", f"{url}/")
    assert done.exit_code == 0, done.output
    assert f"{len(bundle_files(installed))} files at {url} are those of this installation." in done.output


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", [SCRIPT, *(f"{page}/index.html" for page in ROUTES)])
def test_every_page_and_asset_of_a_server_is_compared(served: Path, url: str, name: str) -> None:
    (served / name).write_text("something else", encoding="utf-8")
    done = voting("--from", url)
    assert done.exit_code == 1
    assert done.output.splitlines() == [f"Error: {name} is another one at {url} [pages_differ]"]


@pytest.mark.usefixtures("installed")
def test_what_a_server_does_not_give_is_another_one(served: Path, url: str) -> None:
    (served / SCRIPT).unlink()
    assert f"{SCRIPT} is another one" in voting("--from", url).output


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "nothing", "http://["])
def test_a_server_that_cannot_be_read_is_named(address: str) -> None:
    done = voting("--from", address)
    assert (done.exit_code, "[server_unreachable]" in done.output) == (1, True), done.output


def test_without_pages_there_is_no_hash(installed: Path) -> None:
    for path in sorted(installed.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert bundle_hash(installed) == ""
    done = voting()
    assert (done.exit_code, "[pages_not_built]" in done.output) == (2, True)


def test_every_page_has_its_address() -> None:
    assert {address_of(f"{page}/index.html") for page in ROUTES} == set(ROUTES.values())
    assert address_of(SCRIPT) == f"/{SCRIPT}"
