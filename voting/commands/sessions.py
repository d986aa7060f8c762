"""What several commands do with a session directory: load it, and say clearly why it cannot be used."""

from pathlib import Path

import click

from voting.commands.stop import Stop
from voting.files.session import LoadRefused, load_session
from voting.sitting.events import SittingPlan
from voting.sitting.plan_checks import GROUPS
from voting.words import Language, catalogue_of

MOST_PROBLEMS = 20

session_argument = click.argument(
    "session_dir", metavar="SESSION_DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
group_option = click.option(
    "--group",
    type=click.Choice(GROUPS),
    help="Use this group for the ballots instead of the one the session names.",
)


def plan_of(session_dir: Path) -> SittingPlan:
    """The session's plan. Raises Stop naming file, row and column of what is wrong."""
    try:
        return load_session(session_dir)
    except LoadRefused as refused:
        raise Stop("session_invalid", describe(refused)) from None


def describe(refused: LoadRefused) -> str:
    """Every problem on its own line, the first twenty of them."""
    lines = [problem.bilingual() for problem in refused.problems]
    more = len(lines) - MOST_PROBLEMS
    return "\n  ".join([*lines[:MOST_PROBLEMS], *([_left_out(more)] if more > 0 else [])])


def _left_out(number: int) -> str:
    chinese, english = (catalogue_of(language).file_problems.more.format(n=number) for language in Language)
    return f"{chinese} ({english})"
