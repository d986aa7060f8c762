"""记名表决情况表: how each delegate voted in a recorded poll, from the moment it is announced."""

from collections import Counter
from collections.abc import Mapping

from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Question
from voting.congress.law.ruleset import Secrecy
from voting.congress.roster import Delegate
from voting.record.questions import UNREADABLE
from voting.reports import texts
from voting.reports.circumstances import deviation, over_of, to_sign
from voting.reports.findings import titles_of
from voting.reports.record import PollRecord, SittingRecord
from voting.reports.sheet import Column, Figures, Item, Row, Sheet, Table
from voting.reports.times import moment
from voting.sitting.hand_counts import HandMethod
from voting.sitting.poll import PollState
from voting.words import Words, both


def has_roll(poll: PollRecord) -> bool:
    """Whether names may be printed: the poll was recorded by name, and is announced."""
    progress = poll.progress
    return progress.question.secrecy is Secrecy.RECORDED and progress.state is PollState.ANNOUNCED


def roll_sheet(record: SittingRecord, poll: PollRecord) -> Sheet:
    """Every delegate to whom a ballot was issued. Raises ValueError when the poll has no roll to print."""
    if not has_roll(poll):
        raise ValueError(f"poll {poll.progress.question.id} has no announced roll")
    narrow = KINDS[poll.progress.question.kind].one_question  # one word each: two lists fit side by side
    columns = (
        Column(texts.DELEGATION, share=5 if narrow else 2),
        Column(texts.NUMBER),
        Column(texts.NAME, share=4 if narrow else 2),
        Column(texts.ANSWER, share=0 if narrow else 6),
    )
    return Sheet(
        name="roll",
        over=over_of(record),
        title=texts.ROLL_TITLE,
        subject=poll.progress.question.title,
        as_of=record.as_of,
        as_of_line=texts.AS_OF.fill(time=moment(record.as_of)),
        blocks=(
            *deviation(poll.progress.question.ruleset),
            _totals(record, poll),
            Table(texts.ROLL, columns, _rows(record, poll), across=2 if narrow else 1),
            to_sign(record.sitting.plan.scrutineers),
        ),
    )


def marks_of(poll: PollRecord, delegate: str, titles: Mapping[str, str]) -> str:
    """What one delegate marked, in the words of the ballot; who cast nothing pressed nothing, or voted on paper."""
    progress, voter = poll.progress, poll.progress.voter(delegate)
    if voter.paper is not None:
        return texts.METHODS[HandMethod.PAPER]
    marks = progress.counted.recorded.get(delegate) if progress.counted else None
    if not marks:
        blank = voter.accepted is not None and not KINDS[progress.question.kind].blank_is_not_pressing
        return texts.BLANK if blank else idle(progress.question).zh
    return "、".join(_in_words(mark, titles) for mark in marks)


def _in_words(choice: str, titles: Mapping[str, str]) -> str:
    """One text of a choice (see voting.record.questions): ticked, answered by itself, ranked, or a name added."""
    if (choice,) == UNREADABLE and choice not in titles:
        return texts.UNREADABLE
    if choice.startswith("+"):
        return choice[1:] + texts.WRITE_IN
    option, answered, mark = choice.partition("=")
    title = titles.get(option, option)
    if not answered:
        return title
    return f"{title}：{texts.PLACED.format(place=mark) if mark.isdecimal() else texts.ANSWERS[mark]}"


def idle(question: Question) -> Words:
    """What those are called who were to vote at a terminal and did not."""
    return both(lambda words: words.terms.idle_label, question.kind)


def _totals(record: SittingRecord, poll: PollRecord) -> Figures:
    """How many delegates are listed, and of a motion how many marked what, papers apart."""
    rows = _rows(record, poll)
    items = [Item(texts.LISTED, len(rows))]
    if KINDS[poll.progress.question.kind].one_question:
        marked = Counter(row.cells[-1] for row in rows)
        items += [Item(words, marked[words.zh]) for words in (*texts.VOICES, idle(poll.progress.question))]
        items += [Item(texts.PAPERS, len(poll.progress.papers))] if poll.progress.papers else []
    return Figures(items=tuple(items))


def _rows(record: SittingRecord, poll: PollRecord) -> tuple[Row, ...]:
    titles = titles_of(poll.progress)
    return tuple(
        _row(d, marks_of(poll, d.number, titles))
        for d in record.sitting.plan.roster.delegates
        if poll.progress.voter(d.number).is_issued
    )


def _row(delegate: Delegate, marks: str) -> Row:
    return Row((delegate.delegation, delegate.number, delegate.name, marks))
