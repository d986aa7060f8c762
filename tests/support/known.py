"""What a test knows to be there although its type allows that it is not."""

from typing import TypeVar

T = TypeVar("T")


def known(value: T | None) -> T:
    """The value, which must be there."""
    assert value is not None
    return value
