"""Where the server of a data directory listens, for whoever started it; a file, so that no line of output is read."""

from pathlib import Path

import msgspec

from voting.storage.private_files import write_private


class Listening(msgspec.Struct, frozen=True):
    """url: where connections are taken; pid: the process that says so, as a killed one leaves the file behind."""

    pid: int
    url: str


def write_listening(path: Path, listening: Listening) -> None:
    """All of it or nothing. Raises OSError."""
    write_private(path, msgspec.json.encode(listening) + b"\n")


def address_of(path: Path, pid: int) -> str | None:
    """Where this process listens; None as long as it has not said so."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Listening)
    except (FileNotFoundError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return found.url if found.pid == pid else None
