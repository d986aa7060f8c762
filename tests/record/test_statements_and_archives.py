"""A statement and its archive: which belongs to which, and which poll has one at all."""

import dataclasses
from typing import Any

import msgspec
from msgspec.structs import replace

from tests.support.chamber import Chamber
from tests.support.known import known
from tests.support.statements import decided, record_of, refusal, signed, stated
from voting.congress.law.question import Medium
from voting.congress.law.ruleset import Secrecy
from voting.record.count_statement import CountCheck, read_statement
from voting.record.outcome import count_in
from voting.tally.ballots.by_name import NO_TRUSTEES
from voting.tally.board.chain import END_BALLOTS, Board, result_step
from voting.tally.board.election import make_recorded_election
from voting.tally.verify.checks import VerifiedRecord, verify_archive


def recorded(chamber: Chamber, description: str) -> VerifiedRecord:
    """The record of a recorded motion of this description in which nobody voted."""
    motion = chamber.service.boards["motion"].election
    election = make_recorded_election(
        uuid=motion.uuid, name=motion.name, description=description, questions=motion.questions, group=motion.group
    )
    board = Board.open(election, NO_TRUSTEES, b"[]")
    board.append(END_BALLOTS)
    board.append(result_step(b'{"result":[[0,0,0]]}'))
    return verify_archive(board.to_archive(1_700_000_000))


def test_another_archive_or_none_is_found(chamber: Chamber) -> None:
    raw = stated(chamber, "mixed")
    another = (CountCheck.ARCHIVE, "it belongs to another archive")
    assert refusal(raw, record_of(chamber, "motion")) == another
    assert refusal(raw, dataclasses.replace(known(record_of(chamber, "mixed")), archive_sha256="0" * 64)) == another
    assert refusal(raw, None) == (CountCheck.ARCHIVE, "it belongs to an archive, which is not given")
    assert refusal(stated(chamber, "hands"), record_of(chamber, "mixed")) == (
        CountCheck.ARCHIVE,
        "the poll was counted by hand and has no archive",
    )


def test_a_poll_with_votes_at_terminals_cannot_do_without_its_record_of(chamber: Chamber) -> None:
    for poll in ("motion", "mixed"):
        bare = replace(read_statement(stated(chamber, poll)), archive_sha256="", fingerprint="")
        assert refusal(signed(bare), None) == (
            CountCheck.ARCHIVE,
            "a poll with votes at terminals names no archive",
        )


def test_an_archive_without_rules_says_nothing_about_a_statement(chamber: Chamber) -> None:
    other = recorded(chamber, "free text")
    named = replace(read_statement(stated(chamber, "motion")), archive_sha256=other.archive_sha256)
    check, detail = refusal(signed(named), other)
    assert (check, detail.startswith("the record does not state its rules")) == (CountCheck.ARCHIVE, True)


def test_votes_at_terminals_cannot_be_passed_off_as_counted_by_hand(chamber: Chamber) -> None:
    """Archive, papers, their sum and what it decides agree; yet a poll by hand has no votes at terminals."""
    hands = read_statement(stated(chamber, "hands"))
    described: dict[str, Any] = msgspec.json.decode(chamber.service.boards["motion"].election.description)
    poll = described["poll"] | {"medium": Medium.BY_HAND.value, "secrecy": Secrecy.RECORDED.value}
    record = recorded(chamber, msgspec.json.encode(described | {"poll": poll}).decode())
    found = count_in(record)
    joined = decided(
        replace(
            hands,
            election_uuid=found.election_uuid,
            poll=found.description.poll,
            fingerprint=record.fingerprint,
            archive_sha256=record.archive_sha256,
            electronic=found.count,
        )
    )
    assert joined.medium is Medium.MIXED
    altered = signed(replace(joined, medium=Medium.BY_HAND))
    assert refusal(altered, record) == (CountCheck.JOINED, "the medium is not that of the count")
