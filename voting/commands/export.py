"""`voting export`: a poll's archive from the data directory, without a server."""

from pathlib import Path

import click

from voting.commands.stop import Failed, Stop
from voting.rehearsal.export import ExportRefused, archive_of
from voting.storage.data_dir import DataDir


@click.command(name="export", short_help="Write a counted poll's public record from the database.")
@click.option(
    "--data",
    "data_dir",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The data directory of the sitting.",
)
@click.argument("poll", metavar="POLL")
@click.option(
    "--out",
    required=True,
    metavar="FILE.bel",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the archive; an existing file is replaced.",
)
def command(data_dir: Path, poll: str, out: Path) -> None:
    """Write the public record of one counted poll from a sitting's database.

    The journal's chain is checked and the board is rebuilt from it; the archive is the same, byte for byte, as the one
    the server hands out. No server is needed, and a running one is not disturbed. POLL is the poll's id.
    """
    database = DataDir(data_dir).database
    if not database.is_file():
        raise Stop("no_sitting", f"{data_dir} holds no {database.name}, so no sitting was held there")
    try:
        archive = archive_of(database, poll)
    except ExportRefused as refused:
        raise Failed(refused.code, str(refused)) from None
    out.write_bytes(archive)
    click.echo(f"{out}: {len(archive)} bytes")
