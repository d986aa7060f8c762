"""The session directory: what a secretary prepares (session.toml, agenda.toml, rosters) and how it becomes a plan.

`load_session` answers a SittingPlan fit to be convened, or raises LoadRefused with every problem that was found, each
with its file and its row and column or key. Nothing is guessed and nothing is left out silently.
"""

from voting.files.problems import FileProblem, LoadRefused, ProblemCode
from voting.files.rosters.people import load_observers, load_roster, write_roster_csv
from voting.files.session.plan_files import load_session

__all__ = [
    "FileProblem",
    "LoadRefused",
    "ProblemCode",
    "load_observers",
    "load_roster",
    "load_session",
    "write_roster_csv",
]
