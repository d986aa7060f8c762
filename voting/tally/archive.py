"""The public record: a hash chain of events, each right after the documents that it brings.

Specification: "Public data". One grammar, one order of writing; a record that is not complete,
or holds a document that no event brings, is refused.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from voting.tally.container import Container, Entry, read_container
from voting.tally.errors import CheckFailed, TallyError
from voting.tally.json_form import load, sha256_hex

HEADER_FORM = {"version": "int", "timestamp": "string"}
EVENT_FORM = {"parent?": "string", "height": "int", "type": "string", "payload?": "string"}
SETUP_FORM = {"election": "string", "trustees": "string", "credentials": "string"}
SIZED_FORM = {"num_tallied": "int", "total_weight": "int", "encrypted_tally": "string"}
OWNED_FORM = {"owner": "int", "payload": "string"}

FOLLOWERS: dict[str, frozenset[str]] = {
    "": frozenset({"Setup"}),
    "Setup": frozenset({"Ballot", "EndBallots"}),
    "Ballot": frozenset({"Ballot", "EndBallots"}),
    "EndBallots": frozenset({"EncryptedTally"}),
    "EncryptedTally": frozenset({"PartialDecryption", "Result"}),
    "PartialDecryption": frozenset({"PartialDecryption", "Result"}),
    "Result": frozenset(),
}
"""The grammar of a record: which event may follow which; "" stands for the beginning."""

REFERENCES: dict[str, tuple[str, ...]] = {
    "Setup": ("election", "trustees", "credentials"),
    "EncryptedTally": ("encrypted_tally",),
    "PartialDecryption": ("payload",),
}
"""The fields of an event's payload that name further documents, in the order in which these precede it."""


class BoardBallot(NamedTuple):
    """A ballot as it stands on the board; ``head`` is the hash of its event."""

    raw: bytes
    height: int
    head: str


class OwnedDecryption(NamedTuple):
    """A partial decryption and the document that names its owner."""

    owned: bytes
    raw: bytes


@dataclass(frozen=True)
class Archive:
    """A record whose container, chain and grammar hold (checks 1 to 3). Its documents are raw bytes."""

    sha256: str
    timestamp: int
    header: bytes = field(repr=False)
    events: tuple[bytes, ...] = field(repr=False)
    election: bytes = field(repr=False)
    trustees: bytes = field(repr=False)
    credentials: bytes = field(repr=False)
    setup: bytes = field(repr=False)
    ballots: tuple[BoardBallot, ...] = field(repr=False)
    encrypted_tally: bytes = field(repr=False)
    sized_tally: bytes = field(repr=False)
    decryptions: tuple[OwnedDecryption, ...] = field(repr=False)
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
    groups = check_chain(container)
    check_grammar(container, groups)
    return collect(container, groups, sha256_hex(data))


def check_chain(container: Container) -> list[EventGroup]:
    """Check 2: every event names the hash of the one before, and heights count 0, 1, 2..."""
    groups: list[EventGroup] = []
    data: list[Entry] = []
    for entry in container.entries:
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
    last = ""
    for group in groups:
        if group.type not in FOLLOWERS[last]:
            raise _ungrammatical(f"event {group.height} ({group.type[:20]}) may not come after {last or 'the start'}")
        _check_documents(group)
        last = group.type
    if container.entries[-1].kind != "event":
        raise _ungrammatical("a document stands after the last event")
    if last != "Result":
        raise _ungrammatical("the record is incomplete: it does not end with a Result")


def collect(container: Container, groups: list[EventGroup], sha256: str) -> Archive:
    """Name the documents of a record that satisfies the grammar; ``sha256`` is that of the whole file."""
    setup, result = groups[0], groups[-1]
    (tally,) = [group for group in groups if group.type == "EncryptedTally"]
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
        encrypted_tally=tally.data[0].raw,
        sized_tally=tally.data[1].raw,
        decryptions=tuple(
            OwnedDecryption(owned=group.data[1].raw, raw=group.data[0].raw)
            for group in groups
            if group.type == "PartialDecryption"
        ),
        result=result.data[0].raw,
        fingerprint=setup.digest,
        head=result.digest,
    )


def _read_event(entry: Entry, data: tuple[Entry, ...]) -> EventGroup:
    event = _plain_object(entry.raw)
    height, kind = event.get("height"), event.get("type")
    parent, payload = event.get("parent"), event.get("payload")
    texts = isinstance(kind, str) and all(value is None or isinstance(value, str) for value in (parent, payload))
    if not isinstance(height, int) or isinstance(height, bool) or not texts:
        raise CheckFailed(2, "event_chain", "an event has no height or no type")
    return EventGroup(entry.raw, entry.digest, parent, height, str(kind), payload, data)


def _check_documents(group: EventGroup) -> None:
    found = [entry.digest for entry in group.data]
    expected: list[Any] = []
    if group.type != "EndBallots":
        payload = _plain_object(group.data[-1].raw) if group.data else {}
        expected = [payload.get(name) for name in REFERENCES.get(group.type, ())] + [group.payload]
    elif group.payload is not None:
        raise _ungrammatical("EndBallots has a payload")
    if found != expected:
        raise _ungrammatical(f"event {group.height} does not stand right after exactly the documents that it names")


def _plain_object(raw: bytes) -> dict[str, Any]:
    """The fields of a JSON object; none when it is something else (a later check says what is wrong)."""
    try:
        value = load(raw)
    except TallyError:
        return {}
    return value if isinstance(value, dict) else {}


def _ungrammatical(detail: str) -> CheckFailed:
    return CheckFailed(3, "event_grammar", detail)
