"""Fingerprints on paper: the same words as on the pages, so that a sheet can be compared with a screen."""

from voting.reports.sheet import Fingerprint
from voting.words import BOTH_SIDES_CHOSEN, Words, fingerprint_words


def fingerprint(label: Words, value: str, note: Words, count: int = BOTH_SIDES_CHOSEN, qr: str = "") -> Fingerprint:
    """A block with the words of a hash or a key of 32 bytes. value: in hex, or in base64 as trackers are.

    Raises ValueError for a value that has no words.
    """
    return Fingerprint(label=label, value=value, words=fingerprint_words(value, count), note=note, qr=qr)
