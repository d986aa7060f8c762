"""`python -m voting.server SESSION_DIR --data DIR`: the server as a process.

When it listens it says where: programs read that in the data directory (voting.storage.listening), people see
`READY <url>`.
"""

from gevent import monkey

monkey.patch_all()

import argparse  # noqa: E402 - everything else must find the patched modules
import sys  # noqa: E402
from pathlib import Path  # noqa: E402

from voting.server.app import announce_ready, serve  # noqa: E402
from voting.server.last_words import shield_standard_error  # noqa: E402
from voting.server.settings import CONNECTIONS_PER_ADDRESS, ServerSettings, SettingsInvalid  # noqa: E402


def _settings(arguments: list[str]) -> ServerSettings:
    parser = argparse.ArgumentParser(prog="python -m voting.server", description="Serve one sitting.")
    parser.add_argument("session_dir", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="data directory, created at the first start")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--group", help="overrides the session's group")
    parser.add_argument("--workers", type=int, default=2, help="processes that check proofs")
    parser.add_argument("--public-url", help="address printed on the badges")
    parser.add_argument("--tls-cert", type=Path)
    parser.add_argument("--tls-key", type=Path)
    parser.add_argument("--accept-rollback", action="store_true", help="go on from a record below its high-water mark")
    parser.add_argument("--trusted-proxy", action="append", default=[], help="whose X-Forwarded-For says who asks")
    parser.add_argument("--connections-per-address", type=int, default=CONNECTIONS_PER_ADDRESS)
    given = parser.parse_args(arguments)
    return ServerSettings(
        session_dir=given.session_dir,
        data_dir=given.data,
        host=given.host,
        port=given.port,
        group=given.group,
        workers=given.workers,
        public_url=given.public_url,
        tls_cert=given.tls_cert,
        tls_key=given.tls_key,
        accept_rollback=given.accept_rollback,
        trusted_proxies=frozenset(given.trusted_proxy),
        connections_per_address=given.connections_per_address,
    )


def main(arguments: list[str]) -> int:
    """Exit code 0 after a stop, 2 when the settings do not allow a start."""
    shield_standard_error()
    try:
        serve(_settings(arguments), announce_ready)
    except SettingsInvalid as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
