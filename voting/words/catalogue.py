"""One language's words, and which of several forms of a text holds for a kind of poll and a way of voting."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from voting.congress.law.bodies import Article, Body
from voting.congress.law.evaluating import Level
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Medium
from voting.congress.law.reasons import Reason, ReasonCode
from voting.congress.law.ruleset import AfterShortfall, Base, PercentageOf, Relation
from voting.congress.law.ruling import OutcomeKind
from voting.sitting.hand_counts import HandMethod


class Language(StrEnum):
    """The languages there are words in."""

    CHINESE = "zh"
    ENGLISH = "en"


class Way(StrEnum):
    """How votes were cast, as far as words differ: with keys, on papers, with both, with hands."""

    ELECTRONIC = "electronic"
    BY_HAND = "by_hand"
    MIXED = "mixed"
    SHOW_OF_HANDS = "show_of_hands"


class Voice(StrEnum):
    """The three answers to a motion, a project or a candidate."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Mark(StrEnum):
    """What became of an option."""

    ELECTED = "elected"
    TIED = "tied"  # across the cut line: it is voted on again
    BELOW = "below"  # it has not the votes that each needs
    LEFT_OUT = "left_out"  # it has, and others have more
    PASSED = "passed"  # decided by itself, without any seats
    NOT_PASSED = "not_passed"


class ProblemPlace(StrEnum):
    """Where a problem of a plan is told, as far as words differ."""

    FILE = "file"  # of a session directory, at a line that names file and key
    FORM = "form"  # of the console, at the field concerned


Form = str | dict[str, str]
"""A text, or several by "kind.way", "kind", "way" and "other", of which the most specific holds."""


class KindWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a kind of poll calls its things; every text may name them as placeholders.

    name: the kind itself (项目票决); act: holding it (表决, 选举); ballots: its ballots; called: the rows of its count;
    unit: how those are counted (名, 项); verb: what becomes of the best (当选, 入选); equal: how a tie is put; which:
    asking for one of the tied.
    """

    name: str
    act: str
    ballots: str
    called: str
    unit: str
    verb: str
    equal: str
    which: str


class Terms(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"or_": "or"}):
    """Single words. list, alternatives, or_: what stands between several; of: what a percentage is of; after: what may
    follow a shortfall; bases: what a fraction is asked of, with what the members of the body are called; bodies: whose
    rules they are; articles: those that rules may be at odds with; deviates: that they are; relations: what a poll is
    to the one it follows; idle: those who took no part, in a sentence, and idle_label above a number;
    seats_label: above the number of those that win."""

    list: str
    alternatives: str
    or_: str
    voices: dict[Voice, str]
    levels: dict[Level, str]
    marks: dict[Mark, Form]
    idle: Form
    idle_label: Form
    seats_label: Form
    of: dict[PercentageOf, str]
    after: dict[AfterShortfall, Form]
    bases: dict[Base, str]
    members: dict[Body, str]
    bodies: dict[Body, str]
    articles: dict[Article, str]
    deviates: str
    relations: dict[Relation, str]


TOO_FEW = "too_few"
"""How a poll is put that is void because too few took part; any other outcome by its own name."""


def ending_of(outcome: OutcomeKind, reasons: Iterable[Reason]) -> str:
    """Under which name the words of an outcome stand."""
    missed = any(reason.code is ReasonCode.PARTICIPATION_VOID for reason in reasons)
    return TOO_FEW if outcome is OutcomeKind.VOID and missed else outcome.value


class Outcomes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an outcome is put, by `ending_of`: over the figures, in one line, in a sentence with its figures, what comes
    next, and on a sheet to sign."""

    head: dict[str, Form]
    line: dict[str, Form]
    sentence: dict[str, Form]
    next: dict[str, Form]
    sheet: dict[str, Form]


ProblemForm = str | dict[str, str]
"""A text, or several by "place.case", "place" and "other"; a case is the field or the setting that is meant."""


class FileProblems(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a problem of a file is put. line: the whole; key, row, column: where in the file; more: how many are left out
    of a long list; what: by code, of the problems that only files have."""

    line: str
    key: str
    row: str
    column: str
    more: str
    what: dict[str, str]


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All words of one language; a field is a file of its folder."""

    kinds: dict[PollKind, KindWords]
    terms: Terms
    reasons: dict[ReasonCode, Form]
    outcomes: Outcomes
    refusals: dict[str, str]
    plan_problems: dict[str, ProblemForm]
    file_problems: FileProblems

    def text(self, form: Form, kind: PollKind, way: Way = Way.ELECTRONIC) -> str:
        """The form for this kind and way, with the kind's words in their places; other placeholders are left."""
        words = msgspec.structs.asdict(self.kinds[kind])
        return _chosen(form, kind, way).format_map(_Known(words | {"idle": _chosen(self.terms.idle, kind, way)}))


class _Known(dict[str, str]):
    """Fills what it knows and leaves the other placeholders as they are."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def _chosen(form: Form, kind: PollKind, way: Way) -> str:
    return _first(form, f"{kind}.{way}", kind.value, way.value)


def _first(form: str | dict[str, str], *keys: str) -> str:
    """The form by the first of the keys that it has, else by "other"."""
    if isinstance(form, str):
        return form
    return next(form[key] for key in (*keys, "other") if key in form)


def problem_form(form: ProblemForm, place: ProblemPlace) -> str:
    """What is said of a problem at this place; its parameters are left to fill."""
    return _first(form, place.value)


def way_of(medium: Medium, method: HandMethod | None = None) -> Way:
    """How votes were cast. method: of the count by hand, if there was one."""
    return Way.SHOW_OF_HANDS if method is HandMethod.SHOW_OF_HANDS else Way(medium.value)


@cache
def catalogue_of(language: Language) -> Catalogue:
    """The words of a language. Raises msgspec.ValidationError when a file holds a key that nothing has."""
    folder = files("voting.words") / language.value
    read = {name: (folder / f"{name}.json").read_bytes() for name in Catalogue.__struct_fields__}
    parts = {name: msgspec.json.decode(text) for name, text in read.items()}
    return msgspec.convert(parts, Catalogue)
