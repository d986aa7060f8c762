"""What `voting serve` says aloud before it serves, and what it hands to the server."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.support.repository import HAMLET
from voting.cli import cli
from voting.commands import serve
from voting.commands.serving import start_server
from voting.rehearsal.server_process import ServerProcess


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The options of every server that would have been started."""
    options: list[tuple[str, ...]] = []

    def not_started(server: Any, _public_url: str | None) -> Coroutine[Any, Any, None]:
        async def nothing() -> None: ...

        options.append(tuple(server.options))
        return nothing()

    monkeypatch.setattr(serve, "_serve", not_started)
    return options


def said(tmp_path: Path, *options: str) -> str:
    done = CliRunner().invoke(cli, ["serve", str(HAMLET), "--data", str(tmp_path), *options])
    assert done.exit_code == 0, done.output
    return done.stderr


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "plenary.example"])
def test_plain_http_on_a_network_is_warned_of(tmp_path: Path, host: str) -> None:
    assert "[plain_http]" in said(tmp_path, "--host", host)


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_plain_http_on_this_machine_is_not(tmp_path: Path, host: str) -> None:
    assert said(tmp_path, "--host", host) == ""


@pytest.mark.usefixtures("given")
def test_nor_is_tls(tmp_path: Path) -> None:
    for name in ("cert", "key"):
        (tmp_path / name).write_text("pem")
    tls = ("--tls-cert", str(tmp_path / "cert"), "--tls-key", str(tmp_path / "key"))
    assert said(tmp_path, "--host", "0.0.0.0", *tls) == ""


def test_a_rollback_is_accepted_only_aloud(tmp_path: Path, given: list[tuple[str, ...]]) -> None:
    said(tmp_path)
    said(tmp_path, "--accept-rollback")
    assert given == [(), ("--accept-rollback",)]


def test_a_server_starts_again_after_its_codes_were_deleted(tmp_path: Path) -> None:
    class Started(ServerProcess):
        async def start(self) -> str:
            return "http://127.0.0.1:1"

    assert asyncio.run(start_server(Started(HAMLET, tmp_path))) == ()
