"""The lines of an explanation in both languages, with titles in the place of ids; and how the votes were cast."""

from collections.abc import Mapping

from voting.congress.law.reasons import Reason
from voting.sitting.progress import PollProgress
from voting.words import Language, Way, Words, in_words, way_of


def reason_in_words(reason: Reason, titles: Mapping[str, str], progress: PollProgress) -> Words:
    """One line of the explanation, with titles in the place of ids."""
    kind, way = progress.question.kind, way_in(progress)
    chinese, english = (in_words(reason, language, kind, way, titles) for language in Language)
    return Words(chinese, english)


def way_in(progress: PollProgress) -> Way:
    """How the votes of a poll were cast; electronically as long as nothing is counted."""
    medium = progress.count.medium if progress.count else progress.question.medium
    return way_of(medium, progress.hand_count.method if progress.hand_count else None)


def is_show_of_hands(progress: PollProgress) -> bool:
    """Whether hands were counted, so that there were no ballots."""
    return way_in(progress) is Way.SHOW_OF_HANDS
