"""Where each key of a TOML document stands: tomllib gives values, but no line numbers.

A document is cut into its statements (a header, or a key with its value), and the parser reads each alone. So quoted,
dotted and multi-line forms are found as they are written.
"""

import tomllib
from typing import Any

from voting.files.toml_text import statements

KeyPath = tuple[str, ...]


def lines_of(text: str) -> dict[KeyPath, int]:
    """Line (from 1) of every header and key of a document that load_toml accepts."""
    found: dict[KeyPath, int] = {}
    header: KeyPath = ()
    for line, statement in statements(text):
        content = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            header = _first_path(content)
            found.setdefault(header, line)
        else:
            for path in _paths(content):
                found.setdefault((*header, *path), line)
    return found


def line_of(found: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of `path`, else of the nearest section around it that is written, else 1."""
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 1)


def _first_path(content: Any) -> KeyPath:
    path: KeyPath = ()
    while content:
        if isinstance(content, list):
            content = content[0]
            continue
        key, content = next(iter(content.items()))
        path = (*path, key)
    return path


def _paths(content: dict[str, Any]) -> list[KeyPath]:
    paths: list[KeyPath] = []
    for key, value in content.items():
        paths.append((key,))
        if isinstance(value, dict):
            paths += [(key, *rest) for rest in _paths(value)]
    return paths
