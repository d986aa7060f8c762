"""The public record: a hash chain of events, each right after the documents that it brings.

Specification: "Public data". One grammar for each kind of poll, one order of writing; a record that is
not complete, or holds a document that no event brings, is refused. A recorded (named) poll keeps the
same board, but nothing in it is encrypted: after the ballots comes the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from voting.tally.board.container import Container, Entry, read_container
from voting.tally.errors import CheckFailed, TallyError
from voting.tally.json_form import is_shallow, load, sha256_hex

HEADER_FORM = {"version": "int", "timestamp": "string"}
EVENT_FORM = {"parent?": "string", "height": "int", "type": "string", "payload?": "string"}
SETUP_FORM = {"election": "string", "trustees": "string", "credentials": "string"}
SIZED_FORM = {"num_tallied": "int", "total_weight": "int", "encrypted_tally": "string"}
OWNED_FORM = {"owner": "int", "payload": "string"}

Grammar = dict[str, frozenset[str]]
"""Which event may follow which; "" stands for the beginning."""

_BALLOTS: Grammar = {
    "": frozenset({"Setup"}),
    "Setup": frozenset({"Ballot", "EndBallots"}),
    "Ballot": frozenset({"Ballot", "EndBallots"}),
    "Result": frozenset(),
}
_DECRYPTIONS: Grammar = {
    "EndBallots": frozenset({"EncryptedTally"}),
    "PartialDecryption": frozenset({"PartialDecryption", "Result"}),
}


SUMMED: Grammar = _BALLOTS | _DECRYPTIONS | {"EncryptedTally": frozenset({"PartialDecryption", "Result"})}
"""A secret poll whose questions are all homomorphic."""
MIXED: Grammar = (
    _BALLOTS
    | _DECRYPTIONS
    | {
        "EncryptedTally": frozenset({"Shuffle"}),
        "Shuffle": frozenset({"Shuffle", "EndShuffles"}),
        "EndShuffles": frozenset({"PartialDecryption", "Result"}),
    }
)
"""A secret poll with a question that goes through shuffles."""
RECORDED: Grammar = _BALLOTS | {"EndBallots": frozenset({"Result"})}
"""A recorded poll."""
WITHOUT_PAYLOAD = frozenset({"EndBallots", "EndShuffles"})

REFERENCES: dict[str, tuple[str, ...]] = {
    "Setup": ("election", "trustees", "credentials"),
    "EncryptedTally": ("encrypted_tally",),
    "Shuffle": ("payload",),
    "PartialDecryption": ("payload",),
}
"""The fields of an event's payload that name further documents, in the order in which these precede it."""


class BoardBallot(NamedTuple):
    """A ballot as it stands on the board; ``head`` is the hash of its event."""

    raw: bytes
    height: int
    head: str


class OwnedDocument(NamedTuple):
    """A scrutineer's shuffle or partial decryption, and the document that names its owner."""

    owned: bytes
    raw: bytes


@dataclass(frozen=True)
class Archive:
    """A record whose container, chain and grammar hold (checks 1 to 3). Its documents are raw bytes.

    In a recorded poll there are no encrypted tally and no size of it.
    """

    sha256: str
    timestamp: int
    header: bytes = field(repr=False)
    events: tuple[bytes, ...] = field(repr=False)
    election: bytes = field(repr=False)
    trustees: bytes = field(repr=False)
    credentials: bytes = field(repr=False)
    setup: bytes = field(repr=False)
    ballots: tuple[BoardBallot, ...] = field(repr=False)
    encrypted_tally: bytes | None = field(repr=False)
    sized_tally: bytes | None = field(repr=False)
    shuffles: tuple[OwnedDocument, ...] = field(repr=False)
    decryptions: tuple[OwnedDocument, ...] = field(repr=False)
    result: bytes = field(repr=False)
    fingerprint: str
    head: str


@dataclass(frozen=True)
class EventGroup:
    """An event with the documents written right before it."""

    raw: bytes
    digest: str
    parent: str | None
    height: int
    type: str
    payload: str | None
    data: tuple[Entry, ...]


def read_archive(data: bytes) -> Archive:
    """Read a complete record strictly. Raises CheckFailed with number 1, 2 or 3."""
    container = read_container(data)
    groups = check_chain(container.entries)
    check_grammar(container, groups)
    return collect(container, groups, sha256_hex(data))


def check_chain(entries: Sequence[Entry]) -> list[EventGroup]:
    """Check 2: every event names the hash of the one before, and heights count 0, 1, 2..."""
    groups: list[EventGroup] = []
    data: list[Entry] = []
    for entry in entries:
        if entry.kind == "data":
            data.append(entry)
            continue
        group = _read_event(entry, tuple(data))
        parent = groups[-1].digest if groups else None
        if group.parent != parent or group.height != len(groups):
            raise CheckFailed(2, "event_chain", f"event {len(groups)} does not continue the one before it")
        groups.append(group)
        data = []
    if not groups:
        raise CheckFailed(2, "event_chain", "the record holds no event")
    return groups


def check_grammar(container: Container, groups: list[EventGroup]) -> None:
    """Check 3: the allowed order, a Result at the end, and before each event exactly its documents."""
    check_order(groups)
    if container.entries[-1].kind != "event":
        raise _ungrammatical("a document stands after the last event")
    if groups[-1].type != "Result":
        raise _ungrammatical("the record is incomplete: it does not end with a Result")


def check_order(groups: Sequence[EventGroup]) -> None:
    """Check 3 of a record as far as it goes: it need not be complete. Raises CheckFailed with number 3."""
    last = ""
    followers = grammar_of(groups[0].data[0].raw if groups[0].data else b"")
    for group in groups:
        if group.type not in followers[last]:
            raise _ungrammatical(f"event {group.height} ({group.type[:20]}) may not come after {last or 'the start'}")
        _check_documents(group)
        last = group.type


def grammar_of(election: bytes) -> Grammar:
    """The order of events that an election document asks for; it need not be valid otherwise."""
    value = _plain_object(election)
    if "secrecy" in value:
        return RECORDED
    questions = value.get("questions")
    listed = questions if isinstance(questions, list) else []
    return MIXED if any(isinstance(question, dict) and "type" in question for question in listed) else SUMMED


def collect(container: Container, groups: list[EventGroup], sha256: str) -> Archive:
    """Name the documents of a record that satisfies the grammar; ``sha256`` is that of the whole file."""
    setup, result = groups[0], groups[-1]
    tally = next((group for group in groups if group.type == "EncryptedTally"), None)
    election, trustees, credentials, setup_data = (entry.raw for entry in setup.data)
    return Archive(
        sha256=sha256,
        timestamp=container.timestamp,
        header=container.header,
        events=tuple(group.raw for group in groups),
        election=election,
        trustees=trustees,
        credentials=credentials,
        setup=setup_data,
        ballots=tuple(
            BoardBallot(group.data[0].raw, group.height, group.digest) for group in groups if group.type == "Ballot"
        ),
        encrypted_tally=tally.data[0].raw if tally else None,
        sized_tally=tally.data[1].raw if tally else None,
        shuffles=_owned(groups, "Shuffle"),
        decryptions=_owned(groups, "PartialDecryption"),
        result=result.data[0].raw,
        fingerprint=setup.digest,
        head=result.digest,
    )


def _owned(groups: list[EventGroup], kind: str) -> tuple[OwnedDocument, ...]:
    return tuple(
        OwnedDocument(owned=group.data[1].raw, raw=group.data[0].raw) for group in groups if group.type == kind
    )


def _read_event(entry: Entry, data: tuple[Entry, ...]) -> EventGroup:
    event = _plain_object(entry.raw)
    height, kind = event.get("height"), event.get("type")
    parent, payload = event.get("parent"), event.get("payload")
    texts = isinstance(kind, str) and all(value is None or isinstance(value, str) for value in (parent, payload))
    if isinstance(height, float) and height.is_integer():
        height = int(height)  # 1.0 is misspelled, which check 4 says, as the pages' verifier does
    if not isinstance(height, int) or isinstance(height, bool) or not texts:
        raise CheckFailed(2, "event_chain", "an event has no height or no type")
    return EventGroup(entry.raw, entry.digest, parent, height, str(kind), payload, data)


def _check_documents(group: EventGroup) -> None:
    found = [entry.digest for entry in group.data]
    expected: list[Any] = []
    if group.type not in WITHOUT_PAYLOAD:
        payload = _plain_object(group.data[-1].raw) if group.data else {}
        expected = [payload.get(name) for name in REFERENCES.get(group.type, ())] + [group.payload]
    elif group.payload is not None:
        raise _ungrammatical(f"{group.type} has a payload")
    if found != expected:
        raise _ungrammatical(f"event {group.height} does not stand right after exactly the documents that it names")


def _plain_object(raw: bytes) -> dict[str, Any]:
    """The fields of a JSON object; none when it is something else (a later check says what is wrong)."""
    try:
        value = load(raw)
    except TallyError:
        return {}
    return value if isinstance(value, dict) and is_shallow(value) else {}


def _ungrammatical(detail: str) -> CheckFailed:
    return CheckFailed(3, "event_grammar", detail)
