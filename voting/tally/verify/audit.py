"""One audit of a record: what became of each check, and what a valid record says, for a person and for a program."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voting.tally.errors import CheckFailed
from voting.tally.verify.checks import CheckStatus, NumberedCheck, VerifiedRecord, verify_archive
from voting.tally.verify.report import describe_record, record_fields, verdict_lines
from voting.tally.verify.verdict import Verdict

_MARKS = {
    CheckStatus.PASSED: "ok",
    CheckStatus.FAILED: "FAILED",
    CheckStatus.NOT_REACHED: "not reached",
    CheckStatus.NOT_APPLICABLE: "-",
}


@dataclass(frozen=True)
class Audit:
    """What was found. record: what a valid record says; failure: the check that failed; one of the two is None."""

    outcomes: tuple[tuple[NumberedCheck, CheckStatus], ...]
    record: VerifiedRecord | None
    failure: CheckFailed | None

    @property
    def verdict(self) -> Verdict:
        """By these checks alone; what the record decides is not asked here."""
        if self.record is None:
            return Verdict.NOT_VALID
        return Verdict.OUTCOME_NOT_STATED if self.record.lacking else Verdict.VALID

    def sentences(self) -> list[str]:
        """A line per check, then the verdict and what the record says."""
        if self.record is None:
            return [*self.check_lines(), f"This record is NOT valid: {self.failure}."]
        return [*self.check_lines(), *verdict_lines(self.record), *describe_record(self.record)]

    def check_lines(self) -> list[str]:
        """A line per check."""
        return [f"{check.number:2} {check.key:26} {_MARKS[status]:12} {check.title}" for check, status in self.outcomes]

    def fields(self) -> dict[str, Any]:
        """The same as JSON."""
        checks = [{"number": c.number, "key": c.key, "status": status.value} for c, status in self.outcomes]
        report: dict[str, Any] = {"valid": self.record is not None, "verdict": self.verdict.value, "checks": checks}
        if self.failure is not None:
            failed = self.failure
            report["failed"] = {"number": failed.number, "key": failed.key, "code": failed.code.value}
            report["failed"]["detail"] = failed.detail
        if self.record is not None:
            report["record"] = record_fields(self.record)
        return report


def audit(data: bytes, receipts: Sequence[Mapping[str, Any]] = ()) -> Audit:
    """Run every check over the bytes of a ``.bel`` file and the receipts given."""
    outcomes: list[tuple[NumberedCheck, CheckStatus]] = []
    record: VerifiedRecord | None = None
    failure: CheckFailed | None = None
    try:
        record = verify_archive(data, receipts, lambda check, status: outcomes.append((check, status)))
    except CheckFailed as failed:
        failure = failed
    return Audit(tuple(outcomes), record, failure)


def page(lines: Sequence[str]) -> str:
    """Lines for a terminal; a record's texts must not be able to steer it."""
    return "".join("".join(char if char.isprintable() else "\ufffd" for char in line) + "\n" for line in lines)
