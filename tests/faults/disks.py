"""Disks that a drill can fill or make read-only, and the means that this machine gives for it."""

import contextlib
import os
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

MEGABYTES = 260
"""Of the small disk: more than a poll needs to be opened."""


class SmallDisk:
    """A directory with a disk of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._filler = path / "filler"

    def fill(self) -> None:
        """Until nothing more goes in."""
        with self._filler.open("wb", buffering=0) as filler:
            for size in (1 << 20, 4096, 1):
                with contextlib.suppress(OSError):
                    while filler.write(b"\0" * size) == size:
                        pass

    def free(self) -> None:
        """Make room again."""
        self._filler.unlink()

    def read_only(self, wanted: bool) -> None:
        """Mount it again, for reading only or for writing too; nothing on it may be open for writing."""
        options = f"remount,{'ro' if wanted else 'rw'}"
        subprocess.run(["mount", "-o", options, str(self.path)], check=True, capture_output=True)


@contextlib.contextmanager
def small_disk() -> Iterator[SmallDisk | None]:
    """A disk in memory; None where this user may mount none."""
    path = Path(tempfile.mkdtemp(prefix="plenary-disk-"))
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(path)]
    mounted = os.geteuid() == 0 and subprocess.run(mounting, capture_output=True, check=False).returncode == 0
    try:
        yield SmallDisk(path) if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(path)], check=False, capture_output=True)
        path.rmdir()


def limit_files(pid: int, size: int) -> None:
    """Let no file of this process grow beyond `size` bytes: what a disk that is full does, without a disk."""
    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))
