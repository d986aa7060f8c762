"""Signed counts that state something else than was counted, each signed by the holder of the key."""

from collections.abc import Callable
from functools import cache
from typing import Any

from tests.support.chamber import Chamber
from tests.support.forged.forgery import Files, Forgery
from tests.support.forged.lies import LIES, Lie
from tests.support.statements import OTHER, counted_sitting, signed, stated
from voting.record.count_statement import (
    read_statement,
)


@cache
def sitting() -> Chamber:
    """Its polls are counted at terminals, by hand, and both ways."""
    return counted_sitting()


def _files(poll: str, count: bytes, **receipts: Any) -> Files:
    board = sitting().service.boards.get(poll)
    return Files(board.archive() if board else None, count, **receipts)


def _lying(lie: Lie) -> Callable[[], Files]:
    return lambda: _files(lie.poll, signed(lie.tell(read_statement(stated(sitting(), lie.poll)))))


def _spelled(poll: str, spell: Callable[[bytes], bytes]) -> Callable[[], Files]:
    def build() -> Files:
        raw = stated(sitting(), poll)
        assert spell(raw) != raw
        return _files(poll, spell(raw))

    return build


def _honest(poll: str) -> Callable[[], Files]:
    return lambda: _files(poll, stated(sitting(), poll))


def _by_another(poll: str) -> Callable[[], Files]:
    return lambda: _files(poll, signed(read_statement(stated(sitting(), poll)), OTHER))


SPELLINGS: dict[str, Callable[[bytes], bytes]] = {
    "a_count_that_is_empty": lambda raw: b"{}",
    "a_count_of_another_version": lambda raw: raw.replace(b'"version":1', b'"version":2'),
    "a_count_with_a_blank": lambda raw: raw.replace(b'"version":1', b'"version": 1'),
    "a_count_with_an_unknown_field": lambda raw: raw.replace(b'"version":1', b'"version":1,"note":"x"'),
    "a_count_with_a_field_twice": lambda raw: raw.replace(b'"version":1', b'"in_office":3,"version":1'),
    "a_count_with_a_fraction": lambda raw: raw.replace(b'"issued":3', b'"issued":3.0'),
    "a_count_with_a_mark_of_byte_order": lambda raw: b"\xef\xbb\xbf" + raw,
}
COUNTS: tuple[Forgery, ...] = (
    *(Forgery(name, "C1", _spelled("hands", spell)) for name, spell in SPELLINGS.items()),
    Forgery(
        "a_count_changed_after_it_was_signed", "C2", _spelled("hands", lambda raw: raw.replace(b'"for":2', b'"for":3'))
    ),
    Forgery("a_count_signed_with_another_key_than_described", "C2", _by_another("mixed")),
    *(Forgery(lie.name, lie.check.number, _lying(lie)) for lie in LIES),
)
HONEST_COUNTS: tuple[Forgery, ...] = tuple(
    Forgery(f"honest_count_of_{poll}", None, _honest(poll)) for poll in ("hands", "mixed", "motion")
)
