"""Where each key of a TOML document stands: tomllib gives values, but no line numbers.

A document is cut into its statements by the parser itself: from a line on, the fewest lines that parse alone are one
statement (a header, or a key with its value). So quoted, dotted and multi-line forms are found as they are written.
"""

import tomllib
from typing import Any

KeyPath = tuple[str, ...]


def lines_of(text: str) -> dict[KeyPath, int]:
    """Line (from 1) of every header and key of a document that tomllib accepts."""
    found: dict[KeyPath, int] = {}
    lines, start = text.splitlines(), 0
    header: KeyPath = ()
    while start < len(lines):
        end, content = _statement(lines, start)
        if lines[start].lstrip().startswith("["):
            header = _first_path(content)
            found.setdefault(header, start + 1)
        else:
            for path in _paths(content):
                found.setdefault((*header, *path), start + 1)
        start = end
    return found


def line_of(found: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of `path`, else of the nearest section around it that is written, else 1."""
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 1)


def _statement(lines: list[str], start: int) -> tuple[int, dict[str, Any]]:
    for end in range(start + 1, len(lines) + 1):
        try:
            return end, tomllib.loads("\n".join(lines[start:end]))
        except tomllib.TOMLDecodeError:
            continue
    raise ValueError(f"line {start + 1} begins no statement")


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
