"""`voting simulate`: delegates who join a running server by themselves and vote in their own time."""

from pathlib import Path

import click

from voting.commands.serving import serve_until_interrupted
from voting.commands.stop import Stop
from voting.rehearsal.crowd import Pace, join
from voting.server.services.codes import CodesDamaged, read_codes
from voting.storage.data_dir import DataDir
from voting.wire.roles import Role


@click.command(name="simulate", short_help="Let simulated delegates join a running server.")
@click.argument("url", metavar="URL")
@click.option(
    "--data",
    "data_dir",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The sitting's data directory, for the delegates' codes.",
)
@click.option("--leave-free", default=3, show_default=True, type=click.IntRange(min=0), help="Seats left to people.")
@click.option(
    "--sign-in-within", default=20.0, show_default=True, metavar="SECONDS", help="All have signed in by then."
)
@click.option("--vote-within", default=25.0, show_default=True, metavar="SECONDS", help="All have voted by then.")
def command(url: str, data_dir: Path, leave_free: int, sign_in_within: float, vote_within: float) -> None:
    """Let simulated delegates join the server at URL: they sign in, get ready and vote by themselves.

    All delegates of the roster join but for the first few, whose seats are left free for people.
    """
    codes = DataDir(data_dir).codes
    if not codes.is_file():
        raise Stop("no_sitting", f"{data_dir} holds no {codes.name}")
    try:
        badges = [badge for badge in read_codes(codes) if badge.role is Role.DELEGATE]
    except CodesDamaged:
        raise Stop("codes_damaged", f"{codes} is damaged") from None
    if len(badges) <= leave_free:
        raise Stop("nobody_to_simulate", f"all {len(badges)} seats are left free")
    codes_taken = [badge.code for badge in badges[leave_free:]]
    serve_until_interrupted(join(url, codes_taken, Pace(sign_in_within, vote_within), _complain))


def _complain(text: str) -> None:
    click.echo(f"A simulated delegate has stopped: {text}", err=True)
