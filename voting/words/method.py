"""The sentences of a method of voting (票决办法, 选举办法): the Chinese text that a congress adopts, untranslated."""

from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec


class Purpose(StrEnum):
    """What a method of voting is adopted for; the first two leave what concerns other questions to their annex."""

    PROJECTS = "projects"
    PERSONS = "persons"
    ALL = "all"


class Chapter(StrEnum):
    """The chapters of a method of voting, in their order."""

    GENERAL = "general"
    BALLOTS = "ballots"
    RESULTS = "results"
    SHOWING = "showing"
    FALLBACK = "fallback"
    CLOSING = "closing"


class MethodWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words. part: how a fraction is put, by whether it is more than half, more than the part, or at least it.

    texts: sentences, or one for each value of a setting; bases: what a sentence rests on.
    """

    titles: dict[Purpose, str]
    draft: str
    chapter: str
    article: str
    item: str
    chapters: dict[Chapter, str]
    annex: str
    basis: str
    acts: dict[Purpose, str]
    part: dict[str, str]
    texts: dict[str, str | dict[str, str]]
    bases: dict[str, str]

    def text(self, name: str, value: object = None) -> str:
        """The sentence of this name; of several, the one for a value. Raises KeyError."""
        found = self.texts[name]
        return found if isinstance(found, str) else found[str(value).lower()]


@cache
def method_words() -> MethodWords:
    """The words of voting/words/method.json."""
    return msgspec.json.decode((files("voting.words") / "method.json").read_bytes(), type=MethodWords)
