"""The operating log: one JSON object per line. It never holds a code, a token, a credential or a ballot."""

from typing import TextIO

import structlog

Log = structlog.typing.FilteringBoundLogger


def open_log(stream: TextIO) -> Log:
    """A logger that writes JSON lines with UTC times to `stream`."""
    log: Log = structlog.wrap_logger(
        structlog.PrintLogger(stream),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(20),
    )
    return log
