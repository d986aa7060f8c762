"""`voting rehearse`: a whole sitting by machine, against a real server, compared with what was cast."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.table import Table

from voting.commands.serving import run_until_interrupted
from voting.commands.sessions import group_option, plan_of, session_argument
from voting.commands.stop import Failed, Stop
from voting.congress.law import thresholds
from voting.congress.law.kind import Answer
from voting.congress.law.kinds import KINDS
from voting.congress.law.poll_kinds import PollKind
from voting.congress.refusal import Refused
from voting.record.count_statement import CountRefused
from voting.record.verification import NotStated
from voting.rehearsal.choices import Choices, ChoicesRefused, read_choices, read_rows
from voting.rehearsal.drawing import draw_choices, with_accidents
from voting.rehearsal.hall import RehearsalOutcome, RehearsalPlan, rehearse
from voting.rehearsal.output import REPORTS, SERVER, OutputRefused, prepare_output
from voting.rehearsal.report import OptionReport
from voting.rehearsal.server_process import ServerFailed, ServerProcess
from voting.rehearsal.steps import Steps
from voting.reports.database import RecordRefused, read_record
from voting.reports.fonts import FontMissing
from voting.reports.record import OutcomeDiffers
from voting.reports.writing import write_reports
from voting.sitting.events import SittingPlan
from voting.storage.data_dir import DataDir
from voting.tally.errors import TallyError
from voting.terminal_client.simulated import LinkLost, SeatFailed, SittingStalled, TerminalDistrust

CHOICES = "choices.csv"
WITH_CHOICES = 0
"""The seed of what a file of choices cannot say: the same each time."""

T = TypeVar("T")

FAILURES = (
    CountRefused,
    NotStated,
    ServerFailed,
    SeatFailed,
    SittingStalled,
    TerminalDistrust,
    TallyError,
    Refused,
    LinkLost,
    TimeoutError,
)


@click.command(name="rehearse", short_help="Hold a whole session by machine and compare the counts.")
@session_argument
@click.option("--seats", type=click.IntRange(min=1), help="How many delegates attend; all of them when not given.")
@group_option
@click.option(
    "--choices",
    "choices_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file with the columns poll,delegate,options that says what each delegate does (see below).",
)
@click.option("--seed", type=int, help="Draw the same pseudo-random choices again; printed when it is not given.")
@click.option(
    "--follow-ups/--no-follow-ups",
    default=None,
    help="Whether run-offs and second rounds are held where a poll leads to one. [default: yes, unless --choices]",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Directory for result.json, the archives, the receipts, the reports and the server's data.",
)
@click.option(
    "--kill-server-after",
    type=click.IntRange(min=1),
    metavar="BALLOTS",
    help="Drill: kill the server (SIGKILL) once so many ballots are stored, and start it again.",
)
def command(
    session_dir: Path,
    seats: int | None,
    group: str | None,
    choices_file: Path | None,
    seed: int | None,
    follow_ups: bool | None,
    out: Path,
    kill_server_after: int | None,
) -> None:
    """Rehearse a session: every poll is held with simulated delegates, a chair and scrutineers on a real server.

    A server is started on a free port of this machine, one headless terminal per delegate joins it over a websocket,
    and every poll of the session is held from its preparation to its announcement; what is counted by hand is entered
    by one simulated scrutineer and confirmed by another. The exit status is 0 only when every count equals the choices
    cast. OUT then holds result.json; for each poll OUT/POLL/UUID.bel (its public record), OUT/POLL/receipts.json and
    OUT/POLL/count.json (its count, signed by the server); in OUT/reports the sheets to sign; in OUT/server the server's
    data. An earlier rehearsal in OUT is replaced.

    Choices are drawn from the seed. If the session has a file choices.csv, polls with any row in it take their ballots
    from there, and only the others are drawn. The file given with --choices says everything instead: a delegate without
    any row does not attend, and one who attends but has no row for some poll does not press there. What a file cannot
    say is always drawn: who replaces a ballot where the last press counts, and whose terminal fails in a mixed poll.

    Such a file has one row per poll and delegate. Its column "options" holds option ids separated by spaces; an empty
    cell is a blank ballot; "-" means present but not pressed. Where every option is answered by itself, it holds
    "option=mark": for, against or abstain (approve_each, election), or satisfied, basically_satisfied, dissatisfied,
    dont_know (evaluation), as in "roads=for parks=against"; in an election "+name" adds a name. Where options are
    ranked, it holds "option=place", as in "roads=2 parks=1".

    After a tie or a shortfall the chair holds the run-off or second round that the rules offer, at most two rounds
    after one poll, with drawn choices; not so with --choices, unless --follow-ups is given.
    """
    plan = plan_of(session_dir)
    voters = len(plan.roster.voters)
    if seats is not None and seats > voters:
        raise Stop("too_many_seats", f"--seats {seats}: only {voters} delegates in office may vote")
    if choices_file is None:
        drawn_from = secrets.randbelow(1 << 32) if seed is None else seed
        choices = _drawn(plan, session_dir, seats or voters, drawn_from)
    elif seed is not None:
        raise Stop("options_conflict", "--seed draws choices and --choices gives them: use one of the two")
    else:
        drawn_from = WITH_CHOICES
        choices = _given(plan, seats, choices_file)
    _require_quorum(plan, len(choices.attending))
    server = ServerProcess(session_dir, _prepared(out, plan), group=group)
    console = Console(stderr=True)
    held_too = choices_file is None if follow_ups is None else follow_ups
    rehearsal = RehearsalPlan(plan, choices, server, out, kill_server_after, follow_ups=held_too, seed=drawn_from)
    outcome = _hold(rehearsal, console)
    if server.starts > 1:
        click.echo("Drill: the server was killed among the ballots and started again.", err=True)
    outcome.report.write(out / "result.json")
    _print(outcome, Console())
    _write_reports(out)
    if outcome.differences:
        raise Failed("counts_differ", "\n  ".join(outcome.differences))


def _prepared(out: Path, plan: SittingPlan) -> Path:
    try:
        return prepare_output(out, tuple(poll.id for poll in plan.polls))
    except OutputRefused as refused:
        raise Stop("out_unusable", str(refused)) from None


def _hold(rehearsal: RehearsalPlan, console: Console) -> RehearsalOutcome:
    async def hold() -> RehearsalOutcome:
        with Steps(console) as steps:
            return await rehearse(rehearsal, steps)

    try:
        return run_until_interrupted(hold())
    except FAILURES as failure:
        code = {ServerFailed: "server_failed", Refused: "refused"}.get(type(failure), "rehearsal_failed")
        raise Failed(code, str(failure) or type(failure).__name__) from failure


def _drawn(plan: SittingPlan, session_dir: Path, seats: int, seed: int) -> Choices:
    own = session_dir / CHOICES
    given = _read(own, lambda: read_rows(own, plan)) if own.is_file() else None
    if given is None:
        click.echo(f"Choices are drawn with --seed {seed}.", err=True)
    else:
        listed = ", ".join(poll for poll, rows in given.items() if rows) or "no poll"
        click.echo(f"Choices in {listed} are those of {own}; all others are drawn with --seed {seed}.", err=True)
    return draw_choices(plan, seats, seed, given)


def _given(plan: SittingPlan, seats: int | None, file: Path) -> Choices:
    choices = _read(file, lambda: read_choices(file, plan))
    if seats is not None and seats < len(choices.attending):
        raise Stop("options_conflict", f"--seats {seats}: {file} lets {len(choices.attending)} delegates attend")
    return with_accidents(choices, plan, WITH_CHOICES)


def _read(file: Path, read: Callable[[], T]) -> T:
    try:
        return read()
    except ChoicesRefused as refused:
        raise Stop("choices_invalid", f"{file}: {refused}") from None


def _require_quorum(plan: SittingPlan, attending: int) -> None:
    """As many as the sitting's rules and each poll's ask for."""
    adopted = {f"poll {poll.id}": poll.question.ruleset for poll in plan.polls}
    for where, rules in (*adopted.items(), ("sitting", plan.adopted)):
        needed = thresholds.quorum(rules, plan.roster.bases)
        if attending < needed:
            detail = f"{attending} of {plan.roster.in_office} delegates attend, but a sitting needs {needed}"
            raise Failed("no_quorum", f"{where}: {detail}")


def _write_reports(out: Path) -> None:
    """The sheets to sign; a machine without a Chinese font has none, which a rehearsal can bear."""
    try:
        written = write_reports(read_record(DataDir(out / SERVER).database), out / REPORTS)
    except FontMissing as missing:
        click.echo(f"No reports were written: {missing}", err=True)
    except RecordRefused as refused:
        raise Failed(refused.problem, str(refused)) from None
    except OutcomeDiffers as differs:
        raise Failed("outcome_differs", str(differs)) from None
    else:
        click.echo(f"{len(written.files)} reports are in {out / REPORTS}.")


def _line(kind: PollKind, option: OptionReport) -> str:
    answer = KINDS[kind].answer
    if answer is Answer.LEVEL:
        return f"{' '.join(map(str, option.levels or ()))} {option.id}: {option.verdict}"
    others = f" {option.against} {option.abstain}" if answer is Answer.VOICE and not option.write_in else ""
    mark = f": {option.verdict}" if option.verdict else " *" * option.elected
    return f"{option.votes}{others} {'+' * option.write_in}{option.id}{mark}"


def _print(outcome: RehearsalOutcome, console: Console) -> None:
    table = Table("poll", "returned", "not pressed", "outcome")
    table.add_column("votes", overflow="fold")
    for poll in outcome.report.polls:
        votes = "\n".join(_line(poll.kind, option) for option in poll.options)
        table.add_row(poll.id, f"{poll.returned} of {poll.issued}", str(poll.not_pressed), poll.outcome, votes)
    console.print(table)
    if not outcome.differences:
        present = outcome.report.sitting.present
        console.print(f"{present} delegates present. Every count equals the choices cast, and every archive verifies.")
