"""出席情况报告单: who was due, present, on leave, absent and departed, by delegation; observers on their own list."""

from collections import Counter

from voting.congress.law import thresholds
from voting.congress.roster import Delegate
from voting.reports import texts
from voting.reports.circumstances import deviation, over_of
from voting.reports.record import SittingRecord
from voting.reports.sheet import (
    AnyBlock,
    Column,
    Figures,
    Item,
    Row,
    Sheet,
    Signature,
    Signatures,
    Table,
    Verdict,
)
from voting.reports.times import clock, moment
from voting.sitting import attendance
from voting.sitting.machine import Sitting
from voting.words import Language, Words, members_in_words

STATES = (texts.PRESENT, texts.ON_LEAVE, texts.ABSENT, texts.DEPARTED, texts.SUSPENDED)


def attendance_sheet(record: SittingRecord) -> Sheet:
    """The attendance as of the journal's last event."""
    found = attendance.summary(record.sitting)
    members = _members(record.sitting)
    reached = texts.QUORUM_REACHED if found.quorum_reached else texts.QUORUM_MISSED
    signing = (Signature(texts.SECRETARIAT), Signature(texts.EXECUTIVE_CHAIR))
    annexes = (_openings(record), _missing(record.sitting), _observers(record.sitting))
    blocks: tuple[AnyBlock | None, ...] = (
        *deviation(record.sitting.plan.adopted),
        Figures(items=_figures(found, record.sitting.plan.roster.statutory_seats, members)),
        Verdict(text=reached.fill(members=members, due=found.due, present=found.present, quorum=found.quorum)),
        _by_delegation(record.sitting),
        Signatures(lines=signing, date=texts.SIGN_DATE),
        *annexes,
    )
    return Sheet(
        name="attendance",
        over=over_of(record),
        title=texts.ATTENDANCE_TITLE,
        subject="",
        as_of=record.as_of,
        as_of_line=texts.AS_OF.fill(time=moment(record.as_of)),
        blocks=tuple(block for block in blocks if block is not None),
    )


def _members(sitting: Sitting) -> str:
    return members_in_words(sitting.plan.adopted, Language.CHINESE)


def situation_of(sitting: Sitting, delegate: Delegate) -> Words:
    """Which of STATES a delegate is in."""
    if delegate.suspended:
        return texts.SUSPENDED
    if delegate.number in sitting.present:
        return texts.PRESENT
    if delegate.number in sitting.departed:
        return texts.DEPARTED
    return texts.ON_LEAVE if delegate.number in sitting.on_leave else texts.ABSENT


def _states(sitting: Sitting) -> tuple[Words, ...]:
    """Those that have a column: who is suspended is told where anybody is."""
    roster = sitting.plan.roster
    return STATES if len(roster.voters) < roster.in_office else STATES[:-1]


def _figures(found: attendance.Attendance, statutory: int, members: str) -> tuple[Item, ...]:
    return (
        Item(texts.STATUTORY.fill(members=members), statutory),
        Item(texts.DUE.fill(members=members), found.due),
        Item(texts.PRESENT, found.present),
        Item(texts.ON_LEAVE, found.on_leave),
        Item(texts.ABSENT, found.absent),
        Item(texts.DEPARTED, found.departed),
        *((Item(texts.SUSPENDED, found.suspended),) if found.suspended else ()),
        Item(texts.QUORUM, found.quorum),
        Item(texts.OBSERVERS_DUE, found.observers_due),
        Item(texts.OBSERVERS_PRESENT, found.observers_present),
    )


def _by_delegation(sitting: Sitting) -> Table:
    counts: Counter[tuple[str, str]] = Counter()
    for delegate in sitting.plan.roster.delegates:
        counts[delegate.delegation, situation_of(sitting, delegate).zh] += 1
    names, states = sitting.plan.roster.delegations(), _states(sitting)
    rows = [_delegation_row(name, tuple(counts[name, state.zh] for state in states)) for name in names]
    sums = tuple(sum(counts[name, state.zh] for name in names) for state in states)
    total = _delegation_row(texts.TOTAL, sums, strong=True)
    columns = (
        Column(texts.DELEGATION, share=1),
        *(Column(t, right=True) for t in (texts.DUE.fill(members=_members(sitting)), *states)),
    )
    return Table(heading=texts.BY_DELEGATION, columns=columns, rows=(*rows, total))


def _delegation_row(name: str, counts: tuple[int, ...], strong: bool = False) -> Row:
    return Row((name, sum(counts), *counts), strong=strong)


def _openings(record: SittingRecord) -> Table | None:
    rows = []
    held = [(poll.progress.opened, poll.progress.question) for poll in record.polls.values()]
    openings = [(opened, question) for opened, question in held if opened is not None]
    for opened, question in sorted(openings, key=lambda opening: opening[0].at):
        quorum = thresholds.quorum(question.ruleset, record.sitting.plan.roster.bases)
        enough = texts.YES if opened.present >= quorum else texts.NO
        rows.append(Row((question.title, clock(opened.at), opened.present, quorum, enough)))
    columns = (
        Column(texts.POLL, share=1),
        Column(texts.OPENED),
        Column(texts.PRESENT, right=True),
        Column(texts.QUORUM, right=True),
        Column(texts.ENOUGH),
    )
    return Table(heading=texts.AT_OPENINGS, columns=columns, rows=tuple(rows)) if rows else None


def _missing(sitting: Sitting) -> Table | None:
    absent = [d for d in sitting.plan.roster.delegates if d.number not in sitting.present]
    columns = (
        Column(texts.DELEGATION, share=2),
        Column(texts.NUMBER),
        Column(texts.NAME, share=3),
        Column(texts.SITUATION),
    )
    rows = tuple(_missing_row(sitting, delegate) for delegate in absent)
    return Table(heading=texts.NOT_PRESENT, columns=columns, rows=rows) if rows else None


def _missing_row(sitting: Sitting, delegate: Delegate) -> Row:
    situation = situation_of(sitting, delegate).zh
    return Row((delegate.delegation, delegate.number, delegate.name, situation))


def _observers(sitting: Sitting) -> Table | None:
    rows = tuple(
        Row(
            (
                o.number,
                o.name,
                o.post,
                texts.SIGNED_IN if o.number in sitting.observers_present else texts.NOT_SIGNED_IN,
            )
        )
        for o in sitting.plan.roster.observers
    )
    columns = (
        Column(texts.NUMBER),
        Column(texts.NAME, share=3),
        Column(texts.POST, share=2),
        Column(texts.SITUATION),
    )
    return Table(heading=texts.OBSERVERS_LIST, columns=columns, rows=rows) if rows else None
