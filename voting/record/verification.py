"""The whole verification of a poll: its record, what it states of itself, the signed count, and what all that decides.

Incomplete is never valid. A record whose checks hold, but which lacks a law or decides nothing, is neither valid nor
invalid: it is told so, with every reason.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from voting.record.count_checks import StatedCount, check_statement
from voting.record.count_statement import CountCheck, CountRefused
from voting.record.outcome import ArchiveOutcome, OutcomeUnknown, WhyNotStated, outcome_in
from voting.record.record_checks import RECORD_CHECKS, OwnRule, RecordLaw, lacking, opened_too_few
from voting.tally.errors import CheckFailed
from voting.tally.verify.audit import Audit, audit
from voting.tally.verify.checks import CheckStatus, NumberedCheck, VerifiedRecord
from voting.tally.verify.laws import LAW_TITLES, Law
from voting.tally.verify.verdict import Verdict

Receipts = Sequence[Mapping[str, Any]]

RECORD_LAW_TITLES = {
    RecordLaw.DESCRIPTION: "its description is not of format 2, which names the server's key and who was in office",
    RecordLaw.ROSTER: "it does not state that so many delegates were present and in office, or denies it",
}
"""What a record that lacks the law is said to be."""


class CountReport(msgspec.Struct, frozen=True):
    """The checks of a count statement that passed, and either what is stated or why it is refused."""

    passed: tuple[CountCheck, ...]
    found: StatedCount | None
    refused: CountRefused | None


class Demand(StrEnum):
    """What whoever verifies may ask for beyond the checks."""

    RECEIPTS_TOO_FEW = "receipts_too_few"


class Reservation(msgspec.Struct, frozen=True):
    """Why a record whose checks hold is not simply valid: a law lacking, a rule passed over, no outcome, a demand."""

    code: Law | RecordLaw | OwnRule | WhyNotStated | Demand
    detail: str


class NotStated(Exception):
    """The checks hold, but the record lacks a law or no count was given; the text names what."""


@dataclass(frozen=True)
class Verification:
    """What was found. found: the record, None for a poll counted by hand alone; decided: by record or count.

    covered: how many ballots on the board have a receipt among those given; one given twice covers one ballot.
    """

    found: Audit | None
    count: CountReport | None
    decided: ArchiveOutcome | StatedCount | None
    reservations: tuple[Reservation, ...]
    covered: int = 0

    def stated(self) -> StatedCount:
        """The signed count of a poll that is valid in every respect. Raises CheckFailed, CountRefused or NotStated."""
        if self.found and self.found.failure:
            raise self.found.failure
        if self.count and self.count.refused:
            raise self.count.refused
        if self.reservations or self.count is None or self.count.found is None:
            raise NotStated("; ".join(f"{one.code}: {one.detail}" for one in self.reservations))
        return self.count.found

    @property
    def verdict(self) -> Verdict:
        """Of the record and the count together."""
        if (self.found and self.found.record is None) or (self.count and self.count.found is None):
            return Verdict.NOT_VALID
        return Verdict.OUTCOME_NOT_STATED if self.reservations else Verdict.VALID


def verify_poll(
    archive: bytes | None, receipts: Receipts = (), statement: bytes | None = None, *, require_receipts: int = 0
) -> Verification:
    """Make every check of a poll's record (the bytes of a .bel file), of the receipts given and of its signed count.

    archive: None for a poll that was counted by hand alone, whose statement is then its whole record.
    require_receipts: how many ballots the receipts must cover for the record to be valid.
    """
    found = None if archive is None else _with_record_checks(audit(archive, receipts))
    record = found.record if found else None
    if found is not None and record is None:
        return Verification(found, None, None, ())
    count = None
    if statement is not None:
        count = report_on(statement, record, {str(receipt.get("server_key")) for receipt in receipts})
    reservations = [] if record is None else _laws_lacking(record) + _rules_passed_over(record)
    decided: ArchiveOutcome | StatedCount | None = count.found if count else None
    if count is None and record is not None:
        try:
            decided = outcome_in(record)
        except OutcomeUnknown as unknown:
            reservations.append(Reservation(unknown.code, str(unknown)))
    covered = len({receipt["height"] for receipt in receipts})
    if covered < require_receipts:
        detail = f"the receipts cover {covered} ballots, and {require_receipts} were asked for"
        reservations.append(Reservation(Demand.RECEIPTS_TOO_FEW, detail))
    return Verification(found, count, decided, tuple(reservations), covered)


def report_on(statement: bytes, record: VerifiedRecord | None, server_keys: Collection[str]) -> CountReport:
    """Make every check of the statement until one fails."""
    passed: list[CountCheck] = []
    try:
        found = check_statement(statement, record, server_keys=server_keys, passed=passed.append)
    except CountRefused as refused:
        return CountReport(tuple(passed), None, refused)
    return CountReport(tuple(passed), found, None)


def _laws_lacking(record: VerifiedRecord) -> list[Reservation]:
    tally = [Reservation(law, LAW_TITLES[law]) for law in record.lacking]
    return tally + [Reservation(law, RECORD_LAW_TITLES[law]) for law in lacking(record)]


def _rules_passed_over(record: VerifiedRecord) -> list[Reservation]:
    detail = opened_too_few(record)
    return [] if detail is None else [Reservation(OwnRule.TOO_FEW_BALLOTS, detail)]


def _with_record_checks(found: Audit) -> Audit:
    """The audit with checks 21 and 22, where the record claims that they hold."""
    outcomes: list[tuple[NumberedCheck, CheckStatus]] = list(found.outcomes)
    failure = found.failure
    for check in RECORD_CHECKS:
        status = CheckStatus.PASSED
        if failure is not None or found.record is None:
            status = CheckStatus.NOT_REACHED
        elif not found.record.election.strict:
            status = CheckStatus.NOT_APPLICABLE
        else:
            try:
                check.run(found.record)
            except CheckFailed as failed:
                failure, status = failed, CheckStatus.FAILED
        outcomes.append((check, status))
    return Audit(tuple(outcomes), None if failure else found.record, failure)
