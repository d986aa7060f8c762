"""The text of a method of voting: numbered articles for its purpose, an annex with the rest, and the rules' hash."""

import msgspec

from voting.congress.law.ruleset import Ruleset
from voting.record.description import rules_sha256
from voting.reports.method.saying import Sentence, Topic
from voting.reports.method.sentences import SENTENCES
from voting.reports.share_texts import number_called
from voting.words import Chapter, Purpose, fingerprint_words, method_words


class MethodArticle(msgspec.Struct, frozen=True):
    """number: 第一条; of the annex （一）; basis: what it rests on, in brackets, or ""."""

    number: str
    text: str
    basis: str = ""


class MethodChapter(msgspec.Struct, frozen=True):
    """One chapter with its articles."""

    heading: str
    articles: tuple[MethodArticle, ...]


class Method(msgspec.Struct, frozen=True):
    """The whole text. over: congress and session, where they are known; sha256: of the rules, as records have it."""

    title: str
    chapters: tuple[MethodChapter, ...]
    sha256: str
    over: tuple[str, ...] = ()


_TOPICS = {
    Purpose.PROJECTS: frozenset({Topic.PROJECTS}),
    Purpose.PERSONS: frozenset({Topic.PERSONS}),
    Purpose.ALL: frozenset(Topic),
}


def method_of(rules: Ruleset, purpose: Purpose, over: tuple[str, ...] = ()) -> Method:
    """The method of voting that says what these rules do; every setting stands in it, wherever it bears."""
    words, sha256 = method_words(), rules_sha256(rules)
    told = [sentence for sentence in SENTENCES if sentence.about & _TOPICS[purpose]]
    others = [sentence for sentence in SENTENCES if not sentence.about & _TOPICS[purpose]]
    first = MethodArticle("", words.text("purpose").format(act=words.acts[purpose]))
    spoken = " ".join(word.text for word in fingerprint_words(sha256))
    last = MethodArticle("", words.text("hash").format(hash=sha256, words=spoken))
    chapters: list[MethodChapter] = []
    said = 0
    for number, chapter in enumerate(Chapter, 1):
        articles = [_article(sentence, rules) for sentence in told if sentence.chapter is chapter]
        articles = [first, *articles] if chapter is Chapter.GENERAL else articles
        articles = [*articles, last] if chapter is Chapter.CLOSING else articles
        numbered = tuple(_numbered(words.article, said + n, one) for n, one in enumerate(articles, 1))
        said += len(numbered)
        heading = words.chapter.format(n=number_called(number), title=words.chapters[chapter])
        chapters.append(MethodChapter(heading, numbered))
    if others:
        annexed = (_numbered(words.item, n, _article(one, rules)) for n, one in enumerate(others, 1))
        chapters.append(MethodChapter(words.annex, tuple(annexed)))
    return Method(words.titles[purpose] + words.draft, tuple(chapters), sha256, over)


def _article(sentence: Sentence, rules: Ruleset) -> MethodArticle:
    basis = sentence.basis(rules)
    return MethodArticle("", sentence.say(rules), method_words().basis.format(basis=basis) if basis else "")


def _numbered(form: str, number: int, article: MethodArticle) -> MethodArticle:
    return msgspec.structs.replace(article, number=form.format(n=number_called(number)))
