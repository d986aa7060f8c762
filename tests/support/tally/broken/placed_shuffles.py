"""Shuffles with one number or element changed, each in turn (checks 19 and 20)."""

from collections.abc import Iterator
from typing import Any

from tests.support.tally.broken.places import TORSION, Path, Placed, at, called, leaves, replaced
from tests.support.tally.kinds import make_kind
from tests.support.tally.scenes import Record
from voting.tally.board.archive import OwnedDocument
from voting.tally.errors import TallyCode
from voting.tally.groups.choice import Group
from voting.tally.json_form import dump, load

INVALID = TallyCode.SHUFFLE_INVALID


def numbers_and_elements() -> Iterator[Placed]:
    """The next of each, and each element outside the group, in the first shuffle and the last."""
    scene = make_kind("ranked", "Ed25519")
    record, group = scene.record(), scene.group
    for place, (_, raw) in enumerate(record.shuffles):
        value = load(raw)
        for path in leaves(value):
            text = at(value, path)
            changed = replaced(value, path, _next(group, path, text))
            yield _shuffled(f"{place} {called(path)}", record, place, changed)
            if not _is_number(path):
                outside = group.encode(group.multiply(group.decode(text), TORSION))
                changed = replaced(value, path, outside)
                yield _shuffled(f"{place} {called(path)} outside", record, place, changed, TallyCode.NOT_IN_GROUP)


def _is_number(path: Path) -> bool:
    """The second part of a proof are its numbers."""
    return path[0] == "proofs" and path[2] == 1


def _next(group: Group, path: Path, text: str) -> str:
    if _is_number(path):
        return str((int(text) + 1) % group.q)
    return group.encode(group.multiply(group.decode(text), group.g))


def shapes() -> Iterator[Placed]:
    """Lists too short or too long, and shuffles by nobody or twice by the same."""
    record = make_kind("ranked", "Ed25519").record()
    for place, (_, raw) in enumerate(record.shuffles):
        value = load(raw)
        for path in (("ciphertexts",), ("proofs",)):
            listed = value[path[0]]
            for what, made in (("short", listed[:-1]), ("long", [*listed, listed[0]])):
                says = "does not have the shape of the mixed questions"
                yield _shuffled(f"{place} {path[0]} {what}", record, place, replaced(value, path, made), says=says)
        yield from _resized(record, place, value, ("ciphertexts", 0), "another number of ballots than what it shuffled")
        for inner in ((0, 4), (1, 4), (1, 5), (2,), (3,)):
            says = "proof is for another number of ballots"
            yield from _resized(record, place, value, ("proofs", 0, *inner), says)
    yield from _owners(record)


def _resized(record: Record, place: int, value: Any, path: Path, says: str) -> Iterator[Placed]:
    listed = at(value, path)
    for what, made in (("short", listed[:-1]), ("long", [*listed, listed[0]])):
        yield _shuffled(f"{place} {called(path)} {what}", record, place, replaced(value, path, made), says=says)


def _owners(record: Record) -> Iterator[Placed]:
    for place, (_, raw) in enumerate(record.shuffles):
        for nobody in (0, 4):
            named = make_kind("ranked", "Ed25519").own(nobody, raw)
            listed = [*record.shuffles[:place], named, *record.shuffles[place + 1 :]]
            code, says = TallyCode.DECRYPTION_INVALID, f"there is no scrutineer number {nobody}"
            yield _listed(f"{place} by {nobody}", record, listed, code, says)
    twice = [*record.shuffles, record.shuffles[0]]
    yield _listed("twice", record, twice, INVALID, "scrutineer 2 shuffled twice")


def _shuffled(name: str, honest: Record, place: int, value: Any, code: TallyCode = INVALID, says: str = "") -> Placed:
    signed = make_kind("ranked", "Ed25519").own(load(honest.shuffles[place].owned)["owner"], dump(value))
    listed = [*honest.shuffles[:place], signed, *honest.shuffles[place + 1 :]]
    return _listed(name, honest, listed, code, says)


def _listed(name: str, honest: Record, shuffles: list[OwnedDocument], code: TallyCode, says: str) -> Placed:
    def build() -> bytes:
        record = honest.copy()
        record.shuffles = shuffles
        return record.archive()

    return Placed(name, 19, code, says, build)
