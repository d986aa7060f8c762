"""What adopted rules are called: whose members decide, and what of the law they openly set aside."""

from msgspec import UNSET

from voting.congress.law.bodies import Body
from voting.congress.law.ruleset import Ruleset
from voting.words.catalogue import Catalogue, Language, catalogue_of


def members_in_words(rules: Ruleset, language: Language) -> str:
    """代表, or what the members of the body are called that adopted the rules."""
    body = Body.CONGRESS if rules.body is UNSET else rules.body
    return catalogue_of(language).terms.members[body]


def deviation_in_words(rules: Ruleset, language: Language) -> str:
    """Which articles of the law the rules say they deviate from; empty where they name none."""
    if rules.deviates is UNSET or not rules.deviates:
        return ""
    words: Catalogue = catalogue_of(language)
    articles = words.terms.list.join(words.terms.articles[article] for article in rules.deviates)
    return words.terms.deviates.format(articles=articles)
