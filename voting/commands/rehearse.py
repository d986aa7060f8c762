"""`voting rehearse`: a whole sitting by machine, against a real server, compared with what was cast."""

import secrets
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from voting.commands.serving import run_until_interrupted
from voting.commands.sessions import group_option, plan_of, session_argument
from voting.commands.stop import Failed, Stop
from voting.congress.events import SittingPlan
from voting.congress.poll_kinds import PER_OPTION_KINDS, PollKind
from voting.congress.refusals import Refused
from voting.congress.rules import quorum_of
from voting.rehearsal.choices import Choices, ChoicesRefused, draw_choices, read_choices
from voting.rehearsal.hall import RehearsalOutcome, RehearsalPlan, rehearse
from voting.rehearsal.output import OutputRefused, prepare_output
from voting.rehearsal.report import OptionReport
from voting.rehearsal.server_process import ServerFailed, ServerProcess
from voting.rehearsal.steps import Steps
from voting.tally.errors import TallyError
from voting.terminal_client.simulated import LinkLost, SeatFailed, SittingStalled, TerminalDistrust

FAILURES = (ServerFailed, SeatFailed, SittingStalled, TerminalDistrust, TallyError, Refused, LinkLost, TimeoutError)


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
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Directory for result.json, the archives, the receipts and the server's data.",
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
    out: Path,
    kill_server_after: int | None,
) -> None:
    """Rehearse a session: every poll is held with simulated delegates, a chair and scrutineers on a real server.

    A server is started on a free port of this machine, one headless terminal per delegate joins it over a websocket,
    and every poll of the session is held from its preparation to its announcement. The exit status is 0 only when
    every count equals the choices cast. OUT then holds result.json and, for each poll, OUT/POLL/UUID.bel (its public
    record) and OUT/POLL/receipts.json; OUT/server holds the server's data. An earlier rehearsal in OUT is replaced.

    The file given with --choices has one row per poll and delegate. Its column "options" holds option ids separated
    by spaces; an empty cell is a blank ballot; "-" means present but not pressed. Where every option is answered by
    itself, it holds "option=mark": for, against or abstain (approve_each, election), or satisfied,
    basically_satisfied, dissatisfied, dont_know (evaluation), as in "roads=for parks=against". A delegate without any
    row does not attend; one who attends but has no row for some poll does not press there.
    """
    plan = plan_of(session_dir)
    choices = _choices(plan, seats, choices_file, seed)
    _require_quorum(plan, len(choices.attending))
    try:
        data_dir = prepare_output(out, tuple(poll.id for poll in plan.polls))
    except OutputRefused as refused:
        raise Stop("out_unusable", str(refused)) from None
    server = ServerProcess(session_dir, data_dir, group=group)
    console = Console(stderr=True)
    outcome = _hold(RehearsalPlan(plan, choices, server, out, kill_server_after), console)
    if server.starts > 1:
        click.echo("Drill: the server was killed among the ballots and started again.", err=True)
    outcome.report.write(out / "result.json")
    _print(outcome, Console())
    if outcome.differences:
        raise Failed("counts_differ", "\n  ".join(outcome.differences))


def _hold(rehearsal: RehearsalPlan, console: Console) -> RehearsalOutcome:
    async def hold() -> RehearsalOutcome:
        with Steps(console) as steps:
            return await rehearse(rehearsal, steps)

    try:
        return run_until_interrupted(hold())
    except FAILURES as failure:
        code = {ServerFailed: "server_failed", Refused: "refused"}.get(type(failure), "rehearsal_failed")
        raise Failed(code, str(failure) or type(failure).__name__) from failure


def _choices(plan: SittingPlan, seats: int | None, file: Path | None, seed: int | None) -> Choices:
    in_office = plan.roster.in_office
    if seats is not None and seats > in_office:
        raise Stop("too_many_seats", f"--seats {seats}: only {in_office} delegates are in office")
    if file is None:
        seed = secrets.randbelow(1 << 32) if seed is None else seed
        click.echo(f"Choices are drawn with --seed {seed}.", err=True)
        return draw_choices(plan, in_office if seats is None else seats, seed)
    if seed is not None:
        raise Stop("options_conflict", "--seed draws choices and --choices gives them: use one of the two")
    try:
        choices = read_choices(file, plan)
    except ChoicesRefused as refused:
        raise Stop("choices_invalid", f"{file}: {refused}") from None
    if seats is not None and seats < len(choices.attending):
        raise Stop("options_conflict", f"--seats {seats}: {file} lets {len(choices.attending)} delegates attend")
    return choices


def _require_quorum(plan: SittingPlan, attending: int) -> None:
    quorum = quorum_of(plan.roster.in_office)
    if attending < quorum:
        detail = f"{attending} of {plan.roster.in_office} delegates attend, but a sitting needs {quorum}"
        raise Failed("no_quorum", detail)


def _line(kind: PollKind, option: OptionReport) -> str:
    if kind is PollKind.EVALUATION:
        return f"{' '.join(map(str, option.levels or ()))} {option.id}: {option.verdict}"
    others = f" {option.against} {option.abstain}" if kind in PER_OPTION_KINDS else ""
    return f"{option.votes}{others} {option.id}{' *' * option.elected}"


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
