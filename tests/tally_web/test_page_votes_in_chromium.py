"""The worker runs in a real browser under a content security policy without ``unsafe-eval``."""

import base64
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.needed_tools import CHROMIUM_NAMES, WEB, needed_tool
from tests.tally_web.tally_page import bundle, seeded
from voting.tally.ballot import check_ballot, tracker_of
from voting.tally.credential import make_credential
from voting.tally.election import Election, Question, make_election, make_uuid
from voting.tally.group import group_by_name

POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
PAGE = (
    '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="page.js"></script>'
)


class Handler(SimpleHTTPRequestHandler):
    """Serves the bundles with the policy; the worker keeps the name that its source has."""

    extensions_map = {".ts": "text/javascript", ".js": "text/javascript", ".html": "text/html"}  # noqa: RUF012

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def chromium() -> str:
    return needed_tool(*CHROMIUM_NAMES)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    bundle(WEB / "tests" / "tally" / "browser_page.ts", folder / "page.js", "browser")
    bundle(WEB / "shared" / "tally" / "worker.ts", folder / "worker.ts", "browser")
    (folder / "index.html").write_text(PAGE, "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.browser
@pytest.mark.parametrize("group_name", ["Ed25519", "BELENIOS-2048"])
def test_ballot_from_the_worker_is_accepted(chromium: str, address: str, group_name: str) -> None:
    group = group_by_name(group_name)
    public_key = make_credential(group, seeded("key")).public
    question = Question("示例", ("赞成", "反对", "弃权"), 0, 1)
    fields = {"uuid": make_uuid(seeded("uuid")), "name": "示例", "description": ""}
    raw = make_election(**fields, question=question, group=group, public_key=public_key)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(address)
        vote = page.evaluate("election => window.vote(election, [0, 1, 0])", base64.b64encode(raw).decode())
        browser.close()
    ballot = base64.b64decode(vote["ballot"])
    check_ballot(Election.parse(raw), frozenset({vote["credential"]["public"]}), ballot)
    assert vote["tracker"] == vote["ownTracker"] == tracker_of(ballot)
    assert "check 1 (archive_format)" in vote["refusal"]
