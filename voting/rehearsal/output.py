"""The directory a rehearsal writes to. Only what an earlier rehearsal left there is ever replaced."""

import shutil
from pathlib import Path

SERVER = "server"
MARK = "REHEARSAL"
MARK_TEXT = "This data directory belongs to a rehearsal; the next rehearsal into the same directory replaces it.\n"


class OutputRefused(Exception):  # noqa: N818 - a refusal, as everywhere else
    """The directory holds something that no rehearsal made."""


def prepare_output(out: Path, polls: tuple[str, ...]) -> Path:
    """Make ``out`` ready and return the server's data directory in it. Raises OutputRefused or OSError."""
    for poll in polls:
        if poll in {SERVER, ".", ".."} or Path(poll).name != poll:
            raise OutputRefused(f'the poll id "{poll}" cannot name a directory')
    server = out / SERVER
    if server.exists():
        if not (server / MARK).is_file():
            raise OutputRefused(f"{server} was not made by a rehearsal; choose another --out directory")
        shutil.rmtree(server)
        (out / "result.json").unlink(missing_ok=True)
        for poll in polls:
            shutil.rmtree(out / poll, ignore_errors=True)
    for poll in polls:
        if any((out / poll).glob("*")):
            raise OutputRefused(f"{out / poll} is not empty; choose another --out directory")
    out.mkdir(parents=True, exist_ok=True)
    server.mkdir(mode=0o700)
    (server / MARK).write_text(MARK_TEXT, encoding="utf-8")
    return server
