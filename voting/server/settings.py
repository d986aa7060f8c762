"""What the server is told at its start."""

from pathlib import Path

import msgspec

CONNECTIONS_PER_ADDRESS = 1000
STATIC_DIR = Path(__file__).with_name("static")


class ServerSettings(msgspec.Struct, frozen=True):
    """Settings of one server; paths may be relative to the working directory.

    port 0 takes a free port. group overrides the session's group. public_url is what the badges print when terminals
    reach the server under another name than it listens on. tls_cert and tls_key belong together (PEM files).
    trusted_proxies: addresses whose X-Forwarded-For says who asks.
    connections_per_address: open at once from one address that is not this machine's own.
    accept_rollback: go on from a record that does not reach its high-water mark; it is recorded and shown to everybody.
    """

    session_dir: Path
    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 0
    group: str | None = None
    workers: int = 2
    tls_cert: Path | None = None
    tls_key: Path | None = None
    static_dir: Path = STATIC_DIR
    public_url: str | None = None
    accept_rollback: bool = False
    trusted_proxies: frozenset[str] = frozenset()
    connections_per_address: int = CONNECTIONS_PER_ADDRESS


class ServingAddress(msgspec.Struct, frozen=True):
    """Where the server listens now."""

    url: str
    data_dir: Path


class SettingsInvalid(Exception):
    """The server cannot start like this; the message tells the operator what to change."""
