"""The group Ed25519 through libsodium (PyNaCl). Elements are the 32 bytes of RFC 8032.

libsodium refuses scalar 0 and the identity, both as input and as result; Belenios allows them.
Those cases are answered here before libsodium is asked.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from nacl import bindings
from nacl.exceptions import RuntimeError as LibsodiumError

from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.interface import Element, Group, Power

_ORDER = 2**252 + 27742317777372353535851937790883648493
_IDENTITY = (1).to_bytes(32, "little")
_PADDING_BITS = 14
_MASK_255 = (1 << 255) - 1
_HEX_DIGITS = frozenset("0123456789abcdef")


class Ed25519(Group):
    """The prime-order subgroup of edwards25519. Published spelling: big-endian lowercase hex."""

    name = "Ed25519"
    q = _ORDER
    capacity = 30

    def __init__(self) -> None:
        self.identity = Element(_IDENTITY)
        self.g = self.power_g(1)

    def decode(self, text: str) -> Element:
        if len(text) != 64 or not _HEX_DIGITS.issuperset(text):
            raise TallyError(TallyCode.NOT_IN_GROUP, "an Ed25519 element must be 64 lowercase hexadecimal digits")
        return Element(bytes.fromhex(text)[::-1])

    def encode(self, element: Element) -> str:
        return cast(bytes, element)[::-1].hex()

    def is_member(self, element: Element) -> bool:
        point = cast(bytes, element)
        return point == _IDENTITY or bindings.crypto_core_ed25519_is_valid_point(point)

    def multiply(self, left: Element, right: Element) -> Element:
        return Element(bindings.crypto_core_ed25519_add(cast(bytes, left), cast(bytes, right)))

    def divide(self, left: Element, right: Element) -> Element:
        return Element(bindings.crypto_core_ed25519_sub(cast(bytes, left), cast(bytes, right)))

    def power(self, base: Element, exponent: int) -> Element:
        scalar = exponent % _ORDER
        if scalar == 0 or base == self.identity:
            return self.identity
        return Element(bindings.crypto_scalarmult_ed25519_noclamp(scalar.to_bytes(32, "little"), cast(bytes, base)))

    def secret_power(self, base: Element, exponent: int) -> Element:
        return self.power(base, exponent)  # libsodium's multiplication takes constant time

    def power_g(self, exponent: int) -> Element:
        scalar = exponent % _ORDER
        if scalar == 0:
            return self.identity
        return Element(bindings.crypto_scalarmult_ed25519_base_noclamp(scalar.to_bytes(32, "little")))

    def secret_power_g(self, exponent: int) -> Element:
        return self.power_g(exponent)

    def fixed_power(self, base: Element) -> Power:
        if base == self.g:
            return self.power_g
        return lambda exponent: self.power(base, exponent)

    def shifted_powers(self, base: Element, shifts: Sequence[int], exponents: Sequence[int]) -> list[Element]:
        return [
            self.power(self.divide(base, _small_power(shift)) if shift else base, exponent)
            for shift, exponent in zip(shifts, exponents, strict=True)
        ]

    def embed(self, values: Sequence[int]) -> Element:
        self.check_embeddable(values)
        number = int.from_bytes(bytes(values), "big") << _PADDING_BITS
        while not self.is_member(point := Element(number.to_bytes(32, "little"))):
            number += 1  # one in sixteen numbers is a member, and there are 2**14 tries
        return point

    def extract(self, element: Element, count: int) -> tuple[int, ...]:
        number = int.from_bytes(cast(bytes, element), "little") >> _PADDING_BITS
        return tuple((number & ((1 << 8 * count) - 1)).to_bytes(count, "big"))

    def generator(self, index: int) -> Element:
        number = int.from_bytes(hashlib.sha256(f"ggen|{index}".encode()).digest(), "big") >> 2
        while (point := _times_eight((number & _MASK_255).to_bytes(32, "little"))) is None:
            number += 1
        return Element(point)

    def order_key(self, element: Element) -> bytes:
        return cast(bytes, element)


def _times_eight(point: bytes) -> bytes | None:
    """Eight times a point of the curve, hence a member of the group; None when it is not on the curve."""
    try:
        for _ in range(3):
            point = bindings.crypto_core_ed25519_add(point, point)
    except LibsodiumError:
        return None
    return point


@lru_cache(maxsize=4096)
def _small_power(exponent: int) -> Element:
    return Element(bindings.crypto_scalarmult_ed25519_base_noclamp(exponent.to_bytes(32, "little")))
