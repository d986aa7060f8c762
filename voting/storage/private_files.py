"""Files of the data directory that only its owner may read."""

import os
from pathlib import Path
from typing import TextIO

_MODE = 0o600
_DIRECTORY_MODE = 0o700


def make_directory(path: Path) -> None:
    """A directory that nobody but its owner can enter, whatever its mode was before."""
    path.mkdir(mode=_DIRECTORY_MODE, parents=True, exist_ok=True)
    path.chmod(_DIRECTORY_MODE)


def open_private(path: Path) -> TextIO:
    """The file to append to line by line, created when it is missing; mode 0600 whatever it was before."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _MODE)
    os.fchmod(descriptor, _MODE)
    return os.fdopen(descriptor, "a", encoding="utf-8", buffering=1)


def make_private(directory: Path) -> None:
    """Give every file directly in `directory` mode 0600, as earlier servers or copies may have left it otherwise."""
    for path in directory.iterdir():
        if path.is_file() and not path.is_symlink():
            path.chmod(_MODE)


def write_private(path: Path, content: bytes) -> None:
    """Write the whole file with mode 0600, or leave what was there: a crash never leaves half of it."""
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _sync_directory(path.parent)


def _sync_directory(directory: Path) -> None:
    """Without it a power cut may undo the renaming."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
