"""A text in both languages, Chinese first."""

from collections.abc import Callable

import msgspec

from voting.congress.law.evaluating import Level
from voting.congress.law.poll_kinds import PollKind
from voting.words.catalogue import Catalogue, Form, Language, Voice, Way, catalogue_of


class Words(msgspec.Struct, frozen=True):
    """A text in Chinese, with its English beside it where there is room."""

    zh: str
    en: str = ""

    def fill(self, **params: object) -> "Words":
        """The text with its placeholders filled; what is filled in is never read as a placeholder."""
        return Words(self.zh.format(**params), self.en.format(**params))


def both(form: Callable[[Catalogue], Form], kind: PollKind, way: Way = Way.ELECTRONIC) -> Words:
    """A form of the catalogue in both languages, as it holds for this kind and way; its parameters are left to fill."""
    chinese, english = (catalogue_of(language) for language in Language)
    return Words(chinese.text(form(chinese), kind, way), english.text(form(english), kind, way))


def term(found: Callable[[Catalogue], str]) -> Words:
    """A word of the catalogue in both languages."""
    chinese, english = (catalogue_of(language) for language in Language)
    return Words(found(chinese), found(english))


def voice_words(voice: Voice) -> Words:
    """赞成, 反对, 弃权."""
    return term(lambda words: words.terms.voices[voice])


def level_words(level: Level) -> Words:
    """满意 to 不了解."""
    return term(lambda words: words.terms.levels[level])
