"""A journal without a disk."""

from collections.abc import Callable, Iterator, Sequence

from voting.storage.journal.chain import GENESIS, JournalRow, Unit, check_chain, link
from voting.storage.journal.port import JournalFailed, Pending
from voting.storage.journal.stopping import StopReason


class MemoryJournal:
    """For unit tests: forgets with the process. A unit counts as durable as soon as it is taken in."""

    def __init__(
        self,
        on_commit: Callable[[Sequence[JournalRow]], None] = lambda _rows: None,
        on_failure: Callable[[BaseException], None] = lambda _error: None,
    ) -> None:
        self._on_commit, self._on_failure = on_commit, on_failure
        self._stopped: str | None = None
        self._reason: StopReason | None = None
        self._head = (0, GENESIS)
        self._rows: list[tuple[int, str, bytes]] = []
        self._ballots: dict[tuple[str, str], bytes] = {}
        self._board: set[tuple[str | int, ...]] = set()

    def replay(self) -> Iterator[JournalRow]:
        return check_chain(iter(list(self._rows)))

    def append(self, unit: Unit) -> Pending:
        pending = Pending()
        places = [p for row in unit.board for p in ((row.poll, row.height), (row.poll, row.credential, row.press))]
        taken = len(set(places)) < len(places) or not self._board.isdisjoint(places)
        if taken and self._stopped is None:
            self._stopped = "a board place or a credential is taken"
            self._reason = StopReason.FAILED
            self._on_failure(JournalFailed(self._stopped))
        if self._stopped is not None:
            pending.fail(JournalFailed(self._stopped))
            return pending
        self._board.update(places)
        pending.resolve(self._take(unit))
        return pending

    def _take(self, unit: Unit) -> tuple[JournalRow, ...]:
        linked = link(*self._head, unit.events)
        for ballot in unit.ballots:
            self._ballots.setdefault((ballot.poll, ballot.tracker), ballot.body)
        self._rows.extend((row.seq, row.hash, raw) for row, raw in zip(linked.rows, linked.raws, strict=True))
        if linked.rows:
            self._head = (linked.rows[-1].seq, linked.rows[-1].hash)
            self._on_commit(linked.rows)
        return linked.rows

    def ballot(self, poll: str, tracker: str) -> bytes | None:
        return self._ballots.get((poll, tracker))

    def head(self) -> tuple[int, str]:
        return self._head

    def stopped(self) -> StopReason | None:
        return self._reason

    def close(self) -> None:
        self._stopped = self._stopped or "the journal is closed"
