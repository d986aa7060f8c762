"""How `voting verify --count` reports on a count statement: in lines for a person, in fields for a program."""

from typing import Any

import msgspec

from voting.record.count_checks import StatedCount
from voting.record.count_statement import CountCheck
from voting.record.description import rules_sha256
from voting.record.outcome import ArchiveOutcome
from voting.record.verification import CountReport
from voting.words import Language, deviation_in_words, in_words, way_of

TITLES = {
    CountCheck.FORM: "the statement is complete and written as the server writes it",
    CountCheck.SIGNATURE: "the server's signature holds for every field",
    CountCheck.ARCHIVE: "the statement belongs to this archive, with the rules frozen in it",
    CountCheck.ELECTRONIC: "the electronic votes are those of the archive",
    CountCheck.BY_HAND: "the count by hand adds up and was confirmed by a second person",
    CountCheck.JOINED: "the count is the sum of its parts",
    CountCheck.OUTCOME: "the outcome follows from the count under the rules",
}


def count_lines(report: CountReport, language: Language) -> list[str]:
    """For a terminal."""
    lines = [f"{check.number:2} {check:26} {_status(report, check):12} {TITLES[check]}" for check in CountCheck]
    if report.found is None:
        return [*lines, f"This count is NOT valid: check {report.refused}."]
    return [*lines, *_what_was_counted(report.found), *ruling_lines(report.found, language)]


def ruling_lines(decided: ArchiveOutcome | StatedCount, language: Language) -> list[str]:
    """The reasons and the outcome."""
    ruling = decided.ruling
    elected = f": {', '.join(ruling.elected)}" if ruling.elected else ""
    deviation = deviation_in_words(decided.question.ruleset, language)
    lines = [*([deviation] if deviation else []), *_reasons(decided, language)]
    lines.append(f"SHA-256 of the rules: {rules_sha256(decided.question.ruleset)}")
    return [*(f"  {line}" for line in lines), f"outcome: {ruling.outcome}{elected}"]


def count_fields(report: CountReport) -> dict[str, Any]:
    """For a program: field `count` of the report."""
    fields: dict[str, Any] = {
        "valid": report.found is not None,
        "checks": [{"number": c.number, "key": c.value, "status": _status(report, c)} for c in CountCheck],
    }
    if report.refused is not None:
        check = report.refused.check
        fields["failed"] = {"number": check.number, "key": check.value, "detail": report.refused.detail}
    if report.found is not None:
        statement = msgspec.to_builtins(report.found.statement)
        kept = ("medium", "electronic", "by_hand", "papers_instead", "archive_sha256", "server_key")
        fields |= {name: statement[name] for name in kept}
    return fields


def decision_of(decided: ArchiveOutcome | StatedCount, language: Language) -> dict[str, Any]:
    """For a program: field `decision` of the report."""
    ruling: dict[str, Any] = msgspec.to_builtins(decided.ruling)
    rules, count = decided.question.ruleset, msgspec.to_builtins(decided.count)
    deviates = {"deviates": rules.deviates} if rules.deviates else {}
    stated = {"rules": rules.title, "rules_sha256": rules_sha256(rules)}
    return {**stated, **deviates, "count": count, **ruling, "reasons": _reasons(decided, language)}


def _reasons(decided: ArchiveOutcome | StatedCount, language: Language) -> list[str]:
    entry = decided.statement.by_hand if isinstance(decided, StatedCount) else None
    kind, way = decided.question.kind, way_of(decided.count.medium, entry.method if entry else None)
    return [in_words(reason, language, kind, way) for reason in decided.ruling.reasons]


def _status(report: CountReport, check: CountCheck) -> str:
    if check in report.passed:
        return "ok"
    return "FAILED" if report.refused is not None and report.refused.check is check else "not reached"


def _what_was_counted(found: StatedCount) -> list[str]:
    statement, count = found.statement, found.count
    lines = [
        f"This count is valid. Poll: {found.question.title}; counted: {count.medium}",
        f"{count.issued} issued, {count.returned} returned, {count.valid} valid, {count.void} void.",
    ]
    if statement.by_hand is not None:
        entry = statement.by_hand
        lines.append(
            f"{count.by_hand} of them by hand ({entry.method}): entered by {entry.entered_by.name},"
            f" confirmed by {entry.confirmed_by.name}; reason: {entry.reason}"
        )
        lines.append("That these were the papers and hands in the hall, only the two persons named can say.")
    lines.append(f"Signed with the server's key {statement.server_key}")
    title = found.question.ruleset.title
    return [*lines, f"Outcome under the rules stated{f' ({title})' if title else ''}:"]
