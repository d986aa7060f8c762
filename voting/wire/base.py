"""What every message of the wire has in common."""

import msgspec


class Wire(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of every message; unknown fields are a malformed frame."""
