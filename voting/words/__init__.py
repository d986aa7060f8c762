"""The words of codes: one catalogue per language, as data that the pages read as well (see ADR 0014).

The rooms below give codes with parameters; whoever shows one to a person takes its words from here: reports, commands,
rehearsals, and the pages, whose build reads the same files. Nothing here decides anything.
"""

from voting.words.bilingual import Words, both, level_words, term, voice_words
from voting.words.catalogue import (
    TOO_FEW,
    Catalogue,
    Form,
    KindWords,
    Language,
    Mark,
    Outcomes,
    ProblemForm,
    ProblemPlace,
    Terms,
    Voice,
    Way,
    catalogue_of,
    ending_of,
    problem_form,
    way_of,
)
from voting.words.fingerprints import BOTH_SIDES_CHOSEN, ONE_SIDE_FIXED, Word, fingerprint_words, key_fingerprint
from voting.words.method import Chapter, MethodWords, Purpose, method_words
from voting.words.reasons import in_words
from voting.words.rules import deviation_in_words, members_in_words

__all__ = [
    "BOTH_SIDES_CHOSEN",
    "ONE_SIDE_FIXED",
    "TOO_FEW",
    "Catalogue",
    "Chapter",
    "Form",
    "KindWords",
    "Language",
    "Mark",
    "MethodWords",
    "Outcomes",
    "ProblemForm",
    "ProblemPlace",
    "Purpose",
    "Terms",
    "Voice",
    "Way",
    "Word",
    "Words",
    "both",
    "catalogue_of",
    "deviation_in_words",
    "ending_of",
    "fingerprint_words",
    "in_words",
    "key_fingerprint",
    "level_words",
    "members_in_words",
    "method_words",
    "problem_form",
    "term",
    "voice_words",
    "way_of",
]
