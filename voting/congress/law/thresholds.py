"""The two numbers that every decision stands on: how many must be present, and how many votes decide.

Hall, console, reports, rehearsal and record all ask here, each with the rules that were adopted.
"""

from voting.congress.law.bases import Bases, BaseUnknown
from voting.congress.law.kinds import KINDS
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Ruleset, least

__all__ = ["BaseUnknown", "Bases", "majority", "quorum"]


def quorum(rules: Ruleset, bases: Bases) -> int:
    """Delegates who must be present (法定人数, 地方组织法 art. 14 para. 4). Raises BaseUnknown."""
    return least(rules.quorum.fraction, bases.of(rules.quorum.base), strictly_more=rules.quorum.strictly_more is True)


def majority(rules: Ruleset, kind: PollKind, bases: Bases) -> int:
    """Votes that pass a motion or elect (地方组织法 art. 25); ballots that make a level of an evaluation.

    Raises BaseUnknown.
    """
    asked = KINDS[kind].majority(rules)
    return least(asked.fraction, bases.of(asked.base), strictly_more=asked.strictly_more)
