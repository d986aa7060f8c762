"""The lines of an explanation: why a poll ended as it did, for a reader of one language."""

from collections.abc import Mapping
from types import MappingProxyType

from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.reasons import Param, Reason
from voting.congress.law.ruleset import AfterShortfall, PercentageOf
from voting.words.catalogue import Catalogue, Language, Way, catalogue_of

NO_TITLES: Mapping[str, str] = MappingProxyType({})


def in_words(
    reason: Reason,
    language: Language,
    kind: PollKind,
    way: Way = Way.ELECTRONIC,
    titles: Mapping[str, str] = NO_TITLES,
) -> str:
    """The line as shown to a person. titles: of options, by id; an option without one is shown by its id."""
    words = catalogue_of(language)
    said = {name: _said(words, name, value, kind, titles) for name, value in reason.params.items()}
    return words.text(words.reasons[reason.code], kind, way).format_map(said)


def _said(words: Catalogue, name: str, value: Param, kind: PollKind, titles: Mapping[str, str]) -> str | int:
    if isinstance(value, int):
        return value
    if isinstance(value, tuple):
        between = words.terms.alternatives if name == "choices" else words.terms.list
        return between.join(_named(words, name, one, kind, titles) for one in value)
    return _named(words, name, value, kind, titles)


def _named(words: Catalogue, name: str, value: str, kind: PollKind, titles: Mapping[str, str]) -> str:
    """A text parameter: an option, a code of the terms, or a number in digits."""
    match name:
        case "option" | "options":
            return titles.get(value, value)
        case "of":
            return words.terms.of[PercentageOf(value)]
        case "choices":
            return words.text(words.terms.after[AfterShortfall(value)], kind)
        case _:
            return value
