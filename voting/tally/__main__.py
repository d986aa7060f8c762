"""The auditor's command: ``python -m voting.tally FILE.bel [--receipts FILE] [--json]``.

Reads nothing but the files named. Exit code 0: every check passed. 1: a check failed, or a file
cannot be read. 2: the command was not understood.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voting.tally.board.container import MAX_ARCHIVE_BYTES
from voting.tally.errors import CheckFailed
from voting.tally.verify.checks import Check, CheckStatus, VerifiedRecord, verify_archive
from voting.tally.verify.report import describe_record, record_fields

_MARKS = {
    CheckStatus.PASSED: "ok",
    CheckStatus.FAILED: "FAILED",
    CheckStatus.NOT_REACHED: "not reached",
    CheckStatus.NOT_APPLICABLE: "-",
}


class UnreadableFileError(Exception):
    """A file named on the command line cannot be used; the text says why."""


@dataclass
class _Journal:
    """Collects what became of each check."""

    outcomes: list[tuple[Check, CheckStatus]] = field(default_factory=list)

    def note(self, check: Check, status: CheckStatus) -> None:
        self.outcomes.append((check, status))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    journal = _Journal()
    record: VerifiedRecord | None = None
    failure: CheckFailed | None = None
    try:
        data = _read(options.file)
        receipts = read_receipts(options.receipts) if options.receipts else []
        record = verify_archive(data, receipts, journal.note)
    except UnreadableFileError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except CheckFailed as error:
        failure = error
    describe = _as_json if options.json else _as_sentences
    sys.stdout.write(describe(journal, record, failure))
    return 0 if record is not None else 1


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


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_ARCHIVE_BYTES:
            raise UnreadableFileError(f"{path} is larger than {MAX_ARCHIVE_BYTES} bytes")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror}") from None


def read_receipts(path: Path) -> list[dict[str, Any]]:
    """The receipts in a file. Raises UnreadableFileError."""
    try:
        receipts = _parse_receipts(_read(path).decode())
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


def _as_sentences(journal: _Journal, record: VerifiedRecord | None, failure: CheckFailed | None) -> str:
    lines = [f"{check.number:2} {check.key:26} {_MARKS[status]:12} {check.title}" for check, status in journal.outcomes]
    if record is None:
        lines.append(f"This record is NOT valid: {failure}.")
        return _page(lines)
    return _page(lines + describe_record(record))


def _page(lines: Sequence[str]) -> str:
    """Lines for a terminal; a record's texts must not be able to steer it."""
    return "".join("".join(char if char.isprintable() else "�" for char in line) + "\n" for line in lines)


def _as_json(journal: _Journal, record: VerifiedRecord | None, failure: CheckFailed | None) -> str:
    report: dict[str, Any] = {
        "valid": record is not None,
        "checks": [
            {"number": check.number, "key": check.key, "status": status.value} for check, status in journal.outcomes
        ],
    }
    if failure is not None:
        report["failed"] = {"number": failure.number, "key": failure.key, "code": failure.code.value}
        report["failed"]["detail"] = failure.detail
    if record is not None:
        report["record"] = record_fields(record)
    return json.dumps(report, indent=2) + "\n"


if __name__ == "__main__":
    sys.exit(main())
