"""`voting verify`: the numbered checks of the public record, without server or database."""

from pathlib import Path

import click
from rich.console import Console

from voting.tally.__main__ import main as verify_record


@click.command(name="verify", short_help="Verify the public record of a poll, without a server.")
@click.argument("file", metavar="FILE.bel", type=click.Path(path_type=Path))
@click.option(
    "--receipts",
    type=click.Path(path_type=Path),
    help="Check these receipts too: a JSON list of receipts, or one receipt per line.",
)
@click.option("--json", "as_json", is_flag=True, help="Report as one JSON document instead of lines.")
@click.pass_context
def command(ctx: click.Context, file: Path, receipts: Path | None, as_json: bool) -> None:
    """Verify the public record of a secret poll by its numbered checks.

    It reads only the files you name and needs no server, no database and no network. The exit status is 0 when every
    check passes and 1 when a check fails, was not reached, or a file cannot be read.
    """
    arguments = [str(file)]
    arguments += ["--receipts", str(receipts)] if receipts else []
    arguments += ["--json"] if as_json else []
    with Console(stderr=True).status("Checking every ballot, proof and decryption …"):
        status = verify_record(["--", *arguments] if str(file).startswith("-") else arguments)
    ctx.exit(status)
