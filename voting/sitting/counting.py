"""The count report and its outcome. What the figures mean is decided in ruling.py."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from voting.congress.law.bases import Bases
from voting.congress.law.figures import Figures
from voting.congress.law.kind import Answer
from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Medium, Question
from voting.congress.law.ruling import OutcomeKind, Ruling, rule_on

__all__ = [
    "Count",
    "Marks",
    "Outcome",
    "OutcomeKind",
    "count_of",
    "figures_of",
    "marks_fit",
    "outcome_of",
    "ruling_of",
    "votes_possible",
]


class Outcome(msgspec.Struct, frozen=True):
    """What the counts mean. For kinds that fill seats: len(elected) + run_off_seats + shortfall == seats.

    majority: votes needed; verdicts: subject -> level of an evaluation, option -> passed or not. The reasons follow
    from the frozen rules and the count: see ruling_of.
    """

    kind: OutcomeKind
    majority: int
    elected: tuple[str, ...] = ()
    run_off: tuple[str, ...] = ()
    run_off_seats: int = 0
    shortfall: int = 0
    verdicts: dict[str, str] = {}


class Count(msgspec.Struct, frozen=True):
    """The figures of a count report. votes: option id -> votes ("for", ticks, or sum of ranks), in ballot order.

    issued = credentials frozen at opening plus papers handed out; returned = ballots on the board plus papers returned;
    not_pressed = issued - returned for choose, issued - (for + against + abstain) for a motion (an all-blank motion
    ballot equals not pressing). against, abstain, levels: by option, where the kind has them. write_ins: names among
    `votes` that the ballots added. medium: how it was counted, for ever; by_hand: how many of `returned` were not
    electronic.
    """

    entitled: int
    issued: int
    returned: int
    valid: int
    void: int
    not_pressed: int
    votes: dict[str, int]
    against: dict[str, int] = {}
    abstain: dict[str, int] = {}
    levels: dict[str, tuple[int, ...]] = {}
    write_ins: tuple[str, ...] = ()
    medium: Medium = Medium.ELECTRONIC
    by_hand: int = 0


class Marks(msgspec.Struct, frozen=True):
    """What decrypted ballots hold beside `votes`: per option in ballot order, where the kind has it.

    write_ins: name -> votes; void: ballots whose marks the rules void and which no proof could rule out.
    """

    against: tuple[int, ...] = ()
    abstain: tuple[int, ...] = ()
    levels: tuple[tuple[int, ...], ...] = ()
    write_ins: dict[str, int] = {}
    void: int = 0


def count_of(
    question: Question, *, entitled: int, issued: int, returned: int, votes: Sequence[int], marks: Marks | None = None
) -> Count:
    """The count report of decrypted `votes`, one number per option in ballot order.

    Every ballot on the board has proved that it is well formed; marks.void counts those that the rules void even so.
    Raises ValueError when there are not as many numbers as options.
    """
    marks = marks or Marks()
    by_option = {option.id: n for option, n in zip(question.options, votes, strict=True)}
    pressed = sum(votes) if KINDS[question.kind].blank_is_not_pressing else returned
    return Count(
        entitled=entitled,
        issued=issued,
        returned=returned,
        valid=returned - marks.void,
        void=marks.void,
        not_pressed=issued - pressed,
        votes=by_option | marks.write_ins,
        against=_by_option(question, marks.against),
        abstain=_by_option(question, marks.abstain),
        levels=_by_option(question, marks.levels),
        write_ins=tuple(marks.write_ins),
    )


T = TypeVar("T")


def _by_option(question: Question, values: Sequence[T]) -> dict[str, T]:
    """One value per option, or none at all. Raises ValueError on any other number."""
    return {option.id: value for option, value in zip(question.options, values, strict=True)} if values else {}


def marks_fit(question: Question, marks: Marks) -> bool:
    """Whether the marks are those of this kind of poll, one per option."""
    n, answer = len(question.options), KINDS[question.kind].answer
    voiced, rated = answer is Answer.VOICE, answer is Answer.LEVEL
    fits = all(len(given) in ((0, n) if voiced else (0,)) for given in (marks.against, marks.abstain))
    taken = {option.id for option in question.options} | {""}
    named = question.write_ins and not taken & {name.strip() for name in marks.write_ins}
    return fits and len(marks.levels) == (n if rated else 0) and (named or not marks.write_ins)


def votes_possible(question: Question, returned: int, votes: Sequence[int]) -> bool:
    """Whether `returned` well-formed ballots can add up to these votes; a breach means the figures are not a count.

    Rankings and evaluations say more than one number per option: see hand_counts.count_possible.
    """
    return KINDS[question.kind].sums_possible(question.asked, returned, votes)


def figures_of(question: Question, count: Count, bases: Bases) -> Figures:
    """The count as the rules see it. bases.present: at opening; None when the quorum was ascertained elsewhere."""
    return Figures(
        kind=question.kind,
        in_office=bases.in_office,
        present=bases.in_office if bases.present is None else bases.present,
        issued=count.issued,
        returned=count.returned,
        void=count.void,
        seats=question.seats,
        options=KINDS[question.kind].tallies(question.id, [option.id for option in question.options], count),
        not_pressed=max(0, count.not_pressed),
        statutory_seats=bases.statutory_seats,
        follows=question.follows.relation if question.follows else None,
    )


def ruling_of(question: Question, count: Count, bases: Bases) -> Ruling:
    """The outcome with every reason, for console and report. Raises FiguresInvalid on figures of no count."""
    return rule_on(question.ruleset, figures_of(question, count, bases))


def outcome_of(question: Question, count: Count, bases: Bases) -> Outcome:
    """What the counts mean under the poll's rules; ties are never broken. Raises FiguresInvalid."""
    ruling = ruling_of(question, count, bases)
    return Outcome(
        kind=ruling.outcome,
        majority=ruling.majority,
        elected=ruling.elected,
        run_off=ruling.run_off.options if ruling.run_off else (),
        run_off_seats=ruling.run_off.seats if ruling.run_off else 0,
        shortfall=ruling.shortfall,
        verdicts=ruling.verdicts,
    )
