"""Wrong codes: waits per device, and the alarm of all devices together."""

import contextlib
from collections.abc import Iterable, Iterator

import pytest

from voting.congress.refusal import Refused
from voting.server.addresses import device_key
from voting.server.http.attempts import (
    ALARM_AT,
    ALARM_SECONDS,
    CODES_PER_SECOND,
    FORGOTTEN_AFTER,
    FREE_ATTEMPTS,
    LONGEST_WAIT,
    MOST_DEVICES,
    Attempts,
    client_address,
)
from voting.server.services.codes import _ALPHABET, SEAT_DIGITS, STAFF_CHARACTERS


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def _wait(attempts: Attempts, address: str = "192.0.2.1") -> int:
    """Note a wrong code; the seconds it is told to wait, 0 for none."""
    try:
        attempts.note_wrong(address)
    except Refused as refused:
        seconds = refused.refusal.params["seconds"]
        assert isinstance(seconds, int)
        return seconds
    return 0


def test_after_a_few_wrong_codes_the_wait_doubles_up_to_a_minute() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    assert [_wait(attempts) for _ in range(FREE_ATTEMPTS)] == [0] * FREE_ATTEMPTS
    for seconds in (1, 2, 4, 8, 16, 32, LONGEST_WAIT, LONGEST_WAIT):
        assert _wait(attempts) == seconds
        clock.now += seconds
        assert _wait(attempts) == 0


def test_codes_tried_during_a_wait_do_not_lengthen_it() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(FREE_ATTEMPTS + 50):
        _wait(attempts)
    clock.now += 0.5
    assert _wait(attempts) == 1
    clock.now += 0.5
    assert _wait(attempts) == 0


def test_a_device_that_has_been_quiet_begins_anew() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(FREE_ATTEMPTS + 1):
        _wait(attempts)
    clock.now += FORGOTTEN_AFTER + 1
    assert [_wait(attempts) for _ in range(FREE_ATTEMPTS)] == [0] * FREE_ATTEMPTS


def test_so_many_devices_are_remembered_and_the_quietest_gives_way() -> None:
    attempts = Attempts(lambda: 0.0)
    for _ in range(FREE_ATTEMPTS):
        _wait(attempts, "192.0.2.1")
    for n in range(MOST_DEVICES - 1):
        _wait(attempts, f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}")
    assert _wait(attempts, "192.0.2.1") == 1
    _wait(attempts, "198.51.100.1")
    _wait(attempts, "198.51.100.2")
    assert len(attempts._devices) == MOST_DEVICES
    assert _wait(attempts, "192.0.2.1") == 1
    assert "10.0.0.0" not in attempts._devices


def _looked_at(attempts: Attempts, addresses: Iterable[str]) -> int:
    """How many of these codes, all of them wrong, were looked at."""
    looked_at = 0
    for address in addresses:
        with contextlib.suppress(Refused):
            attempts.require_turn(address)
            looked_at += 1
            attempts.note_wrong(address)
    return looked_at


def _network_of_16_bits() -> Iterator[str]:
    return (f"10.0.{n >> 8}.{n & 255}" for n in range(1 << 16))


def test_a_whole_network_is_told_of_so_many_codes_in_a_second_and_no_more() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    assert _looked_at(attempts, _network_of_16_bits()) == CODES_PER_SECOND
    assert _looked_at(attempts, _network_of_16_bits()) == CODES_PER_SECOND
    assert _looked_at(attempts, ["192.0.2.1", "10.0.0.1"]) == 0
    clock.now += 1
    assert _looked_at(attempts, ["192.0.2.1", "10.0.0.1"]) == 2


def test_a_device_without_wrong_codes_has_its_turn_whatever_one_that_guesses_does() -> None:
    attempts = Attempts(Clock())
    assert _looked_at(attempts, ["192.0.2.1"] * 3 * CODES_PER_SECOND) == 1 + CODES_PER_SECOND
    with pytest.raises(Refused) as refused:
        attempts.require_turn("192.0.2.1")
    assert refused.value.refusal.params == {"seconds": 1}
    attempts.require_turn("192.0.2.2")


@pytest.mark.parametrize(("seats", "expected"), [(251, 0.05), (3_000, 0.6)])
def test_a_day_of_guessing_at_full_speed_expects_less_than_one_hit(seats: int, expected: float) -> None:
    """The largest congress has not quite 3,000 seats; ADR 0024 gives these figures."""
    guesses = 2 * CODES_PER_SECOND * 86_400
    assert guesses * seats / 10**SEAT_DIGITS < expected < 1
    assert guesses * seats / len(_ALPHABET) ** STAFF_CHARACTERS < 0.001


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
    ],
)
def test_a_line_is_one_device_whatever_addresses_it_takes(address: str, key: str) -> None:
    assert device_key(address) == key


@pytest.mark.parametrize(
    ("peer", "forwarded", "asking"),
    [
        ("192.0.2.9", "", "192.0.2.9"),
        ("192.0.2.9", "198.51.100.7", "192.0.2.9"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.1, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7, 10.0.0.1", "198.51.100.7"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_only_a_trusted_proxy_says_who_asks(peer: str, forwarded: str, asking: str) -> None:
    assert client_address(peer, forwarded, frozenset({"127.0.0.1", "10.0.0.1"})) == asking


def test_the_console_is_told_once_when_many_codes_are_wrong_from_anywhere() -> None:
    clock, told = Clock(), list[str | None]()
    attempts = Attempts(clock)
    attempts.listen(told.append)
    for n in range(ALARM_AT - 2):
        _wait(attempts, f"10.0.0.{n}")
    _wait(attempts, "10.0.0.7")
    assert attempts.alarm is None
    for n in range(20):
        _wait(attempts, f"10.0.1.{n}")
    assert told == ["10.0.0.7"]
    clock.now += ALARM_SECONDS
    attempts.look()
    assert attempts.alarm == "10.0.0.7"
    clock.now += 1
    attempts.look()
    attempts.look()
    assert told == ["10.0.0.7", None]


def test_wrong_codes_refused_for_the_wait_count_for_the_alarm_too() -> None:
    attempts = Attempts(lambda: 0.0)
    for _ in range(ALARM_AT):
        _wait(attempts)
    assert attempts.alarm == "192.0.2.1"


def test_slips_spread_over_the_day_raise_no_alarm() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(3 * ALARM_AT):
        clock.now += ALARM_SECONDS / (ALARM_AT - 1) + 0.1
        _wait(attempts)
        assert not attempts.alarm
