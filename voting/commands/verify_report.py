"""How `voting verify` reports: in lines for a person, in fields for a program."""

from typing import Any

from voting.commands.verify_count import count_fields, count_lines, decision_of, ruling_lines
from voting.record.outcome import ArchiveOutcome, WhyNotStated
from voting.record.verification import Demand, Reservation, Verification
from voting.tally.verify.report import describe_record
from voting.tally.verify.verdict import Verdict
from voting.words import Language, fingerprint_words


def lines(found: Verification, language: Language) -> list[str]:
    """For a terminal: every check, the verdict with its reservations, what the record says and decides."""
    report: list[str] = []
    if found.found is not None:
        report += found.found.check_lines()
        if found.found.record is None:
            return [*report, f"This record is NOT valid: {found.found.failure}."]
        report += [
            *_verdict_lines(found),
            *describe_record(found.found.record),
            _in_words(found.found.record.fingerprint),
            *_coverage_lines(found),
        ]
    if found.count is not None:
        report += count_lines(found.count, language)
    if isinstance(found.decided, ArchiveOutcome):
        title = found.decided.question.ruleset.title
        report.append(f"Outcome under the rules in the record{f' ({title})' if title else ''}:")
        report += ruling_lines(found.decided, language)
    return report


def _in_words(fingerprint: str) -> str:
    """The fingerprint as hall screen, seats and count report show it."""
    return f"Fingerprint in words: {' '.join(word.text for word in fingerprint_words(fingerprint))}"


def _verdict_lines(found: Verification) -> list[str]:
    """Of a record whose own checks hold; what becomes of its count is said with the count."""
    if not found.reservations:
        return ["This record is valid."]
    codes = [one.code for one in found.reservations]
    if all(isinstance(code, Demand) for code in codes):
        valid = "valid, but not all that was asked for was shown"
    elif all(isinstance(code, WhyNotStated | Demand) for code in codes):
        valid = "valid, but its outcome is not stated"
    else:
        valid = "valid by the published format; it lacks"
    return [f"This record is {valid}:", *map(_reservation_line, found.reservations)]


def _coverage_lines(found: Verification) -> list[str]:
    """How much of the board the receipts vouch for; nothing without receipts, of which the record's lines speak."""
    record = found.found.record if found.found else None
    if record is None or not found.covered:
        return []
    return [f"The receipts cover {found.covered} of {record.n_ballots + record.n_replaced} ballots on the board."]


def _reservation_line(reservation: Reservation) -> str:
    return f"  {reservation.code}: {reservation.detail}"


def fields(found: Verification, language: Language) -> dict[str, Any]:
    """For a program."""
    report: dict[str, Any] = {} if found.found is None else found.found.fields()
    report |= {"valid": found.verdict is not Verdict.NOT_VALID, "verdict": found.verdict.value}
    report["receipts_cover"] = found.covered
    report["reservations"] = [{"code": one.code.value, "detail": one.detail} for one in found.reservations]
    if found.count is not None:
        report["count"] = count_fields(found.count)
    report["decision"] = None if found.decided is None else decision_of(found.decided, language)
    return report
