"""Connections are bounded by address and in all; strangers are shed first, the oldest of them before the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.server.live.admission import Admission, Capacity, Place

ADDRESS, OTHER = "192.0.2.1", "192.0.2.2"


def admitted(admission: Admission, address: str, *ports: int) -> list[tuple[bool, Place | None]]:
    return [admission.admit((address, port)) for port in ports]


def test_one_address_has_so_many_connections_and_another_one_its_own() -> None:
    admission = Admission(Capacity(per_address=2, total=10))
    assert admitted(admission, ADDRESS, 1, 2, 3) == [(True, None), (True, None), (False, None)]
    assert admitted(admission, OTHER, 1) == [(True, None)]
    admission.ended((ADDRESS, 1))
    assert admitted(admission, ADDRESS, 3, 4) == [(True, None), (False, None)]


def test_this_machine_counts_for_no_address() -> None:
    admission = Admission(Capacity(per_address=1, total=10))
    assert admitted(admission, "127.0.0.1", 1, 2, 3) == [(True, None)] * 3
    assert admitted(admission, "::1", 1, 2) == [(True, None)] * 2
    assert admitted(admission, "::ffff:127.0.0.1", 1, 2) == [(True, None)] * 2


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("no address", "no address", True),
    ],
)
def test_what_one_line_is_given_counts_as_one_address(one: str, other: str, is_same: bool) -> None:
    admission = Admission(Capacity(per_address=1, total=10))
    assert admission.admit((one, 1)) == (True, None)
    assert admission.admit((other, 2)) == (not is_same, None)
    admission.ended((one, 1))
    assert admission.admit((one, 3)) == (True, None)


def test_the_oldest_stranger_is_shed_for_a_new_connection_and_nobody_known_is() -> None:
    admission = Admission(Capacity(per_address=9, total=3))
    admitted(admission, ADDRESS, 1, 2, 3)
    admission.know((ADDRESS, 1))
    assert admitted(admission, OTHER, 1) == [(True, (ADDRESS, 2))]
    admission.know((ADDRESS, 3))
    admission.know((OTHER, 1))
    assert admitted(admission, OTHER, 2) == [(False, None)]
    admission.ended((ADDRESS, 3))
    assert admitted(admission, OTHER, 2) == [(True, None)]


def test_what_was_shed_or_never_admitted_ends_without_a_trace() -> None:
    admission = Admission(Capacity(per_address=1, total=1))
    admitted(admission, ADDRESS, 1)
    assert admitted(admission, OTHER, 1) == [(True, (ADDRESS, 1))]
    admission.ended((ADDRESS, 1))
    admission.ended((ADDRESS, 7))
    admission.know((ADDRESS, 1))
    assert admitted(admission, ADDRESS, 2) == [(True, (OTHER, 1))]


STEPS = st.lists(
    st.tuples(st.sampled_from(["admit", "know", "end"]), st.sampled_from([ADDRESS, OTHER]), st.integers(1, 6)),
    max_size=60,
)


@given(STEPS)
def test_bounds_hold_and_nobody_known_is_shed_whatever_happens(steps: list[tuple[str, str, int]]) -> None:
    admission = Admission(Capacity(per_address=3, total=4))
    here: set[Place] = set()
    known: set[Place] = set()
    for act, address, port in steps:
        place: Place = address, port
        if act == "admit" and place not in here:
            stays, shed = admission.admit(place)
            assert shed not in known
            here.discard(shed or place)
            here |= {place} if stays else set()
        elif act == "know" and place in here:
            admission.know(place)
            known.add(place)
        elif act == "end":
            admission.ended(place)
            here.discard(place)
            known.discard(place)
        assert len(here) <= 4
        assert all(sum(one == other for other, _ in here) <= 3 for one in (ADDRESS, OTHER))
