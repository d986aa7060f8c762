"""The server process of the integration tests, without session files: PLAN.json DATA [PORT [CERT KEY]]."""

from gevent import monkey

monkey.patch_all()

import sys  # noqa: E402
from pathlib import Path  # noqa: E402

import msgspec  # noqa: E402

from voting.server.app import announce_ready, serve_plan  # noqa: E402
from voting.server.settings import ServerSettings  # noqa: E402
from voting.sitting.events import SittingPlan  # noqa: E402

plan_file, data, port = (*sys.argv[1:4], "0")[:3]
cert, key = map(Path, sys.argv[4:6]) if len(sys.argv) > 4 else (None, None)
serve_plan(
    msgspec.json.decode(Path(plan_file).read_bytes(), type=SittingPlan),
    ServerSettings(
        session_dir=Path(plan_file).parent, data_dir=Path(data), port=int(port), workers=1, tls_cert=cert, tls_key=key
    ),
    announce_ready,
)
