"""What the adopted rules leave open to a poll of one kind: how secret it is, and how its votes are collected."""

from voting.congress.law.kinds import KINDS
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Medium
from voting.congress.law.ruleset import MixedCount, Ruleset, Secrecy, SecrecyRule


def secrecies_left(kind: PollKind, rules: Ruleset) -> tuple[Secrecy, ...]:
    """The one that the rules ask for, or both where they leave it to the single poll."""
    asked = KINDS[kind].secrecy(rules)
    return tuple(Secrecy) if asked is SecrecyRule.EITHER else (Secrecy(asked.value),)


def media_left(kind: PollKind, rules: Ruleset) -> tuple[Medium, ...]:
    """At the terminals always; by hand and mixed as far as the rules name the kind under [fallback]."""
    fallback = rules.fallback
    on_paper = kind in fallback.paper
    left = {
        Medium.ELECTRONIC: True,
        Medium.BY_HAND: on_paper or kind in fallback.show_of_hands,
        Medium.MIXED: on_paper and fallback.mixed is not MixedCount.NEVER,
    }
    return tuple(medium for medium, possible in left.items() if possible)
