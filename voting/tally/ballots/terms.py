"""What the frozen election says about counting and about itself, in its description.

The description is free text, or compact JSON that states the poll's rules. This room looks at its first and last
characters alone, so that no two readers can understand it differently: ``terms``, the format it claims, and in
that format the key of the server.
"""

import re
from dataclasses import dataclass

from voting.tally.errors import TallyCode, TallyError

_TERMS = re.compile(r'\{"terms":\{"counted":"(first|last)"\}[,}]')
_FORMAT_2 = re.compile(r'\{(?:"terms":\{"counted":"(?:first|last)"\},)?"format":2,')
_HASH = "[0-9a-f]{64}"
_SERVER_KEY = re.compile(rf',"server_key":"({_HASH})","roster_sha256":"{_HASH}","credentials_sha256":"{_HASH}"\}}\Z')


@dataclass(frozen=True)
class Terms:
    """``last_counts``: whether a delegate may cast again, and only the last ballot counts."""

    last_counts: bool = False

    def to_json(self) -> dict[str, str]:
        """The value of the description's field ``terms``."""
        return {"counted": "last" if self.last_counts else "first"}


def read_terms(description: str) -> Terms:
    """The terms at the beginning of an election's description: ``{"terms":{"counted":"last"}`` or ``"first"``.

    Where nothing is said the first counts. Raises TallyError(election_invalid) when they are unclear.
    """
    if not description.startswith('{"terms":'):
        return Terms()
    found = _TERMS.match(description)
    if found is None:
        raise TallyError(TallyCode.ELECTION_INVALID, "the description's terms are not what the protocol defines")
    return Terms(found[1] == "last")


def claims_format_2(description: str) -> bool:
    """Whether a description claims our format 2, which makes every stricter law a check of its record.

    It does by its first characters alone: ``{"format":2,``, perhaps after ``"terms":…,``.
    """
    return _FORMAT_2.match(description) is not None


def stated_server_key(description: str) -> str | None:
    """The key (Ed25519, hex) that signs receipts of a record of format 2; None where none is stated."""
    found = _SERVER_KEY.search(description) if claims_format_2(description) else None
    return found[1] if found else None
