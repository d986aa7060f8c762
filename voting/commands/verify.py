"""`voting verify`: the numbered checks of a poll's or a sitting's record and what it decides, without a server."""

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from voting.commands.lines import shown
from voting.commands.options import json_option, language_option
from voting.commands.verify_report import fields, lines
from voting.commands.verify_sitting import sitting_fields, sitting_lines
from voting.record.verification import Verification, verify_poll
from voting.record.whole.container import MAX_SITTING_BYTES
from voting.record.whole.verification import SittingVerification, verify_sitting
from voting.tally.__main__ import UnreadableFileError, read_file, read_receipts
from voting.tally.board.container import MAX_ARCHIVE_BYTES
from voting.words import Language

MAX_STATEMENT_BYTES = 16 * 1024 * 1024


@click.command(name="verify", short_help="Verify the public record of a poll or a sitting, without a server.")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
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
@click.option(
    "--require-receipts",
    type=click.IntRange(min=1),
    metavar="N",
    help="Call the record valid only if the receipts cover at least N ballots.",
)
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    file: Path | None,
    count: Path | None,
    receipts: Path | None,
    require_receipts: int | None,
    as_json: bool,
    language: str,
) -> None:
    """Verify the public record of a poll (FILE.bel) or of a whole sitting (FILE.zip), and state what it decides.

    The outcome follows from the count under the rules frozen in the record, with every reason. Where papers or hands
    were counted, the server's signed statement of the count joins them to the votes in the record: name it with
    --count. In the record of a sitting every poll is verified with its count, and then all of them together: one
    server, one roster, the same scrutineers' keys, nothing used twice. The command reads only the files you name, each
    of them once, and needs no server, no database and no network.

    The exit status is 0 when every check passes and the outcome is stated; 3 when every check passes, but the outcome
    is not stated, the record does not keep a law that records of ours keep, or fewer receipts were given than
    --require-receipts asks for; 1 when a check fails, was not reached, or a file cannot be read.
    """
    if file is None and (count is None or receipts is not None):
        raise click.UsageError("name a record FILE.bel, or with --count alone the count of a poll counted by hand")
    if file is not None and file.suffix == ".zip" and count is not None:
        raise click.UsageError("the record of a sitting holds its counts; name no --count beside it")
    if require_receipts is not None and file is None:
        raise click.UsageError("receipts belong to a record FILE.bel")
    try:
        whole = file is not None and file.suffix == ".zip"
        archive = None if file is None else read_file(file, MAX_SITTING_BYTES if whole else MAX_ARCHIVE_BYTES)
        given = None if receipts is None else read_receipts(receipts)
        statement = None if count is None else read_file(count, MAX_STATEMENT_BYTES)
    except UnreadableFileError as error:
        click.echo(str(error), err=True)
        ctx.exit(1)
    with Console(stderr=True).status("Checking every ballot, proof and decryption …"):
        if whole and archive is not None:
            sitting = verify_sitting(archive, given or (), require_receipts=require_receipts or 0)
            _print_sitting(sitting, Language(language), as_json=as_json)
            ctx.exit(sitting.verdict.exit_status)
        found = verify_poll(archive, given or (), statement, require_receipts=require_receipts or 0)
    _print(found, Language(language), as_json=as_json, no_receipt_in_file=given == [])
    ctx.exit(found.verdict.exit_status)


def _print_sitting(found: SittingVerification, language: Language, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(sitting_fields(found, language), indent=2))
    else:
        click.echo(shown(sitting_lines(found, language)), nl=False)


def _print(found: Verification, language: Language, *, as_json: bool, no_receipt_in_file: bool) -> None:
    if as_json:
        report: dict[str, Any] = fields(found, language)
        click.echo(json.dumps(report, indent=2))
        return
    noted = ["The file of receipts holds none, so none was checked."] if no_receipt_in_file else []
    click.echo(shown(lines(found, language) + noted), nl=False)
