"""How the settings of a ruleset are put in sentences that a congress can adopt, and which article each rests on."""

from collections.abc import Callable, Iterable
from enum import StrEnum

import msgspec
from msgspec import UNSET

from voting.congress.law.bodies import Article, Body
from voting.congress.law.deviations import BOUND, Bound
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import BallotRule, Base, Ruleset, WriteInAfter, after_shortfall
from voting.reports.share_texts import base_called, share_called
from voting.words import Catalogue, Chapter, Language, catalogue_of, deviation_in_words, members_in_words, method_words


class Topic(StrEnum):
    """What a sentence is about."""

    PROJECTS = "projects"
    PERSONS = "persons"
    MOTIONS = "motions"
    EVALUATIONS = "evaluations"


class Sentence(msgspec.Struct, frozen=True):
    """One article to be. settings: those that it states ("quorum.base"); none: it says what holds under all rules.

    about: the topics it concerns; say: its text; basis: what it rests on, "" where nothing need be said.
    """

    chapter: Chapter
    settings: tuple[str, ...]
    about: frozenset[Topic]
    say: Callable[[Ruleset], str]
    basis: Callable[[Ruleset], str]


WORDS = method_words()
_CHINESE: Catalogue = catalogue_of(Language.CHINESE)
EVERYTHING = frozenset(Topic)
PROJECTS, PERSONS = frozenset({Topic.PROJECTS}), frozenset({Topic.PERSONS})
MOTIONS, EVALUATIONS = frozenset({Topic.MOTIONS}), frozenset({Topic.EVALUATIONS})
COMPETING = PROJECTS | PERSONS
NOTHING = ""


def rests(name: str) -> Callable[[Ruleset], str]:
    return lambda _: WORDS.bases[name] if name else ""


def law(article: Callable[[Bound], Article]) -> Callable[[Ruleset], str]:
    """The article that binds the body in this matter, unless the rules say that they set it aside."""
    return lambda rules: articles_of(rules, [article])


def articles_of(rules: Ruleset, wanted: Iterable[Callable[[Bound], Article]]) -> str:
    bound = BOUND.get(rules.body) if isinstance(rules.body, Body) else None
    aside = () if rules.deviates is UNSET else rules.deviates
    found = [one(bound) for one in wanted] if bound else []
    named = _CHINESE.terms.list.join(_CHINESE.terms.articles[one] for one in found if one not in aside)
    return WORDS.bases["law"].format(articles=named) if named else ""


def elections(name: str, given: Callable[[Ruleset], bool] = lambda _: True) -> Callable[[Ruleset], str]:
    """What binds the elections of a local congress, where the rules are `given` as it says."""

    def basis(rules: Ruleset) -> str:
        bound = BOUND.get(rules.body) if isinstance(rules.body, Body) else None
        return WORDS.bases[name] if bound and bound.elects and given(rules) else ""

    return basis


def over_voids(rules: Ruleset) -> bool:
    return rules.ballots.over is BallotRule.VOID


def under_is_valid(rules: Ruleset) -> bool:
    return rules.ballots.under is BallotRule.VALID


def value(rules: Ruleset, setting: str) -> object:
    section, _, key = setting.partition(".")
    return getattr(getattr(rules, section), key)


def choice(chapter: Chapter, setting: str, about: frozenset[Topic], basis: str | Callable[[Ruleset], str]) -> Sentence:
    """A setting with a closed list of values, each of which has a sentence of its own."""
    key, resting = setting.partition(".")[2], rests(basis) if isinstance(basis, str) else basis
    return Sentence(chapter, (setting,), about, lambda rules: WORDS.text(key, value(rules, setting)), resting)


def _of_nothing(_: Ruleset) -> str:
    return ""


def fixed(
    chapter: Chapter, name: str, about: frozenset[Topic], basis: Callable[[Ruleset], str] = _of_nothing
) -> Sentence:
    return Sentence(chapter, (), about, lambda _: WORDS.text(name), basis)


def part(rules: Ruleset, fraction: str, more: bool, base: Base) -> str:
    form = "half" if more and fraction == "1/2" else "more" if more else "least"
    return WORDS.part[form].format(base=base_called(base, rules), share=share_called(fraction))


def body(rules: Ruleset) -> str:
    body = Body.CONGRESS if rules.body is UNSET else rules.body
    members = members_in_words(rules, Language.CHINESE)
    return WORDS.text("body").format(body=_CHINESE.terms.bodies[body], members=members)


def quorum(rules: Ruleset) -> str:
    rule = rules.quorum
    return WORDS.text("quorum").format(part=part(rules, rule.fraction, rule.strictly_more is True, rule.base))


def majority(rules: Ruleset) -> str:
    rule = rules.majority
    return WORDS.text("majority").format(part=part(rules, rule.fraction, rule.strictly_more, rule.base))


def participation(rules: Ruleset) -> str:
    rule = rules.participation
    missed = WORDS.text("missed", "not_passed" if rule.missed is UNSET else rule.missed)
    needed = part(rules, rule.fraction, rule.strictly_more, rule.base)
    return WORDS.text("participation", rule.required).format(part=needed, missed=missed)


def secrecy(name: str, about: frozenset[Topic], basis: Callable[[Ruleset], str]) -> Sentence:
    def say(rules: Ruleset) -> str:
        return WORDS.text(f"secrecy_{name}").format(rule=WORDS.text("secrecy", getattr(rules.secrecy, name)))

    return Sentence(Chapter.BALLOTS, (f"secrecy.{name}",), about, say, basis)


def least_secret(rules: Ruleset) -> str:
    least = rules.ballots.least_secret
    return WORDS.text("least_secret_none") if least is UNSET else WORDS.text("least_secret").format(n=least)


def fraction(share: str) -> str:
    return WORDS.text("half") if share == "1/2" else share_called(share)


def range(least: str, most: str) -> str:
    return WORDS.text("range", "one" if least == most else "several").format(least=least, most=most)


def candidates(rules: Ruleset) -> str:
    more = rules.candidates
    chief = WORDS.text("chief", "more" if more.chief_more_at_most else "equal").format(n=more.chief_more_at_most)
    deputies = (WORDS.text("persons").format(n=n) for n in (more.deputy_more_at_least, more.deputy_more_at_most))
    return WORDS.text("candidates").format(
        chief=chief,
        deputy=WORDS.text("deputy").format(range=range(*deputies)),
        member=range(fraction(more.member_more_at_least), fraction(more.member_more_at_most)),
        delegate=range(fraction(more.delegate_more_at_least), fraction(more.delegate_more_at_most)),
    )


def shortfall(name: str, kind: PollKind) -> Callable[[Ruleset], str]:
    def say(rules: Ruleset) -> str:
        words = _CHINESE
        choices = [words.text(words.terms.after[choice], kind) for choice in after_shortfall(rules, kind)]
        return WORDS.text(name).format(choices=words.terms.alternatives.join(choices))

    return say


def evaluation(rules: Ruleset) -> str:
    rule = rules.evaluation
    return WORDS.text("evaluation").format(part=part(rules, "1/2", not rule.half_counts, rule.base))


def kinds(name: str) -> Callable[[Ruleset], str]:
    def say(rules: Ruleset) -> str:
        kinds: tuple[PollKind, ...] = getattr(rules.fallback, name)
        named = _CHINESE.terms.list.join(_CHINESE.kinds[kind].name for kind in kinds)
        return WORDS.text(name).format(kinds=named) if kinds else WORDS.text(f"{name}_none")

    return say


def percentage(rules: Ruleset) -> str:
    members = members_in_words(rules, Language.CHINESE)
    of = _CHINESE.terms.of[rules.display.percentage_of].format(members=members)
    return WORDS.text("percentage_of").format(of=of)


def votes(rules: Ruleset) -> str:
    shown = rules.display.votes
    return WORDS.text("votes", "all" if shown is UNSET else shown)


def write_ins(rules: Ruleset) -> str:
    after = rules.ballots.write_in_after
    return WORDS.text("write_in_after", "any" if after is UNSET else after)


def write_ins_rest(rules: Ruleset) -> str:
    return WORDS.bases["write_in_after"] if rules.ballots.write_in_after is WriteInAfter.AGAINST else ""


def run_off_of_persons(rules: Ruleset) -> str:
    given = rules.seats.run_off_of_persons_needs_majority
    needs = rules.seats.run_off_needs_majority if given is UNSET else given
    return WORDS.text("run_off_of_persons_needs_majority", needs)


def deviates(rules: Ruleset) -> str:
    deviation = deviation_in_words(rules, Language.CHINESE)
    return WORDS.text("deviates").format(deviation=deviation) if deviation else WORDS.text("deviates_none")


def title(rules: Ruleset) -> str:
    return WORDS.text("title").format(title=rules.title) if rules.title else WORDS.text("title_none")


def settings(section: str, *keys: str) -> tuple[str, ...]:
    return tuple(f"{section}.{key}" for key in keys)
