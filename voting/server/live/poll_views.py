"""One poll as the views show it: question, rules, progress and, where the audience may see it, the result."""

from msgspec.structs import replace

from voting.congress.law import thresholds
from voting.congress.law.figure_checks import percent_of
from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Medium, Question
from voting.record.boards import closed_board_of
from voting.record.questions import marks_of, write_in_bytes
from voting.sitting.counting import Count, Outcome, figures_of, ruling_of
from voting.sitting.hand_counts import methods_of
from voting.sitting.machine import PollProgress, Sitting
from voting.sitting.state import bases_for
from voting.wire.polls import NamedVote, OptionView, PollAlarm, PollView, ResultOption, ResultView


def poll_view(sitting: Sitting, progress: PollProgress, shows_result: bool) -> PollView:
    """A poll for one audience; shows_result: whether it may see the result."""
    question, rules, opened = progress.question, progress.question.ruleset, progress.opened
    return PollView(
        id=question.id,
        kind=question.kind,
        title=question.title,
        state=progress.state,
        options=tuple(OptionView(id=o.id, title=o.title, illustrative=o.illustrative) for o in question.options),
        marks=marks_of(question),
        seats=question.seats,
        min_choices=question.min_choices,
        max_choices=question.max_choices,
        limit=question.limit,
        read_singly=question.read_singly,
        secrecy=question.secrecy,
        medium=question.medium,
        methods=methods_of(question),
        last_press_counts=question.last_press_counts,
        write_ins=question.write_ins,
        by_election=question.by_election,
        follows=question.follows,
        amends=question.amends,
        clause_of=question.clause_of,
        rules=rules,
        quorum=thresholds.quorum(rules, sitting.plan.roster.bases),
        majority=_majority(sitting, progress),
        shuffled=question.shuffled,
        max_write_ins=question.max_write_ins,
        eligible=question.eligible,
        write_in_bytes=write_in_bytes(question),
        closes_at=opened.closes_at if opened else None,
        election_uuid=progress.election_uuid,
        fingerprint=progress.setup.fingerprint if progress.setup else None,
        closed_head=closed.head if (closed := closed_board_of(progress)) else None,
        issued=_issued(progress),
        returned=_returned(progress),
        alarms=tuple(
            PollAlarm(scrutineer=index, name=sitting.plan.scrutineer(index).name, alarm=alarm)
            for index, alarm in progress.alarms.items()
        ),
        annulled_because=progress.annulled_because,
        result=_result(sitting, progress) if shows_result else None,
    )


def _issued(progress: PollProgress) -> int | None:
    """Once open; of a poll counted by hand once it is counted."""
    if progress.question.medium is Medium.BY_HAND:
        return progress.count.issued if progress.count else None
    return progress.issued if progress.opened is not None else None


def _returned(progress: PollProgress) -> int | None:
    """Once closed what the terminals sent, once counted with all papers."""
    if progress.count is not None:
        return progress.count.returned
    if progress.closed_at is None or progress.question.medium is Medium.BY_HAND:
        return None
    return len(progress.returned.keys() | progress.pending.keys())


def _majority(sitting: Sitting, progress: PollProgress) -> int | None:
    if progress.outcome is not None:
        return progress.outcome.majority
    bases = replace(sitting.plan.roster.bases, present=progress.opened.present if progress.opened else None)
    try:
        return thresholds.majority(progress.question.ruleset, progress.question.kind, bases)
    except thresholds.BaseUnknown:
        return None


def _result(sitting: Sitting, progress: PollProgress) -> ResultView | None:
    counted = progress.counted
    if counted is None:
        return None
    count, outcome = counted.count, counted.outcome
    question, bases = progress.question, bases_for(sitting, progress, count)
    figures = figures_of(question, count, bases)
    names = {d.number: d.name for d in sitting.plan.roster.delegates}

    def percent(votes: int) -> str:
        return percent_of(figures, question.ruleset, votes)

    return ResultView(
        count=count,
        outcome=outcome,
        options=tuple(
            _option(question, count, outcome, option, percent(count.votes[option])) for option in _sorted(progress)
        ),
        reasons=ruling_of(question, count, bases).reasons,
        named=tuple(
            NamedVote(delegate=delegate, name=names[delegate], marks=marks)
            for delegate, marks in sorted(counted.recorded.items())
        ),
        method=progress.hand_count.method if progress.hand_count else None,
    )


def _sorted(progress: PollProgress) -> list[str]:
    """Option ids, and names that ballots added, in the order of the kind; equals in the order of the ballot."""
    votes = progress.count.votes if progress.count else {}
    return KINDS[progress.question.kind].order.sorted(votes)


def _option(question: Question, count: Count, outcome: Outcome, option: str, percent: str) -> ResultOption:
    known = next((o for o in question.options if o.id == option), None)
    return ResultOption(
        id=option,
        title=known.title if known else option,
        votes=count.votes[option],
        elected=option in outcome.elected,
        illustrative=known.illustrative if known else False,
        against=count.against.get(option, 0),
        abstain=count.abstain.get(option, 0),
        levels=count.levels.get(option, ()),
        verdict=outcome.verdicts.get(option),
        percent=percent,
        run_off=option in outcome.run_off,
        write_in=option in count.write_ins,
    )
