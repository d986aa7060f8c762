"""What a rehearsal reports: result.json."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Follows, Medium, Option, Question
from voting.congress.law.ruleset import Secrecy
from voting.sitting.counting import Count, Outcome
from voting.wire.polls import ResultView
from voting.wire.views import ConsoleView
from voting.words import Language, in_words, way_of


class OptionReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """One option in the order of the ballot; a motion elects nobody.

    against, abstain: where options are answered one by one; levels: of an evaluation; verdict: of one, or whether the
    option passed by itself; write_in: a name that ballots added. Left out elsewhere.
    """

    id: str
    title: str
    votes: int
    elected: bool
    against: int | None = None
    abstain: int | None = None
    levels: tuple[int, ...] | None = None
    verdict: str | None = None
    write_in: bool = False


class PollReport(msgspec.Struct, frozen=True):
    """One poll. entitled: delegates in office; issued: credentials frozen at opening, and papers; returned: delegates
    whose ballot lies on the board, and papers; by_hand: how many of those returned were counted by hand; archive,
    count: paths relative to the report (a poll counted by hand has no archive); rules: title of the adopted ruleset;
    reasons: why it ended so, in English; follows: the poll that led to this one."""

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
    count: str
    medium: Medium
    by_hand: int
    follows: Follows | None


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


@dataclass(frozen=True)
class Kept:
    """The files of one poll, below the directory of the rehearsal. archive: none for a poll counted by hand."""

    count: Path
    archive: Path | None

    @property
    def archive_sha256(self) -> str:
        """Lower-case hex; empty without an archive."""
        return hashlib.sha256(self.archive.read_bytes()).hexdigest() if self.archive else ""


def report_poll(poll: Question, group: str, result: ResultView, kept: Kept, out: Path) -> PollReport:
    """One announced poll whose files lie below ``out``."""
    count, outcome = result.count, result.outcome
    way = way_of(count.medium, result.method)
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
        options=_options(poll, count, outcome),
        outcome=outcome.kind.value,
        outcome_detail=outcome,
        secrecy=poll.secrecy,
        rules=poll.ruleset.title,
        reasons=tuple(in_words(reason, Language.ENGLISH, poll.kind, way) for reason in result.reasons),
        archive=kept.archive.relative_to(out).as_posix() if kept.archive else "",
        archive_sha256=kept.archive_sha256,
        count=kept.count.relative_to(out).as_posix(),
        medium=count.medium,
        by_hand=count.by_hand,
        follows=poll.follows,
    )


def _options(poll: Question, count: Count, outcome: Outcome) -> tuple[OptionReport, ...]:
    """In the order of the ballot, then names that ballots added."""
    added = tuple(Option(name, name) for name in count.write_ins)
    return tuple(
        OptionReport(
            option.id,
            option.title,
            count.votes[option.id],
            option.id in outcome.elected,
            count.against.get(option.id),
            count.abstain.get(option.id),
            count.levels.get(option.id),
            outcome.verdicts.get(option.id),
            option.id in count.write_ins,
        )
        for option in (*poll.options, *added)
    )
