"""Typed access to a TOML file that leaves no key unread: what nobody asked for is refused by name."""

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

from voting.congress.limits import MAX_ID, MAX_TEXT
from voting.files.problems import FORMAT, FileProblem, ProblemCode
from voting.files.rosters.tables import Unreadable, read_text
from voting.files.toml_text import load_toml

ID = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{MAX_ID - 1}}}")


def unprintable(text: str) -> bool:
    """Whether a text holds a character that pages and reports cannot show."""
    return any(unicodedata.category(c) in ("Cc", "Co", "Cs") or c == "\ufffd" for c in text)


class Keys:
    """One table of a TOML file. Getters append problems and answer a harmless value, so that reading goes on."""

    def __init__(self, file: str, table: dict[str, Any], path: str, problems: list[FileProblem]) -> None:
        self.file, self.table, self.path, self.problems = file, table, path, problems
        self._asked: set[str] = set()

    def refuse(self, key: str, code: ProblemCode, detail: str = "") -> None:
        """Appends a problem of this key."""
        self.problems.append(FileProblem(self.file, code, key=f"{self.path}{key}", detail=detail))

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self.table

    def _value(self, key: str, kind: type, expected: str, required: bool) -> Any:
        self._asked.add(key)
        value = self.table.get(key)
        if value is None:
            if required:
                self.refuse(key, ProblemCode.KEY_MISSING)
            return None
        if type(value) is not kind:
            self.refuse(key, ProblemCode.TYPE_WRONG, expected)
            return None
        return value

    def text(self, key: str, default: str | None = None, limit: int = MAX_TEXT) -> str:
        """A text of 1 to `limit` characters on one line."""
        value = self._value(key, str, "文字 text", default is None)
        if value is None:
            return default or "-"
        return self._checked(key, value.strip(), limit)

    def _checked(self, key: str, value: str, limit: int = MAX_TEXT) -> str:
        if not 1 <= len(value) <= limit:
            self.refuse(key, ProblemCode.VALUE_WRONG, f"{len(value)} characters, not 1..{limit}")
        elif unprintable(value):
            self.refuse(key, ProblemCode.CHARACTER_WRONG, "control or private-use")
        return value

    def identifier(self, key: str) -> str:
        """An id for addresses: small letters, digits and hyphens."""
        before = len(self.problems)
        value = self.text(key)
        if len(self.problems) == before and not ID.fullmatch(value):
            self.refuse(key, ProblemCode.VALUE_WRONG, "a-z 0-9 - (1..40)")
        return value

    def choice(self, key: str, allowed: tuple[str, ...]) -> str | None:
        """One of the allowed words; None when it is absent or wrong."""
        before = len(self.problems)
        value = self.text(key)
        if len(self.problems) == before and value not in allowed:
            self.refuse(key, ProblemCode.VALUE_WRONG, " / ".join(allowed))
        return value if value in allowed else None

    def number(self, key: str, default: int | None = None, *, optional: bool = False) -> int | None:
        """A whole number; None when it is optional and absent, or wrong."""
        value = self._value(key, int, "整数 whole number", default is None and not optional)
        return default if value is None else int(value)

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self._value(key, bool, "true / false", required=False)
        return default if value is None else bool(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; absent means none."""
        values = self._value(key, list, '["…", "…"]', required=False) or []
        if any(type(value) is not str for value in values):
            self.refuse(key, ProblemCode.TYPE_WRONG, '["…", "…"]')
            return ()
        return tuple(self._checked(key, value.strip()) for value in values)

    def table_of(self, key: str) -> "Keys":
        """The sub-table [key]."""
        value = self._value(key, dict, f"[{key}]", required=True)
        return Keys(self.file, value or {}, f"{self.path}{key}.", self.problems if value is not None else [])

    def tables_of(self, key: str) -> list["Keys"]:
        """The sub-tables [[key]], at least one."""
        values = self._value(key, list, f"[[{key}]]", required=True) or []
        if any(type(value) is not dict for value in values):
            self.refuse(key, ProblemCode.TYPE_WRONG, f"[[{key}]]")
            return []
        return [
            Keys(self.file, value, f"{self.path}{key}[{i}].", self.problems) for i, value in enumerate(values, start=1)
        ]

    def done(self) -> None:
        """Refuses the keys that nobody asked for."""
        for key in self.table:
            if key not in self._asked:
                self.refuse(key, ProblemCode.KEY_UNKNOWN)


def read_toml(path: Path, problems: list[FileProblem]) -> Keys | None:
    """The keys of a TOML file, or None when it cannot be read at all (the problem is appended).

    A file of a later format cannot be read; one without `format` is of the first.
    """
    try:
        keys = Keys(path.name, load_toml(read_text(path)), "", problems)
        return keys if _is_known(keys) else None
    except Unreadable as error:
        problems.append(error.problem)
    except tomllib.TOMLDecodeError as error:
        problems.append(FileProblem(path.name, ProblemCode.SYNTAX_WRONG, detail=str(error)))
    return None


def _is_known(keys: Keys) -> bool:
    written = keys.number("format", FORMAT)
    if written == FORMAT:
        return True
    if written is not None:
        keys.refuse("format", ProblemCode.FORMAT_UNKNOWN, str(written))
    return False
