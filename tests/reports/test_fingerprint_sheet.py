"""The sheet of fingerprints has the words that pages and badges show, and each poll's count report those of its box."""

from collections.abc import Callable

from msgspec.structs import replace
from pypdf import PdfReader

from voting.record.boards import closed_board_of
from voting.record.description import roster_document
from voting.reports.count_sheet import count_sheet
from voting.reports.fingerprint_sheet import fingerprint_sheet
from voting.reports.record import SittingRecord
from voting.reports.sheet import Sheet
from voting.reports.texts import NO_KEY_YET
from voting.sitting.state import Keys
from voting.tally.json_form import sha256_hex
from voting.words import fingerprint_words

Read = Callable[[Sheet], PdfReader]
TextOf = Callable[[PdfReader], str]
SERVER_KEY, PAGES = "ab" * 32, "cd" * 32


def words(value: str) -> set[str]:
    return {word.text for word in fingerprint_words(value)}


def test_keys_roster_and_pages_stand_on_it_in_words_and_in_hex(
    everything: SittingRecord, read: Read, text_of: TextOf
) -> None:
    ceremony = replace(everything.sitting.ceremony, keys=Keys(trustees="", public_key="key"))
    record = replace(everything, sitting=replace(everything.sitting, ceremony=ceremony))
    text = text_of(read(fingerprint_sheet(replace(record, server_key=SERVER_KEY, pages=PAGES))))
    key = sha256_hex(b"key")
    roster = sha256_hex(roster_document(everything.sitting.plan.roster))
    for value in (key, SERVER_KEY, roster, PAGES):
        assert all(word in text for word in words(value))
        assert value in text


def test_what_is_not_there_is_not_printed(everything: SittingRecord, read: Read, text_of: TextOf) -> None:
    sitting = replace(everything.sitting, ceremony=replace(everything.sitting.ceremony, keys=None))
    text = text_of(read(fingerprint_sheet(replace(everything, sitting=sitting))))
    assert NO_KEY_YET.zh in text
    assert "votingpages" not in text


def test_a_count_report_has_the_words_of_the_closed_box(everything: SittingRecord, read: Read, text_of: TextOf) -> None:
    closed = {id: closed_board_of(poll.progress) for id, poll in everything.polls.items() if poll.progress.count}
    heads = {id: board.head for id, board in closed.items() if board is not None}
    assert heads
    for id, head in heads.items():
        text = text_of(read(count_sheet(everything, everything.polls[id])))
        assert all(word in text for word in words(head))
