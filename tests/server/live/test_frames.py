"""Only plain events by known names pass; everything else becomes the event `malformed`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from socketio.packet import CONNECT, DISCONNECT, EVENT

from voting.server.live.frames import MALFORMED, strict_packets

SittingPacket = strict_packets(frozenset({"cast", "resync"}))


def _read(frame: str | bytes) -> tuple[int, object, object]:
    packet = SittingPacket(encoded_packet=frame)
    return packet.packet_type, packet.data, packet.id


@pytest.mark.parametrize("data", ['["cast",{"poll":"p"}]', '["resync"]'])
def test_a_request_passes_with_its_number(data: str) -> None:
    kind, read, number = _read("217" + data)
    assert (kind, number) == (EVENT, 17)
    assert read in (["cast", {"poll": "p"}], ["resync"])


def test_connecting_and_disconnecting_pass() -> None:
    assert _read('0{"token":"t"}')[:2] == (CONNECT, {"token": "t"})
    assert _read("0")[:2] == (CONNECT, None)
    assert _read("1")[0] == DISCONNECT


@pytest.mark.parametrize(
    "frame",
    [
        '2["connect",{}]',
        '2["disconnect"]',
        '2["unknown",{}]',
        '2["cast",{},{}]',
        '2["cast",',
        '2{"cast":1}',
        "2[]",
        "2[[]]",
        "2",
        "0[1]",
        "0{",
        '31["cast"]',
        '4["cast"]',
        '51-["cast",{"_placeholder":true,"num":0}]',
        '6["cast"]',
        "x",
        b'\x02["cast"]',
        "2" + "9" * 200 + '["cast"]',
        "²",
        "2" + "[" * 100_000,
    ],
)
def test_everything_else_becomes_a_malformed_request(frame: str | bytes) -> None:
    assert _read(frame)[:2] == (EVENT, [MALFORMED])


def test_a_broken_request_keeps_its_number_so_that_its_sender_is_answered() -> None:
    assert _read('217["cast",{"poll":')[2] == 17


@settings(deadline=None)
@given(st.text(min_size=1) | st.text(alphabet='0123456[]{}",-/cast:', min_size=1))
def test_no_text_whatever_raises(frame: str) -> None:
    kind, data, _ = _read(frame)
    if kind == EVENT:
        assert isinstance(data, list)
        assert data[0] in ("cast", "resync", MALFORMED)
