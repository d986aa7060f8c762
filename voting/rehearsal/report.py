"""What a rehearsal reports: result.json, and every figure that differs from what was cast."""

import hashlib
from pathlib import Path

import msgspec

from voting.congress.events import SittingPlan
from voting.congress.poll import PollKind, PollPlan
from voting.congress.poll_kinds import PER_OPTION_KINDS
from voting.congress.reasons import Language, in_words
from voting.congress.rules import Count, Outcome
from voting.congress.ruleset import Secrecy
from voting.record.questions import marks_of
from voting.rehearsal.choices import Choices
from voting.server.wire import ConsoleView, ResultView


class OptionReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """One option in the order of the ballot; a motion elects nobody.

    against, abstain: where options are answered one by one; levels, verdict: of an evaluation. Left out elsewhere.
    """

    id: str
    title: str
    votes: int
    elected: bool
    against: int | None = None
    abstain: int | None = None
    levels: tuple[int, ...] | None = None
    verdict: str | None = None


class PollReport(msgspec.Struct, frozen=True):
    """One poll. entitled: delegates in office; issued: credentials frozen at opening; returned: ballots on the board;
    archive: path relative to the report; rules: title of the adopted ruleset; reasons: why it ended so, in English."""

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
    secrecy: Secrecy
    rules: str
    reasons: tuple[str, ...]
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
        OptionReport(
            option.id,
            option.title,
            count.votes[option.id],
            option.id in outcome.elected,
            count.against.get(option.id),
            count.abstain.get(option.id),
            count.levels.get(option.id),
            outcome.verdicts.get(option.id),
        )
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
        secrecy=poll.secrecy,
        rules=poll.adopted.title,
        reasons=tuple(in_words(reason, Language.ENGLISH) for reason in result.reasons),
        archive=archive.relative_to(out).as_posix(),
        archive_sha256=hashlib.sha256(archive.read_bytes()).hexdigest(),
    )


def expected_count(plan: SittingPlan, poll: PollPlan, choices: Choices) -> Count:
    """The figures that follow from the choices alone. Terminals cannot encode a void ballot, so none is expected."""
    issued, returned, marked = len(choices.attending), choices.pressed(poll.id), choices.marked(poll)
    marks = marks_of(poll)

    def column(mark: str) -> dict[str, int]:
        return {option.id: marked[f"{option.id}={mark}"] for option in poll.options}

    if poll.kind in PER_OPTION_KINDS:
        votes, against, abstain = (column(mark) for mark in marks)
    else:
        votes, against, abstain = {option.id: marked[option.id] for option in poll.options}, {}, {}
    rated = {o.id: tuple(marked[f"{o.id}={mark}"] for mark in marks) for o in poll.options}
    pressed = sum(votes.values()) if poll.kind is PollKind.MOTION else returned
    return Count(
        entitled=plan.roster.in_office,
        issued=issued,
        returned=returned,
        valid=returned,
        void=0,
        not_pressed=issued - pressed,
        votes=votes,
        against=against,
        abstain=abstain,
        levels=rated if poll.kind is PollKind.EVALUATION else {},
    )


def differences(poll: str, expected: Count, counted: Count) -> list[str]:
    """One sentence for every figure that is not as cast."""
    wanted, found = _flat(expected), _flat(counted)
    return [
        f"poll {poll}: {name} is {found.get(name)}, but {wanted.get(name)} follows from the choices"
        for name in dict.fromkeys((*found, *wanted))
        if wanted.get(name) != found.get(name)
    ]


def _flat(count: Count) -> dict[str, object]:
    """Every figure by a name that a person understands."""
    figures: dict[str, object] = {}
    for name, value in msgspec.to_builtins(count).items():
        if isinstance(value, dict):
            figures |= {f"{name} for {option}": given for option, given in value.items()}
        else:
            figures[name] = value
    return figures
