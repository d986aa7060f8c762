"""`voting export`: a poll's archive from the data directory, without a server."""

from pathlib import Path

import click

from voting.commands.options import held_data_option
from voting.commands.stop import Failed, Stop
from voting.congress.law.question import Medium
from voting.storage.data_dir import DataDir
from voting.storage.reading import RecordRefused, read_sitting


@click.command(name="export", short_help="Write a counted poll's public record from the database.")
@held_data_option
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
    archive = _archive(database, poll)
    out.write_bytes(archive)
    click.echo(f"{out}: {len(archive)} bytes")


def _archive(database: Path, poll: str) -> bytes:
    """The `.bel` file of a counted poll. Raises Failed."""
    try:
        replayed = read_sitting(database)
    except RecordRefused as refused:
        raise Failed(refused.problem, str(refused)) from None
    polls, published = replayed.sitting.polls, replayed.published
    if poll not in polls:
        raise Failed("unknown_poll", f'there is no poll "{poll}"; there are: {", ".join(polls)}')
    if polls[poll].question.medium is Medium.BY_HAND:
        raise Failed("poll_by_hand", f"poll {poll} is counted by hand; its record is its signed count.json")
    if poll not in published.digests():
        raise Failed("not_counted", f"poll {poll} is {polls[poll].state} and has no complete record yet")
    return published[poll].archive()
