"""The pages: what is cached, what protects them, and what is shown when they are not built."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from voting.server.http.access import ServerSecret, Tokens
from voting.server.http.pages import add_headers, page_routes
from voting.server.http.routes import Routes
from voting.wire.roles import ROUTES


@pytest.fixture
def built(tmp_path: Path) -> Path:
    for page in ROUTES:
        (tmp_path / page).mkdir()
        (tmp_path / page / "index.html").write_text(f"<title>{page}</title>", encoding="utf-8")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "seat-1a2b3c.js").write_text("export {}", encoding="utf-8")
    return tmp_path


def _client(static_dir: Path) -> FlaskClient:
    app = Flask("pages", static_folder=None)
    Routes(app, Tokens(ServerSecret(bytes(64)), lambda _: 0)).add(page_routes(static_dir))
    app.after_request(add_headers)
    return app.test_client()


@pytest.mark.parametrize(("page", "path"), ROUTES.items())
def test_each_address_opens_its_page_and_is_asked_again_each_time(built: Path, path: str, page: str) -> None:
    client = _client(built)
    first = client.get(path, buffered=True)
    assert (first.status_code, first.text) == (200, f"<title>{page}</title>")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(path, buffered=True, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_assets_are_cached_for_good(built: Path) -> None:
    answer = _client(built).get("/assets/seat-1a2b3c.js", buffered=True)
    assert answer.cache_control.max_age == 365 * 24 * 3600
    assert answer.cache_control.immutable
    assert answer.mimetype in ("text/javascript", "application/javascript")


@pytest.mark.parametrize("path", ["/assets/../seat/index.html", "/assets/%2e%2e/index/index.html", "/assets/none.js"])
def test_nothing_outside_the_assets_is_served(built: Path, path: str) -> None:
    assert _client(built).get(path).status_code == 404


def test_every_answer_has_the_security_headers(built: Path) -> None:
    client = _client(built)
    for path in ("/seat", "/assets/seat-1a2b3c.js", "/nothing"):
        headers = client.get(path, buffered=True).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in policy


def test_pages_that_are_not_built_say_so_in_both_languages(tmp_path: Path) -> None:
    answer = _client(tmp_path).get("/seat")
    assert answer.status_code == 503
    assert "页面尚未构建" in answer.text
    assert "make build" in answer.text


def test_a_browser_that_looks_for_an_icon_meets_no_error(built: Path) -> None:
    assert _client(built).get("/favicon.ico", buffered=True).status_code == 204
