"""`voting simulate`: delegates who join a running server by themselves and vote in their own time."""

from pathlib import Path

import click

from voting.commands.serving import CODES, serve_until_interrupted
from voting.commands.stop import Failed, Stop
from voting.congress.refusals import Refused
from voting.rehearsal.crowd import Pace, join
from voting.server.codes import read_codes
from voting.server.wire import Role
from voting.tally.errors import TallyError
from voting.terminal_client.simulated import SeatFailed, TerminalDistrust


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
    codes = data_dir / CODES
    if not codes.is_file():
        raise Stop("no_sitting", f"{data_dir} holds no {CODES}")
    badges = [badge for badge in read_codes(codes) if badge.person.who.role is Role.DELEGATE]
    try:
        serve_until_interrupted(
            join(url, [badge.code for badge in badges[leave_free:]], Pace(sign_in_within, vote_within))
        )
    except (SeatFailed, TerminalDistrust, TallyError, Refused) as failure:
        raise Failed("simulation_failed", str(failure)) from failure
