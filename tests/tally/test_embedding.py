"""Numbers inside group elements, and unrelated generators: against plain arithmetic from the specification."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tally.kinds import MODULAR
from tests.support.tally.scenes import seeded
from voting.tally.board.election import MAX_ANSWERS, MixedQuestion, Question, make_secret_election
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Group, group_by_name

ED25519 = group_by_name("Ed25519")
RFC = group_by_name(MODULAR)
EMBEDDING = st.sampled_from([ED25519, RFC])
P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P


def x_of(y: int) -> int | None:
    """The even x with which y lies on edwards25519, where there is one."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P:
        return None
    return -x % P if x % 2 else x


def added(one: tuple[int, int], two: tuple[int, int]) -> tuple[int, int]:
    (x1, y1), (x2, y2) = one, two
    product = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P) % P
    return x, (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P


def multiplied(point: tuple[int, int], times: int) -> tuple[int, int]:
    total = (0, 1)
    for bit in bin(times)[2:]:
        total = added(total, total)
        total = added(total, point) if bit == "1" else total
    return total


def spelled(point: tuple[int, int]) -> str:
    return f"{point[1] ^ (point[0] & 1) << 255:064x}"


@pytest.mark.parametrize("index", [-1, 0, 1, 2, 250])
def test_generators_of_ed25519_are_those_of_the_specification(index: int) -> None:
    y = int.from_bytes(hashlib.sha256(f"ggen|{index}".encode()).digest(), "big") >> 2
    while (x := x_of(y)) is None:
        y += 1
    assert ED25519.encode(ED25519.generator(index)) == spelled(multiplied((x, y), 8))


@pytest.mark.parametrize("values", [(), (0,), (1, 2, 3), (255,) * 30, (0,) * 30, tuple(range(30))])
def test_numbers_are_embedded_in_ed25519_as_the_specification_says(values: tuple[int, ...]) -> None:
    y = int.from_bytes(bytes(values), "big") << 14
    while (x := x_of(y)) is None or multiplied((x, y), ED25519.q) != (0, 1):
        y += 1
    assert ED25519.encode(ED25519.embed(values)) == spelled((x, y))


@pytest.mark.parametrize("index", [-1, 0, 1])
def test_generators_of_the_modular_group_are_squares_of_hashes(index: int) -> None:
    prime = 2 * RFC.q + 1
    number = int.from_bytes(hashlib.sha256(f"ggen|{index}".encode()).digest(), "big")
    assert RFC.encode(RFC.generator(index)) == str(number * number % prime)
    assert RFC.is_member(RFC.generator(index))


@settings(max_examples=40, deadline=None)
@given(EMBEDDING, st.lists(st.integers(0, 255), max_size=30))
def test_numbers_come_out_as_they_went_in(group: Group, values: list[int]) -> None:
    element = group.embed(values)
    assert group.is_member(element)
    assert group.extract(element, len(values)) == tuple(values)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 29, 30])
def test_any_element_gives_numbers_of_which_fewer_are_the_last_ones(count: int) -> None:
    """A paper that nobody embedded, or that has more numbers than are asked for."""
    for element in (ED25519.embed(tuple(range(200, 230))), ED25519.power_g(987654321), ED25519.power_g(5)):
        whole = ED25519.extract(element, 30)
        assert len(whole) == 30
        assert ED25519.extract(element, count) == whole[30 - count :]


@pytest.mark.parametrize("name", ["Ed25519", MODULAR, "BELENIOS-2048"])
def test_more_numbers_than_fit_are_a_programmers_error(name: str) -> None:
    group = group_by_name(name)
    with pytest.raises(ValueError, match="fit"):
        group.embed([0] * (group.capacity + 1))


@pytest.mark.parametrize("values", [[256], [-1]])
def test_a_number_that_is_not_small_is_a_programmers_error(values: list[int]) -> None:
    with pytest.raises(ValueError, match="fit"):
        ED25519.embed(values)


def test_the_modular_groups_obey_the_same_laws() -> None:
    left, right = RFC.random_scalar(seeded("left")), RFC.random_scalar(seeded("right"))
    assert left.bit_length() > 2000
    element = RFC.power_g(left)
    assert RFC.multiply(element, RFC.power_g(right)) == RFC.power_g(left + right)
    assert RFC.fixed_power(element)(right) == RFC.power(element, right) == RFC.secret_power(element, right)
    expected = [RFC.power(RFC.divide(element, RFC.power_g(shift)), right) for shift in range(5)]
    assert RFC.shifted_powers(element, range(5), [right] * 5) == expected
    assert RFC.parse_scalar(str(RFC.q - 1)) == RFC.q - 1


def refusal(group_name: str, *questions: Question | MixedQuestion) -> TallyCode:
    group = group_by_name(group_name)
    key = group.encode(group.power_g(5))
    with pytest.raises(TallyError) as caught:
        make_secret_election(
            uuid="1" * 14, name="示例", description="", questions=questions, group=group, public_key=key
        )
    return caught.value.code


@pytest.mark.parametrize(("group", "count"), [("Ed25519", 31), ("BELENIOS-2048", 1)])
def test_a_question_is_mixed_only_where_its_numbers_fit(group: str, count: int) -> None:
    question = MixedQuestion("示例", ("示例",) * count)
    assert refusal(group, question) is TallyCode.ELECTION_INVALID


def test_more_answers_than_a_ballot_holds_are_refused() -> None:
    large = Question("示例", ("示例",) * MAX_ANSWERS, 0, 1)
    assert refusal("Ed25519", large, large) is TallyCode.ELECTION_INVALID
    assert refusal("Ed25519", *[Question("示例", ("示例",), 0, 1)] * 101) is TallyCode.ELECTION_INVALID
