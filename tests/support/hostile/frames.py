"""Hostile messages on a websocket, drawn from a seed: malformed ones, and valid ones that their sender may not send.

Law: none of them may change anything, whoever sends it and whenever; its form, its role or its names forbid each.
"""

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec import inspect

from tests.support.flood import text_frame
from voting.wire.requests import REQUESTS
from voting.wire.roles import Role

Json = dict[str, Any]
NOWHERE = ("nosuch", "", "0" * 300, "../projects", "projects\x00", "项目", "__proto__", "null")
WRONG: Sequence[object] = (
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    "text",
    [],
    [[]],
    {},
    {"a": {}},
    ["x"] * 50,
    "\ud800",
    "\x00",
    "x" * 5000,
)
NAMES = ("connect", "disconnect", "message", "snapshot", "patch", "me", "refused", "malformed", "connect_error", "eval")
PACKETS = (
    *("", "0", "1", "2", "2probe", "5", "6", "7", "9", "x", "4", "40", "41", "44", "45", "46", "47", "4x", "42", "43"),
    *(
        "40/admin,",
        '40/admin,{"token":"x"}',
        '42/admin,["cast",{}]',
        '43999["x"]',
        "43-1[]",
        '421234567890123456789["eval"]',
    ),
    *(
        '451-["cast",{"_placeholder":true,"num":0}]',
        "4599999-[]",
        "46-[]",
        "42[]",
        "42[null]",
        '42["cast"',
        "42{}",
        "421",
    ),
)


class Sender:
    """Draws messages of one role."""

    def __init__(self, drawn: random.Random, role: Role, polls: Sequence[str], people: Sequence[str]) -> None:
        self._drawn, self._role, self._polls, self._people = drawn, role, polls, people
        self._forbidden = [name for name, request in REQUESTS.items() if role not in request.roles]
        self._number = 0
        self.stolen: list[str] = []
        """Ballots of other people."""

    def frame(self) -> bytes:
        """The next one, as bytes of a masked frame or of what is none."""
        kinds: Sequence[tuple[Callable[[], bytes], int]] = (
            (self._forbidden_request, 30),
            (self._mistyped, 20),
            (self._out_of_place, 20),
            (self._broken, 12),
            (self._deep, 4),
            (self._foreign, 8),
            (self._packet, 3),
            (self._not_text, 1),
            (self._too_large, 1),
        )
        (kind,) = self._drawn.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])
        return kind()

    def _event(self, name: str, *payload: object) -> str:
        self._number += 1
        return f"42{self._number}{json.dumps([name, *payload])}"

    def _valid(self, name: str) -> Json:
        return {field.encode_name: self._value(field.type) for field in _fields(REQUESTS[name].message)}

    def _value(self, type_: inspect.Type) -> object:
        """Of this type, with names that exist where it is a name."""
        match type_:
            case inspect.StrType():
                return self._drawn.choice((*self._polls, *self._people))
            case inspect.IntType():
                return self._drawn.choice((1, 2, 60))
            case inspect.BoolType():
                return self._drawn.random() < 0.5
            case inspect.EnumType(cls=cls):
                return self._drawn.choice([member.value for member in cls])
            case inspect.StructType(fields=fields):
                return {field.encode_name: self._value(field.type) for field in fields if field.required}
            case inspect.UnionType(types=types):
                return self._value(self._drawn.choice(types))
            case inspect.DictType():
                return {}
            case inspect.NoneType():
                return None
        return []

    def _forbidden_request(self) -> bytes:
        """Nothing wrong with it but that this role may not send it; a mistyped one of a role that may send all."""
        if not self._forbidden:
            return self._mistyped()
        name = self._drawn.choice(self._forbidden)
        return text_frame(self._event(name, self._valid(name)))

    def _mistyped(self) -> bytes:
        """One field missing, too much or of another type, or no object at all."""
        name = self._drawn.choice([name for name in REQUESTS if name != "resync"])
        payload: object = self._valid(name)
        assert isinstance(payload, dict)
        field = self._drawn.choice([*payload, "more"])
        wrong: object = self._drawn.choice(WRONG)
        how = self._drawn.randrange(3)
        if how == 0 or field == "more":
            payload["more"] = wrong
        elif how == 1:
            payload = self._drawn.choice((None, [], "text", 7, [payload], True, ""))
            return text_frame(self._event(name, *([payload] if payload is not None else [{"x": 1}])))
        else:
            payload[field] = {"not": "this"}
        return text_frame(self._event(name, payload))

    def _out_of_place(self) -> bytes:
        """Of the right form, about what does not exist, or with a text that is none of those wanted."""
        name = self._drawn.choice([name for name in REQUESTS if _fields(REQUESTS[name].message)])
        payload = {key: self._drawn.choice(NOWHERE) for key in self._valid(name)}
        if name in ("cast", "register_credential"):
            text = self._drawn.choice(
                (*NOWHERE, *self.stolen, "{}", "[" * 3000, "x" * 9000, '{"answers":[]}', "zz" * 32)
            )
            payload = {"poll": self._drawn.choice(self._polls), ("ballot" if name == "cast" else "credential"): text}
        return text_frame(self._event(name, payload))

    def _broken(self) -> bytes:
        """A frame that was cut, or of which some characters were put in place of others."""
        name = self._drawn.choice(tuple(REQUESTS))
        text = self._event(name, {"poll": self._drawn.choice(self._polls)})
        at = self._drawn.randrange(3, len(text))
        if self._drawn.random() < 0.5:
            return text_frame(text[:at])
        return text_frame(text[:at] + self._drawn.choice('{}[]",:\\\x00\x1f\u2028') + text[at + 1 :] + "]")

    def _deep(self) -> bytes:
        depth = self._drawn.choice((50, 500, 3000))
        opening = self._drawn.choice(("[", '{"a":'))
        whole = opening * depth + "1" + ("]" if opening == "[" else "}") * depth
        name = self._drawn.choice(tuple(REQUESTS))
        return text_frame(f'421["{name}",{self._drawn.choice((whole, opening * depth))}]')

    def _foreign(self) -> bytes:
        """Events that are not ours, and ours with too many arguments."""
        name = self._drawn.choice(NAMES)
        if self._drawn.random() < 0.3:
            return text_frame(self._event("cast", {}, {}))
        return text_frame(self._event(name, self._drawn.choice(WRONG)))

    def _packet(self) -> bytes:
        return text_frame(self._drawn.choice(PACKETS))

    def _not_text(self) -> bytes:
        """What is no text, no UTF-8 or no frame; most of it ends the line."""
        raw = self._drawn.randbytes(self._drawn.randrange(1, 60))
        return self._drawn.choice(
            (
                text_frame(b'421["cast",{"poll":"\xff\xfe"}]'),
                text_frame(b"42" + raw),
                raw,
                b"\x82\x84\x00\x00\x00\x00\x04abc",
                b"\x80\x81\x00\x00\x00\x003",
                b"\x01\x81\x00\x00\x00\x004",
                b"\xf1\x81\x00\x00\x00\x003",
                b"\x81\x033zz",
                b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00",
                b"\x89\xfe\x01\x00\x00\x00\x00\x00" + bytes(256),
                b"\x88\x82\x00\x00\x00\x00\x03\xe8",
            )
        )

    def _too_large(self) -> bytes:
        size = self._drawn.choice((70_000, 70_000, 150_000, 300_000))
        name, field = self._drawn.choice((("cast", "ballot"), ("annul_poll", "reason"), ("post_ceremony", "message")))
        return text_frame(self._event(name, {"poll": "nosuch", field: "x" * size}))


def _fields(message: type[msgspec.Struct]) -> Sequence[inspect.Field]:
    described = inspect.type_info(message)
    assert isinstance(described, inspect.StructType)
    return described.fields
