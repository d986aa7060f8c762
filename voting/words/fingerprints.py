"""A fingerprint as words: what people compare at a glance or read aloud to one another (ADR 0027).

The words are Chinese in every language of the pages, so that people who read different pages can compare them; whoever
reads English has the pinyin below. ``fingerprint_words.json`` holds them, in the order of their pinyin; the pages read
the same file.
"""

import json
from base64 import b64decode
from functools import cache, lru_cache
from hashlib import scrypt, sha256
from importlib.resources import files
from typing import Final, NamedTuple

BOTH_SIDES_CHOSEN: Final = 12
"""Words where whoever is checked could have made both values alike: 132 bits, 66 against a pair that collides."""
ONE_SIDE_FIXED: Final = 6
"""Words where one value was fixed before the other was made: 66 bits."""

BITS_OF_A_WORD: Final = 11
_SALT: Final = b"plenary-fingerprint-words-1"
_SPREAD: Final = 17  # bytes: 136 bits, of which the first 132 are used


class Word(NamedTuple):
    """One word. pinyin: its two syllables, with tones, between them a space."""

    text: str
    pinyin: str


@cache
def word_list() -> tuple[Word, ...]:
    """All 2,048 words; a word stands for its place in this order."""
    rows = json.loads((files("voting.words") / "fingerprint_words.json").read_bytes())
    return tuple(Word(text, pinyin) for text, pinyin in rows)


def fingerprint_words(value: str, count: int = BOTH_SIDES_CHOSEN) -> tuple[Word, ...]:
    """The words of a SHA-256 or of a key of 32 bytes. value: in hex, or in base64 as trackers are; count: at most 12.

    Eleven bits a word, from the first bit on, of scrypt (N 2048, r 8, p 1) of the 32 bytes. Raises ValueError for a
    value of another size, and for a count that is not 1 to 12.
    """
    if not 1 <= count <= BOTH_SIDES_CHOSEN:
        raise ValueError(f"one to twelve words, not {count}")
    return _twelve(_bytes_of(value))[:count]


def key_fingerprint(key: str) -> str:
    """What stands for a ballot key in words: SHA-256 (hex) of its text; keys of the larger group exceed 32 bytes."""
    return sha256(key.encode()).hexdigest()


@lru_cache(maxsize=256)
def _twelve(value: bytes) -> tuple[Word, ...]:
    spread = int.from_bytes(scrypt(value, salt=_SALT, n=2048, r=8, p=1, dklen=_SPREAD))
    used = spread >> (8 * _SPREAD - BOTH_SIDES_CHOSEN * BITS_OF_A_WORD)
    shifts = range((BOTH_SIDES_CHOSEN - 1) * BITS_OF_A_WORD, -1, -BITS_OF_A_WORD)
    return tuple(word_list()[(used >> shift) % 2**BITS_OF_A_WORD] for shift in shifts)


def _bytes_of(value: str) -> bytes:
    raw = bytes.fromhex(value) if len(value) == 64 else b64decode(value + "=", validate=True)
    if len(raw) != 32:
        raise ValueError(f"not 32 bytes: {value!r}")
    return raw
