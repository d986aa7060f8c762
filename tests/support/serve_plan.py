"""The server process of the integration tests, without session files: PLAN.json DATA [PORT [CERT KEY]] [OPTIONS].

Its clock is ahead by the seconds that stand in `clock` beside the plan, behind where they are negative.
"""

from gevent import monkey

monkey.patch_all()

import argparse  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

import msgspec  # noqa: E402

_CLOCK = Path(sys.argv[1]).with_name("clock")
_time, _time_ns = time.time, time.time_ns


def _ahead() -> int:
    return int(_CLOCK.read_text()) if _CLOCK.exists() else 0


time.time = lambda: _time() + _ahead()
time.time_ns = lambda: _time_ns() + _ahead() * 10**9

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.support.lies import LIES  # noqa: E402
from voting.server.app import announce_ready, serve_plan  # noqa: E402
from voting.server.last_words import shield_standard_error  # noqa: E402
from voting.server.settings import ServerSettings, SettingsInvalid  # noqa: E402
from voting.sitting.events import SittingPlan  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("plan", type=Path)
parser.add_argument("data", type=Path)
parser.add_argument("port", type=int, nargs="?", default=0)
parser.add_argument("tls", type=Path, nargs="*")
parser.add_argument("--accept-rollback", action="store_true")
parser.add_argument("--trusted-proxy", action="append", default=[])
parser.add_argument("--lie", choices=LIES)
given = parser.parse_args()
cert, key = given.tls or (None, None)
settings = ServerSettings(
    session_dir=given.plan.parent,
    data_dir=given.data,
    port=given.port,
    workers=1,
    tls_cert=cert,
    tls_key=key,
    accept_rollback=given.accept_rollback,
    trusted_proxies=frozenset(given.trusted_proxy),
)
plan = msgspec.json.decode(given.plan.read_bytes(), type=SittingPlan)
if given.lie is not None:
    LIES[given.lie]()
shield_standard_error()
try:
    serve_plan(plan, settings, announce_ready)
except SettingsInvalid as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(2)
