"""What a sheet says of a count by hand: how and why it was made, by whom, and of a joined count the papers' part."""

from collections.abc import Mapping

from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Medium
from voting.congress.roster import Scrutineer
from voting.reports import texts
from voting.reports.answer_tables import TABLES, OptionVotes
from voting.reports.sheet import Column, Item, Row, Table
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.sitting.machine import PollProgress


def hand_facts(scrutineers: tuple[Scrutineer, ...], progress: PollProgress) -> tuple[Item, ...]:
    """Method, both persons, reason, and the papers of a joined count; nothing before a second person confirmed it."""
    entry = progress.hand_count
    if entry is None or entry.confirmed_by is None:
        return ()
    names = {s.index: s.name for s in scrutineers}
    persons = texts.ENTERED_BY.format(entered=names[entry.entered_by], confirmed=names[entry.confirmed_by])
    paper = entry.method is HandMethod.PAPER
    return (
        *((Item(texts.METHOD, texts.METHODS[entry.method]),) if paper else ()),
        *_papers(progress, entry.method, entry.figures),
        Item(texts.ENTERED, persons),
        Item(texts.REASON_BY_HAND, entry.reason),
    )


def _papers(progress: PollProgress, method: HandMethod, figures: HandFigures) -> tuple[Item, ...]:
    if method is HandMethod.SHOW_OF_HANDS or progress.question.medium is not Medium.MIXED:
        return ()
    counted = texts.PAPERS_COUNTED.format(
        issued=figures.issued, returned=figures.returned, valid=figures.valid, void=figures.void
    )
    return (Item(texts.PAPERS, counted),)


def papers_table(progress: PollProgress, titles: Mapping[str, str]) -> tuple[Table, ...]:
    """The votes on papers that a joined count holds; none of other counts."""
    entry = progress.hand_count
    if entry is None or progress.count is None or progress.count.medium is not Medium.MIXED:
        return ()
    figures, table = entry.figures, TABLES[KINDS[progress.question.kind].answer]
    columns = (Column(texts.OPTION_ANY, share=1), *table.numbers(max(map(len, figures.levels.values()), default=0)))
    named = figures.votes.keys() | figures.levels.keys()
    rows = tuple(Row((titles[id], *table.cells(_received(figures, id)))) for id in titles if id in named)
    return (Table(texts.PAPERS_TABLE, columns, rows),)


def _received(figures: HandFigures, option: str) -> OptionVotes:
    return OptionVotes(
        votes=figures.votes.get(option, 0),
        against=figures.against.get(option, 0),
        abstain=figures.abstain.get(option, 0),
        levels=figures.levels.get(option, ()),
        write_in=option in figures.write_ins,
    )
