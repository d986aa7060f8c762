"""The groups that ballots are encrypted in, by the names under which elections state them."""

from functools import cache

from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.ed25519 import Ed25519
from voting.tally.groups.interface import Element, Group, Power, Rng
from voting.tally.groups.modp import MODULAR_GROUPS

__all__ = ["Element", "Group", "Power", "Rng", "group_by_name"]


@cache
def group_by_name(name: str) -> Group:
    """The group with the published name. Raises TallyError(group_unknown)."""
    if name == Ed25519.name:
        return Ed25519()
    for group in MODULAR_GROUPS:
        if name == group.name:
            return group
    raise TallyError(TallyCode.GROUP_UNKNOWN, "the election names a group that this program does not know")
