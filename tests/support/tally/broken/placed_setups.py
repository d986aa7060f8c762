"""Elections and credentials with one thing wrong, each in turn (checks 5 and 7)."""

from collections.abc import Iterator
from typing import Any

from tests.support.tally.broken.places import TORSION, Placed, ends, replaced
from tests.support.tally.kinds import make_kind
from tests.support.tally.scenes import Record, make_scene
from voting.tally.errors import TallyCode
from voting.tally.json_form import dump, load

INVALID = TallyCode.ELECTION_INVALID
MALFORMED = TallyCode.CREDENTIAL_MALFORMED


def elections() -> Iterator[Placed]:
    """Each field of an election, and each bound of each question."""
    scene = make_scene("Ed25519")
    record, group = scene.record(), scene.group
    bounds = "0 <= min <= max <= number of answers"
    fields: tuple[tuple[str, str, TallyCode, dict[str, Any]], ...] = (
        ("version 2", "not of version 1", INVALID, {"version": 2}),
        ("version 0", "not of version 1", INVALID, {"version": 0}),
        ("uuid of 13", "14 to 64 Base58", INVALID, {"uuid": "1" * 13}),
        ("uuid of 65", "14 to 64 Base58", INVALID, {"uuid": "1" * 65}),
        ("uuid with 0", "14 to 64 Base58", INVALID, {"uuid": "1" * 13 + "0"}),
        ("group", "", TallyCode.GROUP_UNKNOWN, {"group": "Ed448"}),
        ("identity", "the public key is the identity", INVALID, {"public_key": group.encode(group.identity)}),
        ("no questions", "1 to 100 questions", INVALID, {"questions": []}),
    )
    for name, says, code, changes in fields:
        yield _electing(name, says, code, record, {**load(record.election), **changes})
    key = group.encode(group.multiply(scene.election.key_element, TORSION))
    yield _electing("outside", "", TallyCode.NOT_IN_GROUP, record, {**load(record.election), "public_key": key})
    parts: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("min above max", bounds, {"min": 3}),
        ("max above answers", bounds, {"max": 5}),
        ("no answers", "1 to 200 answers", {"answers": [], "min": 0, "max": 0}),
        ("201 answers", "1 to 200 answers", {"answers": ["示例"] * 201}),
    )
    for name, says, changes in parts:
        questions = load(record.election)["questions"]
        for place in range(3):
            listed = [questions[0]] * 3
            listed[place] = {**listed[place], **changes}
            made = {**load(record.election), "questions": listed}
            yield _electing(f"{name} in question {place}", says, INVALID, record, made)
    yield from _mixed_elections()


def _mixed_elections() -> Iterator[Placed]:
    record = make_kind("mixed", "Ed25519").record()
    value = load(record.election)
    for place in (1, 2):
        kind = replaced(value, ("questions", place, "type"), "Homomorphic")
        yield _electing(f"unknown type {place}", "of an unknown type", INVALID, record, kind)
        many = replaced(value, ("questions", place), {"type": "NonHomomorphic", "value": _answers(31)})
        yield _electing(f"31 numbers in {place}", "carries at most 30 numbers", INVALID, record, many)
        fewer = replaced(value, ("questions", place, "value", "answers"), ["示例"])
        yield _electing(f"use of {place}", "does not fit their number", INVALID, record, fewer)


def _answers(count: int) -> dict[str, Any]:
    return {"answers": ["示例"] * count, "question": "示例"}


def _electing(name: str, says: str, code: TallyCode, honest: Record, value: Any) -> Placed:
    return _changed(f"election {name}", 5, code, says, honest, election=dump(value))


def credentials() -> Iterator[Placed]:
    """Each credential twice, out of order, outside the group or the identity; and each delegate of a recorded poll."""
    scene = make_scene("Ed25519")
    record, group = scene.record(), scene.group
    listed = load(record.credentials)
    for place in range(len(listed)):
        twice = [*listed[: place + 1], *listed[place:]]
        yield _listing(f"twice {place}", "a credential occurs twice", record, twice)
        if place:
            swapped = [*listed[: place - 1], listed[place], listed[place - 1], *listed[place + 1 :]]
            yield _listing(f"swapped {place}", "the credentials are not sorted", record, swapped)
        far = group.encode(group.multiply(group.decode(listed[place]), TORSION))
        yield _listing(
            f"outside {place}", "not in the group", record, sorted([*listed[:place], far, *listed[place + 1 :]])
        )
    nothing = group.encode(group.identity)
    yield _listing("identity", "a credential is the identity", record, sorted([*listed, nothing]))
    yield from _voters()


def _voters() -> Iterator[Placed]:
    record = make_kind("recorded", "Ed25519").record()
    voters = load(record.credentials)
    for place in range(len(voters)):
        other = voters[place - 1]["delegate"]
        twice = replaced(voters, (place, "delegate"), other)
        yield _listing(f"delegate {place} twice", "a delegate occurs twice", record, twice)
        nameless = replaced(voters, (place, "name"), "")
        yield _listing(f"delegate {place} nameless", "number or name is not in its one spelling", record, nameless)
        again = [*voters[: place + 1], {**voters[place], "delegate": "999"}, *voters[place + 1 :]]
        yield _listing(f"voter {place} twice", "not sorted or a credential occurs twice", record, again)
    group = make_kind("recorded", "Ed25519").group
    for place in ends(len(voters)):
        far = group.encode(group.multiply(group.decode(voters[place]["credential"]), TORSION))
        changed = sorted(replaced(voters, (place, "credential"), far), key=lambda voter: str(voter["credential"]))
        yield _listing(f"voter {place} outside", "not in the group", record, changed)


def _listing(name: str, says: str, honest: Record, value: Any) -> Placed:
    return _changed(f"credentials {name}", 7, MALFORMED, says, honest, credentials=dump(value))


def _changed(name: str, number: int, code: TallyCode, says: str, honest: Record, **documents: bytes) -> Placed:
    def build() -> bytes:
        record = honest.copy()
        for field, raw in documents.items():
            setattr(record, field, raw)
        return record.archive()

    return Placed(name, number, code, says, build)
