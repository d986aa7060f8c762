"""What one scrutineer keeps secret, between the rounds and until the count."""

import json
from dataclasses import dataclass, field
from typing import Any

from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Group, group_by_name


@dataclass(frozen=True)
class PrivateShare:
    """The secrets of scrutineer ``index``; never leaves the browser unsealed.

    During a threshold ceremony it holds the signing key (mod q), the box key (32 bytes, hex) and the
    polynomial; when it is finished only ``decryption`` (mod q), the share of the election's secret.
    """

    group: str
    index: int
    signing: int | None = field(default=None, repr=False)
    box: str | None = field(default=None, repr=False)
    coefficients: tuple[int, ...] = field(default=(), repr=False)
    decryption: int | None = field(default=None, repr=False)

    def decryption_in(self, group: Group) -> int:
        """The finished share, for an election in this group. Raises ValueError for an unfinished or another one."""
        if self.decryption is None or self.group != group.name:
            raise ValueError("this share cannot decrypt in this election")
        return self.decryption

    def to_json(self) -> str:
        """Compact JSON, numbers as decimal strings; to be sealed under a passphrase."""
        value = {
            "version": 1,
            "group": self.group,
            "index": self.index,
            "signing": None if self.signing is None else str(self.signing),
            "box": self.box,
            "coefficients": [str(number) for number in self.coefficients],
            "decryption": None if self.decryption is None else str(self.decryption),
        }
        return json.dumps(value, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "PrivateShare":
        """Read what ``to_json`` wrote. Raises TallyError(share_invalid)."""
        try:
            value: dict[str, Any] = json.loads(text)
            if value["version"] != 1 or not isinstance(value["index"], int):
                raise ValueError("another version")
            group = group_by_name(value["group"])
            box = value["box"]
            if box is not None and len(bytes.fromhex(box)) != 32:
                raise ValueError("a box key has 32 bytes")
            return cls(
                group=group.name,
                index=value["index"],
                signing=None if value["signing"] is None else group.parse_scalar(value["signing"]),
                box=box,
                coefficients=tuple(group.parse_scalar(number) for number in value["coefficients"]),
                decryption=None if value["decryption"] is None else group.parse_scalar(value["decryption"]),
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, TallyError):
            raise TallyError(TallyCode.SHARE_INVALID, "this is not a scrutineer's private share") from None
