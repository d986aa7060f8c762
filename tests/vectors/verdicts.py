"""What the verifiers find in a published forgery: the number of the check, and in a sitting the poll where it fails.

Records of the tallies' kinds describe no poll of ours, so they are put to checks 1 to 20 alone.
"""

import json
from collections.abc import Mapping
from typing import Any

from voting.record.verification import verify_poll
from voting.record.whole.verification import verify_sitting
from voting.tally.verify.audit import audit

Found = tuple[str | None, str]
STATED = ("description", "count")


def python_finds(entry: Mapping[str, Any], files: Mapping[str, bytes]) -> Found:
    """What the Python verifier finds."""
    record, count, receipts = parts_of(entry, files)
    if entry["kind"] == "sitting":
        sitting = verify_sitting(record or b"", receipts)
        assert sitting.refused or not sitting.reservations
        return (sitting.refused.check.number, sitting.refused.poll) if sitting.refused else (None, "")
    if entry["kind"] not in STATED:
        failure = audit(record or b"", receipts).failure
        return (None if failure is None else str(failure.number), "")
    found = verify_poll(record, receipts, count)
    if found.found and found.found.failure:
        return str(found.found.failure.number), ""
    refused = found.count.refused if found.count else None
    assert refused or not found.reservations
    return (None if refused is None else refused.check.number, "")


def asked_of_page(entry: Mapping[str, Any], files: Mapping[str, bytes]) -> tuple[str, dict[str, Any]]:
    """The operation that the page is asked for."""
    record, count, receipts = parts_of(entry, files)
    if entry["kind"] == "sitting":
        return "verifySitting", {"data": record, "receipts": receipts}
    if entry["kind"] not in STATED:
        return "verifyArchive", {"data": record, "receipts": receipts}
    return "judge", {"data": record, "receipts": receipts, "count": None if count is None else count.decode()}


def parts_of(
    entry: Mapping[str, Any], files: Mapping[str, bytes]
) -> tuple[bytes | None, bytes | None, list[dict[str, Any]]]:
    """Record, count and receipts."""
    record, count = (files[entry[part]] if entry[part] else None for part in ("record", "count"))
    return record, count, json.loads(files[entry["receipts"]]) if entry["receipts"] else []
