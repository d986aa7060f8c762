"""Forms of documents: every way to miss one, and the one way to write each value."""

from typing import Any

import pytest

from voting.tally.errors import TallyCode, TallyError
from voting.tally.json_form import MAX_INT, OneOf, Tagged, check_form, dump, load_canonical

PAIR = ("string", "int")
FIELDS = {"a": "string", "b?": "int"}
TAGGED = Tagged({"One": "int"})
EITHER = OneOf((FIELDS, PAIR))

FITTING: list[tuple[Any, Any]] = [
    ("", "string"),
    (0, "int"),
    (MAX_INT, "int"),
    ([], ["int"]),
    ([1, 2], ["int"]),
    (["x", 1], PAIR),
    ({"a": "x"}, FIELDS),
    ({"a": "x", "b": 1}, FIELDS),
    (["One", 1], TAGGED),
    (["x", 1], EITHER),
    ({"a": "x"}, EITHER),
]
MISSING: list[tuple[Any, Any]] = [
    (1, "string"),
    ("\ud800", "string"),
    ("\udfff", "string"),
    (True, "int"),
    (1.0, "int"),
    (-1, "int"),
    (MAX_INT + 1, "int"),
    ({}, ["int"]),
    ("ab", ["string"]),
    ([1, "x"], ["int"]),
    (["x", 1], ["int"]),
    (["x"], PAIR),
    (["x", 1, 2], PAIR),
    ("xy", PAIR),
    ({"0": "x", "1": 1}, PAIR),
    ([1, "x"], PAIR),
    ([], FIELDS),
    ({}, FIELDS),
    ({"b": 1}, FIELDS),
    ({"b": 1, "a": "x"}, FIELDS),
    ({"a": "x", "c": 1}, FIELDS),
    ({"a": "x", "b": "1"}, FIELDS),
    ({"a": 1}, FIELDS),
    (["Two", 1], TAGGED),
    (["One"], TAGGED),
    (["One", 1, 1], TAGGED),
    (["One", "1"], TAGGED),
    ([["One"], 1], TAGGED),
    ({"One": 1}, TAGGED),
    ("x", EITHER),
    (["x"], EITHER),
]


@pytest.mark.parametrize(("value", "form"), FITTING, ids=str)
def test_what_fits_a_form_is_taken(value: Any, form: Any) -> None:
    check_form(value, form, "it")
    assert load_canonical(dump(value), form, "it") == value


@pytest.mark.parametrize(("value", "form"), MISSING, ids=repr)
def test_what_does_not_fit_is_refused(value: Any, form: Any) -> None:
    with pytest.raises(TallyError) as caught:
        check_form(value, form, "it")
    assert caught.value.code is TallyCode.DOCUMENT_MALFORMED


def test_fields_may_stand_in_any_order_in_a_message_on_the_way() -> None:
    check_form({"b": 1, "a": "x"}, FIELDS, "it", ordered=False)
    for value in ({"b": 1}, {"a": "x", "c": 1}, {"a": "x", "b": 1, "c": 1}):
        with pytest.raises(TallyError):
            check_form(value, FIELDS, "it", ordered=False)


def test_every_value_has_one_spelling() -> None:
    assert dump({"b": [1, "示例"], "a": True}) == '{"b":[1,"示例"],"a":true}'.encode()
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="JSON"):
            dump(value)


@pytest.mark.parametrize("raw", [b'{"a": "x"}', b'{"a":"x"} ', b'{"a":"\\u0078"}', b'{"a":"y","a":"x"}'])
def test_another_spelling_is_not_canonical(raw: bytes) -> None:
    with pytest.raises(TallyError) as caught:
        load_canonical(raw, FIELDS, "it")
    assert caught.value.code is TallyCode.DOCUMENT_NOT_CANONICAL


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", b"[" * 100_000, b'{"a":"\\ud800"}'])
def test_what_is_no_document_is_malformed(raw: bytes) -> None:
    with pytest.raises(TallyError) as caught:
        load_canonical(raw, FIELDS, "it")
    assert caught.value.code is TallyCode.DOCUMENT_MALFORMED
