"""Rules files (config/rules/*.toml): a Ruleset, or every problem with its line."""

import re
import tomllib
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

import msgspec

from voting.congress.law.ruleset import Ruleset, Section, completed
from voting.congress.law.ruleset_checks import problems_of_ruleset
from voting.files.problems import MAX_BYTES
from voting.files.rules.lines import KeyPath, line_of, lines_of
from voting.files.toml_text import load_toml

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


class RulesFileProblem(msgspec.Struct, frozen=True):
    """One problem of a rules file; line counts from 1."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        """The problem in one line, as compilers write it."""
        return f"{self.file}:{self.line}: {self.reason}"


class RulesRefused(Exception):
    """A rules file cannot be adopted; `problems` lists everything that is wrong, in the order of the lines."""

    def __init__(self, problems: list[RulesFileProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: p.line))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def load_ruleset(path: Path) -> Ruleset:
    """The rules in a file; a setting that is not written has its default. Raises RulesRefused, OSError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RulesRefused([RulesFileProblem(str(path), 1, f"larger than {MAX_BYTES} bytes")])
        text = path.read_bytes().decode("utf-8-sig")
        content = load_toml(text)
    except UnicodeDecodeError as error:
        raise RulesRefused([RulesFileProblem(str(path), 1, f"not UTF-8: {error.reason}")]) from None
    except tomllib.TOMLDecodeError as error:
        raise RulesRefused([_syntax_problem(path, error, text)]) from None
    return _Reader(path, lines_of(text)).read(content)


def _syntax_problem(path: Path, error: tomllib.TOMLDecodeError, text: str) -> RulesFileProblem:
    place = _PLACE.search(str(error))
    written = place.group("line") if place else None
    line = int(written) if written else max(1, len(text.splitlines()))
    return RulesFileProblem(str(path), line, f"not TOML: {_PLACE.sub('', str(error))}")


class _Reader:
    """Collects every problem of one file before it refuses."""

    def __init__(self, path: Path, lines: dict[KeyPath, int]) -> None:
        self._path = path
        self._lines = lines
        self._problems: list[RulesFileProblem] = []

    def read(self, content: dict[str, Any]) -> Ruleset:
        rules = completed(self._section(Ruleset, content, ()))
        if not self._problems:
            for problem in problems_of_ruleset(rules):
                self._refuse(tuple(problem.key.split(".")), f"{problem.key}: {problem.code}: {problem.reason}")
        if self._problems:
            raise RulesRefused(self._problems)
        return rules

    def _refuse(self, key: KeyPath, reason: str) -> None:
        self._problems.append(RulesFileProblem(str(self._path), line_of(self._lines, key), reason))

    def _section(self, kind: type[Any], content: dict[str, Any], place: KeyPath) -> Any:
        """An instance of `kind` from the keys that are in order."""
        fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
        values: dict[str, Any] = {}
        for key, value in content.items():
            path = (*place, key)
            if key not in fields:
                known = ", ".join(sorted(fields))
                self._refuse(path, f"{'.'.join(path)}: unknown key; known here: {known}")
                continue
            wanted = fields[key]
            if isinstance(wanted, type) and issubclass(wanted, Section):
                if isinstance(value, dict):
                    values[key] = self._section(wanted, value, path)
                else:
                    self._refuse(path, f"{key}: a section [{key}] is expected")
            else:
                self._value(wanted, value, path, values)
        return kind(**values)

    def _value(self, wanted: Any, value: object, path: KeyPath, values: dict[str, Any]) -> None:
        try:
            values[path[-1]] = msgspec.convert(value, wanted)
        except msgspec.ValidationError as error:
            self._refuse(path, f"{'.'.join(path)}: {_explain(str(error), value, wanted)}")


def _explain(message: str, value: object, wanted: Any) -> str:
    if "matching regex" in message:
        return f'impossible fraction {value!r}: write it as "2/3", both numbers from 1 to 9999'
    item = _item_of(wanted)
    allowed = f"; allowed: {', '.join(item)}" if isinstance(item, type) and issubclass(item, StrEnum) else ""
    return message.split(" - at `$", maxsplit=1)[0] + allowed


def _item_of(wanted: Any) -> Any:
    """What a setting holds, or what its list holds; a later setting may be unset as well."""
    while (origin := get_origin(wanted)) is tuple or origin is UnionType:
        wanted = get_args(wanted)[0]
    return wanted
