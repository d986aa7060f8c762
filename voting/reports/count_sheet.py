"""计票结果报告单: the figures, every option's votes, the outcome with its reasons, the archive's hash, signatures."""

from voting.congress.law.kind import Answer
from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Medium
from voting.record.boards import closed_board_of
from voting.reports import texts
from voting.reports.answer_tables import TABLES
from voting.reports.circumstances import annulment, circumstances, deviation, over_of, to_sign
from voting.reports.findings import Findings, findings_of
from voting.reports.fingerprints import fingerprint
from voting.reports.hand_figures import papers_table
from voting.reports.reason_texts import is_show_of_hands
from voting.reports.record import PollRecord, SittingRecord
from voting.reports.sheet import (
    AnyBlock,
    Column,
    Facts,
    Figures,
    Item,
    Lines,
    Notice,
    Row,
    Sheet,
    Table,
    Verdict,
)
from voting.reports.times import moment
from voting.words import Words, both, ending_of, term


def count_sheet(record: SittingRecord, poll: PollRecord) -> Sheet:
    """The count report. Raises OutcomeDiffers, and ValueError when the poll is not counted."""
    found = findings_of(record, poll)
    return Sheet(
        name="count",
        over=over_of(record),
        title=texts.COUNT_TITLE.fill(act=found.called.act),
        subject=found.progress.question.title,
        as_of=record.as_of,
        as_of_line=texts.AS_OF.fill(time=moment(record.as_of)),
        blocks=(
            *annulment(poll),
            *deviation(found.progress.question.ruleset),
            *_by_hand(found),
            Figures(items=_figures(found)),
            Verdict(text=outcome_line(found)),
            _table(found),
            *papers_table(found.progress, found.titles),
            Facts(items=(*circumstances(record, poll).items, *_remarks(found))),
            *_digests(found, poll),
            to_sign(record.sitting.plan.scrutineers),
            Lines(heading=texts.WHY, lines=found.reasons),
            *_closed_box(poll),
        ),
    )


def outcome_line(found: Findings) -> Words:
    """The outcome in one sentence."""
    ruling, plan = found.ruling, found.progress.question
    run_off, ending = ruling.run_off, ending_of(ruling.outcome, ruling.reasons)
    return both(lambda words: words.outcomes.sheet[ending], found.kind, found.way).fill(
        seats=plan.seats,
        elected=len(ruling.elected),
        tied="、".join(found.titles[option] for option in run_off.options) if run_off else "",
        left=run_off.seats if run_off else 0,
        missing=ruling.shortfall,
        subjects=len(found.options),
        passed=found.passed,
        failed=len(found.options) - found.passed,
    )


def _by_hand(found: Findings) -> tuple[Notice, ...]:
    notice = texts.BY_HAND_NOTICES.get(found.count.medium)
    return () if notice is None else (Notice(text=notice),)


def _figures(found: Findings) -> tuple[Item, ...]:
    count, plan = found.count, found.progress.question
    items = [
        Item(texts.ENTITLED.fill(members=found.members), found.in_office),
        Item(texts.PRESENT_AT_OPENING.fill(act=found.called.act), found.present),
    ]
    if not is_show_of_hands(found.progress):
        items += [
            Item(texts.ISSUED, count.issued),
            Item(texts.RETURNED, count.returned),
            Item(texts.VALID, count.valid),
            Item(texts.VOID, count.void),
        ]
    idle = both(lambda words: words.terms.idle_label, found.kind, found.way)
    items += [Item(idle, count.not_pressed)] if plan.ruleset.display.show_not_pressed else []
    seats = both(lambda words: words.terms.seats_label, found.kind, found.way)
    items += [Item(seats, plan.seats)] if plan.fills_seats else []
    items += [] if found.needed is None else [Item(texts.MAJORITY, found.needed)]
    return tuple(items)


def _remarks(found: Findings) -> tuple[Item, ...]:
    """What of the table is announced, and what its columns leave out."""
    only = (Item(texts.PUBLISHED, texts.PUBLISHED_ELECTED),) if found.published != found.options else ()
    return (*only, *_unmarked(found))


def _unmarked(found: Findings) -> tuple[Item, ...]:
    """Why the columns of a table may hold fewer votes than there are valid ballots."""
    count = found.count
    if KINDS[found.kind].one_question:
        blank = count.valid - sum(count.votes.values())
        electronic = count.medium is Medium.ELECTRONIC and blank > 0
        return (Item(texts.BLANKS, texts.BLANKS_OF_MOTION.format(n=blank)),) if electronic else ()
    if KINDS[found.kind].answer is Answer.LEVEL:
        all_marked = all(sum(o.levels) == count.valid for o in found.options)
        return () if all_marked else (Item(texts.UNMARKED, texts.UNMARKED_SUBJECTS),)
    options = [o for o in found.options if not o.write_in] if KINDS[found.kind].answer is Answer.VOICE else []
    if all(o.votes + o.against + o.abstain == count.valid for o in options):
        return ()
    return (Item(texts.UNMARKED, texts.UNMARKED_SOME.format(called=found.called.called)),)


def _table(found: Findings) -> Table:
    """Every option with its votes: its place where options compete, and what became of it unless it is an answer."""
    kind = KINDS[found.kind]
    question = found.progress.question
    table, places, marks = TABLES[kind.answer], question.fills_seats, not kind.one_question
    columns = (
        *((Column(texts.PLACE, right=True),) if places else ()),
        Column(term(lambda words: words.kinds[found.kind].called), share=1),
        *table.numbers(max((len(o.levels) for o in found.options), default=0)),
        *((Column(texts.MARK),) if marks else ()),
    )
    rows = (
        Row(
            (*((o.place,) if places else ()), o.title, *table.cells(o.received), *((o.mark,) if marks else ())),
            strong=o.elected,
        )
        for o in found.options
    )
    return Table(texts.MOTION_TABLE if kind.one_question else table.heading, columns, tuple(rows))


def _digests(found: Findings, poll: PollRecord) -> tuple[AnyBlock, ...]:
    """What ties the sheet to the hall and to the record: the poll's fingerprint, the archive's hash and, of papers and
    hands, that of the signed count."""
    blocks: list[AnyBlock] = []
    if poll.archive_sha256 is not None:
        blocks.append(_digest(texts.DIGEST, poll.archive_sha256, texts.DIGEST_NOTE))
    if poll.statement_sha256 is not None:
        blocks.append(_digest(texts.DIGEST_OF_COUNT, poll.statement_sha256, texts.DIGEST_OF_COUNT_NOTE))
    if found.progress.setup is not None:
        blocks.insert(0, fingerprint(texts.POLL_PRINT, found.progress.setup.fingerprint, texts.POLL_PRINT_NOTE))
    if poll.archive_sha256 is None and poll.statement_sha256 is None:
        by_hand = found.count.medium is Medium.BY_HAND
        blocks.append(Notice(text=texts.NO_ARCHIVE.fill(act=found.called.act) if by_hand else texts.NO_RECORD))
    return tuple(blocks)


def _closed_box(poll: PollRecord) -> tuple[AnyBlock, ...]:
    """For whoever compares it with what the hall was shown before the box was opened; nobody needs it to sign."""
    closed = closed_board_of(poll.progress)
    return () if closed is None else (fingerprint(texts.CLOSED_HEAD, closed.head, texts.CLOSED_HEAD_NOTE),)


def _digest(label: Words, digest: str, note: Words) -> AnyBlock:
    return fingerprint(label, digest, note, qr=f"sha256:{digest}")
