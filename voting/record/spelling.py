"""The one spelling of what records state in JSON: what our encoder writes, and nothing else.

A value that could be written in two ways could be read in two ways, by two programs. So a text is decoded strictly,
written again and compared byte for byte. Numbers are whole and of a size that every reader of JSON holds exactly.
"""

from typing import TypeVar

import msgspec

from voting.tally.json_form import MAX_INT

MAX_NESTING = 32
"""Brackets within brackets; measured before a parser is asked, so that no parser's stack decides what can be read."""

T = TypeVar("T")


class Misspelled(Exception):
    """The text is not how this value is written; the text of the exception says why."""


def read_spelled(raw: bytes, form: type[T]) -> T:
    """The value of this form that is written as our encoder writes it. Raises Misspelled."""
    if nesting(raw) > MAX_NESTING:
        raise Misspelled(f"brackets are nested deeper than {MAX_NESTING}")
    try:
        value = msgspec.json.decode(raw, type=form)
    except (msgspec.MsgspecError, ValueError) as error:
        raise Misspelled(str(error)) from None
    if msgspec.json.encode(value) != raw:
        raise Misspelled("it is not written in its one spelling")
    if not _held_exactly(msgspec.to_builtins(value)):
        raise Misspelled("a number is not whole, or larger than every reader holds exactly")
    return value


def nesting(raw: bytes) -> int:
    """How deep brackets stand within brackets; those inside texts do not count."""
    depth = deepest = 0
    inside = escaped = False
    for byte in raw:
        if inside:
            inside = escaped or byte != ord('"')
            escaped = byte == ord("\\") and not escaped
        elif byte == ord('"'):
            inside = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest


def _held_exactly(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_held_exactly, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_held_exactly, value))
    return not isinstance(value, int | float) or (isinstance(value, int) and abs(value) <= MAX_INT)
