"""A poll as agenda.toml describes it: its kind says what else is written, and `rules` names what decides it."""

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from voting.congress.poll import MOTION_OPTIONS, Option, PollKind, PollPlan, PollRules, Post
from voting.congress.poll_kinds import SEAT_KINDS
from voting.congress.ruleset import Ruleset, Secrecy
from voting.record.questions import most_options
from voting.server.rulebooks import PRESETS
from voting.server.rules_files import RulesRefused, load_ruleset
from voting.server.session_files.problems import FileProblem, ProblemCode
from voting.server.session_files.toml_keys import ID, Keys


class Rulebooks:
    """Finds rules by name: in the session's own directory `rules`, else among the presets. Each file is read once."""

    def __init__(self, session: Path) -> None:
        self._places = (session / "rules", PRESETS)
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
            keys.refuse("rules", ProblemCode.RULES_MISSING, name)
            return None
        try:
            return load_ruleset(path)
        except RulesRefused as refused:
            for problem in refused.problems:
                found = FileProblem(path.name, ProblemCode.RULES_WRONG, row=problem.line, detail=problem.reason)
                keys.problems.append(found)
            return None


def read_poll(keys: Keys, books: Rulebooks) -> PollPlan:
    """The poll in one [[polls]] table; problems are appended, and every key must belong to the kind."""
    plan = PollPlan(
        id=keys.identifier("id"),
        kind=PollKind.MOTION,
        title=keys.text("title"),
        options=MOTION_OPTIONS,
        seconds=keys.number("seconds", optional=True),
    )
    kind = keys.choice("kind", tuple(PollKind))
    if kind is None:  # what else may be written depends on the kind
        return plan
    plan = replace(plan, kind=PollKind(kind), ruleset=books.adopted(keys), secrecy=_secrecy(keys))
    plan = _OF_KIND[plan.kind](keys, plan)
    keys.done()
    if len(plan.options) > most_options(plan):
        keys.refuse("options", ProblemCode.VALUE_WRONG, f"{len(plan.options)} > {most_options(plan)}")
    if plan.read_singly:
        keys.refuse("kind", ProblemCode.POLL_NOT_HELD, plan.kind.value)
    return plan


def _secrecy(keys: Keys) -> Secrecy:
    named = keys.choice("secrecy", tuple(Secrecy)) if keys.has("secrecy") else None
    return Secrecy(named) if named else Secrecy.SECRET


def _motion(keys: Keys, plan: PollPlan) -> PollPlan:
    texts = {key: keys.identifier(key) for key in ("amends", "clause_of") if keys.has(key)}
    return replace(plan, **texts)


def _seats(keys: Keys, plan: PollPlan) -> PollPlan:
    return replace(_subjects(keys, plan), seats=keys.number("seats") or 0)


def _choose(keys: Keys, plan: PollPlan) -> PollPlan:
    """Without adopted rules, two settings of its own."""
    plan = _seats(keys, plan)
    if keys.has("rules"):
        return plan
    floor, strict = keys.flag("majority_floor", True), keys.flag("fewer_than_seats_voids", False)
    return replace(plan, rules=PollRules(majority_floor=floor, fewer_than_seats_voids=strict))


def _election(keys: Keys, plan: PollPlan) -> PollPlan:
    post = keys.choice("post", tuple(Post)) if keys.has("post") else None
    return replace(_seats(keys, plan), write_ins=keys.flag("write_ins", False), post=Post(post) if post else None)


def _subjects(keys: Keys, plan: PollPlan) -> PollPlan:
    return replace(plan, options=tuple(_option(option) for option in keys.tables_of("options")))


_OF_KIND: dict[PollKind, Callable[[Keys, PollPlan], PollPlan]] = {
    **dict.fromkeys(SEAT_KINDS, _seats),
    PollKind.MOTION: _motion,
    PollKind.CHOOSE: _choose,
    PollKind.ELECTION: _election,
    PollKind.EVALUATION: _subjects,
}


def _option(keys: Keys) -> Option:
    option = Option(id=keys.identifier("id"), title=keys.text("title"), illustrative=keys.flag("illustrative", False))
    keys.done()
    return option
