"""kill -9 at any instant loses nothing that was acknowledged and leaves no half unit."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from voting.sitting.events import BallotAccepted
from voting.storage.engine import open_engine, upgrade
from voting.storage.journal.group_commit import GroupCommitJournal
from voting.storage.tables import ballots_table, board_table

CHILD = Path(__file__).with_name("appending_child.py")


def kill_after(path: Path, acknowledgements: int) -> set[int]:
    """Every unit the child acknowledged, the last ones while it was being killed."""
    with subprocess.Popen([sys.executable, str(CHILD), str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(acknowledgements)]
        child.kill()
        lines += child.stdout.read().split("\n")[:-1]
    return {int(line) for line in lines}


@pytest.mark.parametrize("acknowledgements", [1, 137, 700])
def test_a_killed_process_loses_nothing_it_acknowledged(tmp_path: Path, acknowledgements: int) -> None:
    acknowledged = kill_after(tmp_path / "plenary.db", acknowledgements)
    assert len(acknowledged) >= acknowledgements
    engine = open_engine(tmp_path / "plenary.db")
    upgrade(engine)
    journal = GroupCommitJournal(engine, open_engine(engine.url), lambda _rows: None, lambda _error: None)
    events = [row.event for row in journal.replay()]
    with engine.connect() as connection:
        boards = set(connection.execute(select(board_table.c.tracker)).scalars())
        ballots = set(connection.execute(select(ballots_table.c.tracker)).scalars())
    journal.close()
    engine.dispose()
    heights = [event.height for event in events if isinstance(event, BallotAccepted)]
    assert acknowledged <= set(heights)
    assert len(heights) == len(set(heights))
    assert boards == ballots == {f"t{height}" for height in heights}
