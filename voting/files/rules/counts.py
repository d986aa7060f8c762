"""Counts files: the figures of one count as JSON, in the form that docs/rules.md describes."""

from pathlib import Path

import msgspec

from voting.congress.law.evaluating import Level
from voting.congress.law.figures import Figures, Tally, votes_cast
from voting.congress.law.kind import Answer
from voting.congress.law.kinds import KINDS
from voting.congress.law.kinds.common import VOICES
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Relation, Ruleset


class CountsRefused(Exception):
    """A counts file does not state the figures of a count."""


class _Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    votes: int | None = None
    votes_for: int | None = msgspec.field(default=None, name="for")
    against: int = 0
    abstain: int = 0
    satisfied: int | None = None
    basically_satisfied: int | None = None
    dissatisfied: int | None = None
    dont_know: int | None = None
    write_in: bool = False


class _Counts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: PollKind
    in_office: int
    present: int
    options: tuple[_Option, ...]
    issued: int | None = None
    returned: int | None = None
    void: int = 0
    seats: int | None = None
    not_pressed: int | None = None
    statutory_seats: int | None = None
    follows: Relation | None = None


def read_counts(path: Path, rules: Ruleset) -> Figures:
    """The figures in a counts file. Raises CountsRefused, OSError."""
    try:
        counts = msgspec.json.decode(path.read_bytes(), type=_Counts)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CountsRefused(f"{path}: {error}") from None
    kind = KINDS[counts.kind]
    if kind.fills_seats and not kind.seats_optional and counts.seats is None:
        raise CountsRefused(f"{path}: a poll of kind {counts.kind} needs `seats`")
    try:
        tallies = _one(counts) if KINDS[counts.kind].one_question else _tallies(counts, rules)
    except ValueError as error:
        raise CountsRefused(f"{path}: {error}") from None
    issued, returned = _papers(path, counts, tallies)
    return Figures(
        kind=counts.kind,
        in_office=counts.in_office,
        present=counts.present,
        issued=issued,
        returned=returned,
        void=counts.void,
        seats=counts.seats or 0,
        options=tallies,
        not_pressed=counts.not_pressed or 0,
        statutory_seats=counts.statutory_seats,
        follows=counts.follows,
    )


def _papers(path: Path, counts: _Counts, tallies: tuple[Tally, ...]) -> tuple[int, int]:
    """Ballots issued and returned; a show of hands has none, so everybody present could vote and who voted returned."""
    if KINDS[counts.kind].blank_is_not_pressing and not counts.issued and not counts.returned and not counts.void:
        return counts.present, votes_cast(tallies[0])
    if counts.issued is None or counts.returned is None:
        raise CountsRefused(f"{path}: `issued` and `returned` are missing")
    return counts.issued, counts.returned


def _one(counts: _Counts) -> tuple[Tally, ...]:
    """One option with for, against, abstain; or the three options of a motion's ballot with votes."""
    by_id = {option.id: option for option in counts.options}
    if sorted(by_id) == sorted(VOICES) and len(counts.options) == len(VOICES):
        votes, against, abstain = (_votes(by_id[name]) for name in VOICES)
        return (Tally("motion", votes, against, abstain),)
    if len(counts.options) != 1:
        raise ValueError("a motion has one option with `for`, `against` and `abstain`")
    return (_tally(counts.options[0]),)


def _tallies(counts: _Counts, rules: Ruleset) -> tuple[Tally, ...]:
    if KINDS[counts.kind].answer is Answer.LEVEL:
        return tuple(Tally(option.id, levels=_levels(option, rules.evaluation.levels)) for option in counts.options)
    return tuple(_tally(option) for option in counts.options)


def _tally(option: _Option) -> Tally:
    if any(
        n is not None for n in (option.satisfied, option.basically_satisfied, option.dissatisfied, option.dont_know)
    ):
        raise ValueError(f'option "{option.id}": levels belong to an evaluation')
    return Tally(option.id, _votes(option), option.against, option.abstain, write_in=option.write_in)


def _votes(option: _Option) -> int:
    given = [n for n in (option.votes, option.votes_for) if n is not None]
    if len(given) != 1:
        raise ValueError(f'option "{option.id}": either `for` or `votes` must be given')
    return given[0]


def _named_levels(option: _Option) -> tuple[int | None, ...]:
    return (option.satisfied, option.basically_satisfied, option.dissatisfied, option.dont_know)


def _levels(option: _Option, number: int) -> tuple[int, ...]:
    named = _named_levels(option)
    levels = tuple(n for n in named[:number] if n is not None)
    known_only = named[number:] == (None,) * (len(named) - number)
    if len(levels) != number or not known_only or option.votes is not None or option.votes_for is not None:
        names = ", ".join(tuple(level.value for level in Level)[:number])
        raise ValueError(f'option "{option.id}": exactly these levels must be given: {names}')
    return levels
