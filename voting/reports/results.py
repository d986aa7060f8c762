"""The figures of a sitting for other programs: every poll, every option; the same as on the sheets."""

import csv
import io

import msgspec

from voting.congress.law.ruling import OutcomeKind, Ruling, RunOff
from voting.reports.characters import printable
from voting.reports.findings import Findings, findings_of
from voting.reports.record import PollRecord, SittingRecord
from voting.sitting import attendance

CSV_COLUMNS = (
    *("poll", "title", "kind", "state", "medium", "in_office", "present", "issued", "returned", "valid", "void"),
    *("not_pressed", "seats", "majority", "outcome", "option", "option_title", "place", "votes", "against", "abstain"),
    *("satisfied", "basically_satisfied", "dissatisfied", "dont_know", "elected", "mark", "archive_sha256"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LEVELS = ("satisfied", "basically_satisfied", "dissatisfied", "dont_know")


def results_json(record: SittingRecord, polls: tuple[str, ...]) -> bytes:
    """Attendance and every poll with its state, figures, outcome and reasons; counted ones have a "count"."""
    document = {
        "titles": record.sitting.plan.titles,
        "as_of": record.as_of,
        "attendance": attendance.summary(record.sitting),
        "polls": [_poll(record, record.polls[poll]) for poll in polls],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def results_csv(record: SittingRecord, polls: tuple[str, ...]) -> bytes:
    """One row per option of every counted poll; UTF-8 with the mark that spreadsheets need to see that.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, CSV_COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for poll in polls:
        if record.polls[poll].progress.count is not None:
            writer.writerows(_csv_rows(findings_of(record, record.polls[poll])))
    return b"\xef\xbb\xbf" + file.getvalue().encode()


class StatedRuling(msgspec.Struct, frozen=True):
    """What a ruling says, without its reasons, which the poll states in words; as in `Ruling`."""

    quorum: int
    majority: int
    valid_poll: bool
    outcome: OutcomeKind
    elected: tuple[str, ...]
    run_off: RunOff | None
    shortfall: int
    verdicts: dict[str, str]


def _poll(record: SittingRecord, poll: PollRecord) -> dict[str, object]:
    progress = poll.progress
    document: dict[str, object] = {
        "id": progress.question.id,
        "title": progress.question.title,
        "kind": progress.question.kind,
        "state": progress.state,
        "present": poll.present,
        "annulled_because": progress.annulled_because,
        "follows": progress.question.follows,
        "archive_sha256": poll.archive_sha256,
    }
    if progress.count is None:
        return document
    found = findings_of(record, poll)
    return document | {
        "seats": progress.question.seats,
        "deviates": progress.question.ruleset.deviates or (),
        "count": found.count,
        "ruling": _stated(found.ruling),
        "options": found.options,
        "reasons": [{"zh": words.zh, "en": words.en} for words in found.reasons],
    }


def _stated(ruling: Ruling) -> StatedRuling:
    return StatedRuling(
        quorum=ruling.quorum,
        majority=ruling.majority,
        valid_poll=ruling.valid_poll,
        outcome=ruling.outcome,
        elected=ruling.elected,
        run_off=ruling.run_off,
        shortfall=ruling.shortfall,
        verdicts=ruling.verdicts,
    )


def _csv_rows(found: Findings) -> list[dict[str, object]]:
    question, count = found.progress.question, found.count
    common = {
        "poll": question.id,
        "title": question.title,
        "kind": question.kind.value,
        "state": found.progress.state.value,
        "medium": count.medium.value,
        "in_office": found.in_office,
        "present": found.present,
        "issued": count.issued,
        "returned": count.returned,
        "valid": count.valid,
        "void": count.void,
        "not_pressed": count.not_pressed,
        "seats": question.seats,
        "majority": found.ruling.majority,
        "outcome": found.ruling.outcome.value,
        "archive_sha256": found.archive_sha256,
    }
    rows = (
        common
        | {
            "option": option.id,
            "option_title": option.title,
            "place": option.place or None,
            "votes": option.votes,
            "against": option.against,
            "abstain": option.abstain,
            "elected": int(option.elected),
            "mark": option.mark,
        }
        | dict(zip(_LEVELS, option.levels, strict=False))
        for option in found.options
    )
    return [{name: _harmless(value) for name, value in row.items()} for row in rows]


def _harmless(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = printable(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
