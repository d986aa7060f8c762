"""``python -m tests.mutants``: put a sample of faults into a copy of the tree, one by one, and run the tests.

A fault is noticed when a test fails or does not end in time. Exit code 1 when less than the bar was noticed.
"""

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.operators import Mutant, mutants_of
from tests.mutants.plan import Room, rooms_by_file

ROOT = Path(__file__).resolve().parents[2]
EQUIVALENTS = Path(__file__).with_name("equivalents.toml")
LEFT = (".git", ".venv", "node_modules", "static", "artifacts", "dist", ".*_cache", ".hypothesis")
"""Not copied: what is built, installed or kept beside the tree."""
BAR = 0.95
SECONDS_AT_LEAST = 60
LONGEST_SECONDS = 1200
NO_TESTS, NOT_IN_TIME = 5, -1


@dataclass(frozen=True)
class Tried:
    """What became of a fault."""

    mutant: Mutant
    room: Room
    code: int
    seconds: float

    @property
    def noticed(self) -> bool:
        """Whether a test failed, or none ended in time."""
        return self.code not in (0, NO_TESTS)

    @property
    def fate(self) -> str:
        """In one word or two."""
        return "too late" if self.code == NOT_IN_TIME else "noticed " if self.noticed else "SURVIVED"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    rooms = rooms_by_file(ROOT)
    files = [file for file in rooms if not options.only or any(part in file for part in options.only)]
    known = tomllib.loads(EQUIVALENTS.read_text("utf-8")).get("equivalent", [])
    possible = [mutant for file in files for mutant in mutants_of(ROOT, file)]
    different = [mutant for mutant in possible if not any(names(entry, mutant) for entry in known)]
    for entry in known:
        if entry["file"] in files and not any(names(entry, mutant) for mutant in possible):
            _say(f"listed as equivalent, but no longer there: {entry['file']} {entry['inside']}: {entry['change']}")
    chosen = _sample(different, rooms, options.sample, options.seed)
    _say(f"{len(chosen)} of {len(different)} faults in {len(files)} modules; seed {options.seed}")
    with tempfile.TemporaryDirectory(prefix="mutants") as folder:
        tried = list(_try_all(chosen, rooms, Path(folder), options.processes))
    return report(tried)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--sample", type=int, default=200, help="how many faults (0: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", action="append", help="only modules whose path contains this (may be repeated)")
    return parser


def names(entry: dict[str, str], mutant: Mutant) -> bool:
    """Whether an entry of the list of equivalents is about this fault; `code` tells it from others like it."""
    found = {"file": mutant.file, "inside": mutant.inside, "change": mutant.change, "code": mutant.code}
    return all(found[name] == text for name, text in entry.items() if name != "reason")


def _sample(mutants: list[Mutant], rooms: dict[str, Room], size: int, seed: int) -> list[Mutant]:
    """So many of them, half of those that security rests on; the same for the same code and seed."""
    draw = random.Random(seed)
    secure = [mutant for mutant in mutants if rooms[mutant.file].secure]
    others = [mutant for mutant in mutants if not rooms[mutant.file].secure]
    if not size or size >= len(mutants):
        return mutants
    first = draw.sample(secure, min(len(secure), max(size // 2, size - len(others))))
    return sorted(first + draw.sample(others, size - len(first)), key=lambda mutant: (mutant.file, mutant.start))


def _try_all(mutants: list[Mutant], rooms: dict[str, Room], folder: Path, processes: int) -> Iterable[Tried]:
    honest = _copy(ROOT, folder / "0")
    used = sorted({rooms[mutant.file] for mutant in mutants}, key=lambda room: room.modules)

    def limit(room: Room) -> float:
        started = time.monotonic()
        code, told = _run(honest, room.tests, LONGEST_SECONDS, {})
        if code != 0:
            raise SystemExit(f"{told}\nThe tests of {room.modules} fail without any fault.")
        return max(SECONDS_AT_LEAST, 5 * (time.monotonic() - started))

    copies: SimpleQueue[Path] = SimpleQueue()
    with ThreadPoolExecutor(processes) as pool:
        limits = dict(zip(used, pool.map(limit, used), strict=True))
        for number in range(processes):
            copies.put(_copy(honest, folder / str(number)) if number else honest)
        first: dict[str, str] = {}

        def attempt(mutant: Mutant) -> Tried:
            copy = copies.get()
            room = rooms[mutant.file]
            started = time.monotonic()
            tests = tuple(dict.fromkeys((*filter(None, [first.get(mutant.file)]), *room.tests)))
            code, by = _with_fault(copy, mutant, tests, limits[room])
            first[mutant.file] = by or first.get(mutant.file, "")
            copies.put(copy)
            tried = Tried(mutant, room, code, time.monotonic() - started)
            _say(f"{tried.fate} {tried.seconds:5.1f} s  {mutant.name}")
            return tried

        yield from pool.map(attempt, mutants)


def _copy(tree: Path, folder: Path) -> Path:
    """A copy of the tree, with the byte code that is there."""
    shutil.copytree(tree, folder, ignore=shutil.ignore_patterns(*LEFT))
    return folder


def _with_fault(copy: Path, mutant: Mutant, tests: Sequence[str], limit: float) -> tuple[int, str]:
    """The exit code of its tests, and which file noticed it: that one is asked first about the next fault of a module.

    No byte code of it is written: what is written tells its source by the second, and a fault may come and go in one.
    """
    path = copy / mutant.file
    honest, times = path.read_bytes(), path.stat()
    path.write_bytes(mutant.put_into(honest))
    try:
        code, told = _run(copy, tests, limit, {"PYTHONDONTWRITEBYTECODE": "1"})
    finally:
        path.write_bytes(honest)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    failed = re.search(r"^(?:FAILED|ERROR) ([\w/]+\.py)", told, re.MULTILINE)
    return code, failed[1] if failed else ""


def _run(copy: Path, tests: Sequence[str], limit: float, variables: dict[str, str]) -> tuple[int, str]:
    """Exit code of these tests in this copy, and what they told. NOT_IN_TIME: they did not end."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "tests.mutants.quick"]
    command += ["-m", "not belenios and not browser", *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy), **variables}
    with subprocess.Popen(
        command, cwd=copy, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    ) as process:
        try:
            told, _ = process.communicate(timeout=limit)
            return process.returncode, told.decode(errors="replace")
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return NOT_IN_TIME, ""


def report(tried: list[Tried]) -> int:
    """Say what was not noticed, what only in that it took too long, and how much in all. The exit code."""
    survivors = [one for one in tried if not one.noticed]
    secure = [one for one in survivors if one.room.secure]
    score = 1 - len(survivors) / max(1, len(tried))
    for one in survivors:
        _say(f"{'SECURITY ' if one.room.secure else ''}{one.mutant.name}")
    late = sum(one.code == NOT_IN_TIME for one in tried)
    if late:
        _say(f"{late} noticed only in that their tests did not end in time: on a busy machine try them again")
    _say(
        f"{len(tried) - len(survivors)} of {len(tried)} noticed: {score:.1%}; in security checks {len(secure)} were not"
    )
    return int(score < BAR or bool(secure))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
