"""The chain of hashes, without any storage."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.sitting.events import DelegateSignedIn, PollClosed
from voting.sitting.poll import ClosedBy
from voting.storage.journal.chain import GENESIS, JournalBroken, chain_hash, check_chain, link

EVENTS = st.lists(
    st.builds(DelegateSignedIn, at=st.integers(0, 2**53), delegate=st.text(max_size=5))
    | st.builds(PollClosed, at=st.integers(0, 2**53), poll=st.text(max_size=5), by=st.sampled_from(ClosedBy)),
    min_size=1,
    max_size=6,
)


def stored(events: list[DelegateSignedIn | PollClosed]) -> list[tuple[int, str, bytes]]:
    linked = link(0, GENESIS, events)
    return [(row.seq, row.hash, raw) for row, raw in zip(linked.rows, linked.raws, strict=True)]


def test_the_first_hash_is_the_published_one() -> None:
    raw = b'{"type":"poll_closed","at":1,"poll":"p","by":"chair"}'
    assert link(0, GENESIS, [PollClosed(at=1, poll="p", by=ClosedBy.CHAIR)]).raws == (raw,)
    assert chain_hash(GENESIS, raw) == "fc61f76091b292d6106c68fa822213510105d93d8fa49ca7325b07dfcb5fc7b0"


@given(EVENTS)
def test_linked_events_read_back_unchanged(events: list[DelegateSignedIn | PollClosed]) -> None:
    assert [row.event for row in check_chain(stored(events))] == events


@given(EVENTS, st.data())
def test_any_flipped_bit_is_found_at_its_row(events: list[DelegateSignedIn | PollClosed], data: st.DataObject) -> None:
    rows = stored(events)
    index = data.draw(st.integers(0, len(rows) - 1))
    seq, row_hash, raw = rows[index]
    position, bit = data.draw(st.integers(0, len(raw) - 1)), data.draw(st.integers(0, 7))
    forged = bytearray(raw)
    forged[position] ^= 1 << bit
    rows[index] = (seq, row_hash, bytes(forged))
    with pytest.raises(JournalBroken) as broken:
        list(check_chain(rows))
    assert broken.value.seq == seq


@pytest.mark.parametrize("raw", [b'{"type":"ballot_opened","at":1}', b'{"type":"\xff","at":1}', b"\xff"])
def test_an_event_that_no_version_knows_is_refused_even_with_a_good_hash(raw: bytes) -> None:
    with pytest.raises(JournalBroken, match="unreadable event"):
        list(check_chain([(1, chain_hash(GENESIS, raw), raw)]))


def test_rows_out_of_order_are_refused() -> None:
    first, second = stored(
        [PollClosed(at=1, poll="p", by=ClosedBy.CHAIR), PollClosed(at=2, poll="p", by=ClosedBy.CHAIR)]
    )
    with pytest.raises(JournalBroken) as broken:
        list(check_chain([second, first]))
    assert broken.value.seq == 1


@pytest.mark.parametrize("shift", [-1, 1, 7])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_row_under_another_number_is_refused_although_its_hash_is_right(place: int, shift: int) -> None:
    rows = stored([PollClosed(at=at, poll="p", by=ClosedBy.CHAIR) for at in (1, 2, 3)])
    rows[place] = (rows[place][0] + shift, *rows[place][1:])
    with pytest.raises(JournalBroken, match="row missing") as broken:
        list(check_chain(rows))
    assert broken.value.seq == place + 1
    assert str(broken.value) == f"journal row {place + 1}: {broken.value.detail}"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_row_left_out_is_missed_even_when_the_others_are_numbered_and_hashed_again(place: int) -> None:
    rows = stored([PollClosed(at=at, poll="p", by=ClosedBy.CHAIR) for at in (1, 2, 3)])
    assert [row.seq for row in check_chain(rows)] == [1, 2, 3]
    renumbered = [(seq, row[1], row[2]) for seq, row in enumerate(rows[:place] + rows[place + 1 :], 1)]
    if place == 2:
        assert len(list(check_chain(renumbered))) == 2  # whatever was cut off at the end, no chain can tell
        return
    with pytest.raises(JournalBroken, match="does not follow") as broken:
        list(check_chain(renumbered))
    assert broken.value.seq == place + 1


def test_a_chain_goes_on_where_it_stopped() -> None:
    events = [PollClosed(at=at, poll="p", by=ClosedBy.CHAIR) for at in (1, 2, 3)]
    whole = link(0, GENESIS, events)
    first = link(0, GENESIS, events[:1])
    rest = link(1, first.rows[-1].hash, events[1:])
    assert (*first.rows, *rest.rows) == whole.rows


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_event_that_is_not_stored_as_bytes_is_told_from_one_that_was_changed(place: int) -> None:
    honest = stored([PollClosed(at=at, poll="p", by=ClosedBy.CHAIR) for at in (1, 2, 3)])
    values: dict[str, Any] = {"str": honest[place][2].decode(), "int": 7, "NoneType": None}
    for kind, value in values.items():
        rows = [*honest[:place], (*honest[place][:2], value), *honest[place + 1 :]]
        with pytest.raises(JournalBroken, match=f"its event is stored as {kind} instead of bytes") as broken:
            list(check_chain(rows))
        assert broken.value.seq == place + 1
