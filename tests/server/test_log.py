"""The operating log: a closed catalogue, without what nobody may read."""

import io
import json
from pathlib import Path

from voting.server.log import CATALOGUE, Log, LogEvent, RequestAnswered, RequestFailed, page

PAGE = Path(__file__).parents[2] / "docs" / "log-events.md"


def test_the_page_of_the_catalogue_is_what_the_program_says_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make log-page"


def test_every_entry_stands_in_the_catalogue_once() -> None:
    assert set(CATALOGUE) == set(LogEvent.__subclasses__())
    assert len({kind.event for kind in CATALOGUE}) == len(CATALOGUE)
    assert all(kind.__doc__ for kind in CATALOGUE)


def written(entry: LogEvent, error: BaseException | None = None) -> dict[str, object]:
    stream = io.StringIO()
    Log(stream).write(entry, error)
    line: dict[str, object] = json.loads(stream.getvalue())
    return line


def test_an_entry_is_one_json_line_with_its_level() -> None:
    line = written(RequestAnswered(request="close_poll", role="chair", code="ok"))
    line.pop("timestamp")
    assert line == {"event": "request", "level": "info", "request": "close_poll", "role": "chair", "code": "ok"}


def test_an_error_is_told_without_local_variables() -> None:
    def fails(ballot: str) -> None:
        raise ValueError(len(ballot))

    try:
        fails("\u9009\u7968 secret")
    except ValueError as error:
        line = json.dumps(written(RequestFailed(request="cast", role="delegate"), error), ensure_ascii=False)
    assert "ValueError" in line
    assert "secret" not in line
