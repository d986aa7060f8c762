"""The server process of the integration tests, without session files: PLAN.json DATA [PORT [CERT KEY]].

Its clock is ahead by the seconds that stand in `clock` beside the plan, behind where they are negative.
"""

from gevent import monkey

monkey.patch_all()

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

from voting.server.app import announce_ready, serve_plan  # noqa: E402
from voting.server.last_words import shield_standard_error  # noqa: E402
from voting.server.settings import ServerSettings, SettingsInvalid  # noqa: E402
from voting.sitting.events import SittingPlan  # noqa: E402

accept = "--accept-rollback" in sys.argv
sys.argv = [argument for argument in sys.argv if argument != "--accept-rollback"]
plan_file, data, port = (*sys.argv[1:4], "0")[:3]
cert, key = map(Path, sys.argv[4:6]) if len(sys.argv) > 4 else (None, None)
settings = ServerSettings(
    session_dir=Path(plan_file).parent,
    data_dir=Path(data),
    port=int(port),
    workers=1,
    tls_cert=cert,
    tls_key=key,
    accept_rollback=accept,
)
plan = msgspec.json.decode(Path(plan_file).read_bytes(), type=SittingPlan)
shield_standard_error()
try:
    serve_plan(plan, settings, announce_ready)
except SettingsInvalid as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(2)
