"""Names of persons as people write them: with or without the blanks that only align them (张 三)."""

import unicodedata
from collections.abc import Iterable

from voting.congress.poll import PollPlan


def plain(name: str) -> str:
    """The name in composed characters without its blanks: two spellings of one name are equal so."""
    return "".join(unicodedata.normalize("NFC", name).split())


def names_candidate(plan: PollPlan, names: Iterable[str]) -> bool:
    """Whether one of these names is a candidate's, or the id under which a candidate is counted."""
    taken = {plain(text) for option in plan.options for text in (option.id, option.title)}
    return not taken.isdisjoint(map(plain, names))
