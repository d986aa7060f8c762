"""Characters on paper: what cannot be printed is shown as what it is, never left out and never an empty box."""

import unicodedata
from collections.abc import Set

DAMAGED = "\N{REPLACEMENT CHARACTER}"
_INVISIBLE = frozenset({"Cc", "Cs", "Cn", "Co"})
_FORMAT_KEPT = frozenset("\u200c\u200d")  # joiners; the other format characters can turn a line round


def printable(text: str) -> str:
    """The text without control characters and bidirectional overrides; each becomes U+FFFD."""
    return "".join(DAMAGED if _is_invisible(character) else character for character in text)


def _is_invisible(character: str) -> bool:
    category = unicodedata.category(character)
    return category in _INVISIBLE or (category == "Cf" and character not in _FORMAT_KEPT)


def named_where_missing(text: str, covered: Set[int], missing: set[str]) -> str:
    """The text with every character that no font has written as 〔U+2A6D6〕; those are added to `missing`."""
    lacking = {c for c in text if ord(c) not in covered and not _needs_no_glyph(c)}
    missing |= lacking
    return "".join(f"〔U+{ord(c):04X}〕" if c in lacking else c for c in text)


def _needs_no_glyph(character: str) -> bool:
    return character in _FORMAT_KEPT or 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
