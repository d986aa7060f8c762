"""TOML as people write it: refused, rather than read, where it is nested deeper than any file of ours could be.

The text is looked at once from its beginning, so that the time it takes grows with its length and nothing else.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

DEEPEST = 16

_TEXT = (
    r'"""(?:\\.|[^\\"]|"{1,2}(?!"))*+(?:"{3,5})?+'
    r"|'''(?:[^']|'{1,2}(?!'))*+(?:'{3,5})?+"
    r'|"(?:\\[^\n]|[^"\\\n])*+"?+'
    r"|'[^'\n]*+'?+"
)
"""A quoted text of any form. One that nobody closed goes on to the end, where the library refuses it."""
_UNSAID = re.compile(rf"{_TEXT}|#[^\n]*+", re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_TOKEN = re.compile(rf"(?P<unsaid>{_UNSAID.pattern})|(?P<mark>[\[\]{{}}\n])", re.DOTALL)
_NOT_A_KEY = re.compile(r"[^\w\-. \t]+")


def load_toml(text: str) -> dict[str, Any]:
    """The document. Raises tomllib.TOMLDecodeError, for what is nested too deeply too.

    The library's parser calls itself for every level, and copies a dotted key for every part of it.
    """
    bare = _UNSAID.sub("", text)
    if _deepest(bare) > DEEPEST or any(key.count(".") >= DEEPEST for key in _NOT_A_KEY.split(bare)):
        raise tomllib.TOMLDecodeError(f"nested deeper than {DEEPEST} levels")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:  # the library lets a number of too many digits through to Python
        raise tomllib.TOMLDecodeError(str(error)) from None


def statements(text: str) -> Iterator[tuple[int, str]]:
    """The statements of a document that load_toml accepts, each with its line (from 1).

    A statement is a header or a key with its value, over as many lines as it takes; blank lines are statements, too.
    """
    line = first = 1
    begin = depth = 0
    for token in _TOKEN.finditer(text):
        mark = token["mark"]
        line += token[0].count("\n")
        depth += 1 if mark in ("[", "{") else -1 if mark in ("]", "}") else 0
        if mark == "\n" and depth == 0:
            yield first, text[begin : token.end()]
            begin, first = token.end(), line
    yield first, text[begin:]


def _deepest(bare: str) -> int:
    deepest = depth = 0
    for bracket in _BRACKET.findall(bare):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest
