"""What may not stand in one ruleset: impossible fractions and settings that contradict each other."""

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction

import msgspec
from msgspec import UNSET

from voting.congress.law.bodies import Article
from voting.congress.law.deviations import deviations_of
from voting.congress.law.kinds import KINDS
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Base, Ruleset, SecrecyRule, after_shortfall


class RulesetProblemCode(StrEnum):
    """Wire names of what can be wrong with a ruleset."""

    FRACTION_IMPOSSIBLE = "fraction_impossible"
    CONTRADICTION = "contradiction"
    DEVIATION_UNSAID = "deviation_unsaid"
    DEVIATION_UNFOUNDED = "deviation_unfounded"


class RulesetProblem(msgspec.Struct, frozen=True):
    """One problem. key: the setting by section and name ("majority.fraction"); reason: an English sentence.

    article: the one that the setting is at odds with, of rules that do not say so.
    """

    code: RulesetProblemCode
    key: str
    reason: str
    article: Article | None = None


def problems_of_ruleset(rules: Ruleset) -> tuple[RulesetProblem, ...]:
    """All problems of a ruleset, in the order of its sections; empty when it may be adopted."""
    checks = (_fractions, _majority, _bases, _shortfall, _candidates, _secrecy, _fallback, _deviates)
    return tuple(problem for check in checks for problem in check(rules))


def _impossible(key: str, reason: str) -> RulesetProblem:
    return RulesetProblem(RulesetProblemCode.FRACTION_IMPOSSIBLE, key, reason)


def _contradiction(key: str, reason: str) -> RulesetProblem:
    return RulesetProblem(RulesetProblemCode.CONTRADICTION, key, reason)


def _fractions(rules: Ruleset) -> Iterator[RulesetProblem]:
    fractions = (
        ("quorum", rules.quorum.fraction, rules.quorum.strictly_more is True),
        ("majority", rules.majority.fraction, rules.majority.strictly_more),
        ("participation", rules.participation.fraction, rules.participation.strictly_more),
    )
    for section, text, strictly_more in fractions:
        share = Fraction(text)
        if share > 1 or (share == 1 and strictly_more):
            more = "more than " if strictly_more else ""
            yield _impossible(f"{section}.fraction", f"{more}{text} of all can never be reached")


def _majority(rules: Ruleset) -> Iterator[RulesetProblem]:
    share, strict = Fraction(rules.majority.fraction), rules.majority.strictly_more
    if share < Fraction(1, 2) or (share == Fraction(1, 2) and not strict):
        how = "more than" if strict else "at least"
        reason = f"with {how} {rules.majority.fraction}, a text and its contrary could both pass"
        yield _impossible("majority.fraction", reason)
    same_base = rules.majority.base is rules.quorum.base
    if same_base and Fraction(rules.quorum.fraction) < share:
        reason = f"a sitting with only {rules.quorum.fraction} present could never reach {rules.majority.fraction}"
        yield _contradiction("quorum.fraction", reason)


def _bases(rules: Ruleset) -> Iterator[RulesetProblem]:
    whole = (Base.IN_OFFICE, Base.STATUTORY_SEATS)
    if rules.quorum.base not in whole:
        yield _contradiction(
            "quorum.base", f'a quorum of "{rules.quorum.base}" would ask those counted about themselves'
        )
    if rules.participation.base not in (*whole, Base.PRESENT):
        reason = f'taking part is measured against who could have, not against "{rules.participation.base}"'
        yield _contradiction("participation.base", reason)


def _shortfall(rules: Ruleset) -> Iterator[RulesetProblem]:
    lists = {"shortfall": rules.seats.shortfall, "shortfall_of_projects": rules.seats.shortfall_of_projects}
    for key, allowed in lists.items():
        if allowed is UNSET:
            continue
        if not allowed:
            yield _contradiction(f"seats.{key}", "something must be able to follow a shortfall")
        if len(set(allowed)) != len(allowed):
            yield _contradiction(f"seats.{key}", "a value is given twice")
    if rules.seats.shortfall and not after_shortfall(rules, PollKind.ELECTION):
        reason = (
            "seats of persons have to be filled: another election must be able to follow (地方组织法 art. 29 para. 2)"
        )
        yield _contradiction("seats.shortfall", reason)


def _candidates(rules: Ruleset) -> Iterator[RulesetProblem]:
    given = rules.candidates
    ranges = {
        "deputy": (Fraction(given.deputy_more_at_least), Fraction(given.deputy_more_at_most)),
        "member": (Fraction(given.member_more_at_least), Fraction(given.member_more_at_most)),
        "delegate": (Fraction(given.delegate_more_at_least), Fraction(given.delegate_more_at_most)),
    }
    for post, (least, most) in ranges.items():
        if least > most:
            yield _contradiction(f"candidates.{post}_more_at_least", f"at least {least} more, but at most {most} more")


def _secrecy(rules: Ruleset) -> Iterator[RulesetProblem]:
    if rules.secrecy.election is not SecrecyRule.SECRET:
        yield _contradiction("secrecy.election", "elections are by secret ballot (地方组织法 art. 28)")


def _fallback(rules: Ruleset) -> Iterator[RulesetProblem]:
    for key, kinds in (("show_of_hands", rules.fallback.show_of_hands), ("paper", rules.fallback.paper)):
        if len(set(kinds)) != len(kinds):
            yield _contradiction(f"fallback.{key}", "a value is given twice")
    for kind in rules.fallback.show_of_hands:
        if KINDS[kind].secrecy(rules) is SecrecyRule.SECRET:
            setting = f"secrecy.{KINDS[kind].secrecy_key}"
            yield _contradiction(
                "fallback.show_of_hands", f'a show of hands is not secret, but {setting} is "secret" ({kind})'
            )


def _deviates(rules: Ruleset) -> Iterator[RulesetProblem]:
    """What is at odds with an article that binds the body is said, and nothing else is."""
    said = () if rules.deviates is UNSET else rules.deviates
    found = deviations_of(rules)
    for one in found:
        if one.article not in said:
            reason = (
                f'deviates from {one.article}, which binds this body; to adopt it openly: deviates = ["{one.article}"]'
            )
            yield RulesetProblem(RulesetProblemCode.DEVIATION_UNSAID, one.key, reason, one.article)
    unfounded = [article for article in said if article not in {one.article for one in found}]
    for article in unfounded:
        reason = f"nothing in these rules deviates from {article}"
        yield RulesetProblem(RulesetProblemCode.DEVIATION_UNFOUNDED, "deviates", reason)
    if len(set(said)) != len(said):
        yield _contradiction("deviates", "a value is given twice")
