"""The pages people open, as the web build left them. Pages are checked for changes each time, assets cached for good.

The content security policy allows scripts of this server only, and WebAssembly, which the cryptography needs.
"""

from collections.abc import Callable
from pathlib import Path

from flask import Response, send_from_directory

from voting.server.http.routes import Route
from voting.wire.roles import EVERYBODY, ROUTES

_YEAR = 365 * 24 * 3600
_HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "worker-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
}
_NOT_BUILT = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>页面尚未构建</title>
<h1>页面尚未构建</h1><p>请在程序目录运行 <code>make build</code>，然后刷新本页。</p>
<h1 lang="en">The pages are not built</h1>
<p lang="en">Run <code>make build</code> in the program's directory, then reload this page.</p></html>
"""


def page_routes(static_dir: Path) -> tuple[Route, ...]:
    """The pages and their assets; `add_headers` protects what they answer."""
    directory = static_dir.resolve()

    def asset(name: str) -> Response:
        response = send_from_directory(directory / "assets", name, max_age=_YEAR)
        response.cache_control.public = True
        response.cache_control.immutable = True
        return response

    return (
        *(Route(f"page_{page}", path, EVERYBODY, _page(directory, page)) for page, path in ROUTES.items()),
        Route("asset", "/assets/<path:name>", EVERYBODY, asset),
        Route("favicon", "/favicon.ico", EVERYBODY, favicon),
    )


def favicon() -> Response:
    """Browsers ask for it by themselves; there is none, and that is no error."""
    return Response(status=204, headers={"Cache-Control": f"public, max-age={_YEAR}"})


def add_headers(response: Response) -> Response:
    """Security headers on every answer, and no caching where the route did not ask for it."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def _page(directory: Path, page: str) -> Callable[[], Response]:
    def serve_page() -> Response:
        if not (directory / page / "index.html").is_file():
            return Response(_NOT_BUILT, status=503, content_type="text/html; charset=utf-8")
        response = send_from_directory(directory / page, "index.html")
        response.headers["Cache-Control"] = "no-cache"
        return response

    return serve_page
