"""A sitting from its database, read-only and without a server; a running one is not disturbed."""

from enum import StrEnum
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from voting.record.boards import BoardDiffers
from voting.storage.engine import open_engine
from voting.storage.journal.chain import JournalBroken, JournalTooNew, check_chain
from voting.storage.replay import Replayed, replay
from voting.storage.tables.ballots import read_ballot
from voting.storage.tables.journal import read_rows


class ReadingProblem(StrEnum):
    """Why there is no sitting to read; the values are stable words for scripts."""

    NO_SITTING = "no_sitting"
    JOURNAL_BROKEN = "journal_broken"
    JOURNAL_TOO_NEW = "journal_too_new"
    BOARD_DIFFERS = "board_differs"
    DATABASE_UNUSABLE = "database_unusable"
    KEY_DAMAGED = "key_damaged"


class RecordRefused(Exception):
    """There is no sitting to read."""

    def __init__(self, problem: ReadingProblem, detail: str) -> None:
        super().__init__(detail)
        self.problem = problem


def read_sitting(database: Path) -> Replayed:
    """Check the journal's chain, fold it and rebuild every board. Raises RecordRefused."""
    engine = open_engine(database)
    try:
        replayed = replay(check_chain(read_rows(engine)), lambda poll, tracker: read_ballot(engine, poll, tracker))
    except JournalBroken as broken:
        raise RecordRefused(ReadingProblem.JOURNAL_BROKEN, f"the journal does not hold: {broken}") from None
    except JournalTooNew as newer:
        raise RecordRefused(ReadingProblem.JOURNAL_TOO_NEW, str(newer)) from None
    except BoardDiffers as differs:
        raise RecordRefused(ReadingProblem.BOARD_DIFFERS, str(differs)) from None
    except SQLAlchemyError as error:
        raise RecordRefused(
            ReadingProblem.DATABASE_UNUSABLE, f"{database} cannot be read: {type(error).__name__}"
        ) from None
    finally:
        engine.dispose()
    if replayed is None:
        raise RecordRefused(ReadingProblem.NO_SITTING, "the journal is empty")
    return replayed
