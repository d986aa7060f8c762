"""A sitting's record from its database, read-only and without a server; a running one is not disturbed."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from voting.congress.events import AnyEvent
from voting.congress.sitting import Sitting, evolve
from voting.reports.record import SittingRecord, record_of, with_digests
from voting.server.boards import BoardDiffers, Boards
from voting.server.database import open_engine
from voting.server.journal_chain import JournalBroken, check_chain
from voting.server.journal_store import read_ballot, read_rows


class RecordRefused(Exception):  # noqa: N818 - a refusal, as everywhere else
    """Why there is no record to report from; ``code`` is a stable word."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def read_record(database: Path) -> SittingRecord:
    """Check the journal's chain, rebuild every board and fold the journal. Raises RecordRefused."""
    engine = open_engine(database)
    try:
        return _record(engine)
    except JournalBroken as broken:
        raise RecordRefused("journal_broken", f"the journal does not hold: {broken}") from None
    except BoardDiffers as differs:
        raise RecordRefused("board_differs", str(differs)) from None
    except SQLAlchemyError as error:
        raise RecordRefused("database_unusable", f"{database} cannot be read: {type(error).__name__}") from None
    finally:
        engine.dispose()


def _record(engine: Engine) -> SittingRecord:
    boards = Boards(lambda poll, tracker: read_ballot(engine, poll, tracker))
    try:
        record = record_of(_replayed(engine, boards))
    except ValueError:
        raise RecordRefused("no_sitting", "the journal is empty") from None
    return with_digests(record, boards.digests())


def _replayed(engine: Engine, boards: Boards) -> Iterator[AnyEvent]:
    state: Sitting | None = None
    for row in check_chain(read_rows(engine)):
        state = evolve(state, row.event)
        boards.replay(row.event, state)
        yield row.event
