"""A poll as agenda.toml describes it: its kind says what else is written, and `rules` names what decides it."""

from enum import StrEnum
from pathlib import Path, PurePath
from typing import TypeVar

from msgspec.structs import replace

from voting.congress.law.kinds import KINDS
from voting.congress.law.poll_kinds import PollKind, Post
from voting.congress.law.question import MOTION_OPTIONS, Medium, Option, Question
from voting.congress.law.ruleset import DEFAULTS, BallotRule, Ruleset, Secrecy
from voting.congress.roster import Delegate
from voting.files.problems import FileProblem, ProblemCode
from voting.files.rosters.people import read_names
from voting.files.rules import RENAMED, RulesRefused, load_ruleset, rules_places
from voting.files.session.toml_keys import ID, Keys
from voting.sitting.poll import PollPlan

DELEGATES = "roster"
"""As `eligible`: the delegates of this congress."""


class Rulebooks:
    """Finds rules by name: in the session's own directory `rules`, else among the presets. Each file is read once."""

    def __init__(self, session: Path) -> None:
        self._places = rules_places(session)
        self._read: dict[str, Ruleset | None] = {}

    def adopted(self, keys: Keys) -> Ruleset | None:
        """The rules a poll names; None when it names none or they cannot be used (the problem is appended)."""
        if not keys.has("rules"):
            return None
        before = len(keys.problems)
        name = keys.text("rules")
        if len(keys.problems) > before:
            return None
        if name not in self._read:
            self._read[name] = self._load(name, keys)
        return self._read[name]

    def _load(self, name: str, keys: Keys) -> Ruleset | None:
        if not ID.fullmatch(name):
            keys.refuse("rules", ProblemCode.VALUE_WRONG, "a-z 0-9 - (1..40)")
            return None
        path = next((place / f"{name}.toml" for place in self._places if (place / f"{name}.toml").is_file()), None)
        if path is None:
            new = RENAMED.get(name)
            keys.refuse("rules", ProblemCode.RULES_RENAMED if new else ProblemCode.RULES_MISSING, new or name)
            return None
        try:
            return load_ruleset(path)
        except RulesRefused as refused:
            for problem in refused.problems:
                found = FileProblem(path.name, ProblemCode.RULES_WRONG, row=problem.line, detail=problem.reason)
                keys.problems.append(found)
            return None


class NameLists:
    """Reads who may be written in (另选他人): a list in the session directory, or the delegates of this congress."""

    def __init__(self, session: Path) -> None:
        self._session = session
        self._of_delegates: set[str] = set()

    def eligible(self, keys: Keys, poll: str) -> tuple[str, ...]:
        """The names in the list that a poll names; problems are appended. Delegates are filled in later."""
        if not keys.has("eligible"):
            return ()
        if keys.table["eligible"] == DELEGATES:
            keys.text("eligible")
            self._of_delegates.add(poll)
            return ()
        name = table_name(keys, "eligible")
        return read_names(self._session / name, keys.problems) if name else ()

    def filled_in(self, polls: tuple[PollPlan, ...], delegates: tuple[Delegate, ...]) -> tuple[PollPlan, ...]:
        """The polls, with the delegates who are no candidates where those are eligible."""
        return tuple(_electing_delegates(poll, delegates) if poll.id in self._of_delegates else poll for poll in polls)


def _electing_delegates(poll: PollPlan, delegates: tuple[Delegate, ...]) -> PollPlan:
    candidates = {option.title for option in poll.question.options}
    eligible = tuple(delegate.name for delegate in delegates if delegate.name not in candidates)
    return replace(poll, question=replace(poll.question, eligible=eligible))


def table_name(keys: Keys, key: str) -> str | None:
    """The name of a table in the session directory: a plain file name. None when it is wrong."""
    before = len(keys.problems)
    name = keys.text(key)
    if len(keys.problems) > before:
        return None
    if name != PurePath(name).name or "\\" in name or PurePath(name).suffix.lower() not in (".csv", ".xlsx"):
        keys.refuse(key, ProblemCode.FILE_NAME_WRONG, name)
        return None
    return name


def read_poll(keys: Keys, books: Rulebooks, lists: NameLists, adopted: Ruleset | None = None) -> PollPlan:
    """The poll in one [[polls]] table; problems are appended, and every key must belong to the kind.

    adopted: the rules of the sitting, for a poll that names none.
    """
    asked = Question(keys.identifier("id"), PollKind.MOTION, keys.text("title"), MOTION_OPTIONS)
    seconds = keys.number("seconds", optional=True)
    kind = keys.choice("kind", tuple(PollKind))
    if kind is None:  # what else may be written depends on the kind
        return PollPlan(asked, seconds)
    secrecy, medium = _one_of(keys, "secrecy", Secrecy.SECRET), _one_of(keys, "medium", Medium.ELECTRONIC)
    rules = books.adopted(keys) or adopted
    asked = replace(asked, kind=PollKind(kind), ruleset=rules or DEFAULTS, secrecy=secrecy, medium=medium)
    asked = _with_keys_of_kind(keys, replace(asked, options=KINDS[asked.kind].options))
    if KINDS[asked.kind].own_settings and rules is None and not keys.has("rules"):
        asked = replace(asked, ruleset=_own_rules(keys))
    if KINDS[asked.kind].adds_names:
        asked = replace(asked, eligible=lists.eligible(keys, asked.id))
    keys.done()
    return PollPlan(asked, seconds)


Word = TypeVar("Word", bound=StrEnum)


def _one_of(keys: Keys, key: str, default: Word) -> Word:
    """One of the words of the default's kind; the default where none is written, or a wrong one."""
    kind = type(default)
    named = keys.choice(key, tuple(kind)) if keys.has(key) else None
    return kind(named) if named else default


def _with_keys_of_kind(keys: Keys, asked: Question) -> Question:
    """The question with what the keys of its kind say."""
    kind = KINDS[asked.kind]
    texts = ("amends", "clause_of") if kind.amendable else ()
    asked = replace(asked, **{key: keys.identifier(key) for key in texts if keys.has(key)})
    if kind.has_post and keys.has("post"):
        post = keys.choice("post", tuple(Post))
        asked = replace(asked, post=Post(post) if post else None)
    if kind.has_post:
        asked = replace(asked, by_election=keys.flag("by_election", False))
    if not kind.one_question:
        asked = replace(asked, options=tuple(_option(option) for option in keys.tables_of("options")))
    if kind.seats_optional and not keys.has("seats"):
        asked = replace(asked, seats=0)
    elif kind.fills_seats:
        asked = replace(asked, seats=keys.number("seats") or 0)
    if kind.adds_names:
        asked = replace(asked, write_ins=keys.flag("write_ins", False))
    return asked


def _own_rules(keys: Keys) -> Ruleset:
    """The defaults with the two settings that a poll without adopted rules may have of its own."""
    floor, strict = keys.flag("majority_floor", True), keys.flag("fewer_than_seats_voids", False)
    under = BallotRule.VOID if strict else BallotRule.VALID
    return replace(
        DEFAULTS,
        ballots=replace(DEFAULTS.ballots, under=under),
        seats=replace(DEFAULTS.seats, majority_floor=floor),
    )


def _option(keys: Keys) -> Option:
    option = Option(id=keys.identifier("id"), title=keys.text("title"), illustrative=keys.flag("illustrative", False))
    keys.done()
    return option
