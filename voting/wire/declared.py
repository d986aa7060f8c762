"""How a request is declared: once, where its struct stands. Server, terminals and pages take the rest from here."""

from collections.abc import Callable
from typing import Generic, TypeVar, cast, get_args

import msgspec

from voting.wire.base import Wire
from voting.wire.roles import Role

Answer = TypeVar("Answer", bound=Wire, covariant=True)


class Request(Wire, Generic[Answer], frozen=True):
    """Base of every request; Answer: the reply that acknowledges it when it is not refused."""


AnyRequest = Request[Wire]
_Message = TypeVar("_Message", bound=AnyRequest)


class Declared(msgspec.Struct, Generic[Answer], frozen=True):
    """One request of the wire. name: its socket event; roles: who may send it; reply: what acknowledges it."""

    name: str
    roles: frozenset[Role]
    message: type[Request[Answer]]
    reply: type[Answer]


DECLARED: dict[type[AnyRequest], Declared[Wire]] = {}
"""By message, as far as their modules are imported; the whole wire is `requests.REQUESTS`."""


def request(name: str, *roles: Role) -> Callable[[type[_Message]], type[_Message]]:
    """Declare a request. Raises ValueError for a name taken already, or without any role."""

    def declare(message: type[_Message]) -> type[_Message]:
        if not roles or any(known.name == name for known in DECLARED.values()):
            raise ValueError(f"request {name!r} is declared twice, or nobody may send it")
        (reply,) = get_args(vars(message)["__orig_bases__"][0])  # Request[Reply], as the class statement says
        DECLARED[message] = Declared(name, frozenset(roles), message, reply)
        return message

    return declare


def declared(message: type[Request[Answer]]) -> Declared[Answer]:
    """What this request declares."""
    return cast("Declared[Answer]", DECLARED[message])  # `request` took the reply from the same type
