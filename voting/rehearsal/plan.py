"""What a rehearsal is asked for, and what comes out of it."""

from dataclasses import dataclass, field
from pathlib import Path

from voting.rehearsal.choices import Choices
from voting.rehearsal.report import Report
from voting.rehearsal.server_process import ServerProcess
from voting.sitting.events import SittingPlan
from voting.terminal_client.simulated import Link


@dataclass(frozen=True)
class RehearsalPlan:
    """What is rehearsed, and how it is made harder.

    ``kill_server_after``: drill, SIGKILL after so many stored ballots, then start again. ``link``: what terminals
    connect with; drills pass one that loses its line. ``follow_ups``: whether run-offs and second rounds are held where
    a poll leads to one, with choices drawn from ``seed``.
    """

    plan: SittingPlan
    choices: Choices
    server: ServerProcess
    out: Path
    kill_server_after: int | None = None
    patience: float = 300.0
    link: type[Link] = Link
    follow_ups: bool = False
    seed: int = 0


@dataclass
class RehearsalOutcome:
    """The report, and one sentence for everything that is not as cast; success means none."""

    report: Report
    differences: list[str] = field(default_factory=list)
