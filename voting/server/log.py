"""The operating log: one JSON object per line, of the closed catalogue below. docs/log-events.md is made from it.

It never holds a code, a token, a credential or a ballot; errors are told by type and place, without local variables.
`python -m voting.server.log` prints the page.
"""

import contextlib
import sys
from inspect import getdoc
from typing import ClassVar, TextIO

import msgspec
import structlog

_LEVELS = {"info": 20, "warning": 30, "error": 40}


class LogEvent(msgspec.Struct, frozen=True):
    """Base of all entries: the docstring says what happened and what the technician can do."""

    event: ClassVar[str]
    level: ClassVar[str] = "info"


class Serving(LogEvent, frozen=True):
    """The server takes connections. url: where; group: of the tally protocol."""

    event = "serving"
    url: str
    group: str


class Stopping(LogEvent, frozen=True):
    """The server was told to stop; what is being written is finished first."""

    event = "stopping"


class RequestAnswered(LogEvent, frozen=True):
    """A request of the chair or a scrutineer, or a refused one of anybody. code: "ok" or the refusal."""

    event = "request"
    request: str
    role: str
    code: str


class LinesLeftOut(LogEvent, frozen=True):
    """Refused requests came too fast and were not logged, count of them: somebody floods the server. Find out who."""

    event, level = "lines_left_out", "warning"
    count: int


class RequestFailed(LogEvent, frozen=True):
    """A request met a programmer error and was not answered; its terminal connects again. Report it with this line."""

    event, level = "request_failed", "error"
    request: str
    role: str


class PushFailed(LogEvent, frozen=True):
    """A change was not pushed because of a programmer error; terminals resynchronise. Report it with this line."""

    event, level = "push_failed", "error"


class FollowUpOvertaken(LogEvent, frozen=True):
    """The server's own next step for a poll was no longer called for. what: the step; code: why."""

    event = "follow_up_overtaken"
    what: str
    poll: str | None
    code: str


class FollowUpFailed(LogEvent, frozen=True):
    """The server's own next step met a programmer error; the next commit or start tries again. Report this line."""

    event, level = "follow_up_failed", "error"
    what: str
    poll: str | None


class ReportNotMade(LogEvent, frozen=True):
    """The reports were not made. problem: as of `voting report`; complaint: the end of what the process printed."""

    event, level = "report_not_made", "warning"
    problem: str
    detail: str
    complaint: str


class ClockMoved(LogEvent, frozen=True):
    """The system's clock was moved: seconds ahead of the server's own, below 0 behind, 0 when it is right again.
    Deadlines keep their length, and the record goes on by the server's clock until the next start. Correct it.
    """

    event, level = "clock_moved", "warning"
    seconds: int


class WrongCodesAlarm(LogEvent, frozen=True):
    """Very many wrong codes within minutes: somebody is guessing. device: whose were the most; look who it is."""

    event, level = "wrong_codes", "warning"
    device: str


class JournalStopped(LogEvent, frozen=True):
    """The journal cannot be written, so the server ends within two seconds. Repair the disk, then start again.

    reason: disk_full, read_only, vanished (a file was removed or replaced) or failed.
    """

    event, level = "journal_failed", "error"
    reason: str
    error: str


CATALOGUE: tuple[type[LogEvent], ...] = (
    Serving,
    Stopping,
    RequestAnswered,
    LinesLeftOut,
    RequestFailed,
    PushFailed,
    FollowUpOvertaken,
    FollowUpFailed,
    ReportNotMade,
    ClockMoved,
    WrongCodesAlarm,
    JournalStopped,
)


class Log:
    """Writes entries of the catalogue as JSON lines with UTC times."""

    def __init__(self, stream: TextIO) -> None:
        tracebacks = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        self._logger = structlog.wrap_logger(
            structlog.PrintLogger(stream),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.ExceptionRenderer(tracebacks),
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(_LEVELS["info"]),
        )

    def write(self, entry: LogEvent, error: BaseException | None = None) -> None:
        """One line; error: what was raised, told by its type and places. A line that the disk does not take is lost."""
        fields = msgspec.structs.asdict(entry)
        if error is not None:
            fields["exc_info"] = error
        with contextlib.suppress(OSError):
            self._logger.log(_LEVELS[entry.level], entry.event, **fields)


def page() -> str:
    """The catalogue as a page of Markdown."""
    lines = ["# Log events", "", "The operating log is `plenary.log` in the data directory: one JSON object per line,"]
    lines += ["with `timestamp`, `level`, `event` and the fields below. Generated by `make log-page`; do not edit.", ""]
    lines += ["| event | level | fields | what happened, and what to do |", "|---|---|---|---|"]
    for kind in CATALOGUE:
        fields = ", ".join(f"`{field}`" for field in kind.__struct_fields__) or "none"
        lines.append(f"| `{kind.event}` | {kind.level} | {fields} | {getdoc(kind)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
