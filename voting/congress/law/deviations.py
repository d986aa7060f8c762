"""Where adopted rules are at odds with the articles that bind their body, and that no congress can set aside."""

from collections.abc import Iterator
from fractions import Fraction

import msgspec

from voting.congress.law.bodies import Article, Body
from voting.congress.law.ruleset import CandidateRules, MajorityRule, QuorumRule, Ruleset


class Deviation(msgspec.Struct, frozen=True):
    """One setting ("quorum.fraction") that an article leaves no choice in."""

    article: Article
    key: str


class Bound(msgspec.Struct, frozen=True):
    """What the law asks of a body: who must be present, what passes, and by which articles.

    elects: whether it elects officials, with as many candidates as the law says.
    """

    quorum: QuorumRule
    quorum_article: Article
    majority_article: Article
    majority: MajorityRule = MajorityRule()
    elects: bool = True


_CONGRESS = Bound(QuorumRule(strictly_more=False), Article.CONGRESS_QUORUM, Article.CONGRESS_MAJORITY)
_COMMITTEE = Bound(QuorumRule("1/2", strictly_more=True), Article.COMMITTEE, Article.COMMITTEE, elects=False)
BOUND = {Body.CONGRESS: _CONGRESS, Body.TOWNSHIP_CONGRESS: _CONGRESS, Body.STANDING_COMMITTEE: _COMMITTEE}
"""地方组织法 art. 14 para. 4 and art. 25 for a congress, art. 51 paras. 3 and 4 for a standing committee.

The quorum of a presidium is a matter of provinces (two thirds in 浙江, 广东 and 上海; 浙江乡镇: more than half).
"""


def deviations_of(rules: Ruleset) -> tuple[Deviation, ...]:
    """Every setting at odds with an article that binds the body; none of a body that no article is known to bind."""
    bound = BOUND.get(rules.body) if isinstance(rules.body, Body) else None
    return () if bound is None else tuple(_deviations(rules, bound))


def _deviations(rules: Ruleset, bound: Bound) -> Iterator[Deviation]:
    for key, given in msgspec.structs.asdict(rules.quorum).items():
        if not _same(given, getattr(bound.quorum, key)):
            yield Deviation(bound.quorum_article, f"quorum.{key}")
    for key, given in msgspec.structs.asdict(rules.majority).items():
        if not _same(given, getattr(bound.majority, key)):
            yield Deviation(bound.majority_article, f"majority.{key}")
    for key in ("majority_floor", "rank_needs_majority"):
        if not getattr(rules.seats, key):
            yield Deviation(bound.majority_article, f"seats.{key}")
    if bound.elects:
        yield from _of_candidates(rules.candidates)


def _same(given: object, asked: object) -> bool:
    if isinstance(given, str) and isinstance(asked, str) and "/" in given:
        return Fraction(given) == Fraction(asked)
    return given == asked


def _of_candidates(given: CandidateRules) -> Iterator[Deviation]:
    """Numbers outside the range of the law (地方组织法 art. 27 para. 1; delegates: 选举法 art. 31 para. 2)."""
    law = CandidateRules()
    if given.chief_more_at_most > law.chief_more_at_most:
        yield Deviation(Article.CANDIDATES, "candidates.chief_more_at_most")
    articles = {"deputy": Article.CANDIDATES, "member": Article.CANDIDATES, "delegate": Article.DELEGATES}
    for post, article in articles.items():
        least, most = (f"{post}_more_at_{end}" for end in ("least", "most"))
        if Fraction(getattr(given, least)) < Fraction(getattr(law, least)):
            yield Deviation(article, f"candidates.{least}")
        if Fraction(getattr(given, most)) > Fraction(getattr(law, most)):
            yield Deviation(article, f"candidates.{most}")
