"""The auditor's command: ``python -m voting.tally FILE.bel [--receipts FILE] [--json]``.

Reads nothing but the files named. Exit code 0: every check passed. 1: a check failed, or a file
cannot be read. 2: the command was not understood. 3: valid by the published format, but a stricter
law is lacking.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from voting.tally.board.container import MAX_ARCHIVE_BYTES
from voting.tally.verify.audit import audit, page

MAX_RECEIPTS_BYTES = 64 * 2**20


class UnreadableFileError(Exception):
    """A file named on the command line cannot be used; the text says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        data = read_file(options.file)
        receipts = read_receipts(options.receipts) if options.receipts else []
    except UnreadableFileError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    found = audit(data, receipts)
    sys.stdout.write(json.dumps(found.fields(), indent=2) + "\n" if options.json else page(found.sentences()))
    return found.verdict.exit_status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m voting.tally",
        description="Verify the public record of a poll. Needs no server and no network.",
    )
    parser.add_argument("file", type=Path, help="the record, a .bel file")
    parser.add_argument(
        "--receipts", type=Path, help="receipts to check against the record: a JSON list, or one receipt per line"
    )
    parser.add_argument("--json", action="store_true", help="report as JSON")
    return parser


def read_file(path: Path, most: int = MAX_ARCHIVE_BYTES) -> bytes:
    """What is in a file (or comes out of a pipe), read once; at most so many bytes. Raises UnreadableFileError."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > most:
        raise UnreadableFileError(f"{path} is larger than {most} bytes")
    return data


def read_receipts(path: Path) -> list[dict[str, Any]]:
    """The receipts in a file. Raises UnreadableFileError."""
    try:
        receipts = _parse_receipts(read_file(path, MAX_RECEIPTS_BYTES).decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UnreadableFileError(f"{path} is neither a JSON list of receipts nor one receipt per line") from None
    if not all(isinstance(receipt, dict) for receipt in receipts):
        raise UnreadableFileError(f"{path} holds something that is not a receipt")
    return receipts


def _parse_receipts(text: str) -> list[Any]:
    if text.lstrip().startswith("["):
        listed: list[Any] = json.loads(text)
        return listed
    return [json.loads(line) for line in text.splitlines() if line.strip()]


if __name__ == "__main__":
    sys.exit(main())
