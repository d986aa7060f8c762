"""Figures of sample counts, and rulesets that differ from the default in one setting."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from voting.congress.law.figures import Figures, Tally
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Ruleset
from voting.congress.law.ruling import Ruling, rule_on

DEFAULT = Ruleset()


def ruleset(**sections: dict[str, Any]) -> Ruleset:
    """The default rules with these settings: ruleset(seats={"majority_floor": False})."""
    changed = {name: replace(getattr(DEFAULT, name), **settings) for name, settings in sections.items()}
    return replace(DEFAULT, **changed)


def figures(kind: PollKind, in_office: int, options: Sequence[Tally], seats: int = 0, **other: Any) -> Figures:
    """A count in which everybody is present and every ballot is returned and valid, but for `other`."""
    everybody = {"present": in_office, "issued": in_office, "returned": in_office, "void": 0, "not_pressed": 0}
    return Figures(kind=kind, in_office=in_office, seats=seats, options=tuple(options), **(everybody | other))


def named(votes: Sequence[int]) -> tuple[Tally, ...]:
    """Options p1, p2, ... with these votes."""
    return tuple(Tally(f"p{i}", votes=n) for i, n in enumerate(votes, start=1))


def motion(in_office: int, votes: int, against: int = 0, abstain: int = 0, **other: Any) -> Figures:
    return figures(PollKind.MOTION, in_office, (Tally("m", votes, against, abstain),), **other)


def choose(in_office: int, seats: int, votes: Sequence[int], **other: Any) -> Figures:
    return figures(PollKind.CHOOSE, in_office, named(votes), seats, **other)


def ruled(count: Figures, rules: Ruleset = DEFAULT) -> Ruling:
    return rule_on(rules, count)


def filled(ruling: Ruling) -> int:
    """Seats that the ruling accounts for."""
    return len(ruling.elected) + (ruling.run_off.seats if ruling.run_off else 0) + ruling.shortfall
