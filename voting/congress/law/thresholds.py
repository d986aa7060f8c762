"""The two numbers that every decision stands on: how many must be present, and how many votes decide.

Hall, console, reports, rehearsal and record all ask here, each with the rules that were adopted.
"""

import msgspec

from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Base, MajorityRule, Ruleset, least


class BaseUnknown(ValueError):  # noqa: N818 - a finding, named after what it says
    """The rules take a fraction of a number that is not known (yet)."""


class Bases(msgspec.Struct, frozen=True):
    """The numbers of persons and ballots that fractions are taken of; None: not known (yet).

    statutory_seats: the seats the law gives this congress (名额); returned, valid: ballots.
    """

    in_office: int
    statutory_seats: int | None = None
    present: int | None = None
    returned: int | None = None
    valid: int | None = None

    def of(self, base: Base) -> int:
        """The number a fraction is taken of. Raises BaseUnknown."""
        number = {
            Base.IN_OFFICE: self.in_office,
            Base.STATUTORY_SEATS: self.statutory_seats,
            Base.PRESENT: self.present,
            Base.RETURNED: self.returned,
            Base.VALID: self.valid,
        }[base]
        if number is None:
            raise BaseUnknown(f"the rules ask for {base}, which is not known")
        return number


def quorum(rules: Ruleset, bases: Bases) -> int:
    """Delegates who must be present (法定人数, 地方组织法 art. 14). Raises BaseUnknown."""
    return least(rules.quorum.fraction, bases.of(rules.quorum.base), strictly_more=False)


def majority(rules: Ruleset, kind: PollKind, bases: Bases) -> int:
    """Votes that pass a motion or elect (地方组织法 art. 25); ballots that make a level of an evaluation.

    Raises BaseUnknown.
    """
    asked = rules.majority
    if kind is PollKind.EVALUATION:
        asked = MajorityRule(strictly_more=not rules.evaluation.half_counts, base=rules.evaluation.base)
    return least(asked.fraction, bases.of(asked.base), strictly_more=asked.strictly_more)
