"""`voting verify`: the numbered checks of the public record and what it decides, without server or database."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console

from voting.congress.reasons import Language, in_words
from voting.record.outcome import ArchiveOutcome, OutcomeUnknown, outcome_in
from voting.tally.__main__ import main as verify_record


@click.command(name="verify", short_help="Verify the public record of a poll, without a server.")
@click.argument("file", metavar="FILE.bel", type=click.Path(path_type=Path))
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
def command(ctx: click.Context, file: Path, receipts: Path | None, as_json: bool, language: str) -> None:
    """Verify the public record of a poll by its numbered checks, and state what it decides.

    The outcome follows from the count under the rules frozen in the record, with every reason. It reads only the files
    you name and needs no server, no database and no network. The exit status is 0 when every check passes and 1 when a
    check fails, was not reached, or a file cannot be read.
    """
    arguments = [str(file)]
    arguments += ["--receipts", str(receipts)] if receipts else []
    arguments += ["--json"] if as_json else []
    printed = io.StringIO()
    with (
        Console(stderr=True).status("Checking every ballot, proof and decryption …"),
        contextlib.redirect_stdout(printed),
    ):
        status = verify_record(["--", *arguments] if str(file).startswith("-") else arguments)
    text = printed.getvalue()
    if status == 0:
        outcome = _outcome(file.read_bytes())
        text = (
            _with_fields(text, outcome, Language(language)) if as_json else text + _lines(outcome, Language(language))
        )
    click.echo(text, nl=False)
    ctx.exit(status)


def _outcome(archive: bytes) -> ArchiveOutcome | str:
    """What the record decides, or why that is not known."""
    try:
        return outcome_in(archive)
    except OutcomeUnknown as unknown:
        return str(unknown)


def _lines(outcome: ArchiveOutcome | str, language: Language) -> str:
    if isinstance(outcome, str):
        return f"Outcome: not stated, because {outcome}.\n"
    ruling, title = outcome.ruling, outcome.plan.adopted.title
    lines = [f"Outcome under the rules in the record{f' ({title})' if title else ''}:"]
    lines += [f"  {in_words(reason, language)}" for reason in ruling.reasons]
    elected = f": {', '.join(ruling.elected)}" if ruling.elected else ""
    lines.append(f"outcome: {ruling.outcome}{elected}")
    return "".join("".join(c if c.isprintable() else "\ufffd" for c in line) + "\n" for line in lines)


def _with_fields(text: str, outcome: ArchiveOutcome | str, language: Language) -> str:
    report: dict[str, Any] = json.loads(text)
    if isinstance(outcome, str):
        report["decision"] = None
    else:
        ruling: dict[str, Any] = msgspec.to_builtins(outcome.ruling)
        reasons = [in_words(reason, language) for reason in outcome.ruling.reasons]
        count = msgspec.to_builtins(outcome.count)
        report["decision"] = {"rules": outcome.plan.adopted.title, "count": count, **ruling, "reasons": reasons}
    return json.dumps(report, indent=2) + "\n"
