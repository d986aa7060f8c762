"""Which texts are names, by a closed list of characters.

Whether a paper is void must not depend on the year in which it is read: programs know Unicode in different editions,
and what one calls a letter is nothing yet to another. So the characters are listed here, and nothing else is a name.
All of them were assigned before Unicode 14 and are normalised alike for ever; the two planes of ideographs stand in it
whole, because rare characters of names are still being added there.
"""

import re
import unicodedata

NAME_RANGES: tuple[tuple[int, int], ...] = (
    (0x20, 0x7E),  # Latin, digits, punctuation
    (0xA1, 0xAC),
    (0xAE, 0x24F),
    (0x400, 0x482),  # Cyrillic
    (0x48A, 0x52F),
    (0x620, 0x64A),  # Arabic, as Uyghur and Kazakh are written
    (0x671, 0x6D3),
    (0x6D5, 0x6D5),
    (0xF0B, 0xF0C),  # Tibetan
    (0xF20, 0xF29),
    (0xF40, 0xF47),
    (0xF49, 0xF6C),
    (0xF71, 0xF84),
    (0xF90, 0xF97),
    (0xF99, 0xFBC),
    (0x1820, 0x1878),  # Mongolian, Manchu, Sibe
    (0x1950, 0x196D),  # Tai Le
    (0x1970, 0x1974),
    (0x1980, 0x19AB),  # New Tai Lue
    (0x19B0, 0x19C9),
    (0x1E00, 0x1EFF),  # Latin with marks
    (0x2018, 0x2019),
    (0x2022, 0x2022),
    (0x2027, 0x2027),
    (0x3005, 0x3007),
    (0x3041, 0x3096),  # kana
    (0x30A1, 0x30FE),
    (0x3400, 0x4DBF),  # ideographs
    (0x4E00, 0x9FFF),
    (0xA000, 0xA48C),  # Yi
    (0xA4D0, 0xA4FD),  # Lisu
    (0xAC00, 0xD7A3),  # Hangul
    (0xFA0E, 0xFA29),
    (0xFF01, 0xFF5E),  # full-width Latin
    (0x20000, 0x2FFFD),  # ideographs, planes 2 and 3
    (0x30000, 0x3FFFD),
)
"""First and last code point of each range; the pages' tally/ballots/names.ts holds the same."""

_NAME = re.compile("[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in NAME_RANGES) + "]+")


def normal_name(text: str) -> str:
    """One spelling for one name: composed characters, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_name(text: str) -> bool:
    """Whether the text is a name in its one spelling, of listed characters only."""
    return text == normal_name(text) and _NAME.fullmatch(text) is not None
