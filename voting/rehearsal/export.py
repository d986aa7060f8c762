"""A poll's archive from the database of a sitting: the journal is folded again, read-only and without a server."""

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from voting.record.boards import BoardDiffers, Boards
from voting.sitting.machine import Sitting, evolve
from voting.sitting.poll import Medium
from voting.storage.engine import open_engine
from voting.storage.journal.chain import JournalBroken, check_chain
from voting.storage.tables.ballots import read_ballot
from voting.storage.tables.journal import read_rows


class ExportRefused(Exception):  # noqa: N818 - a refusal, as everywhere else
    """Why there is no archive; ``code`` is a stable word."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def archive_of(database: Path, poll: str) -> bytes:
    """The `.bel` file of a counted poll. Raises ExportRefused."""
    engine = open_engine(database)
    try:
        return _archive(engine, poll)
    except JournalBroken as broken:
        raise ExportRefused("journal_broken", f"the journal does not hold: {broken}") from None
    except BoardDiffers as differs:
        raise ExportRefused("board_differs", str(differs)) from None
    except SQLAlchemyError as error:
        raise ExportRefused("database_unusable", f"{database} cannot be read: {type(error).__name__}") from None
    finally:
        engine.dispose()


def _archive(engine: Engine, poll: str) -> bytes:
    boards = Boards(lambda poll, tracker: read_ballot(engine, poll, tracker))
    state: Sitting | None = None
    for row in check_chain(read_rows(engine)):
        state = evolve(state, row.event)
        boards.replay(row.event, state)
    if state is None:
        raise ExportRefused("no_sitting", "the journal is empty")
    if poll not in state.polls:
        raise ExportRefused("unknown_poll", f'there is no poll "{poll}"; there are: {", ".join(state.polls)}')
    if state.polls[poll].plan.medium is Medium.BY_HAND:
        raise ExportRefused("poll_by_hand", f"poll {poll} is counted by hand; its record is its signed count.json")
    if poll not in boards.digests():
        raise ExportRefused("not_counted", f"poll {poll} is {state.polls[poll].state} and has no complete record yet")
    return boards[poll].archive()
