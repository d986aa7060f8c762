"""What is on a sheet, before anybody chooses a format: a Sheet is a heading and a row of blocks."""

import msgspec

from voting.words import Word, Words

Cell = str | int
"""Text, or a number that a spreadsheet can add up."""


class Block(msgspec.Struct, frozen=True, tag_field="block", tag=str.lower):
    """Base of all blocks."""


class Item(msgspec.Struct, frozen=True):
    """A label with its value; large: one of the figures that are read first."""

    label: Words
    value: Cell


class Figures(Block, frozen=True):
    """The numbers of the sheet, side by side in boxes."""

    items: tuple[Item, ...]


class Facts(Block, frozen=True):
    """Circumstances, one per line."""

    items: tuple[Item, ...]


class Column(msgspec.Struct, frozen=True):
    """share: width in relation to the other columns, or 0 for as wide as its content; right: a column of numbers."""

    title: Words
    share: int = 0
    right: bool = False


class Row(msgspec.Struct, frozen=True):
    """One row; strong: a winner or a sum."""

    cells: tuple[Cell, ...]
    strong: bool = False


class Table(Block, frozen=True):
    """A table whose header is repeated on every page. across: rows that a page may set side by side, for long lists."""

    heading: Words
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    across: int = 1


class Verdict(Block, frozen=True):
    """The sentence that the sheet exists for."""

    text: Words


class Notice(Block, frozen=True):
    """Something that must not be overlooked."""

    text: Words


class Lines(Block, frozen=True):
    """Numbered lines; their English is in the workbook only."""

    heading: Words
    lines: tuple[Words, ...]


class Speech(Block, frozen=True):
    """Paragraphs to be spoken."""

    paragraphs: tuple[str, ...]


class Fingerprint(Block, frozen=True):
    """A value that people compare: its words large, itself in small type. qr: what machines read of it, or empty.

    See ``voting.reports.fingerprints`` for how one is made.
    """

    label: Words
    value: str
    words: tuple[Word, ...]
    note: Words
    qr: str = ""


class Signature(msgspec.Struct, frozen=True):
    """A line to sign on; name: who is expected to sign, or empty."""

    role: Words
    name: str = ""


class Signatures(Block, frozen=True):
    """Lines to sign on, and one for the date."""

    lines: tuple[Signature, ...]
    date: Words


AnyBlock = Figures | Facts | Table | Verdict | Notice | Lines | Speech | Fingerprint | Signatures


class Sheet(msgspec.Struct, frozen=True):
    """One sheet. name: the stem of its files; over: the lines above the title; subject: the question, if any.

    as_of: Unix ms of the last event that the sheet takes account of.
    """

    name: str
    over: tuple[str, ...]
    title: Words
    subject: str
    as_of: int
    as_of_line: Words
    blocks: tuple[AnyBlock, ...]
