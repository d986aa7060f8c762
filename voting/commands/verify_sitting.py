"""How `voting verify SITTING.zip` reports: in lines for a person, in fields for a program."""

from typing import Any

import msgspec

from voting.commands.verify_count import ruling_lines
from voting.commands.verify_report import fields as fields_of_poll
from voting.record.whole.checks import SittingCheck
from voting.record.whole.verification import SittingVerification
from voting.tally.verify.verdict import Verdict
from voting.words import Language

TITLES = {
    SittingCheck.CONTAINER: "the file is a zip file in its one form, with nothing beside its files",
    SittingCheck.STATEMENT: "the sitting is described in the one form",
    SittingCheck.SIGNATURE: "the server's signature holds for every poll and file that is listed",
    SittingCheck.FILES: "every poll has the files that its state asks for, and there are no others",
    SittingCheck.ROSTER: "the roster is the one that is stated",
    SittingCheck.RECEIPTS: "every receipt given belongs to a poll of the sitting",
    SittingCheck.POLLS: "every poll's own record and count hold",
    SittingCheck.BELONGING: "every record and count is that of the poll it stands under",
    SittingCheck.SERVER_KEY: "one server signed everything",
    SittingCheck.ONE_ROSTER: "all polls were held with this roster",
    SittingCheck.TRUSTEES: "all secret polls were encrypted for the same scrutineers",
    SittingCheck.NOTHING_TWICE: "no identifier, credential or ciphertext serves two polls",
    SittingCheck.FOLLOWS: "every poll that follows another asks what may be asked after it",
    SittingCheck.ANNULLED: "every annulled poll says why it was",
}


def sitting_lines(found: SittingVerification, language: Language) -> list[str]:
    """For a terminal: every check, every poll with its outcome, what was annulled, and the verdict."""
    lines = [f"{check.number:3} {check:26} {_status(found, check):12} {TITLES[check]}" for check in SittingCheck]
    if found.refused is not None:
        return [*lines, f"This sitting is NOT valid: check {found.refused}."]
    stated = "valid" if not found.reservations else "valid, but not all that could be is stated"
    lines += [f"This sitting is {stated}{':' if found.reservations else '.'}"]
    lines += [f"  {one.code}: {f'poll {one.poll}: ' if one.poll else ''}{one.detail}" for one in found.reservations]
    lines += _poll_lines(found, language)
    covered = f"The {found.receipts} receipts given cover {found.covered} of {found.on_board} ballots on all boards."
    nothing = "No receipt was given: that no ballot was left out of a record, only receipts can show."
    return [*lines, covered if found.receipts else nothing]


def _poll_lines(found: SittingVerification, language: Language) -> list[str]:
    lines: list[str] = []
    for one in found.statement.polls if found.statement else ():
        because = f" because: {one.annulled_because}" if one.annulled_because else ""
        lines.append(f"Poll {one.poll.id} ({one.poll.title}): {one.state}{because}")
        verified = found.polls.get(one.poll.id)
        if verified is not None and verified.decided is not None:
            lines += [f"  {line}" for line in ruling_lines(verified.decided, language)]
    return lines


def sitting_fields(found: SittingVerification, language: Language) -> dict[str, Any]:
    """For a program. polls: of each that was counted, what `voting verify` says of it alone."""
    refused = found.refused
    report: dict[str, Any] = {
        "valid": found.verdict is not Verdict.NOT_VALID,
        "verdict": found.verdict.value,
        "checks": [{"number": c.number, "key": c.value, "status": _status(found, c)} for c in SittingCheck],
        "reservations": msgspec.to_builtins(found.reservations),
        "annulled": msgspec.to_builtins(found.annulled),
        "receipts": found.receipts,
        "receipts_cover": found.covered,
        "ballots": found.on_board,
        "polls": {poll: fields_of_poll(verified, language) for poll, verified in found.polls.items()},
    }
    if refused is not None:
        check = refused.check
        report["failed"] = {"number": check.number, "key": check.value, "poll": refused.poll, "detail": refused.detail}
    if found.statement is not None:
        report["sitting"] = msgspec.to_builtins(found.statement)
    return report


def _status(found: SittingVerification, check: SittingCheck) -> str:
    if check in found.passed:
        return "ok"
    return "FAILED" if found.refused is not None and found.refused.check is check else "not reached"
