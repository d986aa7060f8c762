"""The journal's law, on every backend."""

import gevent
import pytest

from tests.contracts.backends import Backend, SqliteBackend
from tests.support.known import known
from voting.sitting.events import BallotAccepted, BallotStored, DelegateSignedIn
from voting.storage.journal.chain import chain_hash, encode_event
from voting.storage.journal.group_commit import GENESIS, BallotRow, BoardRow, JournalBroken, JournalFailed, Unit
from voting.storage.journal.stopping import StopReason


def signed_in(number: int) -> Unit:
    return Unit(events=(DelegateSignedIn(at=number, delegate=f"{number:03}"),))


def stored(number: int) -> Unit:
    event = BallotStored(at=number, poll="p", delegate=f"{number:03}", tracker=f"t{number}")
    return Unit(events=(event,), ballots=(BallotRow("p", f"t{number}", f"ballot {number}".encode()),))


def accepted(height: int, credential: str, tracker: str = "t") -> Unit:
    event = BallotAccepted(at=1, poll="p", delegate="001", tracker=tracker, height=height, head="h")
    return Unit(events=(event,), board=(BoardRow("p", height, credential, tracker, press=1),))


def test_an_empty_journal_stands_at_genesis(backend: Backend) -> None:
    journal = backend.open()
    assert journal.head() == (0, GENESIS)
    assert list(journal.replay()) == []


def test_units_keep_the_order_of_the_calls(backend: Backend) -> None:
    journal = backend.open()
    pending = [journal.append(signed_in(n)) for n in range(1, 301)]
    rows = [row for p in pending for row in p.wait()]
    assert [row.seq for row in rows] == list(range(1, 301))
    assert [row.event.at for row in rows] == list(range(1, 301))
    assert list(journal.replay()) == rows == backend.observer.rows
    assert journal.head() == (300, rows[-1].hash)


def test_each_row_hashes_the_row_before_and_its_own_event(backend: Backend) -> None:
    journal = backend.open()
    first, second = (journal.append(signed_in(n)).wait()[0] for n in (1, 2))
    assert first.hash == chain_hash(GENESIS, encode_event(first.event))
    assert second.hash == chain_hash(first.hash, encode_event(second.event))


def test_two_hundred_greenlets_each_receive_their_own_rows_after_on_commit(backend: Backend) -> None:
    journal = backend.open()

    def deliver(number: int) -> int:
        (row,) = journal.append(stored(number)).wait()
        assert row.event.at == number
        assert row in backend.observer.rows
        assert journal.ballot("p", f"t{number}") == f"ballot {number}".encode()
        return row.seq

    greenlets = [gevent.spawn(deliver, n) for n in range(200)]
    gevent.joinall(greenlets, raise_error=True)
    assert sorted(known(g.value) for g in greenlets) == list(range(1, 201))
    assert [row.seq for row in backend.observer.rows] == list(range(1, 201))


def test_a_unit_of_several_events_stays_together(backend: Backend) -> None:
    journal = backend.open()
    unit = Unit(events=(*signed_in(1).events, *signed_in(2).events, *signed_in(3).events))
    pending = [journal.append(unit), journal.append(signed_in(4))]
    assert [row.seq for row in pending[0].wait()] == [1, 2, 3]
    assert [row.seq for row in pending[1].wait()] == [4]


def test_a_ballot_is_kept_byte_for_byte_and_an_unknown_one_is_none(backend: Backend) -> None:
    journal = backend.open()
    body = bytes(range(256))
    event = stored(1).events
    journal.append(Unit(events=event, ballots=(BallotRow("p", "t", body),))).wait()
    assert journal.ballot("p", "t") == body
    assert journal.ballot("q", "t") is None
    assert journal.ballot("p", "other") is None


def test_storing_the_same_ballot_again_keeps_the_first(backend: Backend) -> None:
    journal = backend.open()
    journal.append(stored(1)).wait()
    journal.append(stored(1)).wait()
    assert journal.ballot("p", "t1") == b"ballot 1"
    assert journal.head()[0] == 2
    assert backend.observer.failures == []


def test_another_poll_has_its_own_board(backend: Backend) -> None:
    journal = backend.open()
    journal.append(accepted(1, "key")).wait()
    other = Unit(events=accepted(1, "key").events, board=(BoardRow("q", 1, "key", "t", press=1),))
    assert journal.append(other).wait()


@pytest.mark.parametrize(("height", "credential"), [(2, "key"), (1, "other")], ids=["same credential", "same height"])
def test_a_second_ballot_on_a_taken_place_is_never_acknowledged(backend: Backend, height: int, credential: str) -> None:
    journal = backend.open()
    journal.append(accepted(1, "key")).wait()
    second = accepted(height, credential)
    refused = journal.append(Unit(second.events, (BallotRow("p", "left", b"behind"),), second.board))
    with pytest.raises(JournalFailed):
        refused.wait()
    assert len(backend.observer.failures) == 1
    assert [row.seq for row in journal.replay()] == [1]
    assert journal.ballot("p", "left") is None
    assert journal.head()[0] == 1


def test_a_second_press_of_a_credential_has_a_place_of_its_own(backend: Backend) -> None:
    journal = backend.open()
    again = Unit(accepted(2, "key").events, board=(BoardRow("p", 2, "key", "t2", press=2),))
    journal.append(accepted(1, "key")).wait()
    journal.append(again).wait()
    assert journal.head()[0] == 2
    with pytest.raises(JournalFailed):
        journal.append(Unit(again.events, board=(BoardRow("p", 3, "key", "t3", press=2),))).wait()
    assert journal.head()[0] == 2


def test_after_a_failure_nothing_more_is_taken(backend: Backend) -> None:
    journal = backend.open()
    assert journal.stopped() is None
    pending = [journal.append(accepted(1, "key")), journal.append(accepted(1, "key")), journal.append(signed_in(3))]
    with pytest.raises(JournalFailed):
        pending[1].wait()
    with pytest.raises(JournalFailed):
        pending[2].wait()
    with pytest.raises(JournalFailed):
        journal.append(signed_in(4)).wait()
    assert len(backend.observer.failures) == 1
    assert journal.stopped() is StopReason.FAILED


def test_a_closed_journal_takes_nothing(backend: Backend) -> None:
    journal = backend.open()
    first = journal.append(signed_in(1))
    journal.close()
    assert [row.seq for row in first.wait()] == [1]
    with pytest.raises(JournalFailed, match="closed"):
        journal.append(signed_in(2)).wait()
    journal.close()
    assert backend.observer.failures == []


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_rewritten_event_is_found_at_its_row(backend: Backend, seq: int) -> None:
    journal = backend.open()
    for n in range(1, 6):
        journal.append(signed_in(n)).wait()
    backend.rewrite(seq, encode_event(DelegateSignedIn(at=9, delegate="forged")))
    with pytest.raises(JournalBroken) as broken:
        list(journal.replay())
    assert broken.value.seq == seq


def test_a_removed_row_is_found_at_its_place(backend: Backend) -> None:
    journal = backend.open()
    for n in range(1, 6):
        journal.append(signed_in(n)).wait()
    backend.remove(3)
    with pytest.raises(JournalBroken) as broken:
        list(journal.replay())
    assert broken.value.seq == 3


def test_everything_acknowledged_is_there_after_reopening(sqlite_backend: SqliteBackend) -> None:
    journal = sqlite_backend.open()
    pending = [journal.append(stored(n)) for n in range(50)]
    rows = [row for p in pending for row in p.wait()]
    journal.close()
    reopened = sqlite_backend.open()
    assert list(reopened.replay()) == rows
    assert reopened.head() == (50, rows[-1].hash)
    assert reopened.ballot("p", "t49") == b"ballot 49"
    (after,) = reopened.append(signed_in(51)).wait()
    assert list(reopened.replay()) == [*rows, after]


def test_a_second_server_on_the_same_journal_stops_instead_of_forking_it(sqlite_backend: SqliteBackend) -> None:
    ours, theirs = sqlite_backend.open(), sqlite_backend.open()
    ours.append(signed_in(1)).wait()
    with pytest.raises(JournalFailed):
        theirs.append(signed_in(2)).wait()
    assert [row.event.at for row in ours.replay()] == [1]
