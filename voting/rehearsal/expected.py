"""The figures that follow from the choices alone, reckoned without the code that counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from voting.congress.law.kind import Answer
from voting.congress.law.kinds import KINDS
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Medium, Question
from voting.congress.law.ruleset import BallotRule, WriteInAfter
from voting.record.choices import Given, read_choice
from voting.record.questions import Choice, marks_of
from voting.rehearsal.choices import Choices
from voting.sitting.counting import Count
from voting.sitting.events import SittingPlan
from voting.sitting.hand_counts import HandFigures, HandMethod


class Columns(msgspec.Struct, frozen=True):
    """What ballots add up to, by option id (and name added); as in Count."""

    votes: dict[str, int]
    against: dict[str, int]
    abstain: dict[str, int]
    levels: dict[str, tuple[int, ...]]
    write_ins: tuple[str, ...]


def expected_count(plan: SittingPlan, poll: Question, choices: Choices) -> Count:
    """What the count of this poll must be."""
    papers = _papers(poll, choices)
    terminals = tuple(number for number in choices.attending if number not in papers)
    on_paper, pressed = _returned(poll, choices, papers), choices.counted(poll.id, terminals)
    returned = len(on_paper) + len(pressed)
    valid = [*_valid(poll, on_paper), *(_valid(poll, pressed) if poll.read_singly else pressed)]
    columns = columns_of(poll, valid)
    cast = sum(columns.votes.values()) if poll.kind in ONE_QUESTION else returned
    return Count(
        entitled=plan.roster.in_office,
        issued=len(choices.attending),
        returned=returned,
        valid=len(valid),
        void=returned - len(valid),
        not_pressed=len(choices.attending) - cast,
        votes=columns.votes,
        against=columns.against,
        abstain=columns.abstain,
        levels=columns.levels,
        write_ins=columns.write_ins,
        medium=poll.medium if on_paper or papers else Medium.ELECTRONIC,
        by_hand=len(on_paper),
    )


def hand_method(poll: Question) -> HandMethod:
    """How hands are counted: shown, where the rules allow it and nobody votes at a terminal; else on paper."""
    shown = poll.medium is Medium.BY_HAND and poll.kind in poll.ruleset.fallback.show_of_hands
    return HandMethod.SHOW_OF_HANDS if shown else HandMethod.PAPER


def hand_figures(poll: Question, choices: Choices) -> HandFigures:
    """What scrutineers who count by hand find: exactly what these delegates raised or wrote."""
    papers = _papers(poll, choices)
    returned = _returned(poll, choices, papers)
    valid = _valid(poll, returned)
    columns = columns_of(poll, valid)
    return HandFigures(
        issued=len(papers),
        returned=len(returned),
        valid=len(valid),
        void=len(returned) - len(valid),
        votes={} if columns.levels else columns.votes,
        against=columns.against,
        abstain=columns.abstain,
        levels=columns.levels,
        write_ins=columns.write_ins,
    )


def columns_of(poll: Question, ballots: Iterable[Choice]) -> Columns:
    """Sums over valid ballots."""
    given = [read_choice(poll, ballot) for ballot in ballots]
    marked = Counter(mark for ballot in given for mark in ballot.marks.items())
    added = Counter(name for ballot in given for name in ballot.names)
    options, marks = [option.id for option in poll.options], marks_of(poll)

    def column(mark: str) -> dict[str, int]:
        return {option: marked[option, mark] for option in options}

    votes, against, abstain, levels = column(""), {}, {}, {}
    match KINDS[poll.kind].answer:
        case Answer.VOICE:
            votes, against, abstain = (column(mark) for mark in marks)
        case Answer.PLACE:
            votes = {option: sum(int(ballot.marks[option]) for ballot in given) for option in options}
        case Answer.LEVEL:
            levels = {option: tuple(marked[option, mark] for mark in marks) for option in options}
    return Columns(votes | added, against, abstain, levels, tuple(sorted(added)))


def is_void(poll: Question, ballot: Choice) -> bool:
    """Whether the rules void this paper."""
    return VOIDS[poll.kind](poll, read_choice(poll, ballot))


def _never(_: Question, __: Given) -> bool:
    return False


def _several(_: Question, given: Given) -> bool:
    return len(given.marks) > 1


def _incomplete(poll: Question, given: Given) -> bool:
    return sorted(given.marks.values(), key=int) != [str(place) for place in range(1, len(poll.options) + 1)]


def _over(poll: Question, given: Given) -> bool:
    return _misfilled(poll, given, poll.ruleset.ballots.over)


def _over_approved(poll: Question, given: Given) -> bool:
    return _misfilled(poll, given, poll.ruleset.ballots.over_approval)


def _misfilled(poll: Question, given: Given, over: BallotRule) -> bool:
    """For too many, for too few, or with a name that is a candidate's, stands there twice, or may not be added."""
    chosen = len(given.names) + sum(mark in ("", "for") for mark in given.marks.values())
    too_many = over is BallotRule.VOID and poll.seats > 0 and chosen > poll.seats
    too_few = poll.ruleset.ballots.under is BallotRule.VOID and chosen < poll.seats
    names = {name for option in poll.options for name in (option.id, option.title)}
    misnamed = len(set(given.names)) < len(given.names) or not names.isdisjoint(given.names)
    against = sum(mark == "against" for mark in given.marks.values())
    unasked = poll.ruleset.ballots.write_in_after is WriteInAfter.AGAINST and len(given.names) > against
    return too_many or too_few or misnamed or unasked


VOIDS: dict[PollKind, Callable[[Question, Given], bool]] = {
    PollKind.CHOOSE: _over,
    PollKind.MOTION: _several,
    PollKind.APPROVE_EACH: _over_approved,
    PollKind.RANK: _incomplete,
    PollKind.ELECTION: _over,
    PollKind.PRESELECTION: _over,
    PollKind.EVALUATION: _never,
}
"""What voids a paper of each kind, said again without the code that counts."""
ONE_QUESTION = frozenset({PollKind.MOTION})
"""Kinds whose blank ballots are no votes at all."""


def differences(poll: str, expected: Count, counted: Count) -> list[str]:
    """One sentence for every figure that is not as cast."""
    wanted, found = _flat(expected), _flat(counted)
    return [
        f"poll {poll}: {name} is {found.get(name)}, but {wanted.get(name)} follows from the choices"
        for name in dict.fromkeys((*found, *wanted))
        if wanted.get(name) != found.get(name)
    ]


def _papers(poll: Question, choices: Choices) -> Sequence[str]:
    """Who votes by hand."""
    return choices.attending if poll.medium is Medium.BY_HAND else choices.papers(poll.id)


def _returned(poll: Question, choices: Choices, papers: Sequence[str]) -> list[Choice]:
    """The papers given back; of hands, only those that were raised."""
    given = choices.counted(poll.id, tuple(papers))
    return [ballot for ballot in given if ballot] if hand_method(poll) is HandMethod.SHOW_OF_HANDS else given


def _valid(poll: Question, papers: Iterable[Choice]) -> list[Choice]:
    return [ballot for ballot in papers if not is_void(poll, ballot)]


def _flat(count: Count) -> dict[str, object]:
    """Every figure by a name that a person understands."""
    figures: dict[str, object] = {}
    for name, value in msgspec.to_builtins(count).items():
        if isinstance(value, dict):
            figures |= {f"{name} for {option}": given for option, given in value.items()}
        else:
            figures[name] = sorted(value) if isinstance(value, (list, tuple)) else value
    return figures
