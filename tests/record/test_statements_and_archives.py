"""A statement and its archive: which belongs to which, and which poll has one at all."""

import hashlib
from typing import Any

import msgspec
from msgspec.structs import replace

from tests.support.chamber import Chamber
from tests.support.known import known
from tests.support.statements import archive, decided, refusal, signed, stated
from voting.congress.law.question import Medium
from voting.record.count_statement import CountCheck, read_statement
from voting.record.outcome import count_in
from voting.tally.board.archive import read_archive
from voting.tally.board.chain import END_BALLOTS, Board, result_step


def archived(chamber: Chamber, description: str) -> bytes:
    """The archive of an election of this description in which nobody voted."""
    election: dict[str, Any] = msgspec.json.decode(chamber.service.boards["motion"].election.raw)
    board = Board.open(msgspec.json.encode(election | {"description": description}), b"[]", b"[]")
    board.append(END_BALLOTS)
    board.append(board.encrypted_tally_step(b"[]"))
    board.append(result_step(b'{"result":[[0,0,0]]}'))
    return board.to_archive(1_700_000_000)


def test_another_archive_or_none_is_found(chamber: Chamber) -> None:
    raw = stated(chamber, "mixed")
    another = (CountCheck.ARCHIVE, "it belongs to another archive")
    assert refusal(raw, archive(chamber, "motion")) == another
    assert refusal(raw, known(archive(chamber, "mixed")) + b"\0") == another
    assert refusal(raw, None) == (CountCheck.ARCHIVE, "it belongs to an archive, which is not given")
    assert refusal(stated(chamber, "hands"), archive(chamber, "mixed")) == (
        CountCheck.ARCHIVE,
        "the poll was counted by hand and has no archive",
    )


def test_a_poll_with_votes_at_terminals_cannot_do_without_its_archive(chamber: Chamber) -> None:
    for poll in ("motion", "mixed"):
        bare = replace(read_statement(stated(chamber, poll)), archive_sha256="", fingerprint="")
        assert refusal(signed(bare), None) == (
            CountCheck.ARCHIVE,
            "a poll with votes at terminals names no archive",
        )


def test_an_archive_without_rules_says_nothing_about_a_statement(chamber: Chamber) -> None:
    other = archived(chamber, "free text")
    named = replace(read_statement(stated(chamber, "motion")), archive_sha256=hashlib.sha256(other).hexdigest())
    assert refusal(signed(named), other) == (CountCheck.ARCHIVE, "the record does not state its rules")


def test_votes_at_terminals_cannot_be_passed_off_as_counted_by_hand(chamber: Chamber) -> None:
    """Archive, papers, their sum and what it decides agree; yet a poll by hand has no votes at terminals."""
    hands = read_statement(stated(chamber, "hands"))
    described: dict[str, Any] = msgspec.json.decode(chamber.service.boards["motion"].election.description)
    by_hand = described | {"poll": described["poll"] | {"medium": Medium.BY_HAND.value}}
    raw = archived(chamber, msgspec.json.encode(by_hand).decode())
    found = count_in(raw)
    joined = decided(
        replace(
            hands,
            election_uuid=found.election_uuid,
            poll=found.description.poll,
            fingerprint=read_archive(raw).fingerprint,
            archive_sha256=hashlib.sha256(raw).hexdigest(),
            electronic=found.count,
        )
    )
    assert joined.medium is Medium.MIXED
    altered = signed(replace(joined, medium=Medium.BY_HAND))
    assert refusal(altered, raw) == (CountCheck.JOINED, "the medium is not that of the count")
