"""The session directory: what a secretary prepares (session.toml, agenda.toml, rosters) and how it becomes a plan.

`load_session` answers a SittingPlan fit to be convened, or raises LoadRefused with every problem that was found, each
with its file and its row and column or key. Nothing is guessed and nothing is left out silently.
"""

from voting.server.session_files.people import load_observers, load_roster, write_roster_csv
from voting.server.session_files.plan_files import load_session
from voting.server.session_files.problems import FileProblem, LoadRefused, ProblemCode

__all__ = [
    "FileProblem",
    "LoadRefused",
    "ProblemCode",
    "load_observers",
    "load_roster",
    "load_session",
    "write_roster_csv",
]
