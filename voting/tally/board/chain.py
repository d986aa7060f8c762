"""The board while a poll runs: the public record, appended event by event.

The head is the hash of the last event and so commits to everything before it; the head after Setup
is the poll's fingerprint. Appending checks order only, never cryptography.
"""

from typing import NamedTuple

from voting.tally.ballots.ballot import last_of_each, tracker_of
from voting.tally.ballots.terms import Terms, read_terms
from voting.tally.board.archive import SUMMED, Grammar, grammar_of
from voting.tally.board.container import Entry, make_entry, write_container
from voting.tally.errors import TallyError
from voting.tally.json_form import dump, load, sha256_hex


class BoardEntry(NamedTuple):
    """Where a ballot stands: its event's height (Setup is 0), the head after it, and its tracker."""

    height: int
    head: str
    tracker: str


class Board:
    """Mutable, append-only. Every method raises ValueError when its event may not come now."""

    def __init__(self) -> None:
        self.height = -1
        self.head = ""
        self.fingerprint = ""
        self.ballots: list[bytes] = []
        self._grammar: Grammar = SUMMED
        self._terms = Terms()
        self._last = ""
        self._entries: list[Entry] = []

    @classmethod
    def open(cls, election: bytes, trustees: bytes, credentials: bytes) -> "Board":
        """A board with its Setup event: the poll as it is frozen when the chair opens it.

        The election says which events will be allowed (shuffles, nothing encrypted), and which ballots
        count. ``trustees`` is ``[]`` in a recorded poll, and ``credentials`` the list of its voters.
        """
        board = cls()
        board._grammar, board._terms = grammar_of(election), _terms_of(election)
        names = ("election", "trustees", "credentials")
        documents = (election, trustees, credentials)
        setup = dump({name: sha256_hex(raw) for name, raw in zip(names, documents, strict=True)})
        board._append("Setup", *documents, setup)
        board.fingerprint = board.head
        return board

    def append_ballot(self, raw: bytes) -> BoardEntry:
        """Append a ballot that was checked before."""
        self._append("Ballot", raw)
        self.ballots.append(raw)
        return BoardEntry(self.height, self.head, tracker_of(raw))

    def end_ballots(self) -> None:
        """Close the poll: no ballot can be appended afterwards."""
        self._append("EndBallots")

    def append_encrypted_tally(self, raw: bytes) -> None:
        """Append the tally made by ``sum_ballots`` from the ballots on this board."""
        count = self.n_counted
        sized = dump({"num_tallied": count, "total_weight": count, "encrypted_tally": sha256_hex(raw)})
        self._append("EncryptedTally", raw, sized)

    @property
    def n_counted(self) -> int:
        """How many ballots count: all, or one per credential where a later ballot replaces an earlier one."""
        if not self._terms.last_counts:
            return len(self.ballots)
        return len(last_of_each((str(load(raw)["credential"]), raw) for raw in self.ballots))

    def append_shuffle(self, owner: int, raw: bytes) -> None:
        """Append a checked shuffle by scrutineer ``owner`` (from 1)."""
        self._append("Shuffle", raw, dump({"owner": owner, "payload": sha256_hex(raw)}))

    def end_shuffles(self) -> None:
        """Enough scrutineers have shuffled: from here on what the last one left is decrypted."""
        self._append("EndShuffles")

    def append_partial_decryption(self, owner: int, raw: bytes) -> None:
        """Append a checked partial decryption of scrutineer ``owner`` (from 1)."""
        self._append("PartialDecryption", raw, dump({"owner": owner, "payload": sha256_hex(raw)}))

    def append_result(self, raw: bytes) -> None:
        """Append the result; the record is then complete."""
        self._append("Result", raw)

    def to_archive(self, timestamp: int) -> bytes:
        """The ``.bel`` file. ``timestamp``: seconds since 1970 at which the poll was opened."""
        return write_container(self._entries, timestamp)

    def _append(self, kind: str, *documents: bytes) -> None:
        """Append documents and their event; the last document is the event's payload."""
        if kind not in self._grammar[self._last]:
            raise ValueError(f"{kind} may not come after {self._last or 'the start'}")
        data = [make_entry("data", raw) for raw in documents]
        fields = {
            "parent": self.head or None,
            "height": self.height + 1,
            "type": kind,
            "payload": data[-1].digest if data else None,
        }
        event = make_entry("event", dump({name: value for name, value in fields.items() if value is not None}))
        self._entries += [*data, event]
        self.height, self.head, self._last = self.height + 1, event.digest, kind


def _terms_of(election: bytes) -> Terms:
    try:
        value = load(election)
        return read_terms(value["description"]) if isinstance(value, dict) else Terms()
    except (TallyError, KeyError, AttributeError):
        return Terms()  # not an election; the reader will say so
