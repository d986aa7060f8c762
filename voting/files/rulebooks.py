"""The rules that polls may adopt, by name: the session's own ones, then the presets that come with the program."""

from pathlib import Path

from voting.congress.law.ruleset import Ruleset
from voting.files.rules import RulesFileProblem, RulesRefused, load_ruleset, rules_places
from voting.files.session.toml_keys import ID


def load_rulebooks(session: Path) -> dict[str, Ruleset]:
    """All rules of a session by name; one in its own directory `rules` stands before a preset of the same name.

    Raises RulesRefused for rules that cannot be adopted, and OSError.
    """
    books: dict[str, Ruleset] = {}
    for place in rules_places(session):
        for path in sorted(place.glob("*.toml")):
            if path.stem not in books:
                books[path.stem] = _load(path)
    return dict(sorted(books.items()))


def _load(path: Path) -> Ruleset:
    if not ID.fullmatch(path.stem):
        reason = "the name of a file of rules is written with a-z 0-9 - (1..40)"
        raise RulesRefused([RulesFileProblem(str(path), 1, reason)])
    return load_ruleset(path)
