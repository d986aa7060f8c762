"""Names of persons as people write them: with or without the blanks that only align them (张 三)."""

import unicodedata


def one_spelling(name: str) -> str:
    """A name as ballots at terminals hold it: composed characters, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def plain(name: str) -> str:
    """The name without its blanks: two spellings of one name are equal so."""
    return one_spelling(name).replace(" ", "")
