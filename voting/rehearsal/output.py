"""The directory a rehearsal writes to. Only what an earlier rehearsal left there is ever replaced."""

import shutil
from pathlib import Path

SERVER = "server"
REPORTS = "reports"
RESULT = "result.json"
MARK = "REHEARSAL"
MARK_TEXT = "This data directory belongs to a rehearsal; the next rehearsal into the same directory replaces it.\n"


class OutputRefused(Exception):
    """The directory holds something that no rehearsal made."""


def prepare_output(out: Path, polls: tuple[str, ...]) -> Path:
    """Make ``out`` ready and return the server's data directory in it. Raises OutputRefused or OSError."""
    for poll in polls:
        if poll in {SERVER, REPORTS, ".", ".."} or Path(poll).name != poll:
            raise OutputRefused(f'the poll id "{poll}" cannot name a directory')
    server = out / SERVER
    if server.exists():
        if not (server / MARK).is_file():
            raise OutputRefused(f"{server} was not made by a rehearsal; choose another --out directory")
        for made in (SERVER, REPORTS, *polls, *_follow_ups(out, polls)):
            shutil.rmtree(out / made, ignore_errors=True)
        (out / RESULT).unlink(missing_ok=True)
    for name in (REPORTS, *polls, *_follow_ups(out, polls)):
        if any((out / name).glob("*")):
            raise OutputRefused(f"{out / name} is not empty; choose another --out directory")
    out.mkdir(parents=True, exist_ok=True)
    server.mkdir(mode=0o700)
    (server / MARK).write_text(MARK_TEXT, encoding="utf-8")
    return server


def _follow_ups(out: Path, polls: tuple[str, ...]) -> list[str]:
    """Directories of polls that followed one of these: its id, a hyphen and a number."""
    stems = (path.name.rpartition("-") for path in out.glob("*-*") if path.is_dir())
    return [f"{poll}-{number}" for poll, _, number in stems if poll in polls and number.isdecimal()]
