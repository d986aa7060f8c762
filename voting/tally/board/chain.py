"""The board while a poll runs: the public record, appended event by event.

The head is the hash of the last event and so commits to everything before it; the head after Setup
is the poll's fingerprint. Appending checks order only, never cryptography.
"""

from typing import NamedTuple

from voting.tally.ballots.ballot import last_of_each
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


class Step(NamedTuple):
    """An event to come with the documents it brings; the last of them is its payload."""

    kind: str
    documents: tuple[bytes, ...] = ()


class Growth(NamedTuple):
    """What steps would put on a board whose head is `parent`, and the height and head after them."""

    parent: str
    steps: tuple[Step, ...]
    entries: tuple[Entry, ...]
    height: int
    head: str


class Board:
    """Append-only. `next` tells what would be; `take` and `append` alone change anything.

    Both raise ValueError when an event may not come now.
    """

    def __init__(self) -> None:
        self.height = -1
        self.head = ""
        self.fingerprint = ""
        self.ballots: list[bytes] = []
        self._grammar: Grammar = SUMMED
        self._terms = Terms()
        self._last = ""
        self._entries: list[Entry] = []
        self._asked = Growth("", (), (), -1, "")  # the last answer of `next`: it is asked before and after a decision
        self._ends: dict[str, tuple[int, int]] = {}  # head -> its height, and how many entries lie up to it

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
        board.append(Step("Setup", (*documents, setup)))
        board.fingerprint = board.head
        return board

    def next(self, *steps: Step) -> Growth:
        """What these steps would append, in order. Nothing changes, and nobody asks whether they may come now."""
        if steps and (self._asked.parent, self._asked.steps) == (self.head, steps):
            return self._asked
        entries: list[Entry] = []
        head, height = self.head, self.height
        for step in steps:
            data = [make_entry("data", raw) for raw in step.documents]
            height += 1
            event = _event(step.kind, head, height, data[-1].digest if data else None)
            entries += [*data, event]
            head = event.digest
        self._asked = Growth(self.head, steps, tuple(entries), height, head)
        return self._asked

    def take(self, growth: Growth) -> None:
        """Append what `next` told of this board as it still is; all of it or nothing."""
        if growth.parent != self.head:
            raise ValueError("the board has grown since")
        last = self._last
        for step in growth.steps:
            if step.kind not in self._grammar[last]:
                raise ValueError(f"{step.kind} may not come after {last or 'the start'}")
            last = step.kind
        self._entries += growth.entries
        self.height, self.head, self._last = growth.height, growth.head, last
        self._ends[self.head] = (self.height, len(self._entries))
        self.ballots += [step.documents[0] for step in growth.steps if step.kind == "Ballot"]

    def append(self, *steps: Step) -> None:
        """Append these, all or nothing."""
        self.take(self.next(*steps))

    def encrypted_tally_step(self, raw: bytes) -> Step:
        """The encrypted tally of the ballots on this board, with its size."""
        count = self.n_counted
        sized = dump({"num_tallied": count, "total_weight": count, "encrypted_tally": sha256_hex(raw)})
        return Step("EncryptedTally", (raw, sized))

    @property
    def n_counted(self) -> int:
        """How many ballots count: all, or one per credential where a later ballot replaces an earlier one."""
        if not self._terms.last_counts:
            return len(self.ballots)
        return len(last_of_each((str(load(raw)["credential"]), raw) for raw in self.ballots))

    def height_of(self, head: str) -> int:
        """The height of the event of this hash. Raises KeyError when no step ended with it."""
        return self._ends[head][0]

    def entries(self, head: str) -> tuple[Entry, ...]:
        """Documents and events up to the event of this hash. Raises KeyError when no step ended with it."""
        return tuple(self._entries[: self._ends[head][1]])

    def to_archive(self, timestamp: int, head: str | None = None) -> bytes:
        """The ``.bel`` file, up to the event of this hash or the last one.

        ``timestamp``: seconds since 1970 at which the poll was opened.
        """
        return write_container(self.entries(self.head if head is None else head), timestamp)


END_BALLOTS = Step("EndBallots")
"""Close the poll: no ballot can be appended afterwards."""
END_SHUFFLES = Step("EndShuffles")
"""Enough scrutineers have shuffled: from here on what the last one left is decrypted."""


def closed_head_of(head: str, ballots: int) -> str:
    """The head once voting has ended, from the head after so many ballots (the fingerprint after none)."""
    return _event(END_BALLOTS.kind, head, ballots + 1, None).digest


def ballot_head_of(head: str, height: int, digest: str) -> str:
    """The head after a ballot of this hash (hex) at `height`, from the head before it."""
    return _event("Ballot", head, height, digest).digest


def ballot_step(raw: bytes) -> Step:
    """A ballot that was checked before."""
    return Step("Ballot", (raw,))


def shuffle_step(owned: bytes, raw: bytes) -> Step:
    """A checked shuffle; ``owned`` is the document that says whose it is."""
    return Step("Shuffle", (raw, owned))


def decryption_step(owner: int, raw: bytes) -> Step:
    """A checked partial decryption of scrutineer ``owner`` (from 1)."""
    return Step("PartialDecryption", (raw, owned_by(owner, raw)))


def result_step(raw: bytes) -> Step:
    """The result, which completes the record."""
    return Step("Result", (raw,))


def owned_by(owner: int, raw: bytes) -> bytes:
    """The document that says whose ``raw`` is, in the published form: nobody signs it."""
    return dump({"owner": owner, "payload": sha256_hex(raw)})


def _event(kind: str, parent: str, height: int, payload: str | None) -> Entry:
    """The event that follows `parent`. payload: the hash of the last of its documents, if it has any."""
    fields = {"parent": parent or None, "height": height, "type": kind, "payload": payload}
    return make_entry("event", dump({name: value for name, value in fields.items() if value is not None}))


def _terms_of(election: bytes) -> Terms:
    try:
        value = load(election)
        return read_terms(value["description"]) if isinstance(value, dict) else Terms()
    except (TallyError, KeyError, AttributeError):
        return Terms()  # not an election; the reader will say so
