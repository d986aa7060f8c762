"""The worker runs in a real browser under a content security policy without ``unsafe-eval``."""

import base64
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.support.needed_tools import CHROMIUM_NAMES, needed_tool
from tests.support.repository import WEB
from tests.support.tally.scenes import COUNTS, make_scene
from tests.tally_web.tally_page import bundle, seeded
from voting.tally.ballots.ballot import check_ballot, tracker_of
from voting.tally.ballots.credential import make_credential
from voting.tally.board.election import Election, Question, make_election, make_uuid
from voting.tally.board.result import check_partial_decryption
from voting.tally.groups.choice import group_by_name
from voting.tally.trustees.document import Trustees

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
    bundle(WEB / "tally" / "worker" / "worker.ts", folder / "worker.ts", "browser")
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


COUNT_WORKERS = """
window.startedWorkers = 0;
window.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    window.startedWorkers += 1;
  }
};
"""
"""Counted where they are made: a worker that ends at once may be gone before the browser's driver has seen it."""


@pytest.mark.browser
def test_workers_share_the_ballots_and_one_of_them_decrypts(chromium: str, address: str) -> None:
    scene = make_scene("Ed25519")
    record = scene.record()
    assert record.tally is not None
    share = scene.ceremony.shares[0].to_json()
    documents = {name: getattr(record, name) for name in ("election", "trustees", "credentials")}
    poll = {name: base64.b64encode(raw).decode() for name, raw in documents.items()}
    ballots = [base64.b64encode(raw).decode() for raw in record.ballots]
    archive = base64.b64encode(record.archive()).decode()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.add_init_script("Object.defineProperty(navigator, 'hardwareConcurrency', { value: 3 })")
        page.add_init_script(COUNT_WORKERS)
        page.goto(address)
        counted = page.evaluate(
            "poll => window.count(poll)", {**poll, "ballots": ballots, "share": share, "archive": archive}
        )
        started = page.evaluate("() => window.startedWorkers")
        browser.close()
    assert started == 1 + 3 * 2
    assert base64.b64decode(counted["tally"]) == record.tally
    check_partial_decryption(
        scene.election,
        Trustees.parse(scene.group, record.trustees),
        1,
        record.tally,
        base64.b64decode(counted["decryption"]),
    )
    assert counted["progress"][-1] == len(ballots)
    assert tuple(counted["counts"]) == COUNTS
    assert "signature_invalid: ballot at height 4" in counted["refusal"]


def test_the_pages_own_thread_loads_no_arithmetic(tmp_path: Path) -> None:
    """What a page must load before it can start a worker, followed through its static imports."""
    client = WEB / "tally" / "worker" / "client.ts"
    graph = tmp_path / "graph.json"
    bundle(client, None, "browser", f"--outdir={tmp_path}", "--splitting", f"--metafile={graph}")
    outputs = json.loads(graph.read_text("utf-8"))["outputs"]
    waiting = [name for name, output in outputs.items() if output.get("entryPoint", "").endswith("worker/client.ts")]
    assert waiting
    loaded: set[str] = set()
    while waiting:
        name = waiting.pop()
        loaded |= outputs[name]["inputs"].keys()
        waiting += [item["path"] for item in outputs[name]["imports"] if item["kind"] == "import-statement"]
    assert sorted(Path(name).name for name in loaded) == ["client.ts", "connection.ts", "errors.ts", "messages.ts"]
