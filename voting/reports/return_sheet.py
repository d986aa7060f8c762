"""发出收回情况报告单: ballots issued and returned, known before anything is counted."""

from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Medium
from voting.congress.law.ruleset import ReturnedLimit
from voting.reports import texts
from voting.reports.circumstances import annulment, circumstances, deviation, kind_words, over_of, to_sign
from voting.reports.reason_texts import is_show_of_hands
from voting.reports.record import PollRecord, SittingRecord
from voting.reports.sheet import Column, Figures, Item, Row, Sheet, Table, Verdict
from voting.reports.times import moment
from voting.sitting.poll import PollState
from voting.words import Language, members_in_words


def has_return_sheet(poll: PollRecord) -> bool:
    """Whether there were ballots to return, and their number is final; hands are no ballots."""
    return is_returned(poll) and not is_show_of_hands(poll.progress)


def is_returned(poll: PollRecord) -> bool:
    """Whether the number of ballots returned is final."""
    progress = poll.progress
    if progress.count is not None:
        return True
    if progress.question.medium is not Medium.ELECTRONIC or progress.papers:
        return False
    ended_early = progress.state is PollState.ANNULLED and progress.closed_at is not None and not progress.pending
    return progress.sealed is not None or ended_early


def issued_and_returned(poll: PollRecord) -> tuple[int, int]:
    """Ballots issued and returned, paper included. Raises ValueError while the number is not final."""
    if not is_returned(poll):
        raise ValueError(f"poll {poll.progress.question.id} is not closed")
    count = poll.progress.count
    return (count.issued, count.returned) if count else (poll.progress.issued, len(poll.progress.returned))


def return_sheet(record: SittingRecord, poll: PollRecord) -> Sheet:
    """Issued, returned and whether the poll is valid. Raises ValueError while the number is not final."""
    issued, returned = issued_and_returned(poll)
    question, in_office = poll.progress.question, record.sitting.plan.roster.in_office
    by_present = question.ruleset.ballots.returned_at_most is ReturnedLimit.PRESENT
    limit = max(poll.present or 0, issued) if by_present else issued
    words = {"issued": issued, "returned": returned, "limit": limit}
    asks_more = KINDS[question.kind].one_question and question.ruleset.participation.required
    holds = texts.RETURN_FITS if asks_more else texts.RETURN_HOLDS
    verdict = texts.RETURN_BREAKS if returned > limit else holds
    called = kind_words(question)
    present = () if poll.present is None else (Item(texts.PRESENT_AT_OPENING.fill(act=called.act), poll.present),)
    figures = (
        Item(texts.ENTITLED.fill(members=members_in_words(question.ruleset, Language.CHINESE)), in_office),
        *present,
        Item(texts.ISSUED, issued),
        Item(texts.RETURNED, returned),
        Item(texts.NOT_RETURNED, max(0, issued - returned)),
    )
    return Sheet(
        name="issue-return",
        over=over_of(record),
        title=texts.RETURN_TITLE.fill(ballots=called.ballots),
        subject=question.title,
        as_of=record.as_of,
        as_of_line=texts.AS_OF.fill(time=moment(record.as_of)),
        blocks=(
            *annulment(poll),
            *deviation(question.ruleset),
            Figures(items=figures),
            Verdict(text=verdict.fill(ballots=called.ballots, act=called.act, **words)),
            circumstances(record, poll),
            to_sign(record.sitting.plan.scrutineers),
            *_papers(record, poll),
        ),
    )


def _papers(record: SittingRecord, poll: PollRecord) -> tuple[Table, ...]:
    """Who was given a paper in the place of the terminal, and why."""
    rows = tuple(
        Row((number, delegate.name if delegate else "", reason))
        for number, reason in poll.progress.papers.items()
        for delegate in (record.sitting.plan.roster.delegate(number),)
    )
    columns = (Column(texts.NUMBER), Column(texts.NAME, share=1), Column(texts.REASON, share=1))
    return (Table(texts.ON_PAPER, columns, rows),) if rows else ()
