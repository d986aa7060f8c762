"""Names of persons as people write them: with or without the blanks that only align them (张 三)."""

import unicodedata
from collections.abc import Iterable

from voting.congress.poll import PollPlan


def one_spelling(name: str) -> str:
    """A name as ballots at terminals hold it: composed characters, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def plain(name: str) -> str:
    """The name without its blanks: two spellings of one name are equal so."""
    return one_spelling(name).replace(" ", "")


def names_candidate(plan: PollPlan, names: Iterable[str]) -> bool:
    """Whether one of these names is a candidate's, or the id under which a candidate is counted."""
    taken = {plain(text) for option in plan.options for text in (option.id, option.title)}
    return not taken.isdisjoint(map(plain, names))
