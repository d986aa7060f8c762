"""The tables of a sitting's database, each with its statements. The migrations build exactly these.

Law of this room: one module per table, and no statement on a table elsewhere.
"""

from voting.storage.tables.access import access_table
from voting.storage.tables.ballots import ballots_table
from voting.storage.tables.base import metadata
from voting.storage.tables.board import board_table
from voting.storage.tables.journal import journal_table

__all__ = ["access_table", "ballots_table", "board_table", "journal_table", "metadata"]
