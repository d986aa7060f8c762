"""The modular groups: order-q subgroups of the integers mod p (specification, "Groups").

BELENIOS-2048 has a small order and is quick. RFC-3526-2048 has one of 2047 bits: eight times slower,
but small numbers can be embedded in its elements, which questions that go through shuffles need.

Elements are ``gmpy2.mpz`` numbers. Bases used many times (g, the election key) get tables of the
powers base**(d * w**i), so that one power costs one multiplication per digit. The tables are read at
positions that depend on the exponent: good enough for the one-time numbers inside a ballot, while
lasting secrets (scrutineers' keys) go through ``powmod_sec``, which takes constant time.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, cast

import gmpy2

from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.interface import Element, Group, Power, is_decimal

_gmpy2: Any = gmpy2  # carries no types; its numbers behave as int
mpz: Callable[[int | str], int] = _gmpy2.mpz
powmod: Callable[[int, int, int], int] = _gmpy2.powmod
powmod_sec: Callable[[int, int, int], int] = _gmpy2.powmod_sec
divm: Callable[[int, int, int], int] = _gmpy2.divm

_P_BELENIOS = mpz(
    "206947856914225464010136436575050080649229892957511040971008847870573742192427174019222372"
    "544976843381290666331380789584049600543896362897963930387739057228036059737494276713767776"
    "188985898727358650490811670993105358677809800307904916540637771737641986785272734744763418"
    "356000356983051931442845617019110007867373073335641239717328979132404745788344682606523279"
    "746479511376726586935821800463179220736688600526271863633860887968821207694323661494910029"
    "234443463732221458841005864210502421203654335612013204811188524087310770141516662001623131"
    "77169372189248078507711827842317498073276598828825169183103125680162072880719"
)
_G_BELENIOS = mpz(
    "240235267750185220922768770353239993271228765737836491651007531878766327414635321932028567"
    "615526967879969466829874938909508389657342560190060106847716449173547413728310461045868131"
    "451178164675540052740288984613986453266121505579709716201616827031288643245666383486363578"
    "210615491841998253431518974065818686865115135857641013888221539601604322884360393098933366"
    "277284840659313840601023167509576377798266510360682240663507669776402534625377308513317349"
    "519424896775405257365904949247763147599157519877517771148149092045660020547812705472823814"
    "0972518639858334115700568353695553423781475582491896050296680037745308460627"
)
_Q_BELENIOS = mpz("78571733251071885079927659812671450121821421258408794611510081919805623223441")
_P_RFC3526 = mpz(
    "3231700607131100730033891392642382824881794124114023911284200975140074170663435422261968"
    "9417363569347117901737909704191754605873209195028853758986185622153212175412514901774520"
    "2702357960782362488842461894775876411059286460994117232454266225221932305409190376805242"
    "3551912567971587011700105805587765103886184728025797605490356973256152616708133936179954"
    "1336476559160368317896729073178384589680639671900977202194168647225871031411336429319536"
    "1934716365332097170774482279885885653692086452966360772502689555059283627511211740969729"
    "9806841055435958486658329164213621823107899099944865246826241697203591185250704536109055"
    "9"
)
_TABLES_KEPT = 8  # g, and the keys of the polls that are open at one time


class ModularGroup(Group):
    """The subgroup of order ``q`` modulo the prime ``p``. Published spelling: decimal.

    ``padding`` bits are kept free for finding a member when numbers are embedded; 0: no embedding.
    ``digit_bits`` is the size of a digit in the tables of fixed bases.
    """

    def __init__(self, name: str, p: int, g: int, q: int, *, padding: int, digit_bits: int) -> None:
        self.name, self.p, self.q = name, p, int(q)
        self.g, self.identity = Element(g), Element(mpz(1))
        self._order = mpz(q)
        self._padding, self._digit_bits = padding, digit_bits
        self.capacity = (p.bit_length() - padding) // 8 - 1 if padding else 0

    def decode(self, text: str) -> Element:
        if not is_decimal(text) or len(text) > 617:
            raise TallyError(TallyCode.NOT_IN_GROUP, f"a {self.name} element must be a decimal number")
        return Element(mpz(text))

    def encode(self, element: Element) -> str:
        return str(element)

    def is_member(self, element: Element) -> bool:
        number = cast(int, element)
        return bool(0 < number < self.p and powmod(number, self._order, self.p) == 1)

    def multiply(self, left: Element, right: Element) -> Element:
        return Element(cast(int, left) * cast(int, right) % self.p)

    def divide(self, left: Element, right: Element) -> Element:
        return Element(divm(cast(int, left), cast(int, right), self.p))

    def power(self, base: Element, exponent: int) -> Element:
        return Element(powmod(cast(int, base), exponent % self.q, self.p))

    def secret_power(self, base: Element, exponent: int) -> Element:
        scalar = exponent % self.q
        # powmod_sec wants a positive exponent; q gives the same power as 0.
        return Element(powmod_sec(cast(int, base), scalar or self.q, self.p))

    def fixed_power(self, base: Element) -> Power:
        bits, order, p = self._digit_bits, self.q, self.p
        table = _table(p, cast(int, base), bits, -(-order.bit_length() // bits))

        def raise_base(exponent: int) -> Element:
            total = mpz(1)
            for row, digit in zip(table, _digits(exponent % order, bits, len(table)), strict=True):
                if digit:
                    total = total * row[digit] % p
            return Element(total)

        return raise_base

    def shifted_powers(self, base: Element, shifts: Sequence[int], exponents: Sequence[int]) -> list[Element]:
        power_g = self.fixed_power(self.g)
        powers = _powers(self.p, cast(int, base), [exponent % self.q for exponent in exponents], self.q.bit_length())
        return [
            Element(power * cast(int, power_g(-shift * exponent)) % self.p) if shift else Element(power)
            for power, shift, exponent in zip(powers, shifts, exponents, strict=True)
        ]

    def embed(self, values: Sequence[int]) -> Element:
        self.check_embeddable(values)
        number = mpz(int.from_bytes(bytes(values), "big")) << self._padding
        while not self.is_member(Element(number)):
            number += 1  # one in two numbers is a member
        return Element(number)

    def extract(self, element: Element, count: int) -> tuple[int, ...]:
        number = int(cast(int, element)) >> self._padding
        return tuple((number & ((1 << 8 * count) - 1)).to_bytes(count, "big"))

    def generator(self, index: int) -> Element:
        number = mpz(int.from_bytes(hashlib.sha256(f"ggen|{index}".encode()).digest(), "big"))
        return Element(powmod(number, (self.p - 1) // self._order, self.p))

    def order_key(self, element: Element) -> int:
        return cast(int, element)


MODULAR_GROUPS = (
    ModularGroup("BELENIOS-2048", _P_BELENIOS, _G_BELENIOS, _Q_BELENIOS, padding=0, digit_bits=8),
    ModularGroup("RFC-3526-2048", _P_RFC3526, mpz(2), (_P_RFC3526 - 1) // 2, padding=8, digit_bits=5),
)


@lru_cache(maxsize=_TABLES_KEPT)
def _table(p: int, base: int, bits: int, rows: int) -> list[list[int]]:
    """For each digit of an exponent, the powers that this digit can contribute."""
    table: list[list[int]] = []
    step = base
    for _ in range(rows):
        row = [mpz(1)]
        for _ in range((1 << bits) - 1):
            row.append(row[-1] * step % p)
        table.append(row)
        step = row[-1] * step % p
    return table


def _digits(exponent: int, bits: int, count: int) -> Iterable[int]:
    """The digits of an exponent, lowest first."""
    if bits == 8:
        return exponent.to_bytes(count, "little")
    mask = (1 << bits) - 1
    return (exponent >> bits * place & mask for place in range(count))


_COMB_FROM = 4  # with fewer exponents of one base, separate powers are faster
_TEETH = 8


def _powers(p: int, base: int, exponents: Sequence[int], bits: int) -> list[int]:
    """base ** e for several public exponents; many of them share one comb of eight teeth."""
    if len(exponents) < _COMB_FROM:
        return [powmod(base, exponent, p) for exponent in exponents]
    spacing = -(-bits // _TEETH)
    comb = _comb(p, base, spacing)
    return [_comb_power(p, comb, exponent, spacing) for exponent in exponents]


def _comb(p: int, base: int, spacing: int) -> list[int]:
    """Products of the subsets of base**(2**(spacing*i)), i < 8, at the index whose bits name the subset."""
    subsets = [mpz(1)]
    tooth = base
    for _ in range(_TEETH):
        subsets += [subset * tooth % p for subset in subsets]
        tooth = powmod(tooth, 1 << spacing, p)
    return subsets


def _comb_power(p: int, comb: list[int], exponent: int, spacing: int) -> int:
    words = [exponent >> (spacing * tooth) for tooth in range(_TEETH)]
    total = mpz(1)
    for bit in range(spacing - 1, -1, -1):
        index = 0
        for tooth, word in enumerate(words):
            index |= (word >> bit & 1) << tooth
        total = total * total % p * comb[index] % p
    return total
