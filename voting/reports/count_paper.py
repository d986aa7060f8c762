"""计票结果报告单: the figures, every option's votes, the outcome with its reasons, the archive's hash, signatures."""

from voting.congress.poll import Medium, PollKind
from voting.congress.poll_kinds import PER_OPTION_KINDS, SEAT_KINDS
from voting.reports import texts
from voting.reports.findings import Findings, OptionResult, findings_of
from voting.reports.outcome_texts import OUTCOMES
from voting.reports.paper import (
    AnyBlock,
    Column,
    Digest,
    Figures,
    Item,
    Lines,
    Notice,
    Paper,
    Row,
    Table,
    Verdict,
)
from voting.reports.record import PollRecord, SittingRecord
from voting.reports.sheets import act_called, annulment, ballots_called, circumstances, over_of, to_sign
from voting.reports.texts import Words
from voting.reports.times import moment

ENGLISH_UP_TO = 8
"""More reasons than these are printed in Chinese only."""


def count_paper(record: SittingRecord, poll: PollRecord) -> Paper:
    """The count report. Raises OutcomeDiffers, and ValueError when the poll is not counted."""
    found = findings_of(record, poll)
    return Paper(
        name="count",
        over=over_of(record),
        title=texts.COUNT_TITLE,
        subject=found.progress.plan.title,
        as_of=record.as_of,
        as_of_line=texts.AS_OF.fill(time=moment(record.as_of)),
        blocks=(
            *annulment(poll),
            *_by_hand(found),
            Figures(items=_figures(found)),
            Verdict(text=outcome_line(found)),
            _table(found),
            circumstances(poll),
            Lines(heading=texts.WHY, lines=found.reasons, both=len(found.reasons) <= ENGLISH_UP_TO),
            _digest(found),
            to_sign(record.sitting.plan.scrutineers),
        ),
    )


def unit_of(found: Findings) -> str:
    """Persons and projects are counted with different words."""
    return "名" if found.persons else "项"


def verb_of(found: Findings) -> str:
    """What becomes of an option that wins."""
    return texts.MARK_ELECTED_PERSON if found.persons else texts.MARK_ELECTED


def outcome_line(found: Findings) -> Words:
    """The outcome in one sentence."""
    ruling, plan = found.ruling, found.progress.plan
    run_off = ruling.run_off
    return OUTCOMES[ruling.outcome].fill(
        seats=plan.seats,
        unit=unit_of(found),
        verb=verb_of(found),
        won=len(ruling.elected),
        tied="、".join(found.titles[option] for option in run_off.options) if run_off else "",
        left=run_off.seats if run_off else 0,
        missing=ruling.shortfall,
        subjects=len(found.options),
        ballots=ballots_called(plan),
        act=act_called(plan),
    )


def _by_hand(found: Findings) -> tuple[Notice, ...]:
    return () if found.count.medium is Medium.ELECTRONIC else (Notice(text=texts.BY_HAND_NOTICE),)


def _figures(found: Findings) -> tuple[Item, ...]:
    count, plan = found.count, found.progress.plan
    items = [Item(texts.ENTITLED, found.in_office)]
    items += [] if found.present is None else [Item(texts.PRESENT_AT_OPENING, found.present)]
    items += [
        Item(texts.ISSUED, count.issued),
        Item(texts.RETURNED, count.returned),
        Item(texts.VALID, count.valid),
        Item(texts.VOID, count.void),
    ]
    items += [Item(texts.NOT_PRESSED, count.not_pressed)] if plan.adopted.display.show_not_pressed else []
    items += [Item(texts.SEATS, plan.seats)] if found.kind in SEAT_KINDS else []
    items += [] if found.needed is None else [Item(texts.MAJORITY, found.needed)]
    return tuple(items)


def _table(found: Findings) -> Table:
    if found.kind is PollKind.MOTION:
        return _motion(found)
    if found.kind is PollKind.EVALUATION:
        return _evaluation(found)
    called = texts.CANDIDATE if found.persons else texts.OPTION
    heading = texts.RANK_TABLE if found.kind is PollKind.RANK else texts.VOTES_TABLE
    columns = (
        Column(texts.PLACE, right=True),
        Column(called, share=1),
        *_vote_columns(found.kind),
        Column(texts.MARK),
    )
    rows = (Row((o.place, o.title, *_votes(found.kind, o), o.mark), strong=o.elected) for o in found.options)
    return Table(heading, columns, tuple(rows))


def _motion(found: Findings) -> Table:
    columns = (Column(texts.ANSWER, share=1), Column(texts.VOTES, right=True))
    return Table(texts.MOTION_TABLE, columns, tuple(Row((o.title, o.votes)) for o in found.options))


def _vote_columns(kind: PollKind) -> tuple[Column, ...]:
    if kind in PER_OPTION_KINDS:
        return tuple(Column(title, right=True) for title in (texts.FOR, texts.AGAINST, texts.ABSTAIN))
    return (Column(texts.RANK_SUM if kind is PollKind.RANK else texts.VOTES, right=True),)


def _votes(kind: PollKind, option: OptionResult) -> tuple[int, ...]:
    return (option.votes, option.against, option.abstain) if kind in PER_OPTION_KINDS else (option.votes,)


def _evaluation(found: Findings) -> Table:
    levels = list(texts.LEVELS.values())[: max((len(o.levels) for o in found.options), default=0)]
    columns = (
        Column(texts.SUBJECT, share=1),
        *(Column(level, right=True) for level in levels),
        Column(texts.MARK),
    )
    return Table(texts.EVALUATION_TABLE, columns, tuple(Row((o.title, *o.levels, o.mark)) for o in found.options))


def _digest(found: Findings) -> AnyBlock:
    digest = found.archive_sha256
    if digest is None:
        return Notice(text=texts.NO_ARCHIVE)
    return Digest(label=texts.DIGEST, sha256=digest, note=texts.DIGEST_NOTE, qr=f"sha256:{digest}")
