"""Hostile HTTP requests, drawn from a seed: no request at all, bad bodies, other people's paths, headers that lie."""

import random
from collections.abc import Sequence

METHODS = (b"GET", b"GET", b"GET", b"POST", b"PUT", b"DELETE", b"HEAD", b"OPTIONS", b"TRACE", b"get", b"GE T", b"\xff")
PATHS = (
    *(b"/", b"/seat", b"/console", b"/screen"),
    *(b"/scrutineer", b"/verify", b"/healthz", b"/favicon.ico", b"/nosuch"),
    *(b"/api/login", b"/api/login", b"/api/login", b"/api/reports.zip"),
    *(b"/api/polls", b"/api/polls//board", b"*", b""),
    *(
        b"/assets/../../secret.key",
        b"/assets/%2e%2e/%2e%2e/secret.key",
        b"/assets//etc/passwd",
        b"/..%2f..%2fplenary.db",
    ),
    *(b"/%00", b"/%ff%fe", b"/\xe5\x85\xac", b"/" + b"a" * 9000, b"/?" + b"q=1&" * 1500, b"http://elsewhere/"),
    *(
        b"/socket.io/?EIO=4&transport=polling",
        b"/socket.io/?EIO=3&transport=websocket",
        b"/socket.io/?sid=x",
        b"/socket.io/",
    ),
)
KINDS = (
    b"setup",
    b"board",
    b"trackers",
    b"archive.bel",
    b"count.json",
    b"reports.zip",
    b"nosuch",
    b"board/../archive.bel",
)
BODIES = (
    *(
        b"",
        b"{",
        b"null",
        b"[]",
        b"{}",
        b'"code"',
        b'{"code":1}',
        b'{"code":null}',
        b'{"code":"WRONG-CODE"}',
        b'{"code":""}',
    ),
    *(
        b'{"code":"x","more":1}',
        b"\xff\xfe\x00",
        b'{"code":"\xff"}',
        b'{"code":"\\ud800"}',
        b"[" * 3000,
        b'{"a":' * 700,
    ),
    *(b"x" * 5000, b"x" * 70_000, b'{"code":"' + b"x" * 3000 + b'"}', b"code=x", b'{"code":1e999}', b"\x00" * 100),
)
HEADERS = (
    *(
        b"Content-Length: -1",
        b"Content-Length: 99999999999",
        b"Content-Length: x",
        b"Content-Length: 5\r\nContent-Length: 6",
    ),
    *(
        b"Transfer-Encoding: chunked",
        b"Transfer-Encoding: x",
        b"Expect: 100-continue",
        b"Range: bytes=0-,5-,-1",
        b"Range: x",
    ),
    *(b"Authorization: Bearer", b"Authorization: Bearer a.b.c"),
    *(b"Authorization: Basic eDp4", b"Authorization: \xff"),
    *(
        b"Cookie: " + b"a=b;" * 500,
        b"X-Forwarded-For: ::1, x",
        b"X-Forwarded-Host: evil",
        b"Origin: null",
        b"Origin: http://evil",
    ),
    *(
        b"If-None-Match: *",
        b"If-Modified-Since: x",
        b"Upgrade: websocket\r\nConnection: Upgrade",
        b"no colon",
        b": empty",
        b" x: y",
    ),
    *(
        b"Sec-WebSocket-Key: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13",
        b"a: " + b"b" * 9000,
    ),
)


def request(drawn: random.Random, polls: Sequence[str], tokens: Sequence[str]) -> bytes:
    """The next one, whole or cut. tokens: of people who may do nothing over HTTP that changes anything."""
    path = drawn.choice(PATHS)
    if drawn.random() < 0.4:
        poll = drawn.choice((*polls, "nosuch", "%2e%2e", "x" * 300)).encode()
        path = b"/api/polls/" + poll + b"/" + drawn.choice(KINDS)
    body = drawn.choice(BODIES)
    method = b"POST" if path == b"/api/login" and drawn.random() < 0.8 else drawn.choice(METHODS)
    headers = drawn.sample(HEADERS, drawn.choice((0, 0, 1, 1, 2, 4)))
    if drawn.random() < 0.4:
        headers.append(b"Authorization: Bearer " + drawn.choice(tokens).encode())
    if not any(header.startswith((b"Content-Length", b"Transfer")) for header in headers) and drawn.random() < 0.9:
        headers.append(b"Content-Length: %d" % len(body))
    version = drawn.choice((b"HTTP/1.1",) * 8 + (b"HTTP/1.0", b"HTTP/9.9", b"", b"HTTP"))
    lines = [method + b" " + path + b" " + version, b"Host: hall", b"Connection: close", *headers]
    whole = b"\r\n".join(lines) + b"\r\n\r\n" + body
    if drawn.random() < 0.05:
        return drawn.randbytes(drawn.randrange(1, 200))
    return whole if drawn.random() < 0.9 else whole[: drawn.randrange(1, len(whole))]
