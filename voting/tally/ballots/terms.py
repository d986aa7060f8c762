"""What the frozen election says about counting, in its description.

The description is free text, or compact JSON that states the poll's rules. This room reads one field
of the latter, ``terms``: ``{"counted": "first"}`` (a credential may cast once; also when nothing is
said) or ``{"counted": "last"}`` (a later ballot replaces the one before).
"""

from dataclasses import dataclass

from voting.tally.errors import TallyCode, TallyError
from voting.tally.json_form import check_form, dump, load

TERMS_FORM = {"counted": "string"}


@dataclass(frozen=True)
class Terms:
    """``last_counts``: whether a delegate may cast again, and only the last ballot counts."""

    last_counts: bool = False

    def to_json(self) -> dict[str, str]:
        """The value of the description's field ``terms``."""
        return {"counted": "last" if self.last_counts else "first"}


def read_terms(description: str) -> Terms:
    """The terms in an election's description. Raises TallyError(election_invalid) when they are unclear."""
    try:
        value = load(description.encode())
    except (TallyError, UnicodeEncodeError):
        return Terms()
    if not isinstance(value, dict) or "terms" not in value:
        return Terms()
    terms = value["terms"]
    try:
        check_form(terms, TERMS_FORM, "the terms")
        clear = dump(value) == description.encode() and terms["counted"] in ("first", "last")
    except (TallyError, ValueError):
        clear = False
    if not clear:
        raise TallyError(TallyCode.ELECTION_INVALID, "the description's terms are not what the protocol defines")
    return Terms(terms["counted"] == "last")
