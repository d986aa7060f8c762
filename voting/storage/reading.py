"""A sitting from its database, read-only and without a server; a running one is not disturbed."""

from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from voting.record.boards import BoardDiffers
from voting.storage.engine import open_engine
from voting.storage.journal.chain import JournalBroken, JournalTooNew, check_chain
from voting.storage.replay import Replayed, replay
from voting.storage.tables.ballots import read_ballot
from voting.storage.tables.journal import read_rows


class RecordRefused(Exception):
    """Why there is no sitting to read; ``code`` is a stable word."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def read_sitting(database: Path) -> Replayed:
    """Check the journal's chain, fold it and rebuild every board. Raises RecordRefused."""
    engine = open_engine(database)
    try:
        replayed = replay(check_chain(read_rows(engine)), lambda poll, tracker: read_ballot(engine, poll, tracker))
    except JournalBroken as broken:
        raise RecordRefused("journal_broken", f"the journal does not hold: {broken}") from None
    except JournalTooNew as newer:
        raise RecordRefused("journal_too_new", str(newer)) from None
    except BoardDiffers as differs:
        raise RecordRefused("board_differs", str(differs)) from None
    except SQLAlchemyError as error:
        raise RecordRefused("database_unusable", f"{database} cannot be read: {type(error).__name__}") from None
    finally:
        engine.dispose()
    if replayed is None:
        raise RecordRefused("no_sitting", "the journal is empty")
    return replayed
