"""What a defective record is, and the small changes that many defects are made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.tally.scenes import Scene, make_receipts
from voting.tally.ballots.ballot import sign_content
from voting.tally.json_form import load


@dataclass(frozen=True)
class Broken:
    """A defective record with the receipts that go with it."""

    archive: bytes
    receipts: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, made: "bytes | Broken") -> "Broken":
        """What a builder made; without receipts where it is only the archive."""
        return made if isinstance(made, Broken) else cls(made)


@dataclass(frozen=True)
class Defect:
    """A named defect; ``number`` is the check that must refuse it. ``tool``: does belenios-tool 2.0 refuse it too?"""

    name: str
    number: int
    build: Callable[[Scene], Broken]
    tool: bool


class Defects(list[Defect]):
    """The defects of one part of a record, in the order of the checks that find them."""

    def add(
        self, number: int, *, tool: bool = True
    ) -> Callable[[Callable[[Scene], bytes | Broken]], Callable[[Scene], Broken]]:
        """Register a builder under its own name."""

        def register(build: Callable[[Scene], bytes | Broken]) -> Callable[[Scene], Broken]:
            def run(scene: Scene) -> Broken:
                return Broken.of(build(scene))

            self.append(Defect(build.__name__, number, run, tool))
            return run

        return register


def patched(raw: bytes, old: bytes, new: bytes) -> bytes:
    if old not in raw:
        raise ValueError("nothing to replace")
    return raw.replace(old, new, 1)


def another(digits: str) -> str:
    """A neighbouring decimal number."""
    return digits[:-1] + ("1" if digits[-1] != "1" else "2")


def outsider(scene: Scene) -> str:
    """A well-spelled element that is not in the group (Ed25519: of order 8; 2048: the least number that is outside)."""
    if scene.group.name == "Ed25519":
        return bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")[::-1].hex()
    return {"BELENIOS-2048": "2", "RFC-3526-2048": "11"}[scene.group.name]


def content_of(scene: Scene, voter: int) -> dict[str, Any]:
    value: dict[str, Any] = load(scene.ballots[voter])
    del value["signature"]
    return value


def resigned(scene: Scene, voter: int, content: dict[str, Any]) -> bytes:
    return sign_content(scene.group, content, scene.credentials[voter], scene.rng)


def honest(scene: Scene) -> Broken:
    """A record without defect, with all its receipts."""
    record = scene.record()
    return Broken(record.archive(), make_receipts(scene, record))
