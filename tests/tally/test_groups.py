"""The two groups obey the same laws, also where libsodium refuses to answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tally.scenes import GROUPS, seeded
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Group, group_by_name

ED25519 = group_by_name("Ed25519")
MODP = group_by_name("BELENIOS-2048")
groups = st.sampled_from([ED25519, MODP])
exponents = st.integers(min_value=0, max_value=2**260) | st.sampled_from([0, 1, ED25519.q, MODP.q, MODP.q - 1])

ORDER_EIGHT = bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")[::-1].hex()


@settings(max_examples=30, deadline=None)
@given(groups, exponents, exponents)
def test_powers_add_up(group: Group, left: int, right: int) -> None:
    assert group.multiply(group.power_g(left), group.power_g(right)) == group.power_g(left + right)
    assert group.divide(group.power_g(left), group.power_g(right)) == group.power_g(left - right)
    assert group.power(group.power_g(left), right) == group.power_g(left * right)


@settings(max_examples=20, deadline=None)
@given(groups, exponents, exponents)
def test_every_way_to_raise_gives_the_same_power(group: Group, base: int, exponent: int) -> None:
    element = group.power_g(base)
    expected = group.power(element, exponent)
    assert group.secret_power(element, exponent) == expected
    assert group.fixed_power(element)(exponent) == expected
    assert group.secret_power_g(exponent) == group.power_g(exponent)


@settings(max_examples=8, deadline=None)
@given(groups, st.lists(exponents, min_size=1, max_size=12))
def test_shifted_powers_are_powers_of_the_quotient(group: Group, raised: list[int]) -> None:
    base = group.power_g(123456789)
    shifts = range(len(raised))
    expected = [
        group.power(group.divide(base, group.power_g(shift)), exponent)
        for shift, exponent in zip(shifts, raised, strict=True)
    ]
    assert group.shifted_powers(base, shifts, raised) == expected


@settings(max_examples=20, deadline=None)
@given(groups, exponents)
def test_elements_survive_being_spelled(group: Group, exponent: int) -> None:
    element = group.power_g(exponent)
    assert group.parse(group.encode(element)) == element


@pytest.mark.parametrize("name", GROUPS)
def test_the_identity_is_a_member_and_neutral(name: str) -> None:
    group = group_by_name(name)
    element = group.power_g(5)
    assert group.is_member(group.identity)
    assert group.multiply(group.identity, element) == element
    assert group.divide(element, element) == group.identity
    assert group.power(group.identity, 7) == group.power(element, 0) == group.power(element, group.q) == group.identity
    assert group.product([]) == group.identity


def test_the_published_spelling_of_ed25519_is_big_endian() -> None:
    assert ED25519.encode(ED25519.identity) == "0" * 63 + "1"
    assert ED25519.encode(ED25519.g) == "6" * 62 + "58"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ORDER_EIGHT, id="a point of order eight"),
        pytest.param("0" * 64, id="a point of order four"),
        pytest.param("7f" + "ff" * 30 + "ef", id="not a canonical coordinate"),
        pytest.param("6" * 62 + "5", id="too short"),
        pytest.param("6" * 62 + "5G", id="not hexadecimal"),
        pytest.param("A" * 64, id="capital letters"),
        pytest.param("６" * 64, id="digits of another script"),
    ],
)
def test_what_is_not_in_ed25519_is_refused(text: str) -> None:
    with pytest.raises(TallyError) as caught:
        ED25519.parse(text)
    assert caught.value.code is TallyCode.NOT_IN_GROUP


@pytest.mark.parametrize(
    "text", ["0", "2", "-1", "+1", "01", "1_0", " 1", "", "１", "9" * 617, "1" * 700], ids=lambda text: repr(text[:8])
)
def test_what_is_not_in_the_modular_group_is_refused(text: str) -> None:
    with pytest.raises(TallyError) as caught:
        MODP.parse(text)
    assert caught.value.code is TallyCode.NOT_IN_GROUP


def test_a_point_with_a_part_of_small_order_is_refused() -> None:
    outsider = ED25519.multiply(ED25519.power_g(5), ED25519.decode(ORDER_EIGHT))
    assert not ED25519.is_member(outsider)


@pytest.mark.parametrize("name", GROUPS)
@pytest.mark.parametrize("text", ["", "-1", "01", "1.0", "٣", "9" * 78, "x"])
def test_a_misspelled_number_is_refused(name: str, text: str) -> None:
    with pytest.raises(TallyError) as caught:
        group_by_name(name).parse_scalar(text)
    assert caught.value.code is TallyCode.SCALAR_MALFORMED


@pytest.mark.parametrize("name", GROUPS)
def test_the_order_itself_is_no_scalar(name: str) -> None:
    group = group_by_name(name)
    assert group.parse_scalar(str(group.q - 1)) == group.q - 1
    with pytest.raises(TallyError):
        group.parse_scalar(str(group.q))


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(TallyError) as caught:
        group_by_name("RFC-3526-4096")
    assert caught.value.code is TallyCode.GROUP_UNKNOWN


def test_random_scalars_come_from_the_stream_given() -> None:
    assert ED25519.random_scalar(seeded("a")) == ED25519.random_scalar(seeded("a"))
    assert ED25519.random_scalar(seeded("a")) != ED25519.random_scalar(seeded("b"))


@pytest.mark.parametrize(("name", "drawn"), [("Ed25519", 48), ("BELENIOS-2048", 48), ("RFC-3526-2048", 272)])
def test_a_random_number_is_made_of_sixteen_bytes_more_than_the_order_has(name: str, drawn: int) -> None:
    group, asked = group_by_name(name), list[int]()

    def rng(size: int) -> bytes:
        asked.append(size)
        return b"\xff" * size

    assert group.random_scalar(rng) == (256**drawn - 1) % group.q
    assert asked == [drawn]
