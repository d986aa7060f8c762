"""TOML as people write it: refused, rather than read, where it is nested deeper than any file of ours could be."""

import re
import tomllib
from typing import Any

DEEPEST = 16
_UNSAID = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_NOT_A_KEY = re.compile(r"[^\w\-. \t]+")


def load_toml(text: str) -> dict[str, Any]:
    """The document. Raises tomllib.TOMLDecodeError, for what is nested too deeply too.

    The library's parser calls itself for every level, and copies a dotted key for every part of it.
    """
    bare = _UNSAID.sub("", text)
    if _deepest(bare) > DEEPEST or any(key.count(".") >= DEEPEST for key in _NOT_A_KEY.split(bare)):
        raise tomllib.TOMLDecodeError(f"nested deeper than {DEEPEST} levels")
    return tomllib.loads(text)


def _deepest(bare: str) -> int:
    deepest = depth = 0
    for bracket in _BRACKET.findall(bare):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest
