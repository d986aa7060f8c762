"""Each document and event of a record written otherwise, named otherwise or put elsewhere (checks 2 to 4)."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.support.tally.broken.places import Path, Placed, at, called, replaced
from tests.support.tally.kinds import make_kind
from tests.support.tally.scenes import TIMESTAMP, Record, chain, make_scene
from voting.tally.board.archive import REFERENCES, WITHOUT_PAYLOAD
from voting.tally.board.container import Entry, make_entry, write_container
from voting.tally.errors import TallyCode
from voting.tally.json_form import dump, load, sha256_hex

Groups = list[tuple[str, list[bytes]]]
Edit = Callable[[bytes], bytes]
KINDS = ("summed", "ranked", "recorded")
NAMED = {("Setup", 3), ("EncryptedTally", 1), ("Shuffle", 1), ("PartialDecryption", 1)}
"""Documents that name others: where a name is missing, check 3 refuses before the form is looked at."""

MAY_LACK = {"statement_proofs"}
"""Fields that check 14 asks for: the published format does not have them."""

SPELLINGS: dict[str, Edit] = {
    "with spaces": lambda raw: json.dumps(load(raw), ensure_ascii=False).encode(),
    "with a line's end": lambda raw: raw + b"\n",
    "with an escape": lambda raw: _escaped(raw),
}
SHAPES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "with another field": lambda fields: {**fields, "note": "x"},
    "without a field": lambda fields: dict([item for item in fields.items() if item[0] not in MAY_LACK][:-1]),
    "in another order": lambda fields: dict(reversed(fields.items())),
}


def _escaped(raw: bytes) -> bytes:
    """The first letter or digit of a text, written by its number."""
    place = next(
        place for place in range(len(raw)) if raw[place : place + 1] == b'"' and raw[place + 1 : place + 2].isalnum()
    )
    return raw[: place + 1] + b"\\u%04x" % raw[place + 1] + raw[place + 2 :]


def _objects(value: Any, path: Path = ()) -> Iterator[Path]:
    """The places of all objects in a document."""
    if isinstance(value, dict):
        yield path
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _objects(part, (*path, key))


OPTIONAL = ("extra", "signature")
"""Last fields that the form can do without; that a key must be signed is said by check 6, ballots are signed by 10."""


def edits_of(raw: bytes) -> Iterator[tuple[str, TallyCode, bytes]]:
    """Each object of a document in another shape, and the document in each other spelling."""
    value = load(raw)
    for what, spell in SPELLINGS.items():
        if b'"' in raw or what == "with a line's end":
            yield what, TallyCode.DOCUMENT_NOT_CANONICAL, spell(raw)
    for path in _objects(value):
        for what, shape in SHAPES.items():
            if "without" in what and list(at(value, path))[-1] in OPTIONAL:
                continue
            made = shape(at(value, path))
            changed = replaced(value, path, made) if path else made
            if dump(changed) != raw:
                yield f"{called(path)} {what}", TallyCode.DOCUMENT_MALFORMED, dump(changed)


def honest(kind: str) -> Record:
    """The record of this kind of poll."""
    return make_scene("Ed25519").record() if kind == "summed" else make_kind(kind, "Ed25519").record()


def spellings() -> Iterator[Placed]:
    """Each document and each event in another spelling, and each object in it in another shape."""
    for kind in KINDS:
        groups = honest(kind).groups()
        for height, (event, documents) in enumerate(groups):
            if event == "Ballot" and height not in (1, 3):
                continue
            for place, raw in enumerate(documents):
                for what, code, made in edits_of(raw):
                    if "without a field" in what and (event, place) in NAMED:
                        continue
                    entries = chain(_renamed(groups, height, place, made))
                    yield _filed(f"{kind} {height} {event} {place} {what}", 4, entries, code=code)
            for what, spell in (*SPELLINGS.items(), ("with another field", _setting("note", "x"))):
                code = TallyCode.DOCUMENT_NOT_CANONICAL if what in SPELLINGS else TallyCode.DOCUMENT_MALFORMED
                entries = _events_edited(groups, height, spell)
                yield _filed(f"{kind} event {height} {event} {what}", 4, entries, code=code)


def _renamed(groups: Groups, height: int, place: int, raw: bytes) -> Groups:
    """The document replaced, and its hash where a document of its event names it."""
    event, documents = groups[height]
    old, new = sha256_hex(documents[place]).encode(), sha256_hex(raw).encode()
    others = [other.replace(old, new) for other in documents]
    others[place] = raw
    return [*groups[:height], (event, others), *groups[height + 1 :]]


def _events_edited(groups: Groups, height: int, edit: Edit) -> list[Entry]:
    """The event at this height written otherwise, and the parents after it renamed."""
    entries: list[Entry] = []
    count, old, new = 0, "", ""
    for entry in chain(groups):
        if entry.kind == "data":
            entries.append(entry)
            continue
        value = load(entry.raw)
        if old and value.get("parent") == old:
            value["parent"] = new
        raw = edit(dump(value)) if count == height else dump(value)
        count, old, new = count + 1, entry.digest, sha256_hex(raw)
        entries.append(make_entry("event", raw))
    return entries


def chains() -> Iterator[Placed]:
    """Each event with another parent, another height, and without either."""
    says = "does not continue the one before it"
    for kind in KINDS:
        groups = honest(kind).groups()
        for height in range(len(groups)):
            for what, field, new in (
                ("of another parent", "parent", "0" * 64),
                ("too high", "height", height + 1),
                ("too low", "height", height - 1),
            ):
                edit = _setting(field, new)
                yield _filed(f"{kind} {height} {what}", 2, _events_edited(groups, height, edit), says)
            if height:
                orphan = _events_edited(groups, height, _dropping("parent"))
                yield _filed(f"{kind} {height} without parent", 2, orphan, says)
            for field in ("height", "type"):
                nameless = _events_edited(groups, height, _dropping(field))
                yield _filed(f"{kind} {height} without {field}", 2, nameless, "no height or no type")
            for field, new in (("height", "1"), ("height", True), ("type", 1), ("payload", 1), ("parent", 1)):
                odd = _events_edited(groups, height, _setting(field, new))
                yield _filed(f"{kind} {height} {field} is {new!r}", 2, odd, "no height or no type")


def _setting(field: str, new: Any) -> Edit:
    def edit(raw: bytes) -> bytes:
        return dump({**load(raw), field: new})

    return edit


def _dropping(field: str) -> Edit:
    def edit(raw: bytes) -> bytes:
        return dump({name: value for name, value in load(raw).items() if name != field})

    return edit


def grammars() -> Iterator[Placed]:
    """Each event left out, each exchanged with the next of another type, and each of another type."""
    for kind in KINDS:
        groups = honest(kind).groups()
        yield _stray_at_the_end(kind, groups)
        for height, (event, documents) in enumerate(groups):
            if event not in ("Ballot", "Shuffle", "PartialDecryption"):
                yield _written(f"{kind} without {event}", 3, groups[:height] + groups[height + 1 :])
            following = groups[height + 1 : height + 2]
            if following and following[0][0] != event:
                moved = [*groups[:height], *following, groups[height], *groups[height + 2 :]]
                yield _written(f"{kind} {event} after {following[0][0]}", 3, moved)
            for other in ("Setup", "EncryptedTally", "Result", "Nothing"):
                if other != event:
                    changed = [*groups[:height], (other, documents), *groups[height + 1 :]]
                    yield _written(f"{kind} {height} {event} as {other}", 3, changed)
            yield from _wrong_documents(kind, groups, height)


def _stray_at_the_end(kind: str, groups: Groups) -> Placed:
    entries = [*chain(groups), make_entry("data", b'{"stray":1}')]
    return _filed(f"{kind} and a document at the end", 3, entries, "a document stands after the last event")


def _wrong_documents(kind: str, groups: Groups, height: int) -> Iterator[Placed]:
    """An event's documents: one too many at each place, each left out, and each under another name."""
    event, documents = groups[height]
    says = "does not stand right after exactly the documents"
    for place in range(len(documents) + 1):
        more = [*documents[:place], b'{"stray":1}', *documents[place:]]
        entries = _with_documents(groups, height, more)
        yield _filed(f"{kind} {height} {event} and a document at {place}", 3, entries, says)
    for place in range(len(documents)):
        entries = _with_documents(groups, height, documents[:place] + documents[place + 1 :])
        yield _filed(f"{kind} {height} {event} without document {place}", 3, entries)
    for name in REFERENCES.get(event, ()):
        payload = dump({**load(documents[-1]), name: "0" * 64})
        changed = [*groups[:height], (event, [*documents[:-1], payload]), *groups[height + 1 :]]
        yield _written(f"{kind} {height} {event} naming another {name}", 3, changed, says)
    for raw in (b"{", b"[]") if event in REFERENCES else ():
        changed = [*groups[:height], (event, [*documents[:-1], raw]), *groups[height + 1 :]]
        yield _written(f"{kind} {height} {event} naming in {raw!r}", 3, changed, says)
    says = "has a payload" if event in WITHOUT_PAYLOAD else says
    edit = _setting("payload", "0" * 64)
    yield _filed(f"{kind} {height} {event} with another payload", 3, _events_edited(groups, height, edit), says)


def _with_documents(groups: Groups, height: int, documents: list[bytes]) -> list[Entry]:
    """Other documents before the event at this height, which keeps naming its own."""
    entries: list[Entry] = []
    count = 0
    for entry in chain(groups):
        if count != height:
            entries.append(entry)
        elif entry.kind == "event":
            entries += [*(make_entry("data", raw) for raw in documents), entry]
        count += entry.kind == "event"
    return entries


def _filed(
    name: str, number: int, entries: list[Entry], says: str = "", code: TallyCode = TallyCode.ARCHIVE_INVALID
) -> Placed:
    return Placed(name, number, code, says, lambda: write_container(entries, TIMESTAMP))


def _written(name: str, number: int, groups: Groups, says: str = "") -> Placed:
    return _filed(name, number, chain(groups), says)
