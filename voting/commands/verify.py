"""`voting verify`: the numbered checks of the public record and what it decides, without server or database."""

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from voting.commands.lines import shown
from voting.commands.options import json_option, language_option
from voting.commands.verify_count import CountReport, decision_of, fields_of, lines_of, report_on, ruling_lines
from voting.record.outcome import ArchiveOutcome, OutcomeUnknown, outcome_in
from voting.tally.__main__ import UnreadableFileError, read_file, read_receipts
from voting.tally.verify.audit import Audit, audit
from voting.words import Language

MAX_STATEMENT_BYTES = 16 * 1024 * 1024


@click.command(name="verify", short_help="Verify the public record of a poll, without a server.")
@click.argument("file", metavar="[FILE.bel]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--count",
    type=click.Path(path_type=Path),
    help="Check this signed count (count.json) too; without FILE.bel, that of a poll counted by hand.",
)
@click.option(
    "--receipts",
    type=click.Path(path_type=Path),
    help="Check these receipts too: a JSON list of receipts, or one receipt per line.",
)
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context, file: Path | None, count: Path | None, receipts: Path | None, as_json: bool, language: str
) -> None:
    """Verify the public record of a poll by its numbered checks, and state what it decides.

    The outcome follows from the count under the rules frozen in the record, with every reason. Where papers or hands
    were counted, the server's signed statement of the count joins them to the votes in the record: name it with
    --count. The command reads only the files you name and needs no server, no database and no network. The exit status
    is 0 when every check passes and 1 when a check fails, was not reached, or a file cannot be read.
    """
    if file is None and (count is None or receipts is not None):
        raise click.UsageError("name a record FILE.bel, or with --count alone the count of a poll counted by hand")
    archive = None if file is None else _bytes_of(ctx, file)
    given = [] if receipts is None else _receipts_of(ctx, receipts)
    found = None if archive is None else _audited(archive, given)
    stated = None
    if count is not None and (found is None or found.record is not None):
        keys = {str(receipt.get("server_key")) for receipt in given}
        stated = report_on(_read(ctx, count), archive, keys)
    valid = found is None or found.record is not None
    outcome = _outcome(archive) if valid and archive is not None and stated is None else None
    if as_json:
        click.echo(json.dumps(_fields(found, outcome, stated, Language(language)), indent=2))
    else:
        lines = [] if found is None else found.sentences()
        click.echo(shown(lines + _lines(outcome, stated, Language(language))), nl=False)
    ctx.exit(0 if valid and (stated is None or stated.found) else 1)


def _audited(archive: bytes, receipts: list[dict[str, Any]]) -> Audit:
    with Console(stderr=True).status("Checking every ballot, proof and decryption …"):
        return audit(archive, receipts)


def _bytes_of(ctx: click.Context, file: Path) -> bytes:
    try:
        return read_file(file)
    except UnreadableFileError as error:
        click.echo(str(error), err=True)
        return ctx.exit(1)


def _receipts_of(ctx: click.Context, file: Path) -> list[dict[str, Any]]:
    try:
        return read_receipts(file)
    except UnreadableFileError as error:
        click.echo(str(error), err=True)
        return ctx.exit(1)


def _read(ctx: click.Context, path: Path) -> bytes:
    try:
        if path.stat().st_size <= MAX_STATEMENT_BYTES:
            return path.read_bytes()
        problem = f"is larger than {MAX_STATEMENT_BYTES} bytes"
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
    click.echo(f"{path} {problem}", err=True)
    return ctx.exit(1)


def _outcome(archive: bytes) -> ArchiveOutcome | str:
    """What the record decides, or why that is not known."""
    try:
        return outcome_in(archive)
    except OutcomeUnknown as unknown:
        return str(unknown)


def _lines(outcome: ArchiveOutcome | str | None, stated: CountReport | None, language: Language) -> list[str]:
    lines: list[str] = lines_of(stated, language) if stated else []
    if isinstance(outcome, str):
        lines.append(f"Outcome: not stated, because {outcome}.")
    elif outcome is not None:
        title = outcome.question.ruleset.title
        lines.append(f"Outcome under the rules in the record{f' ({title})' if title else ''}:")
        lines += ruling_lines(outcome, language)
    return lines


def _fields(
    found: Audit | None, outcome: ArchiveOutcome | str | None, stated: CountReport | None, language: Language
) -> dict[str, Any]:
    report: dict[str, Any] = {} if found is None else found.fields()
    if not report.get("valid", True):
        return report
    decided = stated.found if stated else outcome
    if stated is not None:
        report["valid"] = stated.found is not None
        report["count"] = fields_of(stated)
    report["decision"] = None if decided is None or isinstance(decided, str) else decision_of(decided, language)
    return report
