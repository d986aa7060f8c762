"""The interface of the groups that ballots are encrypted in; ``choice.py`` finds one by its name.

A group has prime order ``q`` and generator ``g``; the notation is multiplicative. Its elements are
opaque: only the group that made one may read it. Which group is used is written in the election,
never taken from the environment.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import NewType

from voting.tally.errors import TallyCode, TallyError

Rng = Callable[[int], bytes]
"""A source of randomness: ``rng(n)`` returns n unpredictable bytes."""

Element = NewType("Element", object)
"""A member of a group, opaque; comparable with ``==``."""

Power = Callable[[int], Element]
"""Raises one fixed base to the given exponent."""


class Group(ABC):
    """A cyclic group of prime order in which discrete logarithms are hard."""

    name: str
    q: int
    g: Element
    identity: Element
    capacity: int
    """How many small numbers (0 to 255) fit into one element; 0 where the format defines no encoding."""

    @abstractmethod
    def decode(self, text: str) -> Element:
        """Read an element from its published spelling, without the test of membership.

        Raises TallyError(not_in_group) when the spelling is not the one ``encode`` would produce.
        """

    @abstractmethod
    def encode(self, element: Element) -> str:
        """The published spelling: 64 lowercase hex digits (Ed25519) or a decimal number (the others)."""

    @abstractmethod
    def is_member(self, element: Element) -> bool:
        """Whether a decoded element lies in the subgroup of order q. The identity does."""

    @abstractmethod
    def multiply(self, left: Element, right: Element) -> Element:
        """left * right."""

    @abstractmethod
    def divide(self, left: Element, right: Element) -> Element:
        """left / right."""

    @abstractmethod
    def power(self, base: Element, exponent: int) -> Element:
        """base ** exponent for public exponents; the exponent is reduced mod q."""

    @abstractmethod
    def secret_power(self, base: Element, exponent: int) -> Element:
        """base ** exponent for lasting secrets: running time does not depend on the exponent."""

    @abstractmethod
    def fixed_power(self, base: Element) -> Power:
        """The powers of a base used many times (g, the election key), with tables where they help."""

    @abstractmethod
    def shifted_powers(self, base: Element, shifts: Sequence[int], exponents: Sequence[int]) -> list[Element]:
        """``(base / g**shifts[i]) ** exponents[i]`` for every i, sharing work where it helps."""

    @abstractmethod
    def embed(self, values: Sequence[int]) -> Element:
        """The element that stands for a list of small numbers (specification, "Groups": ``of_ints``).

        Raises ValueError when a number is not from 0 to 255 or there are more than ``capacity``.
        """

    @abstractmethod
    def extract(self, element: Element, count: int) -> tuple[int, ...]:
        """The ``count`` small numbers that an element stands for (``to_ints``). Any element gives some."""

    @abstractmethod
    def generator(self, index: int) -> Element:
        """A generator whose logarithms to all the others nobody knows (``GetGenerator``); ``index`` from -1."""

    @abstractmethod
    def order_key(self, element: Element) -> int | bytes:
        """What elements are sorted by where the format demands an order."""

    def check_embeddable(self, values: Sequence[int]) -> None:
        """Raise ValueError unless ``values`` can be embedded."""
        if len(values) > self.capacity or not all(0 <= value <= 255 for value in values):
            raise ValueError(f"at most {self.capacity} numbers from 0 to 255 fit into an element of {self.name}")

    def parse(self, text: str) -> Element:
        """Read an element and test that it is a member. Raises TallyError(not_in_group)."""
        element = self.decode(text)
        if not self.is_member(element):
            raise TallyError(TallyCode.NOT_IN_GROUP, f"an element is not in the group {self.name}")
        return element

    def power_g(self, exponent: int) -> Element:
        """g ** exponent."""
        return self.fixed_power(self.g)(exponent)

    def secret_power_g(self, exponent: int) -> Element:
        """g ** exponent for lasting secrets."""
        return self.secret_power(self.g, exponent)

    def product(self, elements: Iterable[Element]) -> Element:
        """The product of all the elements; the identity for none."""
        total = self.identity
        for element in elements:
            total = self.multiply(total, element)
        return total

    def random_scalar(self, rng: Rng) -> int:
        """A uniform number mod q (16 bytes more than q has are drawn, so the bias is below 2**-128)."""
        return int.from_bytes(rng(-(-self.q.bit_length() // 8) + 16), "big") % self.q

    def parse_scalar(self, text: str) -> int:
        """Read a number mod q: decimal, no leading zero, below q. Raises TallyError(scalar_malformed)."""
        # The length is looked at first: Python refuses to read numbers of thousands of digits.
        if not is_decimal(text) or len(text) > 620 or int(text) >= self.q:
            raise TallyError(TallyCode.SCALAR_MALFORMED, "a number is not decimal or not below the group's order")
        return int(text)


def is_decimal(text: str) -> bool:
    """Whether the text is a whole number in ASCII digits without a leading zero."""
    return text.isascii() and text.isdigit() and (text == "0" or text[0] != "0")
