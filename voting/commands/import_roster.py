"""`voting import-roster`: check a roster kept in a spreadsheet and write it in the form a session uses."""

from pathlib import Path

import click

from voting.commands.sessions import describe
from voting.commands.stop import Stop
from voting.files.session import LoadRefused, write_roster_csv


@click.command(name="import-roster", short_help="Check a roster and write it as roster.csv.")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    default=Path("roster.csv"),
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the roster; an existing file is replaced.",
)
def command(file: Path, out: Path) -> None:
    """Check a roster of delegates (.csv or .xlsx) and write it as a session's roster.csv.

    Repeated numbers, two delegates on one seat, empty or overlong names and damaged characters are refused, each
    named by row and column; then nothing is written.
    """
    try:
        count = write_roster_csv(file, out)
    except LoadRefused as refused:
        raise Stop("roster_invalid", describe(refused)) from None
    click.echo(f"{out}: {count} delegates")
