"""What a rehearsal reports: result.json, and every figure that differs from what was cast."""

import hashlib
from pathlib import Path

import msgspec

from voting.congress.events import SittingPlan
from voting.congress.poll import PollKind, PollPlan
from voting.congress.rules import Count, Outcome
from voting.rehearsal.choices import Choices
from voting.server.wire import ConsoleView, ResultView


class OptionReport(msgspec.Struct, frozen=True):
    """One option in the order of the ballot; a motion elects nobody."""

    id: str
    title: str
    votes: int
    elected: bool


class PollReport(msgspec.Struct, frozen=True):
    """One poll. entitled: delegates in office; issued: credentials frozen at opening; returned: ballots on the board;
    archive: path relative to the report."""

    id: str
    kind: PollKind
    group: str
    entitled: int
    issued: int
    returned: int
    valid: int
    void: int
    not_pressed: int
    options: tuple[OptionReport, ...]
    outcome: str
    outcome_detail: Outcome
    archive: str
    archive_sha256: str


class SittingReport(msgspec.Struct, frozen=True):
    """The attendance of the sitting."""

    due: int
    present: int
    quorum: int


class Report(msgspec.Struct, frozen=True):
    """The whole of result.json."""

    sitting: SittingReport
    polls: tuple[PollReport, ...]

    def write(self, path: Path) -> None:
        """Write it as indented JSON."""
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n")


def report_sitting(view: ConsoleView) -> SittingReport:
    """The attendance as the console shows it."""
    attendance = view.hall.attendance
    return SittingReport(due=attendance.due, present=attendance.present, quorum=attendance.quorum)


def report_poll(poll: PollPlan, group: str, result: ResultView, archive: Path, out: Path) -> PollReport:
    """One announced poll whose archive lies at ``archive`` below ``out``."""
    count, outcome = result.count, result.outcome
    options = tuple(
        OptionReport(option.id, option.title, count.votes[option.id], option.id in outcome.elected)
        for option in poll.options
    )
    return PollReport(
        id=poll.id,
        kind=poll.kind,
        group=group,
        entitled=count.entitled,
        issued=count.issued,
        returned=count.returned,
        valid=count.valid,
        void=count.void,
        not_pressed=count.not_pressed,
        options=options,
        outcome=outcome.kind.value,
        outcome_detail=outcome,
        archive=archive.relative_to(out).as_posix(),
        archive_sha256=hashlib.sha256(archive.read_bytes()).hexdigest(),
    )


def expected_count(plan: SittingPlan, poll: PollPlan, choices: Choices) -> Count:
    """The figures that follow from the choices alone. Terminals cannot encode a void ballot, so none is expected."""
    issued, returned, votes = len(choices.attending), choices.pressed(poll.id), choices.votes(poll)
    pressed = sum(votes.values()) if poll.kind is PollKind.MOTION else returned
    return Count(
        entitled=plan.roster.in_office,
        issued=issued,
        returned=returned,
        valid=returned,
        void=0,
        not_pressed=issued - pressed,
        votes=votes,
    )


def differences(poll: str, expected: Count, counted: Count) -> list[str]:
    """One sentence for every figure that is not as cast."""
    wanted, found = msgspec.to_builtins(expected), msgspec.to_builtins(counted)
    plain = {name: (wanted[name], found[name]) for name in wanted if name != "votes"}
    votes = {f"votes for {option}": (wanted["votes"].get(option), votes) for option, votes in found["votes"].items()}
    return [
        f"poll {poll}: {name} is {got}, but {want} follows from the choices"
        for name, (want, got) in (plain | votes).items()
        if want != got
    ]
