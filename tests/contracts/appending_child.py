"""Appends without end from fifty greenlets and prints each number once acknowledged; made to be killed."""

import sys
from pathlib import Path

import gevent

from voting.sitting.events import BallotAccepted
from voting.storage.engine import open_engine, upgrade
from voting.storage.journal.group_commit import BallotRow, BoardRow, GroupCommitJournal, Unit


def unit(number: int) -> Unit:
    tracker = f"t{number}"
    event = BallotAccepted(at=number, poll="p", delegate="001", tracker=tracker, height=number, head="h")
    return Unit(
        (event,), (BallotRow("p", tracker, b"x" * 4000),), (BoardRow("p", number, f"k{number}", tracker, press=1),)
    )


def append_forever(journal: GroupCommitJournal, number: int) -> None:
    while True:
        journal.append(unit(number)).wait()
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        number += 50


def main(path: Path) -> None:
    engine = open_engine(path)
    upgrade(engine)
    journal = GroupCommitJournal(
        engine, open_engine(engine.url), lambda _rows: None, lambda error: sys.exit(repr(error))
    )
    gevent.joinall([gevent.spawn(append_forever, journal, number) for number in range(50)], raise_error=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
