"""Strict JSON: compact, keys in the published order, nothing twice, whole numbers only.

Belenios hashes documents as bytes, so two spellings of one document would be two documents.
A *form* describes a document: ``"string"``, ``"int"``, a list ``[form]`` of any length, a tuple of
forms for an array of exactly these parts, a dict of fields in order (a trailing ``?`` marks an
optional field), ``Tagged`` for ``["Tag", value]``, or ``OneOf`` several forms.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from voting.tally.errors import TallyCode, TallyError

MAX_INT = 2**53 - 1
"""Largest whole number written bare: what every JSON reader represents exactly."""

MAX_DEPTH = 32
"""How deep objects and arrays may lie in one another where a document is read before its form is checked."""

Form = Any


@dataclass(frozen=True)
class Tagged:
    """The two-element array ``["Tag", value]``, with the value's form chosen by the tag."""

    cases: dict[str, Form]


@dataclass(frozen=True)
class OneOf:
    """A value of any of these forms; the refusal speaks of the first."""

    forms: tuple[Form, ...]


def dump(value: Any) -> bytes:
    """Compact UTF-8 JSON of ``value`` in its own key order. Raises ValueError for lone surrogates."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def load(raw: bytes) -> Any:
    """Parse any JSON. Raises TallyError(document_malformed) when it is not JSON in UTF-8."""
    try:
        return json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise TallyError(TallyCode.DOCUMENT_MALFORMED, f"not a JSON document ({type(error).__name__})") from None


def is_shallow(value: Any) -> bool:
    """Whether nothing in a value lies deeper than MAX_DEPTH: what is deeper no two readers of JSON take alike."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [part for item in level for part in _parts(item)]
        if not level:
            return True
    return False


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def load_canonical(raw: bytes, form: Form, what: str) -> Any:
    """Parse a document that must be canonical JSON of the given form; ``what`` names it in the refusal.

    Raises TallyError: document_malformed (not JSON, wrong shape or key order) or
    document_not_canonical (another spelling of the same value: spaces, escapes, duplicate keys).
    """
    value = load(raw)
    check_form(value, form, what)
    if dump(value) != raw:
        raise TallyError(TallyCode.DOCUMENT_NOT_CANONICAL, f"{what} is not written in compact canonical JSON")
    return value


def check_form(value: Any, form: Form, what: str, *, ordered: bool = True) -> None:
    """Raise TallyError(document_malformed) unless ``value`` has the form.

    ``ordered=False`` accepts the fields of an object in any order: for messages on the way,
    which are not hashed as bytes.
    """
    if form == "string":
        _require(isinstance(value, str) and _encodable(value), f"{what} is not a string of Unicode characters")
    elif form == "int":
        plain = isinstance(value, int) and not isinstance(value, bool)
        _require(plain and 0 <= value <= MAX_INT, f"{what} is not a whole number from 0 to 2^53-1")
    elif isinstance(form, list):
        _require(isinstance(value, list), f"{what} is not an array")
        for index, item in enumerate(value):
            check_form(item, form[0], f"{what}[{index}]", ordered=ordered)
    elif isinstance(form, tuple):
        _require(isinstance(value, list) and len(value) == len(form), f"{what} is not an array of {len(form)} parts")
        for index, part in enumerate(form):
            check_form(value[index], part, f"{what}[{index}]", ordered=ordered)
    elif isinstance(form, Tagged):
        _check_tagged(value, form, what, ordered)
    elif isinstance(form, OneOf):
        _check_one_of(value, form, what, ordered)
    else:
        _check_fields(value, form, what, ordered)


def _check_tagged(value: Any, form: Tagged, what: str, ordered: bool) -> None:
    _require(isinstance(value, list) and len(value) == 2, f"{what} is not a pair of tag and value")
    tag, content = value
    _require(isinstance(tag, str) and tag in form.cases, f"{what} has an unknown tag")
    check_form(content, form.cases[tag], f"{what} {tag}", ordered=ordered)


def _check_one_of(value: Any, form: OneOf, what: str, ordered: bool) -> None:
    refusal: TallyError | None = None
    for case in form.forms:
        try:
            check_form(value, case, what, ordered=ordered)
        except TallyError as error:
            refusal = refusal or error
        else:
            return
    if refusal is not None:
        raise refusal


def _check_fields(value: Any, form: dict[str, Form], what: str, ordered: bool) -> None:
    _require(isinstance(value, dict), f"{what} is not an object")
    expected = [key.rstrip("?") for key in form if not key.endswith("?") or key.rstrip("?") in value]
    found = list(value) if ordered else [key for key in expected if key in value]
    same = found == expected and len(value) == len(expected)
    _require(same, f"{what} must have the fields {', '.join(expected)} in this order and no others")
    for key, field in form.items():
        name = key.rstrip("?")
        if name in value:
            check_form(value[name], field, f"{what}.{name}", ordered=ordered)


def _encodable(text: str) -> bool:
    """Whether the text has no lone surrogates: JSON can spell them, UTF-8 cannot."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _require(holds: bool, detail: str) -> None:
    if not holds:
        raise TallyError(TallyCode.DOCUMENT_MALFORMED, detail)


def sha256_hex(raw: bytes) -> str:
    """Lowercase hexadecimal SHA-256, as in file names and event payloads."""
    return hashlib.sha256(raw).hexdigest()


def sha256_base64(raw: bytes) -> str:
    """Unpadded base64 SHA-256, as in election hashes and ballot trackers."""
    return base64.b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")
