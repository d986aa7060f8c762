"""Ballots with one part changed, each in turn, and signed again by the delegate whose they are (checks 8 to 11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.support.tally.broken.forms import content_of, outsider, resigned
from tests.support.tally.broken.of_ballots import forced_ballot
from tests.support.tally.broken.places import (
    Path,
    Placed,
    at,
    called,
    ends,
    leaves,
    neighbour,
    replaced,
    with_neighbour,
)
from tests.support.tally.kinds import KindScene, make_kind
from tests.support.tally.scenes import Scene, make_scene
from voting.tally.ballots.ballot import sign_content
from voting.tally.errors import TallyCode
from voting.tally.groups.choice import Group
from voting.tally.json_form import dump, load

INDIVIDUAL = "not proven to be 0 or 1"
OVERALL = "number of choices is not proven"
KNOWN = "does not prove to know it"
OUTSIDE = "a ciphertext of the ballot is not in the group"
UNSIGNED = "the ballot's signature does not hold"


@dataclass(frozen=True)
class PlacedBallot:
    """The ballot ``raw`` in place ``place`` of the board, and how it is refused."""

    name: str
    place: int
    number: int
    code: TallyCode
    says: str
    raw: bytes


def summed_ballots(group: str = "Ed25519") -> Iterator[PlacedBallot]:
    """Every number and element of the first, a middle and the last ballot of a poll with one question."""
    scene = make_scene(group)
    for place in ends(len(scene.ballots)):
        content = content_of(scene, place)
        for path in leaves(content["answers"]):
            says = INDIVIDUAL if path[1] in ("choices", "individual_proofs") else OVERALL
            raw = resigned(scene, place, {**content, "answers": with_neighbour(scene.group, content["answers"], path)})
            yield _unproven(place, path, says, raw)
        for path in _elements(content["answers"]):
            answers = replaced(content["answers"], path, outsider(scene))
            raw = resigned(scene, place, {**content, "answers": answers})
            name = f"outside {place} {called(path)}"
            yield PlacedBallot(name, place, 8, TallyCode.NOT_IN_GROUP, OUTSIDE, raw)
        for name, values, says in (("stuffed", (15, 0, 0, 0), INDIVIDUAL), ("too many", (1, 1, 1, 0), OVERALL)):
            yield _unproven(place, (name,), says, forced_ballot(scene, values, place))
        yield from _wrongly_signed(scene.group, place, scene.ballots[place])
        yield from _of_another_poll(scene, place)


def kind_ballots(kind: str) -> Iterator[PlacedBallot]:
    """The same of a poll of this kind, where only an answer to a question that is mixed has one proof."""
    scene = make_kind(kind, "Ed25519")
    for place in ends(len(scene.ballots)):
        content: dict[str, Any] = load(scene.ballots[place])
        del content["signature"]
        for path in leaves(content["answers"]):
            if path[-1] in ("alpha", "challenge") or path[0] not in ends(len(content["answers"])):
                continue
            says = KNOWN if "proof" in content["answers"][path[0]] else _says(path)
            answers = with_neighbour(scene.group, content["answers"], path)
            yield _unproven(place, path, says, _signed(scene, place, {**content, "answers": answers}))
        yield from _wrongly_signed(scene.group, place, scene.ballots[place])


def recorded_ballots() -> Iterator[PlacedBallot]:
    """Plain ballots: each number of each answer made impossible, and signed by the delegate."""
    scene = make_kind("recorded", "Ed25519")
    for place in range(len(scene.ballots)):
        content: dict[str, Any] = load(scene.ballots[place])
        del content["signature"]
        for path in leaves(content["answers"]):
            raw = _signed(scene, place, {**content, "answers": replaced(content["answers"], path, 300)})
            yield _unproven(place, path, "an answer is not allowed", raw)
        yield from _wrongly_signed(scene.group, place, scene.ballots[place])


def _unproven(place: int, path: Path, says: str, raw: bytes) -> PlacedBallot:
    return PlacedBallot(f"{place} {called(path)}", place, 11, TallyCode.PROOF_INVALID, says, raw)


def _says(path: Path) -> str:
    return INDIVIDUAL if path[1] in ("choices", "individual_proofs") else OVERALL


def _elements(answers: Any) -> list[Path]:
    return [path for path in leaves(answers) if path[-1] in ("alpha", "beta")]


def _signed(scene: KindScene, place: int, content: dict[str, Any]) -> bytes:
    credential = next(item for item in scene.credentials if item.public == content["credential"])
    return sign_content(scene.group, content, credential, scene.rng)


def _wrongly_signed(group: Group, place: int, raw: bytes) -> Iterator[PlacedBallot]:
    """Each number of the signature, and the hash that it names."""
    value = load(raw)
    for path in leaves(value["signature"]):
        old = at(value["signature"], path)
        new = "A" * 43 if path == ("hash",) else neighbour(group, path, old)
        altered = dump({**value, "signature": replaced(value["signature"], path, new)})
        name = f"signature {place} {called(path)}"
        yield PlacedBallot(name, place, 10, TallyCode.SIGNATURE_INVALID, UNSIGNED, altered)


def _of_another_poll(scene: Scene, place: int) -> Iterator[PlacedBallot]:
    content = content_of(scene, place)
    stranger = scene.credentials[place].public[:-1] + ("0" if scene.credentials[place].public[-1] != "0" else "1")
    for field, new, code, says in (
        ("election_uuid", "1" * 14, TallyCode.BALLOT_WRONG_ELECTION, "for another election"),
        ("election_hash", "A" * 43, TallyCode.BALLOT_WRONG_ELECTION, "for another election"),
        ("credential", stranger, TallyCode.CREDENTIAL_UNKNOWN, "not on the list"),
    ):
        raw = resigned(scene, place, {**content, field: new})
        yield PlacedBallot(f"{field} {place}", place, 8, code, says, raw)


def in_a_record(scene: Scene | KindScene, ballot: PlacedBallot) -> Placed:
    """The ballot on the board of its poll, where all that follows is counted from what stands there."""

    def build() -> bytes:
        record = scene.record()
        record.ballots[ballot.place] = ballot.raw
        return record.archive()

    return Placed(ballot.name, ballot.number, ballot.code, ballot.says, build)
