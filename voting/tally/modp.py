"""The group BELENIOS-2048: order-q subgroup of the integers mod p (specification, "Group parameters").

Elements are ``gmpy2.mpz`` numbers. Bases used many times (g, the election key) get tables of the
powers base**(d * 256**i), so that one power costs 32 multiplications. The tables are read at
positions that depend on the exponent: good enough for the one-time numbers inside a ballot, while
lasting secrets (scrutineers' keys) go through ``powmod_sec``, which takes constant time.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, cast

import gmpy2

from voting.tally.errors import TallyCode, TallyError
from voting.tally.group import Element, Group, Power, is_decimal

_gmpy2: Any = gmpy2  # carries no types; its numbers behave as int
mpz: Callable[[int | str], int] = _gmpy2.mpz
powmod: Callable[[int, int, int], int] = _gmpy2.powmod
powmod_sec: Callable[[int, int, int], int] = _gmpy2.powmod_sec
divm: Callable[[int, int, int], int] = _gmpy2.divm

_P = mpz(
    "206947856914225464010136436575050080649229892957511040971008847870573742192427174019222372"
    "544976843381290666331380789584049600543896362897963930387739057228036059737494276713767776"
    "188985898727358650490811670993105358677809800307904916540637771737641986785272734744763418"
    "356000356983051931442845617019110007867373073335641239717328979132404745788344682606523279"
    "746479511376726586935821800463179220736688600526271863633860887968821207694323661494910029"
    "234443463732221458841005864210502421203654335612013204811188524087310770141516662001623131"
    "77169372189248078507711827842317498073276598828825169183103125680162072880719"
)
_G = mpz(
    "240235267750185220922768770353239993271228765737836491651007531878766327414635321932028567"
    "615526967879969466829874938909508389657342560190060106847716449173547413728310461045868131"
    "451178164675540052740288984613986453266121505579709716201616827031288643245666383486363578"
    "210615491841998253431518974065818686865115135857641013888221539601604322884360393098933366"
    "277284840659313840601023167509576377798266510360682240663507669776402534625377308513317349"
    "519424896775405257365904949247763147599157519877517771148149092045660020547812705472823814"
    "0972518639858334115700568353695553423781475582491896050296680037745308460627"
)
_Q = mpz("78571733251071885079927659812671450121821421258408794611510081919805623223441")
_TABLES_KEPT = 8  # g, and the keys of the polls that are open at one time


class Belenios2048(Group):
    """The multiplicative group that every version of belenios-tool knows. Published spelling: decimal."""

    name = "BELENIOS-2048"
    q = int(_Q)
    identity = Element(mpz(1))
    g = Element(_G)

    def decode(self, text: str) -> Element:
        if not is_decimal(text) or len(text) > 617:
            raise TallyError(TallyCode.NOT_IN_GROUP, "a BELENIOS-2048 element must be a decimal number")
        return Element(mpz(text))

    def encode(self, element: Element) -> str:
        return str(element)

    def is_member(self, element: Element) -> bool:
        number = cast(int, element)
        return bool(0 < number < _P and powmod(number, _Q, _P) == 1)

    def multiply(self, left: Element, right: Element) -> Element:
        return Element(cast(int, left) * cast(int, right) % _P)

    def divide(self, left: Element, right: Element) -> Element:
        return Element(divm(cast(int, left), cast(int, right), _P))

    def power(self, base: Element, exponent: int) -> Element:
        return Element(powmod(cast(int, base), exponent % self.q, _P))

    def secret_power(self, base: Element, exponent: int) -> Element:
        scalar = exponent % self.q
        # powmod_sec wants a positive exponent; q gives the same power as 0.
        return Element(powmod_sec(cast(int, base), scalar or self.q, _P))

    def fixed_power(self, base: Element) -> Power:
        table = _table(cast(int, base))
        order = self.q

        def raise_base(exponent: int) -> Element:
            total = mpz(1)
            for row, digit in zip(table, (exponent % order).to_bytes(32, "little"), strict=True):
                if digit:
                    total = total * row[digit] % _P
            return Element(total)

        return raise_base

    def shifted_powers(self, base: Element, shifts: Sequence[int], exponents: Sequence[int]) -> list[Element]:
        power_g = self.fixed_power(self.g)
        powers = _powers(cast(int, base), [exponent % self.q for exponent in exponents])
        return [
            Element(power * cast(int, power_g(-shift * exponent)) % _P) if shift else Element(power)
            for power, shift, exponent in zip(powers, shifts, exponents, strict=True)
        ]


@lru_cache(maxsize=_TABLES_KEPT)
def _table(base: int) -> list[list[int]]:
    """For each byte of an exponent, the 256 powers that this byte can contribute."""
    rows: list[list[int]] = []
    step = base
    for _ in range(32):
        row = [mpz(1)]
        for _ in range(255):
            row.append(row[-1] * step % _P)
        rows.append(row)
        step = row[-1] * step % _P
    return rows


_COMB_FROM = 4  # with fewer exponents of one base, separate powers are faster
_TEETH = 8


def _powers(base: int, exponents: Sequence[int]) -> list[int]:
    """base ** e for several public exponents; many of them share one comb of eight teeth."""
    if len(exponents) < _COMB_FROM:
        return [powmod(base, exponent, _P) for exponent in exponents]
    comb = _comb(base)
    return [_comb_power(comb, exponent) for exponent in exponents]


def _comb(base: int) -> list[int]:
    """Products of the subsets of base**(2**(32*i)), i < 8, at the index whose bits name the subset."""
    subsets = [mpz(1)]
    tooth = base
    for _ in range(_TEETH):
        subsets += [subset * tooth % _P for subset in subsets]
        tooth = powmod(tooth, 1 << 32, _P)
    return subsets


def _comb_power(comb: list[int], exponent: int) -> int:
    words = [exponent >> (32 * tooth) for tooth in range(_TEETH)]
    total = mpz(1)
    for bit in range(31, -1, -1):
        index = 0
        for tooth, word in enumerate(words):
            index |= (word >> bit & 1) << tooth
        total = total * total % _P * comb[index] % _P
    return total
