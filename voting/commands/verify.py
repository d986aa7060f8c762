"""`voting verify`: the numbered checks of the public record and what it decides, without server or database."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from voting.commands.lines import shown
from voting.commands.verify_count import CountReport, decision_of, fields_of, lines_of, report_on, ruling_lines
from voting.congress.law.reasons import Language
from voting.record.outcome import ArchiveOutcome, OutcomeUnknown, outcome_in
from voting.tally.__main__ import main as verify_record
from voting.tally.__main__ import read_receipts

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
@click.option("--json", "as_json", is_flag=True, help="Report as one JSON document instead of lines.")
@click.option(
    "--language",
    type=click.Choice([language.value for language in Language]),
    default=Language.ENGLISH.value,
    show_default=True,
    help="The language of the reasons.",
)
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
    status, text = _verified(file, receipts, as_json) if file else (0, "{}" if as_json else "")
    stated = None
    if status == 0 and count is not None:
        keys = {str(receipt.get("server_key")) for receipt in read_receipts(receipts)} if receipts else set()
        stated = report_on(_read(ctx, count), file.read_bytes() if file else None, keys)
        status = 0 if stated.found else 1
    if status == 0 or stated is not None:
        outcome = _outcome(file.read_bytes()) if file and stated is None else None
        add = _with_fields if as_json else _with_lines
        text = add(text, outcome, stated, Language(language))
    click.echo(text, nl=False)
    ctx.exit(status)


def _verified(file: Path, receipts: Path | None, as_json: bool) -> tuple[int, str]:
    """Exit status and report on the record itself."""
    arguments = [str(file)]
    arguments += ["--receipts", str(receipts)] if receipts else []
    arguments += ["--json"] if as_json else []
    printed = io.StringIO()
    with (
        Console(stderr=True).status("Checking every ballot, proof and decryption …"),
        contextlib.redirect_stdout(printed),
    ):
        status = verify_record(["--", *arguments] if str(file).startswith("-") else arguments)
    return status, printed.getvalue()


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


def _with_lines(text: str, outcome: ArchiveOutcome | str | None, stated: CountReport | None, language: Language) -> str:
    lines: list[str] = lines_of(stated, language) if stated else []
    if isinstance(outcome, str):
        lines.append(f"Outcome: not stated, because {outcome}.")
    elif outcome is not None:
        title = outcome.plan.adopted.title
        lines.append(f"Outcome under the rules in the record{f' ({title})' if title else ''}:")
        lines += ruling_lines(outcome.ruling, language)
    return text + shown(lines)


def _with_fields(
    text: str, outcome: ArchiveOutcome | str | None, stated: CountReport | None, language: Language
) -> str:
    report: dict[str, Any] = json.loads(text)
    decided = stated.found if stated else outcome
    if stated is not None:
        report["valid"] = stated.found is not None
        report["count"] = fields_of(stated)
    report["decision"] = (
        None
        if decided is None or isinstance(decided, str)
        else decision_of(decided.plan.adopted.title, decided.count, decided.ruling, language)
    )
    return json.dumps(report, indent=2) + "\n"
