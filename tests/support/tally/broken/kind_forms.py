"""What a defective record of a further kind of poll is, and the small changes that many defects are made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.tally.broken.forms import Broken
from tests.support.tally.kinds import KindScene
from tests.support.tally.scenes import TIMESTAMP, Record, chain, make_receipts
from voting.tally.ballots.ballot import sign_content
from voting.tally.board.container import write_container
from voting.tally.json_form import load


@dataclass(frozen=True)
class KindDefect:
    """A named defect of one kind of poll; ``number`` is the check that must refuse it."""

    name: str
    kind: str
    number: int
    build: Callable[[KindScene], Broken]
    tool: bool | None


class KindDefects(list[KindDefect]):
    """Defects of records of some kinds."""

    def add(
        self, kind: str, number: int, *, tool: bool | None = True
    ) -> Callable[[Callable[[KindScene], bytes | Broken]], Callable[[KindScene], Broken]]:
        """Register a builder under its own name."""

        def register(build: Callable[[KindScene], bytes | Broken]) -> Callable[[KindScene], Broken]:
            def run(scene: KindScene) -> Broken:
                return Broken.of(build(scene))

            self.append(KindDefect(build.__name__, kind, number, run, tool))
            return run

        return register


def written(groups: list[tuple[str, list[bytes]]]) -> bytes:
    return write_container(chain(groups), TIMESTAMP)


def content_of(scene: KindScene, voter: int) -> dict[str, Any]:
    value: dict[str, Any] = load(scene.ballots[voter])
    del value["signature"]
    return value


def signed(scene: KindScene, voter: int, content: dict[str, Any]) -> bytes:
    return sign_content(scene.group, content, scene.credentials[voter], scene.rng)


def with_first(scene: KindScene, raw: bytes) -> Record:
    """The first ballot replaced; what is tallied stays that of the honest ones."""
    record = scene.record()
    record.ballots[0] = raw
    return record


def honest_kind(scene: KindScene) -> Broken:
    """A record without defect, with all its receipts."""
    record = scene.record()
    return Broken(record.archive(), make_receipts(scene, record))
