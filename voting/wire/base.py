"""What every message of the wire has in common."""

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """Who a connection acts for. PUBLIC needs no login."""

    DELEGATE = "delegate"
    OBSERVER = "observer"
    CHAIR = "chair"
    SCREEN = "screen"
    SCRUTINEER = "scrutineer"
    PUBLIC = "public"


EVERYBODY = frozenset(Role)
AT_A_SEAT = (Role.DELEGATE, Role.OBSERVER)


class Audience(StrEnum):
    """Which view of the sitting a connection receives (delegates and observers both sit at a SEAT)."""

    SEAT = "seat"
    CONSOLE = "console"
    SCREEN = "screen"
    SCRUTINEER = "scrutineer"
    PUBLIC = "public"


class Wire(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of every message; unknown fields are a malformed frame."""
