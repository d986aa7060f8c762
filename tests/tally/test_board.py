"""The board: one chain, one order, one spelling of the file."""

import io
import json
import tarfile

import pytest

from tests.support.known import known
from tests.support.tally.boards import put_ballot
from tests.support.tally.scenes import TIMESTAMP, Scene, make_scene
from voting.tally.ballots.ballot import tracker_of
from voting.tally.board.archive import read_archive
from voting.tally.board.chain import END_BALLOTS, END_SHUFFLES, Board, ballot_step, decryption_step, result_step
from voting.tally.board.container import make_entry, read_container, write_container
from voting.tally.errors import CheckFailed, TallyError
from voting.tally.json_form import sha256_hex


def opened(scene: Scene) -> Board:
    record = scene.record()
    return Board.open(record.election, record.trustees, record.credentials)


def test_a_boards_file_is_what_the_reader_reads() -> None:
    scene = make_scene("Ed25519")
    record, board = scene.record(), opened(scene)
    entries = [put_ballot(board, raw) for raw in record.ballots]
    board.append(END_BALLOTS)
    board.append(board.encrypted_tally_step(known(record.tally)))
    for owner, raw in record.decryptions:
        board.append(decryption_step(owner, raw))
    board.append(result_step(record.result))

    archive = read_archive(board.to_archive(TIMESTAMP))

    assert board.to_archive(TIMESTAMP) == record.archive()
    assert (archive.fingerprint, archive.head, archive.timestamp) == (board.fingerprint, board.head, TIMESTAMP)
    assert [(found.height, found.head) for found in archive.ballots] == [entry[:2] for entry in entries]
    assert [found.raw for found in archive.ballots] == board.ballots == record.ballots
    assert [entry.tracker for entry in entries] == [tracker_of(raw) for raw in record.ballots]
    assert archive.result == record.result


def test_the_fingerprint_is_the_hash_of_the_setup_event() -> None:
    scene = make_scene("Ed25519")
    record, board = scene.record(), opened(scene)
    setup = (
        f'{{"election":"{sha256_hex(record.election)}","trustees":"{sha256_hex(record.trustees)}",'
        f'"credentials":"{sha256_hex(record.credentials)}"}}'
    )
    event = f'{{"height":0,"type":"Setup","payload":"{sha256_hex(setup.encode())}"}}'
    assert (board.fingerprint, board.head, board.height) == (sha256_hex(event.encode()),) * 2 + (0,)


def test_the_head_commits_to_the_order_of_the_ballots() -> None:
    scene = make_scene("Ed25519")
    one, two = opened(scene), opened(scene)
    for raw in scene.ballots[:2]:
        one.append(ballot_step(raw))
    for raw in reversed(scene.ballots[:2]):
        two.append(ballot_step(raw))
    assert one.fingerprint == two.fingerprint
    assert one.head != two.head


def test_events_out_of_order_are_a_programmers_error() -> None:
    scene = make_scene("Ed25519")
    record, board = scene.record(), opened(scene)
    with pytest.raises(ValueError, match="EncryptedTally may not come after Setup"):
        board.append(board.encrypted_tally_step(known(record.tally)))
    board.append(END_BALLOTS)
    with pytest.raises(ValueError, match="Ballot may not come after EndBallots"):
        board.append(ballot_step(record.ballots[0]))
    with pytest.raises(ValueError, match="Result may not come after EndBallots"):
        board.append(result_step(record.result))


def test_an_unfinished_board_is_no_record() -> None:
    scene = make_scene("Ed25519")
    board = opened(scene)
    board.append(ballot_step(scene.ballots[0]))
    with pytest.raises(CheckFailed, match="incomplete") as caught:
        read_archive(board.to_archive(TIMESTAMP))
    assert caught.value.number == 3


@pytest.mark.parametrize("size", [1, 511, 512, 513, 1024])
def test_documents_of_any_length_survive_the_container(size: int) -> None:
    entries = (make_entry("data", b"x" * size), make_entry("event", b"{}"))
    data = write_container(entries, TIMESTAMP)
    assert len(data) % 512 == 0
    assert read_container(data).entries == entries


def test_the_header_spells_its_timestamp_as_text() -> None:
    """belenios-tool regenerates it so and compares bytes."""
    header = read_container(write_container([], TIMESTAMP)).header
    assert json.loads(header) == {"version": 1, "timestamp": str(TIMESTAMP)}


@pytest.mark.parametrize("timestamp", [-1, 8**11])
def test_a_time_that_does_not_fit_is_a_programmers_error(timestamp: int) -> None:
    with pytest.raises(ValueError, match="fit"):
        write_container([], timestamp)


@pytest.mark.parametrize("first", [0, 1, TIMESTAMP])
def test_every_header_bears_the_time_of_the_first(first: int) -> None:
    one, other = (make_entry("data", text) for text in (b"one", b"other"))
    data = bytearray(write_container((one, other), first))
    second = len(write_container((one,), first))
    data[second : second + 512] = write_container((one, other), first + 1)[second : second + 512]
    with pytest.raises(TallyError, match=f"header at byte {second} "):
        read_container(bytes(data))


def test_what_would_be_appended_is_told_without_appending_it() -> None:
    scene = make_scene("Ed25519")
    record, board = scene.record(), opened(scene)
    before = (board.height, board.head, board.to_archive(0))
    growth = board.next(ballot_step(record.ballots[0]), END_BALLOTS)
    assert (board.height, board.head, board.to_archive(0), board.ballots) == (*before, [])
    board.append(ballot_step(record.ballots[0]))
    middle = (board.height, board.head, board.to_archive(0))
    board.append(END_BALLOTS)
    assert (growth.height, growth.head) == (board.height, board.head)
    with pytest.raises(ValueError, match="grown since"):
        board.take(growth)
    assert board.to_archive(0, before[1]) == before[2]
    assert (board.height_of(middle[1]), board.to_archive(0, middle[1])) == (middle[0], middle[2])


def test_steps_of_which_one_may_not_come_are_not_taken_at_all() -> None:
    scene = make_scene("Ed25519")
    board = opened(scene)
    head, archive = board.head, board.to_archive(0)
    with pytest.raises(ValueError, match="EndShuffles may not come after Ballot"):
        board.take(board.next(ballot_step(scene.ballots[0]), END_SHUFFLES))
    assert (board.head, board.to_archive(0), board.ballots) == (head, archive, [])


def test_the_same_steps_are_worked_out_anew_once_the_board_has_grown() -> None:
    scene = make_scene("Ed25519")
    board, steps = opened(scene), [ballot_step(raw) for raw in scene.ballots[:2]]
    asked = board.next(steps[0])
    assert board.next(steps[0]) is asked
    assert board.next(steps[1]).head != asked.head
    board.take(board.next(steps[1]))
    later = board.next(steps[0])
    assert (later.parent, later.height) == (board.head, asked.height + 1)
    assert later.head != asked.head


def test_a_header_is_written_as_tar_writes_it() -> None:
    archive = make_scene("Ed25519").record().archive()
    with tarfile.open(fileobj=io.BytesIO(archive)) as read:
        first = known(read.next())
        assert (first.offset_data, first.size, first.mtime, first.type) == (512, first.size, TIMESTAMP, tarfile.REGTYPE)
        content = known(read.extractfile(first)).read()
    name = first.name.encode()
    numbers = b"0000644\0" + b"0000000\0" * 2 + b"%011o\0" % len(content) + b"%011o\0" % TIMESTAMP
    checked = name + bytes(100 - len(name)) + numbers
    expected = checked + b"%06o\0 " % (sum(checked) + 8 * 32 + ord("0")) + b"0"
    assert archive[:512] == expected + bytes(512 - len(expected))
    assert archive[512 : 512 + len(content)] == content
